import { conversationErrorOf } from '../conversation/conversation-error.ts'
import type { SelectAIError } from '../errors/select-ai-error.ts'
import { callDatabase } from '../pool/call-database.ts'
import type { CallOptions } from '../pool/call-options.ts'
import type { ConnectionPool, Lease } from '../pool/connection-pool.ts'
import { type AnswerInput, readAnswerOn } from '../pool/read-answer.ts'
import { generateStatement } from '../sql/statements.ts'
import { missingIndexErrorOf } from '../vector-index/vector-index-error.ts'
import { attributeErrorOf } from './attribute-error.ts'
import type { GenerateArguments } from './generate-options.ts'

/** Asks the database and reads the whole answer before the connection goes back. Empty for an answer that is NULL. */
export function generateAnswer(pool: ConnectionPool, input: GenerateArguments, options: CallOptions): Promise<string> {
  const { action, profile } = input
  const errorOf = (error: unknown) => questionErrorOf(error, input)
  return callDatabase(pool, { action, profile, options, errorOf }, (lease) => askDatabase(lease, input))
}

/** The error for what the database says of a question's index, attributes or conversation; undefined for anything else. */
export function questionErrorOf(
  error: unknown,
  { profile, conversationId }: Pick<GenerateArguments, 'profile' | 'conversationId'>,
): SelectAIError | undefined {
  return (
    missingIndexErrorOf(error) ??
    attributeErrorOf(profile, error) ??
    (conversationId === undefined ? undefined : conversationErrorOf(error, conversationId))
  )
}

/** Asks on a connection that was lent, and reads the whole answer. */
export function askDatabase(lease: Lease, input: GenerateArguments): Promise<string> {
  const { statement, texts } = generateCall(input)
  return readAnswerOn(lease, statement, texts)
}

/** The statement for a question, and what it binds. */
export function generateCall(input: GenerateArguments): { readonly statement: string; readonly texts: AnswerInput } {
  const { prompt, action, profile, attributes, conversationId } = input
  const params = conversationId === undefined ? undefined : JSON.stringify({ conversation_id: conversationId })
  const statement = generateStatement({ attributes: attributes !== undefined, params: params !== undefined })
  const texts = {
    prompt,
    profile_name: profile,
    action,
    ...(attributes === undefined ? {} : { attributes }),
    ...(params === undefined ? {} : { params }),
  }
  return { statement, texts }
}
