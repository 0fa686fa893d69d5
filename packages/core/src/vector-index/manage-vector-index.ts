import { attributeText } from '../attributes/attribute-types.ts'
import { checkAttribute, checkAttributes } from '../attributes/check-attributes.ts'
import { checkOwnName } from '../attributes/object-name.ts'
import { type DefinitionOptions, readDefinition, readDefinitionOptions } from '../attributes/read-definition.ts'
import { failureOf, type ReplaceOutcome, replaceBinds } from '../attributes/replace-outcome.ts'
import { fromDriverError } from '../errors/from-driver-error.ts'
import { oracleErrorNumber } from '../errors/oracle-error-number.ts'
import { SelectAIArgumentError } from '../errors/select-ai-argument-error.ts'
import type { SelectAIError } from '../errors/select-ai-error.ts'
import { unknownUserErrorOf } from '../errors/unknown-user-error.ts'
import { VectorIndexExistsError } from '../errors/vector-index-exists-error.ts'
import { VectorIndexNotFoundError } from '../errors/vector-index-not-found-error.ts'
import { VectorIndexReplaceError } from '../errors/vector-index-replace-error.ts'
import { type Binds, booleanBind, textBind } from '../pool/bind-values.ts'
import { callDatabase, type DatabaseCall, runBlock } from '../pool/call-database.ts'
import { type CallOptions, callOptionNames, checkCallOptions } from '../pool/call-options.ts'
import type { ConnectionPool, Lease } from '../pool/connection-pool.ts'
import { readUserName, userNameText } from '../pool/user-name.ts'
import {
  createOrReplaceVectorIndex,
  createVectorIndex,
  disableVectorIndex,
  dropVectorIndex,
  enableVectorIndex,
  grantVectorIndexAccess,
  refreshVectorIndex,
  revokeVectorIndexAccess,
  setVectorIndexAttribute,
  setVectorIndexAttributes,
} from '../sql/vector-index-statements.ts'
import { type VectorIndexAttributeChanges, vectorIndexAttributeTypes } from './vector-index-attributes.ts'
import { type CheckedDefinition, checkDefinition, type VectorIndexDefinition } from './vector-index-definition.ts'
import { isInDesiredStatus, vectorIndexErrorOf } from './vector-index-error.ts'

/** Options of creating a vector index. */
export interface CreateVectorIndexOptions extends CallOptions {
  /**
   * Whether to wait until the documents are loaded. That may take long: set `timeoutMs` for it. When the call ends early, the
   * index is there all the same and goes on loading. Default: false.
   */
  readonly waitForCompletion?: boolean | undefined
  /** Whether the profile of the index is to answer from it: sets the profile's `vector_index_name`. Default: false. */
  readonly linkProfile?: boolean | undefined
}

/** Options of deleting a vector index. */
export interface DeleteVectorIndexOptions extends CallOptions {
  /** Drop the table with the chunks as well. Default: true. */
  readonly includeData?: boolean | undefined
  /** Do nothing when there is no such index, or no such table, instead of failing. Default: false. */
  readonly force?: boolean | undefined
}

const createOptionNames = ['waitForCompletion', 'linkProfile'] as const
const deleteOptionNames = ['includeData', 'force'] as const

export async function create(
  pool: ConnectionPool,
  index: string,
  definition: VectorIndexDefinition,
  options: CreateVectorIndexOptions = {},
): Promise<void> {
  const checked = checkDefinition(definition)
  const { flags, others } = readFlags(options, createOptionNames)
  await change(
    pool,
    index,
    { action: 'create', options: others, profile: checked.profile },
    createVectorIndex,
    (lease) => definitionBinds(lease, checked, flags),
  )
}

export async function createOrReplace(
  pool: ConnectionPool,
  index: string,
  definition: VectorIndexDefinition,
  options: CreateVectorIndexOptions = {},
): Promise<void> {
  const checked = checkDefinition(definition)
  const { flags, others } = readFlags(options, createOptionNames)
  const { profile } = checked
  const call = callOf(index, { action: 'createOrReplace', options: others, profile })
  const outcome = await callDatabase(pool, call, async (lease) => {
    const binds = {
      index_name: textBind(lease.driver, index),
      ...definitionBinds(lease, checked, flags),
      ...replaceBinds(lease.driver),
    }
    const { outBinds } = await lease.connection.execute<ReplaceOutcome>(createOrReplaceVectorIndex, binds)
    return outBinds as ReplaceOutcome
  })
  const failure = failureOf(outcome)
  if (failure !== undefined) throw replaceError(index, profile, failure)
}

/** The second creation failed within the block. */
function replaceError(index: string, profile: string, failure: Error): SelectAIError {
  const cause = vectorIndexErrorOf(index, failure) ?? fromDriverError(failure, { phase: 'call', profile })
  // Somebody else was faster, so that there is an index all the same.
  return VectorIndexExistsError.isInstance(cause) ? cause : new VectorIndexReplaceError({ index, cause })
}

export async function setAttribute(
  pool: ConnectionPool,
  index: string,
  name: string,
  value: unknown,
  options: CallOptions = {},
): Promise<void> {
  checkAttribute(vectorIndexAttributeTypes, name, value, { name: 'name', value: 'value' })
  const profile = name.toLowerCase() === 'profile_name' ? String(value) : undefined
  await change(pool, index, { action: 'setAttribute', options, profile }, setVectorIndexAttribute, ({ driver }) => ({
    attribute_name: textBind(driver, name),
    attribute_value: textBind(driver, attributeText(value)),
  }))
}

export async function setAttributes(
  pool: ConnectionPool,
  index: string,
  attributes: VectorIndexAttributeChanges,
  options: CallOptions = {},
): Promise<void> {
  const given = checkAttributes(vectorIndexAttributeTypes, attributes, 'attributes')
  const profile = given.profile_name === undefined ? undefined : String(given.profile_name)
  await change(pool, index, { action: 'setAttributes', options, profile }, setVectorIndexAttributes, ({ driver }) => ({
    attributes: textBind(driver, JSON.stringify(given)),
  }))
}

export function enable(pool: ConnectionPool, index: string, options: CallOptions = {}): Promise<void> {
  return setStatus(pool, index, { action: 'enable', options }, enableVectorIndex)
}

export function disable(pool: ConnectionPool, index: string, options: CallOptions = {}): Promise<void> {
  return setStatus(pool, index, { action: 'disable', options }, disableVectorIndex)
}

async function setStatus(pool: ConnectionPool, index: string, what: Change, statement: string): Promise<void> {
  try {
    await change(pool, index, what, statement, () => ({}))
  } catch (error) {
    if (!isInDesiredStatus((error as SelectAIError).cause)) throw error
  }
}

export async function drop(pool: ConnectionPool, index: string, options: DeleteVectorIndexOptions = {}): Promise<void> {
  const { flags, others } = readFlags(options, deleteOptionNames)
  const { includeData = true, force = false } = flags
  await change(pool, index, { action: 'delete', options: others }, dropVectorIndex, ({ driver }) => ({
    include_data: booleanBind(driver, includeData),
    force: booleanBind(driver, force),
  }))
}

export async function definition(
  pool: ConnectionPool,
  index: string,
  options: DefinitionOptions = {},
): Promise<string> {
  const { dependentObjects, others } = readDefinitionOptions(options)
  const call = callOf(index, { action: 'definition', options: others })
  return readDefinition(pool, call, { package: 'DBMS_CLOUD_AI', type: 'VECTOR INDEX', name: index }, dependentObjects)
}

export async function refresh(pool: ConnectionPool, index: string, options: CallOptions = {}): Promise<void> {
  const errorOf = (cause: unknown) =>
    oracleErrorNumber(cause) === noDataFound ? new VectorIndexNotFoundError({ index, cause }) : undefined
  await change(pool, index, { action: 'refresh', options, errorOf }, refreshVectorIndex, () => ({}))
}

const noDataFound = 1403

export function grantAccess(
  pool: ConnectionPool,
  index: string,
  userOrRole: string,
  options: CallOptions = {},
): Promise<void> {
  return changeAccess(pool, index, userOrRole, { action: 'grantAccess', options }, grantVectorIndexAccess)
}

export function revokeAccess(
  pool: ConnectionPool,
  index: string,
  userOrRole: string,
  options: CallOptions = {},
): Promise<void> {
  return changeAccess(pool, index, userOrRole, { action: 'revokeAccess', options }, revokeVectorIndexAccess)
}

async function changeAccess(
  pool: ConnectionPool,
  index: string,
  userOrRole: string,
  what: Omit<Change, 'errorOf'>,
  statement: string,
): Promise<void> {
  const user = readUserName('userOrRole', userOrRole)
  const errorOf = (cause: unknown) => unknownUserErrorOf(user, cause)
  await change(pool, index, { ...what, errorOf }, statement, ({ driver }) => ({
    user_or_role_name: textBind(driver, userNameText(user)),
  }))
}

interface Change {
  readonly action: string
  readonly options: CallOptions
  /** The profile that the call is about. */
  readonly profile?: string | undefined
  /** For a code that means something else here than in other changes. */
  readonly errorOf?: (error: unknown) => SelectAIError | undefined
}

/** One call of a subprogram that takes the name of the index, and what `binds` adds. */
async function change(
  pool: ConnectionPool,
  index: string,
  what: Change,
  statement: string,
  binds: (lease: Lease) => Binds,
): Promise<void> {
  await runBlock(pool, callOf(index, what), statement, (lease) => ({
    index_name: textBind(lease.driver, index),
    ...binds(lease),
  }))
}

/** @throws SelectAIArgumentError */
function callOf(index: string, { action, options, profile, errorOf }: Change): DatabaseCall {
  checkCallOptions(options, callOptionNames)
  checkOwnName('vectorIndex', 'vector index', index)
  return {
    action: `vectorIndex.${action}`,
    profile,
    options,
    errorOf: (error) => errorOf?.(error) ?? vectorIndexErrorOf(index, error),
  }
}

type Flags<Name extends string> = { readonly [Each in Name]?: boolean | undefined }

/** Takes true-or-false options out of the options of a call. @throws SelectAIArgumentError */
function readFlags<Name extends string>(
  options: CallOptions & Flags<Name>,
  names: readonly Name[],
): { readonly flags: Flags<Name>; readonly others: CallOptions } {
  checkCallOptions(options, [...callOptionNames, ...names])
  for (const name of names) {
    const value: unknown = options[name]
    if (value === undefined || typeof value === 'boolean') continue
    throw new SelectAIArgumentError({ argument: `options.${name}`, message: 'must be true or false.' })
  }
  const isFlag = (name: string) => (names as readonly string[]).includes(name)
  const others = Object.fromEntries(Object.entries(options).filter(([name]) => !isFlag(name)))
  return { flags: options, others }
}

function definitionBinds(
  { driver }: Lease,
  { attributes, profile, status, description }: CheckedDefinition,
  { waitForCompletion = false, linkProfile = false }: Flags<(typeof createOptionNames)[number]>,
): Binds {
  return {
    attributes: textBind(driver, attributes),
    status: textBind(driver, status),
    description: textBind(driver, description),
    wait_for_completion: booleanBind(driver, waitForCompletion),
    linked_profile: textBind(driver, linkProfile ? profile : undefined),
  }
}
