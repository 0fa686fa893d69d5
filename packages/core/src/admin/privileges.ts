import { textBind } from '../pool/bind-values.ts'
import { type CallOptions, callOptionNames, checkCallOptions } from '../pool/call-options.ts'
import type { SelectAIPool } from '../profile/select-ai-pool.ts'
import { grantPackages, revokePackages } from '../sql/privilege-statements.ts'
import { forEachUser, type UserOutcome } from './for-each-user.ts'
import { readUserNames } from './user-names.ts'

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
): Promise<readonly UserOutcome[]> {
  return changePrivileges(pool, 'grant privileges', users, options, grantPackages)
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
): Promise<readonly UserOutcome[]> {
  return changePrivileges(pool, 'revoke privileges', users, options, revokePackages)
}

async function changePrivileges(
  pool: SelectAIPool,
  action: string,
  users: string | readonly string[],
  options: CallOptions,
  statement: string,
): Promise<readonly UserOutcome[]> {
  const names = readUserNames(users)
  checkCallOptions(options, callOptionNames)
  return forEachUser(pool, { action, options, users: names }, statement, (user, { driver }) => [
    { grantee: textBind(driver, user) },
  ])
}
