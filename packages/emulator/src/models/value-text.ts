import { Interval } from '../values/interval.ts'
import { OracleDateTime } from '../values/oracle-date-time.ts'
import { OracleNumber } from '../values/oracle-number.ts'
import type { OracleValue } from '../values/oracle-value.ts'

const LONGEST_TEXT = 200

/** A value as it stands in a sentence; long text is cut. */
export function valueText(value: OracleValue): string {
  if (value === null) return 'unknown'
  if (typeof value === 'string') return value.length <= LONGEST_TEXT ? value : `${value.slice(0, LONGEST_TEXT)}...`
  if (value instanceof OracleDateTime) return dateText(value)
  if (OracleNumber.isDecimal(value)) return value.toSignificantDigits(15).toString()
  if (value instanceof Uint8Array) return `${value.length} bytes`
  if (typeof value === 'boolean') return value ? 'true' : 'false'
  if (value instanceof Interval) return intervalText(value)
  return `${value.rows.length} rows`
}

function intervalText(value: Interval): string {
  if (value.kind === 'months') return `${Math.trunc(value.months / 12)} years and ${value.months % 12} months`
  const { days, hours, minutes, seconds } = value.parts()
  return `${days} days, ${hours} hours, ${minutes} minutes and ${seconds} seconds`
}

function dateText(value: OracleDateTime): string {
  const two = (field: number): string => String(field).padStart(2, '0')
  const date = `${String(value.year).padStart(4, '0')}-${two(value.month)}-${two(value.day)}`
  if (value.hour + value.minute + value.second === 0) return date
  return `${date} ${two(value.hour)}:${two(value.minute)}:${two(value.second)}`
}
