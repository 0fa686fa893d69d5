import { oracleErrorNumber } from '../errors/oracle-error-number.ts'
import { PrivilegeError } from '../errors/privilege-error.ts'
import { SelectAIArgumentError } from '../errors/select-ai-argument-error.ts'
import type { SelectAIError } from '../errors/select-ai-error.ts'
import { type Binds, numberBind, textBind } from '../pool/bind-values.ts'
import { type DatabaseCall, queryDatabase } from '../pool/call-database.ts'
import { type CallOptions, callOptionNames, checkCallOptions } from '../pool/call-options.ts'
import type { Lease } from '../pool/connection-pool.ts'
import { userNameText } from '../pool/user-name.ts'
import type { SelectAIPool } from '../profile/select-ai-pool.ts'
import { appendHostAce, listHostAces, removeHostAce } from '../sql/network-access-statements.ts'
import { forEachUser, type UserOutcome } from './for-each-user.ts'
import { readUserNames } from './user-names.ts'

/** What may be done with a host, and with which of its ports. */
export interface NetworkAccess {
  /** A name such as `api.openai.com`, without scheme, port or path. `*.example.com` and `*` stand for many. */
  readonly host: string
  /** For example `http`, `connect`, `resolve` or `smtp`; one or several. */
  readonly privileges: string | readonly string[]
  /** First port, 1 to 65535. Default: any */
  readonly lowerPort?: number | undefined
  /** Last port, 1 to 65535. Default: any */
  readonly upperPort?: number | undefined
}

/** One thing that one user may do. */
export interface NetworkAccessEntry {
  readonly user: string
  readonly host: string
  /** In upper case, as the database shows it. */
  readonly privilege: string
  readonly lowerPort: number | undefined
  readonly upperPort: number | undefined
}

const names = ['host', 'privileges', 'lowerPort', 'upperPort']
const hostPattern = /^(\*|(\*\.)?[\p{L}\p{N}_-]+(\.[\p{L}\p{N}_-]+)*|[0-9a-f]*:[0-9a-f:.]+)$/iu
const highestPort = 65_535

/**
 * Lets users reach a host from within the database (`DBMS_NETWORK_ACL_ADMIN.APPEND_HOST_ACE`). Calls of an AI provider need `http` on
 * its host, except for OCI. The pool's user must be an administrator. One round trip for each user and privilege; what a user may do
 * already is as it should be.
 *
 * @returns what happened for each user, in order: `UserNotFoundError`, `PrivilegeError` or `DatabaseError` where it failed
 *
 * @example
 * ```ts
 * await grantNetworkAccess(adminPool, 'APP', { host: 'smtp.example.com', privileges: ['connect', 'smtp'], lowerPort: 587 })
 * ```
 *
 * @throws SelectAIArgumentError, and the errors of every call when the whole call fails
 */
export async function grantNetworkAccess(
  pool: SelectAIPool,
  users: string | readonly string[],
  access: NetworkAccess,
  options: CallOptions = {},
): Promise<readonly UserOutcome[]> {
  return change(pool, 'grant network access', users, access, options, appendHostAce)
}

/**
 * Takes back what `grantNetworkAccess` gives, for the same host and ports.
 *
 * @returns what happened for each user, in order
 * @throws SelectAIArgumentError, and the errors of every call when the whole call fails
 */
export async function revokeNetworkAccess(
  pool: SelectAIPool,
  users: string | readonly string[],
  access: NetworkAccess,
  options: CallOptions = {},
): Promise<readonly UserOutcome[]> {
  return change(pool, 'revoke network access', users, access, options, removeHostAce)
}

/**
 * Lets users call an AI provider: `http` on its host, for example `api.openai.com`.
 *
 * @returns what happened for each user, in order
 * @throws SelectAIArgumentError, and the errors of every call when the whole call fails
 */
export async function grantHttpAccess(
  pool: SelectAIPool,
  users: string | readonly string[],
  host: string,
  options: CallOptions = {},
): Promise<readonly UserOutcome[]> {
  return change(pool, 'grant http access', users, { host, privileges: 'http' }, options, appendHostAce)
}

/**
 * Takes back what `grantHttpAccess` gives.
 *
 * @returns what happened for each user, in order
 * @throws SelectAIArgumentError, and the errors of every call when the whole call fails
 */
export async function revokeHttpAccess(
  pool: SelectAIPool,
  users: string | readonly string[],
  host: string,
  options: CallOptions = {},
): Promise<readonly UserOutcome[]> {
  return change(pool, 'revoke http access', users, { host, privileges: 'http' }, options, removeHostAce)
}

/**
 * What users may do with hosts (`DBA_HOST_ACES`), by host and user. The pool's user must be an administrator.
 *
 * @throws SelectAIArgumentError, PrivilegeError, and the errors of every call
 */
export async function listNetworkAccess(
  pool: SelectAIPool,
  options: CallOptions = {},
): Promise<readonly NetworkAccessEntry[]> {
  checkCallOptions(options, callOptionNames)
  const call: DatabaseCall = { action: 'list network access', options, errorOf: hiddenViewErrorOf }
  const rows = await queryDatabase<HostAceRow>(pool, call, listHostAces, () => ({}))
  return rows.map(({ PRINCIPAL, HOST, PRIVILEGE, LOWER_PORT, UPPER_PORT }) =>
    Object.freeze({
      user: PRINCIPAL,
      host: HOST,
      privilege: PRIVILEGE,
      lowerPort: LOWER_PORT ?? undefined,
      upperPort: UPPER_PORT ?? undefined,
    }),
  )
}

/** ORA-00942: the view of administrators does not exist for others. */
function hiddenViewErrorOf(cause: unknown): SelectAIError | undefined {
  return oracleErrorNumber(cause) === 942 ? new PrivilegeError({ cause }) : undefined
}

interface HostAceRow {
  readonly PRINCIPAL: string
  readonly HOST: string
  readonly PRIVILEGE: string
  readonly LOWER_PORT: number | null
  readonly UPPER_PORT: number | null
}

async function change(
  pool: SelectAIPool,
  action: string,
  users: string | readonly string[],
  access: NetworkAccess,
  options: CallOptions,
  statement: string,
): Promise<readonly UserOutcome[]> {
  const call = { action, options, users: readUserNames(users) }
  const privileges = checkAccess(access)
  checkCallOptions(options, callOptionNames)
  return forEachUser(pool, call, statement, (user, lease) =>
    privileges.map((privilege) => bindsOf(lease, access, user, privilege)),
  )
}

function bindsOf(
  { driver }: Lease,
  { host, lowerPort, upperPort }: NetworkAccess,
  user: string,
  privilege: string,
): Binds {
  return {
    host: textBind(driver, host),
    lower_port: numberBind(driver, lowerPort),
    upper_port: numberBind(driver, upperPort),
    privilege: textBind(driver, privilege),
    principal: textBind(driver, userNameText(user)),
  }
}

function checkAccess(access: NetworkAccess): readonly string[] {
  if (typeof access !== 'object' || access === null) {
    throw new SelectAIArgumentError({ argument: 'access', message: 'must be an object.' })
  }
  const unknown = Object.keys(access).find((name) => !names.includes(name))
  if (unknown !== undefined) {
    const message = `is not a part of it. Known: ${names.join(', ')}.`
    throw new SelectAIArgumentError({ argument: `access.${unknown}`, message })
  }
  const { host, privileges, lowerPort, upperPort } = access
  if (typeof host !== 'string' || !hostPattern.test(host)) {
    const message = 'must be the name of a host, for example api.openai.com, without scheme, port or path.'
    throw new SelectAIArgumentError({ argument: 'host', message })
  }
  for (const [argument, port] of Object.entries({ lowerPort, upperPort })) {
    if (port !== undefined && !(Number.isInteger(port) && port >= 1 && port <= highestPort)) {
      throw new SelectAIArgumentError({
        argument: `access.${argument}`,
        message: `must be a port from 1 to ${highestPort}.`,
      })
    }
  }
  if (lowerPort !== undefined && upperPort !== undefined && lowerPort > upperPort) {
    throw new SelectAIArgumentError({ argument: 'access.upperPort', message: 'must not be below lowerPort.' })
  }
  const given = typeof privileges === 'string' ? [privileges] : privileges
  const isName = (name: unknown): boolean => typeof name === 'string' && /^\p{L}[\p{L}\p{N}_]{0,29}$/u.test(name)
  if (!Array.isArray(given) || given.length === 0 || !given.every(isName)) {
    const message = 'must be the name of a privilege, such as http or connect, or some of them.'
    throw new SelectAIArgumentError({ argument: 'access.privileges', message })
  }
  return [...new Set(given)]
}
