import { formatDateTime } from '../../language/date-format.ts'
import { parseDateTime } from '../../language/date-parse.ts'
import { OracleError } from '../../oracle-error.ts'
import { Interval } from '../../values/interval.ts'
import { OracleDateTime } from '../../values/oracle-date-time.ts'
import { formatNumber, OracleNumber } from '../../values/oracle-number.ts'
import { parseNumber } from '../values/number-format.ts'
import type { Family, SqlValue } from '../values/sql-value.ts'
import { shiftMinutes, withOffset } from '../values/stored-value.ts'
import type { FunctionContext } from './scalar-function.ts'

/** Families between which values pass without change. */
const SAME: Readonly<Partial<Record<Family, readonly Family[]>>> = {
  text: ['clob'],
  clob: ['text'],
  date: ['timestamp'],
}

/** True when a value of one family may be converted to the other implicitly. */
export function convertible(from: Family, to: Family): boolean {
  if (from === to || from === 'null' || to === 'null') return true
  const textual = from === 'text' || from === 'clob'
  if (to === 'text' || to === 'clob') return from !== 'cursor'
  if (textual) return to !== 'cursor' && to !== 'months' && to !== 'span'
  return isTime(from) && isTime(to)
}

export function isTime(family: Family): boolean {
  return family === 'date' || family === 'timestamp' || family === 'zoned'
}

/** True when the stored form of a value serves both families. */
export function sameForm(from: Family, to: Family): boolean {
  return from === to || from === 'null' || (SAME[from]?.includes(to) ?? false)
}

/**
 * Converts a value as the database does implicitly, by the session's formats.
 * @throws OracleError ORA-01722, ORA-01861 and other conversion errors
 */
export function convertValue(value: SqlValue, from: Family, to: Family, context: FunctionContext): SqlValue {
  if (value === null) return null
  switch (to) {
    case 'text':
    case 'clob':
      return toText(value, from, context)
    case 'number':
      return typeof value === 'string' ? parseNumber(value) : value
    case 'date':
    case 'timestamp':
    case 'zoned':
      return toTime(value, to, context)
    case 'raw':
      return typeof value === 'string' ? hexToRaw(value) : value
    case 'boolean':
      return typeof value === 'string' ? parseBoolean(value) : value
  }
  return value
}

function toText(value: SqlValue, from: Family, context: FunctionContext): SqlValue {
  if (value instanceof OracleNumber) return formatNumber(value)
  if (value instanceof OracleDateTime) return formatDateTime(value, defaultFormat(from, context))
  if (value instanceof Uint8Array) return Buffer.from(value).toString('hex').toUpperCase()
  if (value instanceof Interval) return formatInterval(value)
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE'
  return value
}

/** The session's format for a family of times. */
export function defaultFormat(family: Family, context: FunctionContext): string {
  const { dateFormat, timestampFormat, timestampZoneFormat } = context.settings
  if (family === 'zoned') return timestampZoneFormat
  return family === 'timestamp' ? timestampFormat : dateFormat
}

function toTime(value: SqlValue, to: Family, context: FunctionContext): SqlValue {
  const parsed =
    typeof value === 'string' ? parseDateTime(value, defaultFormat(to, context), sessionNow(context)) : value
  if (!(parsed instanceof OracleDateTime)) return parsed
  if (to === 'zoned') {
    return parsed.offsetMinutes === undefined ? withOffset(parsed, context.settings.timeZoneMinutes) : parsed
  }
  const local = withOffset(parsed, undefined)
  return to === 'date' ? withoutFraction(local) : local
}

/** TIMESTAMP to DATE drops the fraction of the second. */
export function withoutFraction(value: OracleDateTime): OracleDateTime {
  if (value.nanosecond === 0) return value
  return new OracleDateTime(value.year, value.month, value.day, value.hour, value.minute, value.second)
}

/** The statement's time in the session's zone, without zone. */
export function sessionNow(context: FunctionContext): OracleDateTime {
  return shiftMinutes(OracleDateTime.fromUtc(context.now), context.settings.timeZoneMinutes)
}

export function hexToRaw(text: string): Uint8Array {
  const digits = text.length % 2 === 1 ? `0${text}` : text
  if (!/^[0-9a-fA-F]*$/.test(digits)) throw new OracleError(1465, 'invalid hex number')
  return Uint8Array.from(Buffer.from(digits, 'hex'))
}

function parseBoolean(text: string): boolean {
  const word = text.trim().toUpperCase()
  if (['TRUE', 'YES', 'ON', 'T', 'Y', '1'].includes(word)) return true
  if (['FALSE', 'NO', 'OFF', 'F', 'N', '0'].includes(word)) return false
  throw new OracleError(61800, `invalid boolean literal: ${text}`)
}

export function formatInterval(value: Interval): string {
  if (value.kind === 'months') {
    const months = Math.abs(value.months)
    return `${value.months < 0 ? '-' : '+'}${String(Math.floor(months / 12)).padStart(2, '0')}-${String(months % 12).padStart(2, '0')}`
  }
  const negative = value.nanoseconds < 0n
  const total = negative ? -value.nanoseconds : value.nanoseconds
  const seconds = total / 1_000_000_000n
  const part = (amount: bigint, width: number) => String(amount).padStart(width, '0')
  const fraction = part((total % 1_000_000_000n) / 1000n, 6)
  const clock = [(seconds / 3600n) % 24n, (seconds / 60n) % 60n, seconds % 60n].map((amount) => part(amount, 2))
  return `${negative ? '-' : '+'}${part(seconds / 86_400n, 9)} ${clock.join(':')}.${fraction}`
}
