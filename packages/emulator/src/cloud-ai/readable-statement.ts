import { OracleError } from '../oracle-error.ts'

/**
 * The model's statement without a final semicolon.
 * @throws OracleError ORA-20000 when it does anything but read: what a model writes runs with all rights of the caller.
 */
export function readableStatement(sql: string): string {
  const trimmed = sql.trim()
  const statement = trimmed.endsWith(';') ? trimmed.slice(0, -1).trimEnd() : trimmed
  const start = statement.replace(/^(?:\s|\(|--[^\n]*(?:\n|$)|\/\*[\s\S]*?\*\/)+/, '')
  if (/^(?:select|with)\b/i.test(start)) return statement
  throw new OracleError(20000, 'The model did not return a SELECT statement')
}
