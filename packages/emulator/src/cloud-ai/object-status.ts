import { OracleError } from '../oracle-error.ts'

/** Whether an object may be used. */
export type ObjectStatus = 'ENABLED' | 'DISABLED'

/** The status that an argument names; enabled when it names none. @throws OracleError ORA-20000 */
export function statusOf(word: string): ObjectStatus {
  const upper = word.toUpperCase()
  if (upper === '' || upper === 'ENABLED') return 'ENABLED'
  if (upper === 'DISABLED') return 'DISABLED'
  throw new OracleError(20000, `Invalid status - ${word}`)
}
