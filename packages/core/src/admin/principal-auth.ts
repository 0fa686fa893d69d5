import { SelectAIArgumentError } from '../errors/select-ai-argument-error.ts'
import { textBind } from '../pool/bind-values.ts'
import { type CallOptions, callOptionNames, checkCallOptions } from '../pool/call-options.ts'
import { userNameText } from '../pool/user-name.ts'
import type { SelectAIPool } from '../profile/select-ai-pool.ts'
import {
  disablePrincipalAuth as disableStatement,
  enablePrincipalAuth as enableStatement,
} from '../sql/principal-auth-statements.ts'
import { forEachUser, type UserOutcome } from './for-each-user.ts'
import { readUserNames } from './user-names.ts'

/** A cloud in which the database has an identity of its own. */
export type PrincipalProvider = 'aws' | 'azure' | 'gcp' | 'oci'

/** Options of `enablePrincipalAuth`. */
export interface EnablePrincipalAuthOptions extends CallOptions {
  /** What the cloud wants to know beside, for example `{ azure_tenantid: '...' }`. Default: nothing */
  readonly params?: Readonly<Record<string, string>> | undefined
}

const providers: readonly string[] = ['aws', 'azure', 'gcp', 'oci']

/**
 * Lets users act as the database itself in a cloud, without a stored key (`DBMS_CLOUD_ADMIN.ENABLE_PRINCIPAL_AUTH`). With `oci`, their
 * profiles can name the credential `OCI$RESOURCE_PRINCIPAL`. The pool's user must be an administrator. One round trip for each user.
 *
 * @returns what happened for each user, in order: `UserNotFoundError`, `PrivilegeError` or `DatabaseError` where it failed
 *
 * @example
 * ```ts
 * await enablePrincipalAuth(adminPool, ['APP', 'REPORTS'], 'oci')
 * ```
 *
 * @throws SelectAIArgumentError, and the errors of every call when the whole call fails
 */
export async function enablePrincipalAuth(
  pool: SelectAIPool,
  users: string | readonly string[],
  provider: PrincipalProvider,
  options: EnablePrincipalAuthOptions = {},
): Promise<readonly UserOutcome[]> {
  const names = readUserNames(users)
  const cloud = checkProvider(provider)
  checkCallOptions(options, [...callOptionNames, 'params'])
  const { params, ...others } = options
  const json = paramsJson(params)
  const call = { action: 'enable principal auth', options: others, users: names }
  return forEachUser(pool, call, enableStatement, (user, { driver }) => [
    {
      provider: textBind(driver, cloud),
      username: textBind(driver, userNameText(user)),
      params: textBind(driver, json),
    },
  ])
}

/**
 * Takes back what `enablePrincipalAuth` gives. The pool's user must be an administrator.
 *
 * @returns what happened for each user, in order
 *
 * @example
 * ```ts
 * await disablePrincipalAuth(adminPool, 'REPORTS', 'oci')
 * ```
 *
 * @throws SelectAIArgumentError, and the errors of every call when the whole call fails
 */
export async function disablePrincipalAuth(
  pool: SelectAIPool,
  users: string | readonly string[],
  provider: PrincipalProvider,
  options: CallOptions = {},
): Promise<readonly UserOutcome[]> {
  const names = readUserNames(users)
  const cloud = checkProvider(provider)
  checkCallOptions(options, callOptionNames)
  const call = { action: 'disable principal auth', options, users: names }
  return forEachUser(pool, call, disableStatement, (user, { driver }) => [
    { provider: textBind(driver, cloud), username: textBind(driver, userNameText(user)) },
  ])
}

/** As the database writes it. @throws SelectAIArgumentError */
function checkProvider(provider: string): string {
  if (providers.includes(provider)) return provider.toUpperCase()
  throw new SelectAIArgumentError({ argument: 'provider', message: `must be one of ${providers.join(', ')}.` })
}

/** @throws SelectAIArgumentError */
function paramsJson(params: Readonly<Record<string, string>> | undefined): string | undefined {
  if (params === undefined) return undefined
  const isObject = typeof params === 'object' && params !== null && !Array.isArray(params)
  if (isObject && Object.values(params).every((value) => typeof value === 'string')) return JSON.stringify(params)
  throw new SelectAIArgumentError({ argument: 'options.params', message: 'must be an object of texts.' })
}
