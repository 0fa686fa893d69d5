import type { OracleValue } from '../values/oracle-value.ts'

/** The text of a subprogram's argument; empty for NULL, which Oracle does not tell from the empty text. */
export function textArgument(value: OracleValue | undefined): string {
  return typeof value === 'string' ? value : ''
}
