import { OracleDateTime } from '../values/oracle-date-time.ts'
import { OracleNumber } from '../values/oracle-number.ts'
import type { OracleValue } from '../values/oracle-value.ts'

/** Values of a row by column; what is not there yet is undefined. */
export type Row = Map<string, OracleValue>

/** The values of some columns as one text, to tell rows apart as a key does; undefined when one of them is NULL. */
export function keyText(values: readonly OracleValue[]): string | undefined {
  if (values.some((value) => value === null)) return undefined
  return JSON.stringify(values.map(valueText))
}

function valueText(value: OracleValue): string {
  if (OracleNumber.isDecimal(value)) return value.toFixed()
  if (value instanceof OracleDateTime) return `${value.toUtcMilliseconds()}.${value.nanosecond}`
  // CHAR columns come back with blanks behind.
  return value instanceof Uint8Array ? Buffer.from(value).toString('hex') : String(value).trimEnd()
}
