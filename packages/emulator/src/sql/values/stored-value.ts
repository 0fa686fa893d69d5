import { Interval } from '../../values/interval.ts'
import { OracleDateTime } from '../../values/oracle-date-time.ts'
import { decodeNumber, encodeNumber, OracleNumber } from '../../values/oracle-number.ts'
import type { SqlValue } from './sql-value.ts'

/** What the engine keeps: text as text, everything else as bytes that begin with a tag and sort in value order. */
export type StoredValue = string | Uint8Array | null

const NUMBER_TAG = 0x4e
const TIME_TAG = 0x54
const ZONED_TAG = 0x5a
const RAW_TAG = 0x52
const BOOLEAN_TAG = 0x42
const MONTHS_TAG = 0x59
const SPAN_TAG = 0x49
/** Added to signed values so that their unsigned bytes sort like the values. */
const SPAN_BIAS = 1n << 95n
const MONTHS_BIAS = 0x80000000
const OFFSET_BIAS = 0x8000

/** The empty string is NULL. */
export function encodeValue(value: SqlValue): StoredValue {
  if (value === null || value === '') return null
  if (typeof value === 'string') return value
  if (typeof value === 'boolean') return Uint8Array.of(BOOLEAN_TAG, value ? 1 : 0)
  if (value instanceof Uint8Array) return value.length === 0 ? null : tagged(RAW_TAG, value)
  if (value instanceof OracleDateTime) return encodeDateTime(value)
  if (value instanceof Interval) return encodeInterval(value)
  return tagged(NUMBER_TAG, isNumber(value) ? encodeNumber(value) : encodeBeyond(value))
}

export function decodeValue(stored: StoredValue | number | bigint): SqlValue {
  if (stored === null || typeof stored === 'string') return stored
  if (!(stored instanceof Uint8Array)) return new OracleNumber(String(stored))
  const body = stored.subarray(1)
  switch (stored[0]) {
    case NUMBER_TAG:
      return decodeBeyond(body) ?? decodeNumber(body)
    case TIME_TAG:
      return OracleDateTime.fromBytes(body)
    case ZONED_TAG:
      return decodeZoned(body)
    case BOOLEAN_TAG:
      return body[0] === 1
    case MONTHS_TAG:
      return new Interval('months', BigInt(viewOf(body).getUint32(0) - MONTHS_BIAS))
    case SPAN_TAG:
      return new Interval('nanoseconds', BigInt(`0x${Buffer.from(body).toString('hex')}`) - SPAN_BIAS)
    default:
      return body
  }
}

const LARGEST_EXPONENT = 125
const SMALLEST_EXPONENT = -130

/** How floating-point values begin that no NUMBER can be, in their order: these pairs of bytes stand in no NUMBER. */
const Beyond = {
  negativeInfinity: [0x00, 0x00],
  largeNegative: [0x00, 0x01],
  smallNegative: [0x7f, 0xff],
  smallPositive: [0x80, 0x01],
  largePositive: [0xff, 0x65],
  positiveInfinity: [0xff, 0x66],
  notANumber: [0xff, 0xff],
} as const

function isNumber(value: OracleNumber): boolean {
  return value.isZero() || (value.isFinite() && value.e <= LARGEST_EXPONENT && value.e >= SMALLEST_EXPONENT)
}

/** Sorts among the NUMBERs: larger ones, smaller ones, the infinities, and NaN, which is greater than all. */
function encodeBeyond(value: OracleNumber): Uint8Array {
  const double = value.toNumber()
  if (double === 0) return encodeNumber(new OracleNumber(0))
  if (Number.isNaN(double)) return Uint8Array.from(Beyond.notANumber)
  if (!Number.isFinite(double)) return Uint8Array.from(double > 0 ? Beyond.positiveInfinity : Beyond.negativeInfinity)
  const bytes = new Uint8Array(10)
  const isLarge = value.e > 0
  if (double > 0) bytes.set(isLarge ? Beyond.largePositive : Beyond.smallPositive)
  else bytes.set(isLarge ? Beyond.largeNegative : Beyond.smallNegative)
  viewOf(bytes).setFloat64(2, double)
  if (double < 0) for (let index = 2; index < bytes.length; index += 1) bytes[index] = (bytes[index] as number) ^ 0xff
  return bytes
}

/** Undefined for the bytes of a NUMBER. */
function decodeBeyond(body: Uint8Array): OracleNumber | undefined {
  const kind = Object.values(Beyond).find(([first, second]) => body[0] === first && body[1] === second)
  switch (kind) {
    case undefined:
      return undefined
    case Beyond.notANumber:
      return new OracleNumber(Number.NaN)
    case Beyond.positiveInfinity:
    case Beyond.negativeInfinity:
      return new OracleNumber(kind === Beyond.positiveInfinity ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY)
  }
  const isNegative = kind === Beyond.largeNegative || kind === Beyond.smallNegative
  return new OracleNumber(viewOf(isNegative ? body.map((byte) => byte ^ 0xff) : body).getFloat64(2))
}

/** The engine's literal for a value. */
export function literalOf(value: SqlValue): string {
  const stored = encodeValue(value)
  if (stored === null) return 'NULL'
  if (typeof stored === 'string') return textLiteral(stored)
  return `x'${Buffer.from(stored).toString('hex')}'`
}

/** A NUL cannot stand in the engine's text, so such text is written as bytes. */
export function textLiteral(text: string): string {
  if (text.includes('\0')) return `CAST(x'${Buffer.from(text).toString('hex')}' AS TEXT)`
  return `'${text.replaceAll("'", "''")}'`
}

function tagged(tag: number, body: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(body.length + 1)
  bytes[0] = tag
  bytes.set(body, 1)
  return bytes
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}

/** DATE and TIMESTAMP share one form, so they compare directly; a time with a zone begins with its instant in UTC. */
function encodeDateTime(value: OracleDateTime): Uint8Array {
  if (value.offsetMinutes === undefined) return tagged(TIME_TAG, value.toBytes(true))
  const bytes = new Uint8Array(14)
  bytes[0] = ZONED_TAG
  bytes.set(shiftMinutes(value, -value.offsetMinutes).toBytes(true), 1)
  viewOf(bytes).setUint16(12, value.offsetMinutes + OFFSET_BIAS)
  return bytes
}

function decodeZoned(body: Uint8Array): OracleDateTime {
  const offset = viewOf(body).getUint16(11) - OFFSET_BIAS
  const local = shiftMinutes(OracleDateTime.fromBytes(body), offset)
  return withOffset(local, offset)
}

/** The same fields in a zone, `minutes` east of UTC; undefined takes the zone away. */
export function withOffset(value: OracleDateTime, minutes: number | undefined): OracleDateTime {
  const { year, month, day, hour, minute, second, nanosecond } = value
  return new OracleDateTime(year, month, day, hour, minute, second, nanosecond, minutes)
}

/** Moves the fields by whole minutes; the result has no zone. */
export function shiftMinutes(value: OracleDateTime, minutes: number): OracleDateTime {
  const moved = OracleDateTime.fromUtc(new Date(value.toUtcMilliseconds() + minutes * 60_000))
  return new OracleDateTime(
    moved.year,
    moved.month,
    moved.day,
    moved.hour,
    moved.minute,
    moved.second,
    value.nanosecond,
  )
}

function encodeInterval(value: Interval): Uint8Array {
  if (value.kind === 'months') {
    const bytes = new Uint8Array(5)
    bytes[0] = MONTHS_TAG
    viewOf(bytes).setUint32(1, value.months + MONTHS_BIAS)
    return bytes
  }
  const digits = (value.nanoseconds + SPAN_BIAS).toString(16).padStart(24, '0')
  return tagged(SPAN_TAG, Buffer.from(digits, 'hex'))
}
