import { encodeOson } from '../json/encode-oson.ts'
import { parseJson } from '../json/parse-json.ts'
import { OracleError } from '../oracle-error.ts'
import type { DataDescriptor } from '../session/data-descriptor.ts'
import { LOB_CHUNK_SIZE, type Lob, type LobKind } from '../session/lob-store.ts'
import { Interval } from '../values/interval.ts'
import { OracleDateTime } from '../values/oracle-date-time.ts'
import { encodeNumber, formatNumber, OracleNumber } from '../values/oracle-number.ts'
import type { OracleCursor, OracleValue } from '../values/oracle-value.ts'
import type { ByteWriter } from './byte-writer.ts'
import type { Agreement } from './capabilities.ts'
import { writeDescription } from './describe-writer.ts'
import { encodeLocator, encodeUtf16, LOCATOR_LENGTH } from './locator.ts'
import { shiftMinutes } from './value-reader.ts'
import { NATIONAL_FORM, WireType } from './wire-type.ts'

/** What writing a value may need from the session. */
export interface ValueContext {
  readonly agreement: Agreement
  createLob(kind: LobKind, content: string | Uint8Array): Lob
  /** @returns the id under which the client can fetch the rows. */
  openCursor(cursor: OracleCursor): number
}

const EMPTY_LOCATOR = new Uint8Array(LOCATOR_LENGTH)

type ScalarWriter = (
  writer: ByteWriter,
  value: NonNullable<OracleValue>,
  descriptor: DataDescriptor,
  context: ValueContext,
) => void

const writeText: ScalarWriter = (writer, value, { characterSetForm }) => {
  const text = textOf(value)
  writer.bytes(characterSetForm === NATIONAL_FORM ? encodeUtf16(text) : Buffer.from(text, 'utf8'))
}

const writeNumber: ScalarWriter = (writer, value) => {
  const number = numberOf(value)
  if (!number.isFinite()) throw new OracleError(1426, 'numeric overflow')
  writer.bytes(encodeNumber(number))
}

const writeRaw: ScalarWriter = (writer, value) => {
  if (value instanceof Uint8Array) return writer.bytes(value)
  if (typeof value === 'string' && /^(?:[0-9a-f]{2})*$/i.test(value)) return writer.bytes(Buffer.from(value, 'hex'))
  throw inconsistent()
}

const writeDate: ScalarWriter = (writer, value) => {
  writer.bytes(dateTimeOf(value).toBytes(false))
}

const writeTimestamp: ScalarWriter = (writer, value) => {
  writer.bytes(dateTimeOf(value).toBytes(true))
}

const writeTimestampLtz: ScalarWriter = (writer, value) => {
  writer.bytes(inUtc(dateTimeOf(value)).toBytes(true))
}

const ZONE_HOUR = 20
const ZONE_MINUTE = 60

const writeTimestampTz: ScalarWriter = (writer, value) => {
  const moment = dateTimeOf(value)
  const offset = moment.offsetMinutes ?? 0
  const bytes = new Uint8Array(13)
  bytes.set(inUtc(moment).toBytes(true))
  bytes.set([ZONE_HOUR + Math.trunc(offset / 60), ZONE_MINUTE + (offset % 60)], 11)
  writer.bytes(bytes)
}

function writeInterval(kind: Interval['kind']): ScalarWriter {
  return (writer, value) => {
    if (!(value instanceof Interval) || value.kind !== kind) throw inconsistent()
    writer.bytes(value.toBytes())
  }
}

function inUtc(moment: OracleDateTime): OracleDateTime {
  return moment.offsetMinutes === undefined ? moment : shiftMinutes(moment, -moment.offsetMinutes)
}

function writeFloat(size: 4 | 8): ScalarWriter {
  return (writer, value) => {
    const bytes = Buffer.alloc(size)
    const number = numberOf(value).toNumber()
    if (size === 8) bytes.writeDoubleBE(number)
    else bytes.writeFloatBE(number)
    const negative = ((bytes[0] as number) & 0x80) !== 0
    writer.bytes(bytes.map((byte, index) => (negative ? byte ^ 0xff : index === 0 ? byte | 0x80 : byte)))
  }
}

const writeBoolean: ScalarWriter = (writer, value) => {
  if (typeof value !== 'boolean') throw inconsistent()
  writer.uint8(1, value ? 1 : 0)
}

const ROWID = /^[A-Za-z0-9+/]{18}$/
const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

const writeRowid: ScalarWriter = (writer, value) => {
  const text = textOf(value)
  if (!ROWID.test(text)) throw new OracleError(1410, 'invalid ROWID')
  const part = (start: number, end: number) =>
    [...text.slice(start, end)].reduce((sum, character) => sum * 64 + BASE64.indexOf(character), 0)
  writer.uint8(14).integers(part(0, 6), part(6, 9)).uint8(0).integers(part(9, 15), part(15, 18))
}

function writeLob(kindOf: (descriptor: DataDescriptor) => LobKind): ScalarWriter {
  return (writer, value, descriptor, context) => {
    const kind = kindOf(descriptor)
    const content = kind === 'BLOB' ? value : textOf(value)
    if (typeof content !== 'string' && !(content instanceof Uint8Array)) throw inconsistent()
    const lob = context.createLob(kind, content)
    const locator = encodeLocator(lob)
    writer.integers(locator.length)
    if (descriptor.lobPrefetch) writer.integers(content.length, LOB_CHUNK_SIZE)
    writer.bytes(locator)
  }
}

/** The value in its binary form between a size and a locator, of which clients use neither. */
const writeJson: ScalarWriter = (writer, value) => {
  if (typeof value !== 'string') throw inconsistent()
  const bytes = encodeOson(parseJson(value))
  writer.integers(LOCATOR_LENGTH, bytes.length, LOB_CHUNK_SIZE).bytes(bytes).bytes(EMPTY_LOCATOR)
}

const writeCursor: ScalarWriter = (writer, value, _descriptor, context) => {
  if (typeof value !== 'object' || !('columns' in value)) throw inconsistent()
  writer.uint8(1)
  writeDescription(writer, context.agreement, value.columns)
  writer.integers(context.openCursor(value))
}

const SCALAR_WRITERS: ReadonlyMap<number, ScalarWriter> = new Map<number, ScalarWriter>([
  [WireType.varchar, writeText],
  [WireType.char, writeText],
  [WireType.long, writeText],
  [WireType.number, writeNumber],
  [WireType.binaryInteger, writeNumber],
  [WireType.raw, writeRaw],
  [WireType.longRaw, writeRaw],
  [WireType.date, writeDate],
  [WireType.timestamp, writeTimestamp],
  [WireType.timestampTz, writeTimestampTz],
  [WireType.timestampLtz, writeTimestampLtz],
  [WireType.intervalMonths, writeInterval('months')],
  [WireType.intervalDays, writeInterval('nanoseconds')],
  [WireType.binaryDouble, writeFloat(8)],
  [WireType.binaryFloat, writeFloat(4)],
  [WireType.boolean, writeBoolean],
  [WireType.rowid, writeRowid],
  [WireType.clob, writeLob(({ characterSetForm }) => (characterSetForm === NATIONAL_FORM ? 'NCLOB' : 'CLOB'))],
  [WireType.blob, writeLob(() => 'BLOB')],
  [WireType.json, writeJson],
  [WireType.cursor, writeCursor],
])

/**
 * Writes one value in the form that the descriptor asks for.
 * @throws OracleError when the value has no such form (ORA-00932, ORA-01722 and the like).
 */
export function writeValue(
  writer: ByteWriter,
  value: OracleValue,
  descriptor: DataDescriptor,
  context: ValueContext,
): void {
  if (value === null) {
    writer.uint8(0)
    return
  }
  const write = SCALAR_WRITERS.get(descriptor.typeNumber)
  if (!write) throw inconsistent()
  write(writer, value, descriptor, context)
}

function textOf(value: NonNullable<OracleValue>): string {
  if (typeof value === 'string') return value
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE'
  if (value instanceof Uint8Array) return Buffer.from(value).toString('hex').toUpperCase()
  if (OracleNumber.isDecimal(value)) return formatNumber(value)
  throw inconsistent()
}

function numberOf(value: NonNullable<OracleValue>): OracleNumber {
  if (OracleNumber.isDecimal(value)) return value
  if (typeof value === 'boolean') return new OracleNumber(value ? 1 : 0)
  if (typeof value !== 'string') throw inconsistent()
  try {
    return new OracleNumber(value.trim())
  } catch {
    throw new OracleError(1722, 'unable to convert string value containing non-numeric characters to a number')
  }
}

function dateTimeOf(value: NonNullable<OracleValue>): OracleDateTime {
  if (value instanceof OracleDateTime) return value
  throw inconsistent()
}

function inconsistent(): OracleError {
  return new OracleError(932, 'inconsistent data types')
}
