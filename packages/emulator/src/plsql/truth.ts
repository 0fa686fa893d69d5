import { OracleError } from '../oracle-error.ts'
import { type PlsqlValue, scalarOf } from './plsql-value.ts'

/** NOT: what is unknown stays unknown. */
export function negate(value: boolean | null): boolean | null {
  return value === null ? null : !value
}

/** TRUE, FALSE or null. @throws OracleError ORA-06502 for a value that is no BOOLEAN */
export function truthOf(value: PlsqlValue): boolean | null {
  const content = scalarOf(value).value
  if (content === null || typeof content === 'boolean') return content
  throw new OracleError(6502, 'PL/SQL: numeric or value error')
}
