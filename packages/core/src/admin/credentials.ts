import { CredentialExistsError } from '../errors/credential-exists-error.ts'
import { CredentialNotFoundError } from '../errors/credential-not-found-error.ts'
import { SelectAIArgumentError } from '../errors/select-ai-argument-error.ts'
import type { SelectAIError } from '../errors/select-ai-error.ts'
import { type Binds, type DatabaseCall, queryDatabase, runBlock } from '../pool/call-database.ts'
import { type CallOptions, callOptionNames, checkCallOptions } from '../pool/call-options.ts'
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
  options: CallOptions & { readonly force?: boolean | undefined } = {},
): Promise<void> {
  const { force = false, ...others } = options
  if (typeof force !== 'boolean') {
    throw new SelectAIArgumentError({ argument: 'options.force', message: 'must be true or false.' })
  }
  await run(pool, 'delete credential', name, others, statements.dropCredential, (lease) => ({
    force: { dir: lease.driver.BIND_IN, type: lease.driver.DB_TYPE_BOOLEAN, val: force },
  }))
}

/** The credentials of the pool's database user by name, without their secrets (`USER_CREDENTIALS`). */
export async function listCredentials(
  pool: SelectAIPool,
  options: CallOptions = {},
): Promise<readonly CredentialDescription[]> {
  checkCallOptions(options, callOptionNames)
  const call: DatabaseCall = { action: 'list credentials', options }
  const rows = await queryDatabase<CredentialRow>(pool, call, statements.listCredentials, () => ({}) as Binds)
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
  binds: (lease: Lease) => Record<string, object>,
): Promise<void> {
  const credential = checkCredentialName(name)
  checkCallOptions(options, callOptionNames)
  const call: DatabaseCall = { action, options, errorOf: (cause) => errorOf(cause, credential) }
  await runBlock(pool, call, statement, (lease) => {
    const text = textBind(lease)
    return { credential_name: text(credential), ...binds(lease) } as Binds
  })
}

function errorOf(cause: unknown, credential: string): SelectAIError | undefined {
  const { errorNum } = Object(cause) as { errorNum?: unknown }
  if (errorNum === 20022) return new CredentialExistsError({ credential, cause })
  if (errorNum === 20004) return new CredentialNotFoundError({ credential, cause })
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

function bindsOf(given: CredentialChanges, parts: readonly CredentialPart[]): (lease: Lease) => Record<string, object> {
  const values = given as Partial<Record<CredentialPart, string>>
  return (lease) => {
    const text = textBind(lease)
    return Object.fromEntries(parts.map((part) => [bindNames[part], text(values[part])]))
  }
}

function textBind({ driver }: Lease): (value: string | undefined) => object {
  return (value) => ({ dir: driver.BIND_IN, type: driver.DB_TYPE_VARCHAR, val: value ?? null })
}
