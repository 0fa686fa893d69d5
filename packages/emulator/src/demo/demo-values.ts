import { OracleDateTime } from '../values/oracle-date-time.ts'
import { OracleNumber } from '../values/oracle-number.ts'
import type { OracleValue } from '../values/oracle-value.ts'

/** Values of a table's row in column order. */
export type Row = readonly OracleValue[]

export const DAY_MILLISECONDS = 86_400_000

const wholeNumbers: OracleNumber[] = []

export function int(value: number): OracleNumber {
  wholeNumbers[value] ??= new OracleNumber(value)
  return wholeNumbers[value] as OracleNumber
}

export function money(cents: number): OracleNumber {
  // The nearest double to a whole number of cents prints with two decimals, so the digits are exact.
  return new OracleNumber(Math.round(cents) / 100)
}

export function dateOf(day: Date): OracleDateTime {
  return new OracleDateTime(day.getUTCFullYear(), day.getUTCMonth() + 1, day.getUTCDate())
}
