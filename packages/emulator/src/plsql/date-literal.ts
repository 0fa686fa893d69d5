import type { TypedValue } from '../execution/sql-executor.ts'
import { OracleError } from '../oracle-error.ts'
import { OracleDateTime } from '../values/oracle-date-time.ts'
import { DATE } from '../values/oracle-type.ts'

const DATE_TEXT = /^\s*(\d{1,4})-(\d{1,2})-(\d{1,2})\s*$/
const TIMESTAMP_TEXT =
  /^\s*(\d{1,4})-(\d{1,2})-(\d{1,2})\s+(\d{1,2}):(\d{1,2}):(\d{1,2})(?:\.(\d{1,9}))?\s*(?:([+-])(\d{1,2}):(\d{2})|(UTC|Z))?\s*$/i

/** The value of `DATE '2026-01-31'`. @throws OracleError ORA-01861, ORA-01843, ORA-01847 */
export function parseDateLiteral(text: string): TypedValue {
  const found = DATE_TEXT.exec(text)
  if (found === null) throw new OracleError(1861, 'literal does not match format string')
  return { type: DATE, value: checkedDateTime(found.slice(1, 4).map(Number)) }
}

/** The value of `TIMESTAMP '2026-01-31 10:00:00.5 +01:00'`. @throws OracleError */
export function parseTimestampLiteral(text: string): TypedValue {
  const found = TIMESTAMP_TEXT.exec(text)
  if (found === null) throw new OracleError(1861, 'literal does not match format string')
  const nanosecond = Number((found[7] ?? '').padEnd(9, '0'))
  const offset = found[11] !== undefined ? 0 : offsetMinutes(found[8], found[9], found[10])
  const value = checkedDateTime(found.slice(1, 7).map(Number), nanosecond, offset)
  return { type: { name: offset === undefined ? 'TIMESTAMP' : 'TIMESTAMP WITH TIME ZONE', scale: 9 }, value }
}

function offsetMinutes(sign: string | undefined, hours: string | undefined, minutes: string | undefined) {
  if (sign === undefined) return undefined
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes))
}

function checkedDateTime(fields: readonly number[], nanosecond = 0, offset?: number): OracleDateTime {
  const [year = 1, month = 1, day = 1, hour = 0, minute = 0, second = 0] = fields
  if (month < 1 || month > 12) throw new OracleError(1843, 'not a valid month')
  if (day < 1 || day > new Date(Date.UTC(2000 + (year % 400), month, 0)).getUTCDate()) {
    throw new OracleError(1847, 'day of month must be between 1 and last day of month')
  }
  if (hour > 23) throw new OracleError(1850, 'hour must be between 0 and 23')
  if (minute > 59) throw new OracleError(1851, 'minutes must be between 0 and 59')
  if (second > 59) throw new OracleError(1852, 'seconds must be between 0 and 59')
  return new OracleDateTime(year, month, day, hour, minute, second, nanosecond, offset)
}

const UNIT_SECONDS: Readonly<Record<string, number>> = { DAY: 86_400, HOUR: 3600, MINUTE: 60, SECOND: 1 }
const DAY_UNITS = ['DAY', 'HOUR', 'MINUTE', 'SECOND']

/** The length of `INTERVAL '1 02:00' DAY TO MINUTE`; undefined when the text does not fit the fields. */
export function parseIntervalLiteral(
  text: string,
  from: string,
  to: string,
): { months: number; seconds: number } | undefined {
  const negative = text.trim().startsWith('-')
  const sign = negative ? -1 : 1
  const body = text.trim().replace(/^[+-]/, '')
  if (from === 'YEAR' || from === 'MONTH') {
    const months = yearMonthInterval(body, from, to)
    return months === undefined ? undefined : { months: sign * months, seconds: 0 }
  }
  const units = DAY_UNITS.slice(DAY_UNITS.indexOf(from), DAY_UNITS.indexOf(to) + 1)
  const numbers = body.split(/[\s:]+/)
  if (units.length === 0 || units[0] !== from || numbers.length !== units.length) return undefined
  if (!numbers.every((item) => /^\d+(\.\d+)?$/.test(item))) return undefined
  const seconds = numbers.reduce((sum, item, index) => sum + Number(item) * (UNIT_SECONDS[units[index] ?? ''] ?? 0), 0)
  return { months: 0, seconds: sign * seconds }
}

function yearMonthInterval(body: string, from: string, to: string): number | undefined {
  const pattern = from === to ? /^(\d+)$/ : /^(\d+)-(\d{1,2})$/
  const found = pattern.exec(body)
  if (found === null) return undefined
  if (from === 'MONTH') return Number(found[1])
  return Number(found[1]) * 12 + Number(found[2] ?? 0)
}
