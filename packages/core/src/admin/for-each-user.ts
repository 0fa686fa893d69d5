import { fromDriverError } from '../errors/from-driver-error.ts'
import type { SelectAIError } from '../errors/select-ai-error.ts'
import { unknownUserErrorOf } from '../errors/unknown-user-error.ts'
import type { Binds } from '../pool/bind-values.ts'
import { callDatabase } from '../pool/call-database.ts'
import type { CallOptions } from '../pool/call-options.ts'
import type { Lease } from '../pool/connection-pool.ts'
import type { SelectAIPool } from '../profile/select-ai-pool.ts'

/** What happened for one user: `error` says why it failed. */
export type UserOutcome =
  | { readonly user: string; readonly status: 'fulfilled' }
  | { readonly user: string; readonly status: 'rejected'; readonly error: SelectAIError }

/** What is done for which users. */
export interface UsersCall {
  readonly action: string
  readonly options: CallOptions
  readonly users: readonly string[]
  /** The error for a code that means something else in this call than elsewhere. */
  readonly errorOf?: (cause: unknown) => SelectAIError | undefined
}

/** Runs a statement for each user, with one or more sets of binds, on one connection. Who fails does not keep the others from it. */
export function forEachUser(
  pool: SelectAIPool,
  call: UsersCall,
  statement: string,
  bindsFor: (user: string, lease: Lease) => readonly Binds[],
): Promise<readonly UserOutcome[]> {
  const { action, options, users, errorOf } = call
  return callDatabase(pool, { action, options }, async (lease) => {
    const outcomes: UserOutcome[] = []
    for (const user of users) {
      outcomes.push(await attempt(lease, user, statement, bindsFor(user, lease), errorOf))
    }
    return outcomes
  })
}

async function attempt(
  { connection, deadline }: Lease,
  user: string,
  statement: string,
  sets: readonly Binds[],
  errorOf: UsersCall['errorOf'],
): Promise<UserOutcome> {
  try {
    for (const binds of sets) {
      if (deadline.error) throw deadline.error
      await connection.execute(statement, binds)
    }
    return { user, status: 'fulfilled' }
  } catch (cause) {
    // With the connection gone, or the time over, there is nothing to be said of the rest.
    if (deadline.error || !connection.isHealthy()) throw cause
    return { user, status: 'rejected', error: errorOf?.(cause) ?? userErrorOf(cause, user) }
  }
}

function userErrorOf(cause: unknown, user: string): SelectAIError {
  return unknownUserErrorOf(user, cause) ?? fromDriverError(cause, { phase: 'call' })
}
