import { CredentialExistsError } from '../errors/credential-exists-error.ts'
import { CredentialNotFoundError } from '../errors/credential-not-found-error.ts'
import { oracleErrorNumber } from '../errors/oracle-error-number.ts'
import type { SelectAIError } from '../errors/select-ai-error.ts'
import { type Binds, booleanBind, textBind } from '../pool/bind-values.ts'
import { type DatabaseCall, queryDatabase, runBlock } from '../pool/call-database.ts'
import {
  type CallOptions,
  callOptionNames,
  checkCallOptions,
  type ForceOption,
  readForce,
} from '../pool/call-options.ts'
import type { Lease } from '../pool/connection-pool.ts'
import type { SelectAIPool } from '../profile/select-ai-pool.ts'
import * as statements from '../sql/credential-statements.ts'
import {
  allParts,
  type CredentialChanges,
  type CredentialDefinition,
  type CredentialDescription,
  type CredentialPart,
  checkCredentialChanges,
  checkCredentialDefinition,
  checkCredentialName,
  partsOf,
} from './credential-definition.ts'

/**
 * Stores a credential for the pool's database user (`DBMS_CLOUD.CREATE_CREDENTIAL`). Profiles name it in `credential_name`.
 *
 * @example
 * ```ts
 * await createCredential(pool, 'OPENAI_CREDENTIAL', { username: 'OPENAI', password: process.env.OPENAI_API_KEY ?? '' })
 * ```
 *
 * @throws CredentialExistsError, SelectAIArgumentError, PrivilegeError, and the errors of every call
 */
export async function createCredential(
  pool: SelectAIPool,
  name: string,
  definition: CredentialDefinition,
  options: CallOptions = {},
): Promise<void> {
  const kind = checkCredentialDefinition(definition)
  const statement = { password: statements.createPasswordCredential, key: statements.createKeyCredential }[kind]
  await run(pool, 'create credential', name, options, statement, bindsOf(definition, partsOf[kind]))
}

/**
 * Stores a credential, in place of the one of that name if there is one. The database drops the old one first: should creating
 * the new one then fail, there is none. To change a secret, `updateCredential` is the better way.
 *
 * @throws SelectAIArgumentError, PrivilegeError, and the errors of every call
 */
export async function createOrReplaceCredential(
  pool: SelectAIPool,
  name: string,
  definition: CredentialDefinition,
  options: CallOptions = {},
): Promise<void> {
  const kind = checkCredentialDefinition(definition)
  const replace = {
    password: statements.createOrReplacePasswordCredential,
    key: statements.createOrReplaceKeyCredential,
  }
  await run(pool, 'replace credential', name, options, replace[kind], bindsOf(definition, partsOf[kind]))
}

/**
 * Changes parts of a credential, for example its password; the rest stays (`DBMS_CLOUD.UPDATE_CREDENTIAL`). At no time is there no
 * credential.
 *
 * @throws CredentialNotFoundError, SelectAIArgumentError, PrivilegeError, and the errors of every call
 */
export async function updateCredential(
  pool: SelectAIPool,
  name: string,
  changes: CredentialChanges,
  options: CallOptions = {},
): Promise<void> {
  checkCredentialChanges(changes)
  await run(pool, 'update credential', name, options, statements.updateCredential, bindsOf(changes, allParts))
}

/**
 * Deletes a credential (`DBMS_CLOUD.DROP_CREDENTIAL`). Profiles that name it fail from then on.
 *
 * @param options - `force`: a credential that does not exist is fine. Default: false
 * @throws CredentialNotFoundError, SelectAIArgumentError, PrivilegeError, and the errors of every call
 */
export async function deleteCredential(
  pool: SelectAIPool,
  name: string,
  options: CallOptions & ForceOption = {},
): Promise<void> {
  const { force, options: others } = readForce(options)
  await run(pool, 'delete credential', name, others, statements.dropCredential, ({ driver }) => ({
    force: booleanBind(driver, force),
  }))
}

/** The credentials of the pool's database user by name, without their secrets (`USER_CREDENTIALS`). */
export async function listCredentials(
  pool: SelectAIPool,
  options: CallOptions = {},
): Promise<readonly CredentialDescription[]> {
  checkCallOptions(options, callOptionNames)
  const call: DatabaseCall = { action: 'list credentials', options }
  const rows = await queryDatabase<CredentialRow>(pool, call, statements.listCredentials, () => ({}))
  return rows.map(({ CREDENTIAL_NAME, USERNAME, COMMENTS, ENABLED }) =>
    Object.freeze({
      name: CREDENTIAL_NAME,
      username: USERNAME ?? undefined,
      comments: COMMENTS ?? undefined,
      enabled: ENABLED === 'TRUE',
    }),
  )
}

interface CredentialRow {
  readonly CREDENTIAL_NAME: string
  readonly USERNAME: string | null
  readonly COMMENTS: string | null
  readonly ENABLED: string
}

async function run(
  pool: SelectAIPool,
  action: string,
  name: string,
  options: CallOptions,
  statement: string,
  binds: (lease: Lease) => Binds,
): Promise<void> {
  const credential = checkCredentialName(name)
  checkCallOptions(options, callOptionNames)
  const call: DatabaseCall = { action, options, errorOf: (cause) => errorOf(cause, credential) }
  await runBlock(pool, call, statement, (lease) => ({
    credential_name: textBind(lease.driver, credential),
    ...binds(lease),
  }))
}

function errorOf(cause: unknown, credential: string): SelectAIError | undefined {
  const number = oracleErrorNumber(cause)
  if (number === 20022) return new CredentialExistsError({ credential, cause })
  if (number === 20004) return new CredentialNotFoundError({ credential, cause })
  return undefined
}

/** The bind of each part. */
const bindNames: Readonly<Record<CredentialPart, string>> = {
  username: 'username',
  password: 'password',
  userOcid: 'user_ocid',
  tenancyOcid: 'tenancy_ocid',
  privateKey: 'private_key',
  fingerprint: 'fingerprint',
  comments: 'comments',
}

function bindsOf(given: CredentialChanges, parts: readonly CredentialPart[]): (lease: Lease) => Binds {
  const values = given as Partial<Record<CredentialPart, string>>
  return ({ driver }) => Object.fromEntries(parts.map((part) => [bindNames[part], textBind(driver, values[part])]))
}
