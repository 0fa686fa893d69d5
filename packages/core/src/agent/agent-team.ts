import { unknownUserErrorOf } from '../errors/unknown-user-error.ts'
import { textBind } from '../pool/bind-values.ts'
import { runBlock } from '../pool/call-database.ts'
import { type CallOptions, callOptionNames, checkCallOptions } from '../pool/call-options.ts'
import type { ConnectionPool } from '../pool/connection-pool.ts'
import { readAnswer } from '../pool/read-answer.ts'
import { readUserName, userNameText } from '../pool/user-name.ts'
import * as statements from '../sql/agent-call-statements.ts'
import type { AgentAttributeChanges, AgentTeamAttributes } from './agent-attributes.ts'
import { AgentObject } from './agent-object.ts'
import { type AgentObjectReference, callOf } from './manage-agent-objects.ts'
import { type RunTeamOptions, runTeam, type TeamAnswer } from './run-team.ts'
import { type ExportTeamOptions, exportTeam, exportTeamTo, type TeamLocation } from './transfer-team.ts'

/**
 * A team of agents, by its name: they work one after the other, or as a supervisor decides.
 *
 * @example
 * const team = pool.team('SALES_TEAM')
 * await team.create({ attributes: { agents: [{ name: 'ANALYST', task: 'ANSWER' }] } })
 * const { text, state, conversationId } = await team.run('How many promotions are there?')
 * if (state === 'waiting-for-human') await team.run('Those of 2001', { conversationId })
 */
export class AgentTeam extends AgentObject<AgentTeamAttributes, AgentAttributeChanges<AgentTeamAttributes>> {
  readonly #team: AgentObjectReference

  /** Use `pool.team(name)`. */
  constructor(name: string, pool: ConnectionPool) {
    super('team', name, pool)
    this.#team = { pool, kind: 'team', name }
  }

  /**
   * Has the team work (`RUN_TEAM`) and resolves with its answer, or with the question of an agent that waits for a human. That run goes
   * on when the team is run again with the same `conversationId`; the prompt is then the answer. One round trip for an answer of at most
   * 8,000 characters, and one more for a longer one.
   *
   * A call that is ended is broken off in the database; what the agents did until then is done.
   *
   * @param prompt - what the team is asked; undefined for a team whose tasks need no question
   * @throws AgentObjectNotFoundError and AgentObjectDisabledError, also for an agent, a task or a tool of the team
   * @throws ProfileNotFoundError for the profile of an agent or a tool
   * @throws ProfileCredentialError, NetworkAccessError and ProviderError when the provider of an agent cannot be asked
   * @throws AnswerTooLongError when the answer is longer than the pool allows
   *
   * @example
   * const { text } = await pool.team('SALES_TEAM').run('Sum up the year.', { variables: { year: 2001 }, timeoutMs: 60_000 })
   */
  run(prompt?: string, options: RunTeamOptions = {}): Promise<TeamAnswer> {
    return runTeam(this.#team.pool, this.name, prompt, options)
  }

  /** The specification of the team, of its agents and their tasks, as JSON text (`EXPORT_TEAM`). */
  export(destination?: undefined, options?: ExportTeamOptions): Promise<string>
  /** Writes the specification to a place in an object store (`EXPORT_TEAM`). */
  export(destination: TeamLocation, options?: ExportTeamOptions): Promise<void>
  // biome-ignore lint/suspicious/noConfusingVoidType: of the overloads above, the first resolves with a text and the second with nothing
  export(destination?: TeamLocation, options: ExportTeamOptions = {}): Promise<string | void> {
    return destination === undefined ? exportTeam(this.#team, options) : exportTeamTo(this.#team, destination, options)
  }

  /** What the team is, as JSON text of the database's own form (`DESCRIBE_TEAM`). */
  async describe(options: CallOptions = {}): Promise<string> {
    return this.#answer('describe', statements.describeTeam, options)
  }

  /** The tools of the team's tasks, as JSON text of the database's own form (`LIST_TOOLS`). */
  async listTools(options: CallOptions = {}): Promise<string> {
    return this.#answer('list tools of', statements.listTeamTools, options)
  }

  /**
   * Lets another user or role run the team (`GRANT_TEAM_ACCESS`).
   * @throws UserNotFoundError when there is no such user or role
   */
  async grantAccess(userOrRole: string, options: CallOptions = {}): Promise<void> {
    await this.#changeAccess('grant access to', statements.grantTeamAccess, userOrRole, options)
  }

  /**
   * Takes that back (`REVOKE_TEAM_ACCESS`).
   * @throws UserNotFoundError when there is no such user or role
   */
  async revokeAccess(userOrRole: string, options: CallOptions = {}): Promise<void> {
    await this.#changeAccess('revoke access to', statements.revokeTeamAccess, userOrRole, options)
  }

  #answer(action: string, statement: string, options: CallOptions): Promise<string> {
    checkCallOptions(options, callOptionNames)
    return readAnswer(this.#team.pool, callOf(this.#team, action, options), statement, { team_name: this.name })
  }

  async #changeAccess(action: string, statement: string, userOrRole: string, options: CallOptions): Promise<void> {
    const user = readUserName('userOrRole', userOrRole)
    checkCallOptions(options, callOptionNames)
    const call = callOf(this.#team, action, options)
    const errorOf = (error: unknown) => unknownUserErrorOf(user, error) ?? call.errorOf?.(error)
    await runBlock(this.#team.pool, { ...call, errorOf }, statement, ({ driver }) => ({
      team_name: textBind(driver, this.name),
      grantee: textBind(driver, userNameText(user)),
    }))
  }
}
