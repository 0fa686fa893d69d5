import { CredentialNotFoundError } from '../errors/credential-not-found-error.ts'
import { oracleErrorNumber } from '../errors/oracle-error-number.ts'
import { textBind } from '../pool/bind-values.ts'
import { type CallOptions, callOptionNames, checkCallOptions } from '../pool/call-options.ts'
import type { SelectAIPool } from '../profile/select-ai-pool.ts'
import { grantCredential, revokeCredential } from '../sql/credential-statements.ts'
import { checkCredentialName } from './credential-definition.ts'
import { forEachUser, type UserOutcome } from './for-each-user.ts'
import { readUserNames } from './user-names.ts'

/** ORA-04042: what GRANT says of an object that does not exist. */
const unknownObject = 4042

/**
 * Lets other users or roles use a credential of the pool's database user (`GRANT EXECUTE ON credential`). Its secret stays secret. Who
 * uses a shared profile needs this for the credential that the profile names. One round trip for each user.
 *
 * @param name - the credential
 * @param usersOrRoles - names; the database's upper case is meant unless a name stands in double quotes
 * @returns what happened for each, in order: `UserNotFoundError`, `CredentialNotFoundError` or `DatabaseError` where it failed
 *
 * @example
 * ```ts
 * await createCredential(pool, 'OPENAI_CREDENTIAL', { username: 'OPENAI', password: process.env.OPENAI_API_KEY ?? '' })
 * await grantCredentialAccess(pool, 'OPENAI_CREDENTIAL', ['REPORTS'])
 * ```
 *
 * @throws SelectAIArgumentError, and the errors of every call when the whole call fails
 */
export async function grantCredentialAccess(
  pool: SelectAIPool,
  name: string,
  usersOrRoles: string | readonly string[],
  options: CallOptions = {},
): Promise<readonly UserOutcome[]> {
  return change(pool, 'grant credential access', name, usersOrRoles, options, grantCredential)
}

/**
 * Takes back what `grantCredentialAccess` gives. What was not granted is as it should be.
 *
 * @returns what happened for each, in order
 *
 * @example
 * ```ts
 * await revokeCredentialAccess(pool, 'OPENAI_CREDENTIAL', 'REPORTS')
 * ```
 *
 * @throws SelectAIArgumentError, and the errors of every call when the whole call fails
 */
export async function revokeCredentialAccess(
  pool: SelectAIPool,
  name: string,
  usersOrRoles: string | readonly string[],
  options: CallOptions = {},
): Promise<readonly UserOutcome[]> {
  return change(pool, 'revoke credential access', name, usersOrRoles, options, revokeCredential)
}

async function change(
  pool: SelectAIPool,
  action: string,
  name: string,
  usersOrRoles: string | readonly string[],
  options: CallOptions,
  statement: string,
): Promise<readonly UserOutcome[]> {
  const credential = checkCredentialName(name)
  const users = readUserNames(usersOrRoles)
  checkCallOptions(options, callOptionNames)
  const errorOf = (cause: unknown) =>
    oracleErrorNumber(cause) === unknownObject ? new CredentialNotFoundError({ credential, cause }) : undefined
  return forEachUser(pool, { action, options, users, errorOf }, statement, (user, { driver }) => [
    { credential_name: textBind(driver, credential), grantee: textBind(driver, user) },
  ])
}
