import { unknownUserErrorOf } from '../errors/unknown-user-error.ts'
import { textBind } from '../pool/bind-values.ts'
import type { CallOptions } from '../pool/call-options.ts'
import type { ConnectionPool } from '../pool/connection-pool.ts'
import { readUserName, userNameText } from '../pool/user-name.ts'
import { grantProfileAccess, revokeProfileAccess } from '../sql/profile-statements.ts'
import { change } from './manage-profile.ts'

export function grantAccess(
  pool: ConnectionPool,
  profile: string,
  userOrRole: string,
  options: CallOptions = {},
): Promise<void> {
  return changeAccess(pool, profile, userOrRole, { action: 'grantAccess', options }, grantProfileAccess)
}

export function revokeAccess(
  pool: ConnectionPool,
  profile: string,
  userOrRole: string,
  options: CallOptions = {},
): Promise<void> {
  return changeAccess(pool, profile, userOrRole, { action: 'revokeAccess', options }, revokeProfileAccess)
}

async function changeAccess(
  pool: ConnectionPool,
  profile: string,
  userOrRole: string,
  { action, options }: { readonly action: string; readonly options: CallOptions },
  statement: string,
): Promise<void> {
  const user = readUserName('userOrRole', userOrRole)
  const errorOf = (_profile: string, cause: unknown) => unknownUserErrorOf(user, cause)
  await change(pool, profile, { action, options, errorOf }, statement, ({ driver }) => ({
    user_or_role_name: textBind(driver, userNameText(user)),
  }))
}
