import type { CallOptions } from '../pool/call-options.ts'
import type { ConnectionPool } from '../pool/connection-pool.ts'
import { generateStatement } from '../sql/statements.ts'
import type { GenerateArguments } from './generate-options.ts'
import { readAnswer } from './read-answer.ts'

/** Asks the database and reads the whole answer before the connection goes back. Empty for an answer that is NULL. */
export function generateAnswer(pool: ConnectionPool, input: GenerateArguments, options: CallOptions): Promise<string> {
  const { prompt, action, profile, attributes, params } = input
  const statement = generateStatement({ attributes: attributes !== undefined, params: params !== undefined })
  return readAnswer(pool, { action, profile, options }, statement, {
    prompt,
    profile_name: profile,
    action,
    ...(attributes === undefined ? {} : { attributes }),
    ...(params === undefined ? {} : { params }),
  })
}
