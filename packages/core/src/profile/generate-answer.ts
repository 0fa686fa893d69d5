import { conversationErrorOf } from '../conversation/conversation-error.ts'
import { callDatabase } from '../pool/call-database.ts'
import type { CallOptions } from '../pool/call-options.ts'
import type { ConnectionPool, Lease } from '../pool/connection-pool.ts'
import { generateStatement } from '../sql/statements.ts'
import { missingIndexErrorOf } from '../vector-index/vector-index-error.ts'
import type { GenerateArguments } from './generate-options.ts'
import { readAnswerOn } from './read-answer.ts'

/** Asks the database and reads the whole answer before the connection goes back. Empty for an answer that is NULL. */
export function generateAnswer(pool: ConnectionPool, input: GenerateArguments, options: CallOptions): Promise<string> {
  const { action, profile, conversationId } = input
  const errorOf = (error: unknown) =>
    missingIndexErrorOf(error) ??
    (conversationId === undefined ? undefined : conversationErrorOf(error, conversationId))
  return callDatabase(pool, { action, profile, options, errorOf }, (lease) => askDatabase(lease, input))
}

/** Asks on a connection that was lent, and reads the whole answer. */
export function askDatabase(lease: Lease, input: GenerateArguments): Promise<string> {
  const { prompt, action, profile, attributes, conversationId } = input
  const params = conversationId === undefined ? undefined : JSON.stringify({ conversation_id: conversationId })
  const statement = generateStatement({ attributes: attributes !== undefined, params: params !== undefined })
  return readAnswerOn(lease, statement, {
    prompt,
    profile_name: profile,
    action,
    ...(attributes === undefined ? {} : { attributes }),
    ...(params === undefined ? {} : { params }),
  })
}
