import { fromDriverError } from '../errors/from-driver-error.ts'
import { oracleErrorNumber } from '../errors/oracle-error-number.ts'
import { ProfileExistsError } from '../errors/profile-exists-error.ts'
import { ProfileReplaceError } from '../errors/profile-replace-error.ts'
import { SelectAIArgumentError } from '../errors/select-ai-argument-error.ts'
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
import { attributeText } from './attribute-values.ts'
import type { ProfileAttributeChanges } from './profile-attributes.ts'
import {
  type CheckedDefinition,
  checkAttribute,
  checkAttributes,
  checkDefinition,
  type ProfileDefinition,
} from './profile-definition.ts'

/** Options of deleting a profile. */
export interface DeleteProfileOptions extends CallOptions {
  /** Do nothing when there is no such profile, instead of failing. Default: false. */
  readonly force?: boolean | undefined
}

interface ReplaceOutcome {
  readonly failure_code: number | null
  readonly failure_text: string | null
}

const longestErrorTextBytes = 4000

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
    const { BIND_OUT, DB_TYPE_NUMBER, DB_TYPE_VARCHAR } = lease.driver
    const binds = {
      profile_name: textBind(lease.driver, profile),
      ...definitionBinds(lease, checked),
      failure_code: { dir: BIND_OUT, type: DB_TYPE_NUMBER },
      failure_text: { dir: BIND_OUT, type: DB_TYPE_VARCHAR, maxSize: longestErrorTextBytes },
    } as Binds
    const { outBinds } = await lease.connection.execute<ReplaceOutcome>(createOrReplaceProfile, binds)
    return outBinds as ReplaceOutcome
  })
  if (outcome.failure_code !== null) throw replaceError(profile, outcome)
}

export async function merge(
  pool: ConnectionPool,
  profile: string,
  attributes: ProfileAttributeChanges,
  options: CallOptions = {},
): Promise<void> {
  const json = checkAttributes(attributes, 'attributes', false)
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
  checkAttribute(name, value, { name: 'name', value: 'value' })
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
  if (!profile.includes('.')) return
  const message = 'must be a name without owner for this call: a profile is changed by its owner alone.'
  throw new SelectAIArgumentError({ argument: 'profile', message })
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

/** The second creation failed within the block; its error came back as a number and a text. */
function replaceError(profile: string, { failure_code, failure_text }: ReplaceOutcome): SelectAIError {
  const errorNum = Math.abs(failure_code ?? 0)
  const code = `ORA-${String(errorNum).padStart(5, '0')}`
  const failure = Object.assign(new Error(failure_text ?? code), { errorNum, code })
  // Somebody else was faster, so that there is a profile all the same.
  const existsError = existsErrorOf(profile, failure)
  if (existsError !== undefined) return existsError
  const cause = attributeErrorOf(profile, failure) ?? fromDriverError(failure, { phase: 'call', profile })
  return new ProfileReplaceError({ profile, cause })
}
