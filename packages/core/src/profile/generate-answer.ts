import { conversationErrorOf } from '../conversation/conversation-error.ts'
import { AnswerTooLongError } from '../errors/answer-too-long-error.ts'
import { type Binds, callDatabase } from '../pool/call-database.ts'
import type { CallOptions } from '../pool/call-options.ts'
import type { ConnectionPool, Lease } from '../pool/connection-pool.ts'
import type { Driver, Lob } from '../pool/driver-contract.ts'
import { firstPieceCharacters, generateStatement } from '../sql/statements.ts'
import type { GenerateArguments } from './generate-options.ts'

interface Outcome {
  readonly answer_length: number | null
  readonly short_answer: string | null
  readonly long_answer: Lob | null
}

/** Asks the database and reads the whole answer before the connection goes back. Empty for an answer that is NULL. */
export function generateAnswer(pool: ConnectionPool, input: GenerateArguments, options: CallOptions): Promise<string> {
  const { action, profile, conversationId } = input
  const errorOf = (error: unknown) =>
    conversationId === undefined ? undefined : conversationErrorOf(error, conversationId)
  return callDatabase(pool, { action, profile, options, errorOf }, (lease) => askDatabase(lease, input))
}

/** Asks on a connection that was lent, and reads the whole answer. */
export async function askDatabase(
  { connection, deadline, driver, maxAnswerCharacters }: Lease,
  input: GenerateArguments,
): Promise<string> {
  const statement = generateStatement({
    attributes: input.attributes !== undefined,
    params: input.conversationId !== undefined,
  })
  const { outBinds } = await connection.execute<Outcome>(statement, bindsOf(driver, input))
  const { answer_length: length, short_answer: short, long_answer: long } = outBinds as Outcome
  try {
    const characters = length ?? 0
    if (characters > maxAnswerCharacters) throw new AnswerTooLongError({ characters, maxAnswerCharacters })
    if (long === null || long === undefined) return short ?? ''
    deadline.enter('reading')
    // A break that came a moment too late must not be followed by another round trip.
    if (deadline.error) throw deadline.error
    return ((await long.getData()) as string | null) ?? ''
  } finally {
    // Frees the temporary CLOB; the driver sends that along with the session's next call. On a connection that broke there is
    // nothing to free, which the driver reports as an event that would end the process if nobody listened.
    long?.on('error', () => {}).destroy()
  }
}

function bindsOf(driver: Driver, input: GenerateArguments): Binds {
  const { BIND_IN, BIND_OUT, DB_TYPE_CLOB, DB_TYPE_NUMBER, DB_TYPE_VARCHAR } = driver
  const text = (val: string) => ({ dir: BIND_IN, type: DB_TYPE_VARCHAR, val })
  return {
    prompt: text(input.prompt),
    profile_name: text(input.profile),
    action: text(input.action),
    ...(input.attributes === undefined ? {} : { attributes: text(input.attributes) }),
    ...(input.conversationId === undefined ? {} : { params: text(paramsOf(input.conversationId)) }),
    answer_length: { dir: BIND_OUT, type: DB_TYPE_NUMBER },
    short_answer: { dir: BIND_OUT, type: DB_TYPE_VARCHAR, maxSize: firstPieceCharacters * 4 },
    long_answer: { dir: BIND_OUT, type: DB_TYPE_CLOB },
  } as Binds
}

function paramsOf(conversationId: string): string {
  return JSON.stringify({ conversation_id: conversationId })
}
