import { fromDriverError } from '../errors/from-driver-error.ts'
import type { SelectAIError } from '../errors/select-ai-error.ts'
import { UserNotFoundError } from '../errors/user-not-found-error.ts'
import { type Binds, callDatabase } from '../pool/call-database.ts'
import { type CallOptions, callOptionNames, checkCallOptions } from '../pool/call-options.ts'
import type { Lease } from '../pool/connection-pool.ts'
import type { SelectAIPool } from '../profile/select-ai-pool.ts'
import { grantPackages, revokePackages } from '../sql/privilege-statements.ts'
import { readUserNames } from './user-names.ts'

/** What happened for one user: `error` says why it failed. */
export type PrivilegeOutcome =
  | { readonly user: string; readonly status: 'fulfilled' }
  | { readonly user: string; readonly status: 'rejected'; readonly error: SelectAIError }

/**
 * Lets users run the packages that Select AI consists of: EXECUTE on `DBMS_CLOUD`, `DBMS_CLOUD_AI`, `DBMS_CLOUD_AI_AGENT` and
 * `DBMS_CLOUD_PIPELINE`. The pool's user must be an administrator. One user after the other, in one round trip each; who fails does
 * not keep the others from it.
 *
 * @param users - names; the database's upper case is meant unless a name stands in double quotes
 * @returns what happened for each user, in order: `UserNotFoundError`, `PrivilegeError` or `DatabaseError` where it failed
 *
 * @example
 * ```ts
 * const outcomes = await grantPrivileges(adminPool, ['APP', 'REPORTS'])
 * const failed = outcomes.filter(({ status }) => status === 'rejected')
 * ```
 *
 * @throws SelectAIArgumentError for what cannot be a user's name, and the errors of every call when the whole call fails
 */
export function grantPrivileges(
  pool: SelectAIPool,
  users: string | readonly string[],
  options: CallOptions = {},
): Promise<readonly PrivilegeOutcome[]> {
  return forEachUser(pool, 'grant privileges', users, options, grantPackages)
}

/**
 * Takes back what `grantPrivileges` gives. A privilege that a user does not have is as it should be.
 *
 * @returns what happened for each user, in order
 * @throws SelectAIArgumentError for what cannot be a user's name, and the errors of every call when the whole call fails
 */
export function revokePrivileges(
  pool: SelectAIPool,
  users: string | readonly string[],
  options: CallOptions = {},
): Promise<readonly PrivilegeOutcome[]> {
  return forEachUser(pool, 'revoke privileges', users, options, revokePackages)
}

async function forEachUser(
  pool: SelectAIPool,
  action: string,
  users: string | readonly string[],
  options: CallOptions,
  statement: string,
): Promise<readonly PrivilegeOutcome[]> {
  const names = readUserNames(users)
  checkCallOptions(options, callOptionNames)
  return callDatabase(pool, { action, options }, async (lease) => {
    const outcomes: PrivilegeOutcome[] = []
    for (const user of names) outcomes.push(await attempt(lease, user, statement))
    return outcomes
  })
}

async function attempt(lease: Lease, user: string, statement: string): Promise<PrivilegeOutcome> {
  const { connection, deadline, driver } = lease
  if (deadline.error) throw deadline.error
  try {
    const grantee = { dir: driver.BIND_IN, type: driver.DB_TYPE_VARCHAR, val: user }
    await connection.execute(statement, { grantee } as Binds)
    return { user, status: 'fulfilled' }
  } catch (cause) {
    // With the connection gone, or the time over, there is nothing to be said of the rest.
    if (deadline.error || !connection.isHealthy()) throw cause
    return { user, status: 'rejected', error: errorOf(cause, user) }
  }
}

/** ORA-44001 and ORA-01917: no such user. */
function errorOf(cause: unknown, user: string): SelectAIError {
  const { errorNum } = Object(cause) as { errorNum?: unknown }
  if (errorNum === 44001 || errorNum === 1917) return new UserNotFoundError({ user, cause })
  return fromDriverError(cause, { phase: 'call' })
}
