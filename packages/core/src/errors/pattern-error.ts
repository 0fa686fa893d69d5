import { oracleErrorNumber } from './oracle-error-number.ts'
import { SelectAIArgumentError } from './select-ai-argument-error.ts'

// ORA-12725 to ORA-12733: what is wrong with a regular expression, from unmatched parentheses to one that is too long.
const firstNumber = 12_725
const lastNumber = 12_733

/** The error for a regular expression that the database cannot read; undefined for other failures. */
export function patternErrorOf(error: unknown): SelectAIArgumentError | undefined {
  const number = oracleErrorNumber(error) ?? 0
  if (number < firstNumber || number > lastNumber) return undefined
  const message = 'must be a regular expression that the database can read, at most 512 bytes long.'
  return new SelectAIArgumentError({ argument: 'options.pattern', message, cause: error })
}
