import { InvalidAttributeError } from '../errors/invalid-attribute-error.ts'
import { oracleErrorNumber } from '../errors/oracle-error-number.ts'
import type { SelectAIError } from '../errors/select-ai-error.ts'
import { VectorIndexExistsError } from '../errors/vector-index-exists-error.ts'
import { VectorIndexNotFoundError } from '../errors/vector-index-not-found-error.ts'
import { VectorTableExistsError } from '../errors/vector-table-exists-error.ts'

const vectorIndexErrorNumber = 20_048

/** The error for what the database says in a call about an index; undefined for what it says of other things. */
export function vectorIndexErrorOf(index: string, cause: unknown): SelectAIError | undefined {
  const complaint = cause instanceof Error ? cause.message : ''
  switch (oracleErrorNumber(cause)) {
    case 955: // name is already used by an existing object
      return new VectorTableExistsError({ index, cause })
    case 20_045:
      return attributeError(index, 'description', cause)
    case 20_047: // an attribute that cannot be changed
      return attributeError(index, attributeIn(complaint), cause)
    case vectorIndexErrorNumber:
      return namedError(index, complaint, cause)
    default:
      return undefined
  }
}

/** The error for a question to a profile whose index is not there; undefined for other errors. */
export function missingIndexErrorOf(cause: unknown): VectorIndexNotFoundError | undefined {
  if (oracleErrorNumber(cause) !== vectorIndexErrorNumber) return undefined
  const index = /\bvector index\s+"?([^\s"]+)/i.exec(String(cause))?.[1]
  return new VectorIndexNotFoundError({ index, cause })
}

/** Whether an index was enabled or disabled already; ORA-20000 stands for many other things. */
export function isInDesiredStatus(cause: unknown): boolean {
  return oracleErrorNumber(cause) === 20_000 && /already in the desired status/i.test(String(cause))
}

/** One number stands for three things, which the text tells apart. */
function namedError(index: string, complaint: string, cause: unknown): SelectAIError | undefined {
  if (/\battribute\b/i.test(complaint)) return attributeError(index, attributeIn(complaint), cause)
  if (/\balready exists\b/i.test(complaint)) return new VectorIndexExistsError({ index, cause })
  return /\bdoes not exist\b/i.test(complaint) ? new VectorIndexNotFoundError({ index, cause }) : undefined
}

function attributeError(index: string, attribute: string | undefined, cause: unknown): InvalidAttributeError {
  return new InvalidAttributeError({ kind: 'vector index', object: index, attribute, cause })
}

function attributeIn(complaint: string): string | undefined {
  return /-\s*(\w+)\s*$/m.exec(complaint.replace(/^ORA-\d+/, ''))?.[1]
}
