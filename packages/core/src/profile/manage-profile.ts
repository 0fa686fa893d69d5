import { attributeText } from '../attributes/attribute-types.ts'
import { checkAttribute } from '../attributes/check-attributes.ts'
import { checkOwnName } from '../attributes/object-name.ts'
import { type DefinitionOptions, readDefinition, readDefinitionOptions } from '../attributes/read-definition.ts'
import { failureOf, type ReplaceOutcome, replaceBinds } from '../attributes/replace-outcome.ts'
import { fromDriverError } from '../errors/from-driver-error.ts'
import { oracleErrorNumber } from '../errors/oracle-error-number.ts'
import { ProfileExistsError } from '../errors/profile-exists-error.ts'
import { ProfileReplaceError } from '../errors/profile-replace-error.ts'
import type { SelectAIError } from '../errors/select-ai-error.ts'
import { type Binds, booleanBind, textBind } from '../pool/bind-values.ts'
import { callDatabase, runBlock } from '../pool/call-database.ts'
import { type CallOptions, callOptionNames, checkCallOptions, readForce } from '../pool/call-options.ts'
import type { ConnectionPool, Lease } from '../pool/connection-pool.ts'
import {
  createOrReplaceProfile,
  createProfile,
  disableProfile,
  dropProfile,
  enableProfile,
  setProfileAttribute,
  setProfileAttributes,
} from '../sql/profile-statements.ts'
import { attributeErrorOf } from './attribute-error.ts'
import { profileAttributeTypes } from './attribute-values.ts'
import type { ProfileAttributeChanges } from './profile-attributes.ts'
import {
  type CheckedDefinition,
  checkDefinition,
  checkProfileAttributes,
  type ProfileDefinition,
} from './profile-definition.ts'

/** Options of deleting a profile. */
export interface DeleteProfileOptions extends CallOptions {
  /** Do nothing when there is no such profile, instead of failing. Default: false. */
  readonly force?: boolean | undefined
}

export async function create(
  pool: ConnectionPool,
  profile: string,
  definition: ProfileDefinition,
  options: CallOptions = {},
): Promise<void> {
  const checked = checkDefinition(definition)
  await change(pool, profile, { action: 'create', options, errorOf: existsErrorOf }, createProfile, (lease) =>
    definitionBinds(lease, checked),
  )
}

export async function createOrReplace(
  pool: ConnectionPool,
  profile: string,
  definition: ProfileDefinition,
  options: CallOptions = {},
): Promise<void> {
  const checked = checkDefinition(definition)
  checkChange(profile, options)
  const errorOf = (error: unknown) => existsErrorOf(profile, error) ?? attributeErrorOf(profile, error)
  const call = { action: 'createOrReplace', profile, options, errorOf }
  const outcome = await callDatabase(pool, call, async (lease) => {
    const binds = {
      profile_name: textBind(lease.driver, profile),
      ...definitionBinds(lease, checked),
      ...replaceBinds(lease.driver),
    }
    const { outBinds } = await lease.connection.execute<ReplaceOutcome>(createOrReplaceProfile, binds)
    return outBinds as ReplaceOutcome
  })
  const failure = failureOf(outcome)
  if (failure !== undefined) throw replaceError(profile, failure)
}

export async function merge(
  pool: ConnectionPool,
  profile: string,
  attributes: ProfileAttributeChanges,
  options: CallOptions = {},
): Promise<void> {
  const json = checkProfileAttributes(attributes, 'attributes', false)
  await change(pool, profile, { action: 'merge', options }, setProfileAttributes, ({ driver }) => ({
    attributes: textBind(driver, json),
  }))
}

export async function setAttribute(
  pool: ConnectionPool,
  profile: string,
  name: string,
  value: unknown,
  options: CallOptions = {},
): Promise<void> {
  checkAttribute(profileAttributeTypes, name, value, { name: 'name', value: 'value' })
  await change(pool, profile, { action: 'setAttribute', options }, setProfileAttribute, ({ driver }) => ({
    attribute_name: textBind(driver, name),
    attribute_value: textBind(driver, attributeText(value)),
  }))
}

export function enable(pool: ConnectionPool, profile: string, options: CallOptions = {}): Promise<void> {
  return change(pool, profile, { action: 'enable', options }, enableProfile, () => ({}))
}

export function disable(pool: ConnectionPool, profile: string, options: CallOptions = {}): Promise<void> {
  return change(pool, profile, { action: 'disable', options }, disableProfile, () => ({}))
}

export async function drop(pool: ConnectionPool, profile: string, options: DeleteProfileOptions = {}): Promise<void> {
  const { force, options: others } = readForce(options)
  await change(pool, profile, { action: 'delete', options: others }, dropProfile, ({ driver }) => ({
    force: booleanBind(driver, force),
  }))
}

export async function definition(
  pool: ConnectionPool,
  profile: string,
  options: DefinitionOptions = {},
): Promise<string> {
  const { dependentObjects, others } = readDefinitionOptions(options)
  checkChange(profile, others)
  const errorOf = (error: unknown) => attributeErrorOf(profile, error)
  const call = { action: 'definition', profile, options: others, errorOf }
  return readDefinition(pool, call, { package: 'DBMS_CLOUD_AI', type: 'PROFILE', name: profile }, dependentObjects)
}

/** A change of a profile by one call. */
export interface Change {
  readonly action: string
  readonly options: CallOptions
  /** For a code that means something else here than in other changes. */
  readonly errorOf?: (profile: string, error: unknown) => SelectAIError | undefined
}

/** One call of a subprogram that takes the profile's name, and what `binds` adds. */
export async function change(
  pool: ConnectionPool,
  profile: string,
  { action, options, errorOf }: Change,
  statement: string,
  binds: (lease: Lease) => Binds,
): Promise<void> {
  checkChange(profile, options)
  const call = {
    action,
    profile,
    options,
    errorOf: (error: unknown) => errorOf?.(profile, error) ?? attributeErrorOf(profile, error),
  }
  await runBlock(pool, call, statement, (lease) => ({
    profile_name: textBind(lease.driver, profile),
    ...binds(lease),
  }))
}

/** @throws SelectAIArgumentError */
function checkChange(profile: string, options: CallOptions): void {
  checkCallOptions(options, callOptionNames)
  checkOwnName('profile', 'profile', profile)
}

function definitionBinds({ driver }: Lease, { attributes, status, description }: CheckedDefinition): Binds {
  return {
    attributes: textBind(driver, attributes),
    status: textBind(driver, status),
    description: textBind(driver, description),
  }
}

function existsErrorOf(profile: string, cause: unknown): SelectAIError | undefined {
  return oracleErrorNumber(cause) === 20_046 ? new ProfileExistsError({ profile, cause }) : undefined
}

/** The second creation failed within the block. */
function replaceError(profile: string, failure: Error): SelectAIError {
  // Somebody else was faster, so that there is a profile all the same.
  const existsError = existsErrorOf(profile, failure)
  if (existsError !== undefined) return existsError
  const cause = attributeErrorOf(profile, failure) ?? fromDriverError(failure, { phase: 'call', profile })
  return new ProfileReplaceError({ profile, cause })
}
