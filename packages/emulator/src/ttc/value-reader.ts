import { decodeOson } from '../json/decode-oson.ts'
import { writeJson } from '../json/write-json.ts'
import type { DataDescriptor } from '../session/data-descriptor.ts'
import { Interval } from '../values/interval.ts'
import { OracleDateTime } from '../values/oracle-date-time.ts'
import { decodeNumber, OracleNumber } from '../values/oracle-number.ts'
import type { OracleValue } from '../values/oracle-value.ts'
import type { ByteReader } from './byte-reader.ts'
import { CursorReference, decodeUtf16, LobReference, locatorId } from './locator.ts'
import { ProtocolError, UnsupportedMessage } from './protocol-error.ts'
import { NATIONAL_FORM, WireType } from './wire-type.ts'

export type BoundScalar = OracleValue | LobReference | CursorReference

/** A bind's value as it came: LOBs and cursors still as references, arrays as their elements. */
export type BoundValue = BoundScalar | readonly BoundScalar[]

const BOOLEAN_ESCAPE = 0xfd
const MAXIMUM_ELEMENTS = 1_000_000

type ScalarReader = (reader: ByteReader, descriptor: DataDescriptor) => BoundScalar

const readText: ScalarReader = (reader, descriptor) => {
  const bytes = reader.bytes()
  if (bytes === null || bytes.length === 0) return null
  return descriptor.characterSetForm === NATIONAL_FORM ? decodeUtf16(bytes) : bytes.toString('utf8')
}

const readRaw: ScalarReader = (reader) => {
  const bytes = reader.bytes()
  return bytes === null || bytes.length === 0 ? null : Uint8Array.from(bytes)
}

const readNumber: ScalarReader = (reader) => {
  const bytes = reader.bytes()
  if (bytes === null) return null
  if (bytes.length === 0 || bytes.length > 22) throw new ProtocolError('a NUMBER of impossible length')
  return decodeNumber(bytes)
}

const readDateTime: ScalarReader = (reader) => {
  const bytes = reader.bytes()
  return bytes === null ? null : dateTimeFromBytes(bytes)
}

function dateTimeFromBytes(bytes: Buffer): OracleDateTime {
  if (bytes.length !== 7 && bytes.length !== 11 && bytes.length !== 13) {
    throw new ProtocolError('a date of impossible length')
  }
  const fields = OracleDateTime.fromBytes(bytes)
  const valid = fields.month >= 1 && fields.month <= 12 && fields.day >= 1 && fields.day <= 31 && fields.second <= 59
  if (!valid) throw new ProtocolError('a date that is none')
  if (bytes.length < 13) return fields
  const offset = ((bytes[11] as number) - 20) * 60 + (bytes[12] as number) - 60
  return shiftMinutes(fields, offset, offset)
}

/** Moves calendar fields by minutes; `offsetMinutes` becomes the result's offset. */
export function shiftMinutes(fields: OracleDateTime, minutes: number, offsetMinutes?: number): OracleDateTime {
  const moved = new Date(fields.toUtcMilliseconds() + minutes * 60_000)
  return new OracleDateTime(
    moved.getUTCFullYear(),
    moved.getUTCMonth() + 1,
    moved.getUTCDate(),
    moved.getUTCHours(),
    moved.getUTCMinutes(),
    moved.getUTCSeconds(),
    fields.nanosecond,
    offsetMinutes,
  )
}

function readInterval(size: 5 | 11): ScalarReader {
  return (reader) => {
    const bytes = reader.bytes()
    if (bytes === null) return null
    if (bytes.length !== size) throw new ProtocolError('an interval of impossible length')
    return Interval.fromBytes(bytes)
  }
}

/** Floating point sorts bytewise: positives have the sign bit set, negatives all bits inverted. */
function readFloat(size: 4 | 8): ScalarReader {
  return (reader) => {
    const bytes = reader.bytes()
    if (bytes === null) return null
    if (bytes.length !== size) throw new ProtocolError('a floating-point number of impossible length')
    const positive = ((bytes[0] as number) & 0x80) !== 0
    const plain = Buffer.from(bytes.map((byte, index) => (positive ? (index === 0 ? byte & 0x7f : byte) : byte ^ 0xff)))
    return new OracleNumber(size === 8 ? plain.readDoubleBE() : plain.readFloatBE())
  }
}

const readBoolean: ScalarReader = (reader) => {
  if (reader.peek() === BOOLEAN_ESCAPE) {
    reader.skip(2)
    return null
  }
  const bytes = reader.bytes()
  return bytes === null ? null : bytes.at(-1) === 1
}

const readLob: ScalarReader = (reader) => {
  if (reader.integer(4) === 0) return null
  const locator = reader.bytes()
  return locator === null ? null : new LobReference(locatorId(locator))
}

/** A locator that stands for nothing, and the value in its binary form. */
const readJson: ScalarReader = (reader) => {
  if (reader.integer(4) === 0) return null
  reader.bytes()
  const bytes = reader.bytes()
  if (bytes === null) return null
  try {
    return writeJson(decodeOson(bytes))
  } catch (error) {
    if (error instanceof RangeError) throw new ProtocolError(error.message)
    throw error
  }
}

const readCursor: ScalarReader = (reader) => {
  if (reader.uint8() === 0 || reader.uint8() === 0) return null
  return new CursorReference(reader.integer(4))
}

const SCALAR_READERS: ReadonlyMap<number, ScalarReader> = new Map<number, ScalarReader>([
  [WireType.varchar, readText],
  [WireType.char, readText],
  [WireType.long, readText],
  [WireType.rowid, readText],
  [WireType.number, readNumber],
  [WireType.binaryInteger, readNumber],
  [WireType.raw, readRaw],
  [WireType.longRaw, readRaw],
  [WireType.date, readDateTime],
  [WireType.timestamp, readDateTime],
  [WireType.timestampTz, readDateTime],
  [WireType.timestampLtz, readDateTime],
  [WireType.intervalMonths, readInterval(5)],
  [WireType.intervalDays, readInterval(11)],
  [WireType.binaryDouble, readFloat(8)],
  [WireType.binaryFloat, readFloat(4)],
  [WireType.boolean, readBoolean],
  [WireType.clob, readLob],
  [WireType.blob, readLob],
  [WireType.json, readJson],
  [WireType.cursor, readCursor],
])

/** @throws UnsupportedMessage for object types and VECTOR. */
export function readValue(reader: ByteReader, descriptor: DataDescriptor): BoundValue {
  const readScalar = SCALAR_READERS.get(descriptor.typeNumber)
  if (!readScalar) throw new UnsupportedMessage(`a value of data type ${descriptor.typeNumber}`)
  if (!descriptor.isArray) return readScalar(reader, descriptor)
  const count = reader.count(MAXIMUM_ELEMENTS)
  const elements: BoundScalar[] = []
  for (let index = 0; index < count; index += 1) elements.push(readScalar(reader, descriptor))
  return elements
}
