import { CredentialExistsError } from '../errors/credential-exists-error.ts'
import { CredentialNotFoundError } from '../errors/credential-not-found-error.ts'
import { oracleErrorNumber } from '../errors/oracle-error-number.ts'
import { SelectAIArgumentError } from '../errors/select-ai-argument-error.ts'
import type { SelectAIError } from '../errors/select-ai-error.ts'
import { type Binds, booleanBind, textBind } from '../pool/bind-values.ts'
import { callDatabase, type DatabaseCall, queryDatabase } from '../pool/call-database.ts'
import { type CallOptions, callOptionNames, checkCallOptions, readForce } from '../pool/call-options.ts'
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

/** Options of storing a credential. */
export interface StoreCredentialOptions extends CallOptions {
  /**
   * Create a public synonym of the credential's name, in place of the one there is, so that every user who may use the credential
   * names it without its owner. The user needs `CREATE PUBLIC SYNONYM`; the credential is stored first, and stays when the synonym is
   * refused. One round trip more. Default: false.
   */
  readonly publicSynonym?: boolean | undefined
}

/** Options of deleting a credential. */
export interface DeleteCredentialOptions extends CallOptions {
  /** A credential that does not exist is fine. Default: false. */
  readonly force?: boolean | undefined
  /**
   * Drop the public synonym of the credential's name first, which need not exist. The user needs `DROP PUBLIC SYNONYM`. One round
   * trip more. Default: false.
   */
  readonly publicSynonym?: boolean | undefined
}

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
  options: StoreCredentialOptions = {},
): Promise<void> {
  const kind = checkCredentialDefinition(definition)
  const statement = { password: statements.createPasswordCredential, key: statements.createKeyCredential }[kind]
  await store(pool, 'create credential', name, options, { statement, binds: bindsOf(definition, partsOf[kind]) })
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
  options: StoreCredentialOptions = {},
): Promise<void> {
  const kind = checkCredentialDefinition(definition)
  const replace = {
    password: statements.createOrReplacePasswordCredential,
    key: statements.createOrReplaceKeyCredential,
  }
  const step = { statement: replace[kind], binds: bindsOf(definition, partsOf[kind]) }
  await store(pool, 'replace credential', name, options, step)
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
  const step = { statement: statements.updateCredential, binds: bindsOf(changes, allParts) }
  await run(pool, 'update credential', name, options, [step])
}

/**
 * Deletes a credential (`DBMS_CLOUD.DROP_CREDENTIAL`). Profiles that name it fail from then on.
 *
 * @throws CredentialNotFoundError, SelectAIArgumentError, PrivilegeError, and the errors of every call
 */
export async function deleteCredential(
  pool: SelectAIPool,
  name: string,
  options: DeleteCredentialOptions = {},
): Promise<void> {
  const { publicSynonym, options: rest } = readPublicSynonym(options, ['force'])
  const { force, options: others } = readForce(rest)
  const binds = ({ driver }: Lease): Binds => ({ force: booleanBind(driver, force) })
  await run(pool, 'delete credential', name, others, [
    ...(publicSynonym ? [{ statement: statements.dropCredentialSynonym, binds: noBinds }] : []),
    { statement: statements.dropCredential, binds },
  ])
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

/** A statement about a credential, and its binds beside the name. */
interface Step {
  readonly statement: string
  readonly binds: (lease: Lease) => Binds
}

const noBinds = (): Binds => ({})

async function store(
  pool: SelectAIPool,
  action: string,
  name: string,
  options: StoreCredentialOptions,
  step: Step,
): Promise<void> {
  const { publicSynonym, options: others } = readPublicSynonym(options)
  const synonym = { statement: statements.createCredentialSynonym, binds: noBinds }
  await run(pool, action, name, others, publicSynonym ? [step, synonym] : [step])
}

/** Takes `publicSynonym` out of the options. @throws SelectAIArgumentError */
function readPublicSynonym<Options extends StoreCredentialOptions>(
  options: Options,
  more: readonly string[] = [],
): { readonly publicSynonym: boolean; readonly options: Omit<Options, 'publicSynonym'> } {
  checkCallOptions(options, [...callOptionNames, 'publicSynonym', ...more])
  const { publicSynonym = false, ...others } = options
  if (typeof publicSynonym === 'boolean') return { publicSynonym, options: others }
  throw new SelectAIArgumentError({ argument: 'options.publicSynonym', message: 'must be true or false.' })
}

/** Runs statements about a credential one after the other on one connection. */
async function run(
  pool: SelectAIPool,
  action: string,
  name: string,
  options: CallOptions,
  steps: readonly Step[],
): Promise<void> {
  const credential = checkCredentialName(name)
  checkCallOptions(options, callOptionNames)
  const call: DatabaseCall = { action, options, errorOf: (cause) => errorOf(cause, credential) }
  await callDatabase(pool, call, async (lease) => {
    for (const { statement, binds } of steps) {
      // A break that came a moment too late must not be followed by another round trip.
      if (lease.deadline.error) throw lease.deadline.error
      const credentialName = textBind(lease.driver, credential)
      await lease.connection.execute(statement, { credential_name: credentialName, ...binds(lease) })
    }
  })
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
