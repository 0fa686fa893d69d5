import { checkObjectName, checkPlainName } from '../attributes/object-name.ts'
import type { DefinitionOptions } from '../attributes/read-definition.ts'
import type { AgentObjectKind } from '../errors/agent-object-kind.ts'
import type { CallOptions } from '../pool/call-options.ts'
import type { ConnectionPool } from '../pool/connection-pool.ts'
import type { AgentObjectDefinition } from './agent-object-definition.ts'
import type { AgentObjectDescription } from './agent-object-description.ts'
import * as manage from './manage-agent-objects.ts'

/**
 * What agents, tasks, tools and teams have in common: they are created, read, changed and deleted by their name. Making a handle costs
 * nothing, and each method is one round trip.
 *
 * Every method rejects with `SelectAIArgumentError` for a value that is not acceptable, with `AgentObjectNotFoundError` when there is
 * no such object, and with the errors of any call, which `Profile` lists.
 */
export abstract class AgentObject<Attributes, Changes> {
  /** What kind of object it is. */
  readonly kind: AgentObjectKind
  /** The name as given; the database does not tell upper and lower case apart. */
  readonly name: string
  readonly #reference: manage.AgentObjectReference

  /** Use the methods of the pool. */
  constructor(kind: AgentObjectKind, name: string, pool: ConnectionPool) {
    this.kind = kind
    // Others may be let run a team.
    this.name = kind === 'team' ? checkObjectName('name', name) : checkPlainName('name', name)
    this.#reference = { pool, kind, name }
  }

  /**
   * Creates it (`CREATE_AGENT`, `CREATE_TASK`, `CREATE_TOOL` or `CREATE_TEAM`). What is set is what is sent; for the rest the defaults of
   * the database apply. Whether the profiles, tools and agents that it names are there shows when it is used.
   *
   * @throws SelectAIArgumentError for a definition that cannot be right, before anything is sent
   * @throws AgentObjectExistsError when there is one of that name already
   * @throws InvalidAttributeError when the database refuses an attribute
   *
   * @example
   * await pool.tool('SALES_DATA').create({
   *   attributes: { tool_type: 'SQL', tool_params: { profile_name: 'SALES' } },
   *   description: 'Answers questions about sales',
   * })
   */
  create(definition: AgentObjectDefinition<Attributes>, options: CallOptions = {}): Promise<void> {
    return manage.create(this.#reference, definition, options)
  }

  /**
   * Creates it, in place of the one of that name when there is one; nothing of the old one stays. A definition that the database refuses
   * leaves the old one alone: the new one is tried under another name before the old one is dropped. These steps are not one transaction,
   * so that a call that was ended by its signal or its deadline may leave none,
   * or the trial, whose name begins with `SELECT_AI_TRIAL_`.
   *
   * @throws SelectAIArgumentError for a definition that cannot be right, before anything is sent
   * @throws InvalidAttributeError when the database refuses an attribute
   */
  createOrReplace(definition: AgentObjectDefinition<Attributes>, options: CallOptions = {}): Promise<void> {
    return manage.createOrReplace(this.#reference, definition, options)
  }

  /**
   * What the database knows of it, with all its attributes: one round trip, and two more when its description or a value is longer than
   * 1,000 characters.
   *
   * @throws AgentObjectNotFoundError when there is none of that name
   *
   * @example
   * const { status, attributes } = await pool.agent('ANALYST').fetch()
   */
  fetch(options: CallOptions = {}): Promise<AgentObjectDescription<Attributes>> {
    return manage.fetch(this.#reference, options)
  }

  /**
   * Sets one attribute (`SET_ATTRIBUTE`), also one that this package does not know.
   *
   * @throws SelectAIArgumentError for a value that cannot be right, before anything is sent
   * @throws InvalidAttributeError when the database refuses the attribute
   *
   * @example
   * await pool.agent('ANALYST').setAttribute('enable_human_tool', false)
   */
  setAttribute(name: string, value: unknown, options: CallOptions = {}): Promise<void> {
    return manage.setAttribute(this.#reference, name, value, options)
  }

  /**
   * Lays attributes over those that are there (`SET_ATTRIBUTES`): what is not given stays as it is.
   *
   * @throws SelectAIArgumentError for attributes that cannot be right, before anything is sent
   * @throws InvalidAttributeError when the database refuses an attribute
   */
  setAttributes(attributes: Changes, options: CallOptions = {}): Promise<void> {
    return manage.setAttributes(this.#reference, attributes, options)
  }

  /** Lets it be used again (`ENABLE_AGENT` and its like). One that is enabled already stays so. */
  enable(options: CallOptions = {}): Promise<void> {
    return manage.setEnabled(this.#reference, true, options)
  }

  /** Keeps it, but lets it be used no more (`DISABLE_AGENT` and its like). One that is disabled already stays so. */
  disable(options: CallOptions = {}): Promise<void> {
    return manage.setEnabled(this.#reference, false, options)
  }

  /**
   * Deletes it (`DROP_AGENT` and its like), and nothing that it names.
   * @throws AgentObjectNotFoundError when there is none of that name, unless `force` is set
   */
  delete(options: manage.DeleteAgentObjectOptions = {}): Promise<void> {
    return manage.drop(this.#reference, options)
  }

  /**
   * The PL/SQL block that would create it anew (`GET_DEFINITION`), in the words of the database. With `dependentObjects` it creates what
   * the object needs too: the profile of an agent, the tools of a task, the agents and tasks of a team.
   *
   * @throws SelectAIArgumentError for options that are unusable, before anything is sent
   * @throws AgentObjectNotFoundError when there is none of that name
   * @throws AnswerTooLongError when the block is longer than the pool allows
   *
   * @example
   * const block = await pool.team('SALES_TEAM').definition({ dependentObjects: true })
   */
  definition(options: DefinitionOptions = {}): Promise<string> {
    return manage.definition(this.#reference, options)
  }
}
