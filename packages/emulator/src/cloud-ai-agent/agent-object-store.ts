import { EventClock } from '../cloud-ai/event-clock.ts'
import type { ObjectStatus } from '../cloud-ai/object-status.ts'
import { type NamesInGrants, withoutRoles } from '../execution/public-grantee.ts'
import type { UserBelongings } from '../execution/user-belongings.ts'
import { OracleError } from '../oracle-error.ts'
import type { AgentObject } from './agent-object.ts'
import { type AgentObjectAttributes, builtInInstructions, layAttributes } from './agent-object-attributes.ts'
import { type AgentObjectKind, agentError, agentObjectKinds } from './agent-object-kind.ts'

export interface NewAgentObject {
  readonly name: string
  readonly attributes: AgentObjectAttributes
  readonly description?: string | null
  /** Defaults to `ENABLED`. */
  readonly status?: ObjectStatus
}

const LONGEST_NAME = 128
const LONGEST_DESCRIPTION = 4000

/** All agents, tasks, tools and teams of the database, by owner and name. Names match whatever their case. */
export class AgentObjectStore implements UserBelongings {
  readonly #objects = new Map<string, AgentObject>()
  readonly #grants = new Map<string, Set<string>>()
  readonly #clock = new EventClock()
  readonly #namesOf: NamesInGrants
  #nextId = 1

  constructor(namesOf: NamesInGrants = withoutRoles) {
    this.#namesOf = namesOf
  }

  /** Objects of a kind in the order of their creation; of all owners when none is named. */
  list(kind: AgentObjectKind, owner?: string): readonly AgentObject[] {
    return [...this.#objects.values()].filter(
      (object) => object.kind === kind && (owner === undefined || object.owner === owner),
    )
  }

  find(kind: AgentObjectKind, owner: string, name: string): AgentObject | undefined {
    return this.#objects.get(keyOf(kind, owner, name))
  }

  /** @throws OracleError when there is no such object. */
  get(kind: AgentObjectKind, owner: string, name: string): AgentObject {
    const object = this.find(kind, owner, name)
    if (object !== undefined) return object
    const { label } = agentObjectKinds[kind]
    if (name.trim() === '') throw agentError(kind, `${label} name must be provided`)
    throw agentError(kind, `${label} ${name.trim().toUpperCase()} does not exist`)
  }

  /** An object that is to be used. @throws OracleError when there is no such object, or it is disabled. */
  getEnabled(kind: AgentObjectKind, owner: string, name: string): AgentObject {
    const object = this.get(kind, owner, name)
    if (object.status === 'ENABLED') return object
    throw agentError(kind, `${agentObjectKinds[kind].label} ${object.name} is disabled`)
  }

  /**
   * A team of the user, or one of `OWNER.NAME` that the owner lets the user run.
   * @throws OracleError ORA-20053 when there is no such team, or it is disabled.
   */
  getTeamToRun(user: string, name: string): AgentObject {
    const [team, owner] = name.trim().toUpperCase().split('.').reverse() as [string, string | undefined]
    if (owner === undefined || owner === user) return this.getEnabled('team', user, team)
    const grantees = this.#grants.get(keyOf('team', owner, team))
    if (grantees !== undefined && this.#namesOf(user).some((each) => grantees.has(each)))
      return this.getEnabled('team', owner, team)
    throw agentError('team', `Team ${owner}.${team} does not exist`)
  }

  /** @throws OracleError for a bad or taken name, a bad attribute, or a long description. */
  create(kind: AgentObjectKind, owner: string, { name, attributes, description, status }: NewAgentObject): AgentObject {
    const checked = checkedName(kind, name)
    if (this.find(kind, owner, checked) !== undefined) {
      throw agentError(kind, `${agentObjectKinds[kind].label} ${checked} already exists`)
    }
    if ((description ?? '').length > LONGEST_DESCRIPTION) throw agentError(kind, 'description is too long')
    const created = this.#clock.stamp()
    return this.#put({
      id: this.#nextId++,
      owner,
      kind,
      name: checked,
      attributes: { ...layAttributes(kind, {}, attributes), ...generatedAttributes(kind, checked, attributes) },
      description: description ?? null,
      status: status ?? 'ENABLED',
      created,
      lastModified: created,
    })
  }

  /** Lays new attributes over the old ones. @throws OracleError */
  setAttributes(kind: AgentObjectKind, owner: string, name: string, changes: AgentObjectAttributes): void {
    const object = this.get(kind, owner, name)
    const attributes = {
      ...layAttributes(kind, object.attributes, changes),
      ...generatedAttributes(kind, object.name, changes),
    }
    this.#put({ ...object, attributes, lastModified: this.#clock.stamp() })
  }

  /** @throws OracleError when there is no such object, or it is a team that has that status already. */
  setStatus(kind: AgentObjectKind, owner: string, name: string, status: ObjectStatus): void {
    const object = this.get(kind, owner, name)
    if (kind === 'team' && object.status === status) {
      throw agentError(kind, `Team ${object.name} is already ${status.toLowerCase()}`)
    }
    this.#put({ ...object, status, lastModified: this.#clock.stamp() })
  }

  /** @throws OracleError when there is no such object, unless `force` says that this is fine. */
  drop(kind: AgentObjectKind, owner: string, name: string, force: boolean): void {
    if (!force) this.get(kind, owner, name)
    this.#objects.delete(keyOf(kind, owner, name))
    this.#grants.delete(keyOf(kind, owner, name))
  }

  /** Puts an object back that was dropped. */
  restore(object: AgentObject): void {
    this.#put(object)
  }

  /** Lets a user or role run a team. @throws OracleError ORA-20053 when there is no such team. */
  grantTeam(owner: string, name: string, grantee: string): void {
    const key = keyOf('team', owner, this.get('team', owner, name).name)
    this.#grants.set(key, (this.#grants.get(key) ?? new Set()).add(grantee))
  }

  /** @throws OracleError ORA-20053 when there is no such team, ORA-01927 when it was not granted. */
  revokeTeam(owner: string, name: string, grantee: string): void {
    const key = keyOf('team', owner, this.get('team', owner, name).name)
    if (this.#grants.get(key)?.delete(grantee) === true) return
    throw new OracleError(1927, 'cannot REVOKE privileges you did not grant')
  }

  owns(user: string): boolean {
    return [...this.#objects.values()].some(({ owner }) => owner === user)
  }

  forgetUser(user: string): void {
    for (const { kind, owner, name } of this.#objects.values()) {
      if (owner === user) this.drop(kind, owner, name, true)
    }
    for (const grantees of this.#grants.values()) grantees.delete(user)
  }

  #put(object: AgentObject): AgentObject {
    this.#objects.set(keyOf(object.kind, object.owner, object.name), object)
    return object
  }
}

function keyOf(kind: AgentObjectKind, owner: string, name: string): string {
  return `${kind} ${owner}.${name.trim().toUpperCase()}`
}

function checkedName(kind: AgentObjectKind, name: string): string {
  const { label } = agentObjectKinds[kind]
  const upper = name.trim().toUpperCase()
  if (upper === '') throw agentError(kind, `${label} name must be provided`)
  if (upper.length > LONGEST_NAME) {
    throw agentError(kind, `${label} name length (${upper.length}) exceeds maximum length (${LONGEST_NAME})`)
  }
  if (!/^\p{L}[\p{L}\p{N}_$#]*$/u.test(upper)) throw agentError(kind, `Invalid ${kind} name ${name}`)
  return upper
}

/** What the database adds by itself. */
function generatedAttributes(
  kind: AgentObjectKind,
  name: string,
  { tool_type, instruction, supervisor_agent }: AgentObjectAttributes,
): AgentObjectAttributes {
  const builtIn = kind === 'tool' ? builtInInstructions[String(tool_type).toUpperCase()] : undefined
  if (builtIn !== undefined && instruction === undefined) return { instruction: builtIn }
  return kind === 'team' && supervisor_agent !== undefined ? { supervisor_task: supervisorTask(name) } : {}
}

/** The task by which a supervisor leads a team. */
export function supervisorTask(team: string): string {
  return `${team}$SUPERVISOR_TASK`
}
