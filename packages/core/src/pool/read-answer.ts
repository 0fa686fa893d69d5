import { AnswerTooLongError } from '../errors/answer-too-long-error.ts'
import { firstPieceCharacters } from '../sql/statements.ts'
import { type Binds, textBind } from './bind-values.ts'
import { callDatabase, type DatabaseCall } from './call-database.ts'
import type { ConnectionPool, Lease } from './connection-pool.ts'
import type { Driver, Lob } from './driver-contract.ts'

/** Texts to bind by name; null is bound as NULL. */
export type AnswerInput = Readonly<Record<string, string | null>>

/** What such a statement leaves in its OUT binds. */
export interface Outcome {
  readonly answer_length: number | null
  readonly short_answer: string | null
  readonly long_answer: Lob | null
}

/**
 * Runs a statement that gives its answer as length, short text or long CLOB, and reads the whole answer before the connection
 * goes back. Empty for an answer that is NULL.
 */
export function readAnswer(
  pool: ConnectionPool,
  call: DatabaseCall,
  statement: string,
  input: AnswerInput,
): Promise<string> {
  return callDatabase(pool, call, (lease) => readAnswerOn(lease, statement, input))
}

/** The same on a connection that was lent already. */
export async function readAnswerOn(lease: Lease, statement: string, input: AnswerInput): Promise<string> {
  const { outBinds } = await lease.connection.execute<Outcome>(statement, answerBinds(lease.driver, input))
  const answer = readOutcome(lease, outBinds as Outcome)
  // Nearly all answers are here already, and waiting for what is here costs a turn.
  return typeof answer === 'string' ? answer : await answer
}

/** The same for a statement that tells more than its answer, in OUT binds of its own. */
export async function readAnswerAndMore<More>(
  lease: Lease,
  statement: string,
  input: AnswerInput,
  moreBinds: Binds,
): Promise<{ readonly answer: string; readonly more: More }> {
  const binds = { ...answerBinds(lease.driver, input), ...moreBinds }
  const { outBinds } = await lease.connection.execute<Outcome & More>(statement, binds)
  const more = outBinds as Outcome & More
  return { answer: await readOutcome(lease, more), more }
}

/** Reads the whole answer of a statement that was run; only a long one makes a promise. */
export function readOutcome(
  lease: Lease,
  { answer_length, short_answer, long_answer }: Outcome,
): string | Promise<string> {
  const characters = answer_length ?? 0
  if (long_answer === null || long_answer === undefined) {
    checkLength(characters, lease)
    return short_answer ?? ''
  }
  return readLong(lease, characters, long_answer)
}

function checkLength(characters: number, { maxAnswerCharacters }: Lease): void {
  if (characters > maxAnswerCharacters) throw new AnswerTooLongError({ characters, maxAnswerCharacters })
}

async function readLong(lease: Lease, characters: number, long: Lob): Promise<string> {
  const { deadline } = lease
  try {
    checkLength(characters, lease)
    deadline.enter('reading')
    // A break that came a moment too late must not be followed by another round trip.
    if (deadline.error) throw deadline.error
    return ((await long.getData()) as string | null) ?? ''
  } finally {
    // Frees the temporary CLOB; the driver sends that along with the session's next call. On a connection that broke there is
    // nothing to free, which the driver reports as an event that would end the process if nobody listened.
    long.on('error', () => {}).destroy()
  }
}

/** The binds of such a statement: the given texts, and where its answer goes. */
export function answerBinds(driver: Driver, input: AnswerInput): Binds {
  const { BIND_OUT, DB_TYPE_CLOB, DB_TYPE_NUMBER, DB_TYPE_VARCHAR } = driver
  const binds: Record<string, unknown> = {
    answer_length: { dir: BIND_OUT, type: DB_TYPE_NUMBER },
    short_answer: { dir: BIND_OUT, type: DB_TYPE_VARCHAR, maxSize: firstPieceCharacters * 4 },
    long_answer: { dir: BIND_OUT, type: DB_TYPE_CLOB },
  }
  for (const name of Object.keys(input)) binds[name] = textBind(driver, input[name])
  return binds as Binds
}
