import { randomUUID } from 'node:crypto'
import { attributeText } from '../attributes/attribute-types.ts'
import { checkAttribute } from '../attributes/check-attributes.ts'
import { checkOwnName } from '../attributes/object-name.ts'
import { type DefinitionOptions, readDefinition, readDefinitionOptions } from '../attributes/read-definition.ts'
import { readPattern } from '../attributes/read-pattern.ts'
import type { AgentObjectKind } from '../errors/agent-object-kind.ts'
import { AgentObjectNotFoundError } from '../errors/agent-object-not-found-error.ts'
import { patternErrorOf } from '../errors/pattern-error.ts'
import { type Binds, booleanBind, textBind } from '../pool/bind-values.ts'
import { type DatabaseCall, runBlock } from '../pool/call-database.ts'
import { type CallOptions, callOptionNames, checkCallOptions, readForce } from '../pool/call-options.ts'
import type { ConnectionPool, Lease } from '../pool/connection-pool.ts'
import { queryTexts } from '../pool/query-texts.ts'
import * as statements from '../sql/agent-call-statements.ts'
import { agentErrorOf } from './agent-error.ts'
import { type CheckedDefinition, checkChanges, checkDefinition } from './agent-object-definition.ts'
import { type AgentObjectDescription, type AgentObjectRow, readDescriptions } from './agent-object-description.ts'
import { agentObjectKinds } from './agent-object-kinds.ts'

/** An object by its kind and name, and the pool that reaches it. */
export interface AgentObjectReference {
  readonly pool: ConnectionPool
  readonly kind: AgentObjectKind
  readonly name: string
}

/** Options of deleting an agent, a task, a tool or a team. */
export interface DeleteAgentObjectOptions extends CallOptions {
  /** Do nothing when there is no such object, instead of failing. Default: false. */
  readonly force?: boolean | undefined
}

/** Options of listing agents, tasks, tools or teams. */
export interface ListAgentObjectsOptions extends CallOptions {
  /** A regular expression of the database that names must match, whatever their case; at most 512 bytes. Default: all names. */
  readonly pattern?: string | undefined
}

export async function create(object: AgentObjectReference, definition: unknown, options: CallOptions): Promise<void> {
  const checked = checkDefinition(object.kind, definition)
  await change(object, 'create', options, agentObjectKinds[object.kind].statements.create, (lease) =>
    definitionBinds(lease, checked),
  )
}

export async function createOrReplace(
  object: AgentObjectReference,
  definition: unknown,
  options: CallOptions,
): Promise<void> {
  const checked = checkDefinition(object.kind, definition)
  const { createOrReplace: statement } = agentObjectKinds[object.kind].statements
  await change(object, 'createOrReplace', options, statement, (lease) => ({
    trial_name: textBind(lease.driver, `SELECT_AI_TRIAL_${randomUUID().replaceAll('-', '')}`),
    ...definitionBinds(lease, checked),
  }))
}

export async function fetch<Attributes>(
  object: AgentObjectReference,
  options: CallOptions,
): Promise<AgentObjectDescription<Attributes>> {
  checkOwnCall(object, options)
  const { pool, kind, name } = object
  const { fetch: statement, fetchWithLongTexts: withLongTexts } = agentObjectKinds[kind].statements
  const query = { statement, withLongTexts, binds: { object_name: name } }
  const rows = await queryTexts<AgentObjectRow>(pool, callOf(object, 'fetch', options), query)
  const [description] = readDescriptions<Attributes>(kind, rows)
  if (description === undefined) throw new AgentObjectNotFoundError({ kind, object: name })
  return description
}

/** @throws SelectAIArgumentError for a pattern that is no regular expression of the database. */
export async function list<Attributes>(
  pool: ConnectionPool,
  kind: AgentObjectKind,
  options: ListAgentObjectsOptions = {},
): Promise<readonly AgentObjectDescription<Attributes>[]> {
  const { pattern, options: others } = readPattern(options)
  const { list: statement, listWithLongTexts: withLongTexts } = agentObjectKinds[kind].statements
  const call: DatabaseCall = { action: `list ${kind}s`, options: others, errorOf: patternErrorOf }
  const rows = await queryTexts<AgentObjectRow>(pool, call, { statement, withLongTexts, binds: { pattern } })
  return readDescriptions<Attributes>(kind, rows)
}

export async function setAttribute(
  object: AgentObjectReference,
  name: string,
  value: unknown,
  options: CallOptions,
): Promise<void> {
  checkAttribute(agentObjectKinds[object.kind].types, name, value, { name: 'name', value: 'value' })
  await change(object, 'setAttribute', options, statements.setAttribute, ({ driver }) => ({
    object_type: textBind(driver, object.kind),
    attribute_name: textBind(driver, name),
    attribute_value: textBind(driver, attributeText(value)),
  }))
}

export async function setAttributes(
  object: AgentObjectReference,
  attributes: unknown,
  options: CallOptions,
): Promise<void> {
  const json = checkChanges(object.kind, attributes, 'attributes')
  await change(object, 'setAttributes', options, statements.setAttributes, ({ driver }) => ({
    object_type: textBind(driver, object.kind),
    attributes: textBind(driver, json),
  }))
}

export function setEnabled(object: AgentObjectReference, enabled: boolean, options: CallOptions): Promise<void> {
  const { enable, disable } = agentObjectKinds[object.kind].statements
  return change(object, enabled ? 'enable' : 'disable', options, enabled ? enable : disable, () => ({}))
}

export async function drop(object: AgentObjectReference, options: DeleteAgentObjectOptions): Promise<void> {
  const { force, options: others } = readForce(options)
  await change(object, 'delete', others, agentObjectKinds[object.kind].statements.drop, ({ driver }) => ({
    force: booleanBind(driver, force),
  }))
}

export async function definition(object: AgentObjectReference, options: DefinitionOptions): Promise<string> {
  const { dependentObjects, others } = readDefinitionOptions(options)
  checkOwnCall(object, others)
  const { pool, kind, name } = object
  const call = callOf(object, 'definition', others)
  return readDefinition(pool, call, { package: 'DBMS_CLOUD_AI_AGENT', type: kind, name }, dependentObjects)
}

/** @throws SelectAIArgumentError */
function checkOwnCall({ kind, name }: AgentObjectReference, options: CallOptions): void {
  checkCallOptions(options, callOptionNames)
  checkOwnName('name', kind, name)
}

/** A call about one object. */
export function callOf({ kind, name }: AgentObjectReference, action: string, options: CallOptions): DatabaseCall {
  return { action: `${action} ${kind}`, options, errorOf: (error) => agentErrorOf(error, { kind, name }) }
}

/** One call of a subprogram that takes the object's name, and what `binds` adds. */
async function change(
  object: AgentObjectReference,
  action: string,
  options: CallOptions,
  statement: string,
  binds: (lease: Lease) => Binds,
): Promise<void> {
  checkOwnCall(object, options)
  await runBlock(object.pool, callOf(object, action, options), statement, (lease) => ({
    object_name: textBind(lease.driver, object.name),
    ...binds(lease),
  }))
}

function definitionBinds({ driver }: Lease, { attributes, status, description }: CheckedDefinition): Binds {
  return {
    attributes: textBind(driver, attributes),
    status: textBind(driver, status),
    description: textBind(driver, description),
  }
}
