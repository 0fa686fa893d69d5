import { InvalidAttributeError } from '../errors/invalid-attribute-error.ts'
import { oracleErrorNumber } from '../errors/oracle-error-number.ts'
import type { SelectAIError } from '../errors/select-ai-error.ts'

/** The error for an attribute that the database refuses; undefined when it reported something else. */
export function attributeErrorOf(profile: string, cause: unknown): SelectAIError | undefined {
  const attributeOf: Readonly<Record<number, string | undefined>> = {
    20045: 'description',
    20047: /\battribute\s*-\s*(\w+)/i.exec(String(cause))?.[1],
    20048: 'vector_index_name', // there is no such index
  }
  const number = oracleErrorNumber(cause) ?? 0
  if (!(number in attributeOf)) return undefined
  return new InvalidAttributeError({ kind: 'profile', object: profile, attribute: attributeOf[number], cause })
}
