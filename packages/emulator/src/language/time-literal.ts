import { OracleDateTime } from '../values/oracle-date-time.ts'
import { DATE, type OracleType } from '../values/oracle-type.ts'
import { parseDateTime } from './date-parse.ts'

/** A literal's value with its type. */
export interface TimeLiteral {
  readonly type: OracleType
  readonly value: OracleDateTime
}

const ZONE = /(?:[+-]\d{1,2}:\d{2}|UTC|GMT|Z)\s*$/i
const DATE_LENGTH = 'YYYY-MM-DD'.length
/** Stands in for the current date, on which no literal depends. */
const EPOCH = new OracleDateTime(2000, 1, 1)

/** The value of `DATE '2026-01-31'`. @throws OracleError ORA-01861, ORA-01843, ORA-01839 and their kin */
export function parseDateLiteral(text: string): TimeLiteral {
  return { type: DATE, value: parseDateTime(text, 'YYYY-MM-DD', EPOCH) }
}

/** The value of `TIMESTAMP '2026-01-31 10:00:00.5 +01:00'`. @throws OracleError as for a date */
export function parseTimestampLiteral(text: string): TimeLiteral {
  const zoned = ZONE.test(text.slice(DATE_LENGTH))
  const format = `YYYY-MM-DD HH24:MI:SS${/\.\d/.test(text) ? 'XFF9' : ''}${zoned ? ' TZR' : ''}`
  const value = parseDateTime(text, format, EPOCH)
  return { type: { name: zoned ? 'TIMESTAMP WITH TIME ZONE' : 'TIMESTAMP', scale: 9 }, value }
}
