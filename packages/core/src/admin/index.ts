/**
 * What an administrator of Select AI does, kept apart so that code that serves requests does not import it by accident.
 *
 * @example
 * ```ts
 * import { createPool } from '@select-ai/core'
 * import { createCredential, listCredentials } from '@select-ai/core/admin'
 *
 * await using pool = await createPool()
 * await createCredential(pool, 'OPENAI_CREDENTIAL', { username: 'OPENAI', password: process.env.OPENAI_API_KEY ?? '' })
 * console.table(await listCredentials(pool))
 * ```
 *
 * @module
 */

export { grantCredentialAccess, revokeCredentialAccess } from './credential-access.ts'
export type {
  CredentialChanges,
  CredentialDefinition,
  CredentialDescription,
  KeyCredential,
  PasswordCredential,
} from './credential-definition.ts'
export {
  createCredential,
  createOrReplaceCredential,
  type DeleteCredentialOptions,
  deleteCredential,
  listCredentials,
  type StoreCredentialOptions,
  updateCredential,
} from './credentials.ts'
export { disableDataAccess, enableDataAccess } from './data-access.ts'
export type { UserOutcome } from './for-each-user.ts'
export {
  grantHttpAccess,
  grantNetworkAccess,
  listNetworkAccess,
  type NetworkAccess,
  type NetworkAccessEntry,
  revokeHttpAccess,
  revokeNetworkAccess,
} from './network-access.ts'
export {
  disablePrincipalAuth,
  type EnablePrincipalAuthOptions,
  enablePrincipalAuth,
  type PrincipalProvider,
} from './principal-auth.ts'
export { grantPrivileges, revokePrivileges } from './privileges.ts'
