import { randomUUID } from 'node:crypto'
import { lowerCaseKeys } from '../cloud-ai/json-argument.ts'
import { sessionAttributesOf, sessionIdOf } from '../execution/session-attributes.ts'
import type { CallContext } from '../execution/subprogram.ts'
import type { AgentObject } from './agent-object.ts'
import type { TeamMember } from './agent-object-attributes.ts'
import { agentError } from './agent-object-kind.ts'
import type { Turn } from './interview.ts'
import { type AgentServices, TeamRun } from './team-run.ts'

/** Runs teams, and keeps those that wait for a human until the answer comes. */
export class TeamRunner {
  readonly #services: AgentServices
  readonly #waiting = new Map<string, TeamRun>()

  constructor(services: AgentServices) {
    this.#services = services
  }

  /**
   * Runs a team, or goes on with the run of the same conversation that waits for a human; the prompt is then the answer.
   * @param params - JSON that was read, and its text
   * @returns the answer of the team, or the question to the human
   * @throws OracleError
   */
  async run(
    name: string,
    prompt: string,
    params: { readonly values: Readonly<Record<string, unknown>>; readonly text: string | null },
    context: CallContext,
  ): Promise<Turn> {
    const team = this.#services.objects.getTeamToRun(context.user, name)
    const { conversationId, variables } = readParams(params.values)
    const { id } = this.#services.conversations.ensure(context.user, conversationId)
    const key = `${context.user} ${team.owner}.${team.name} ${id}`
    const waiting = this.#waiting.get(key)
    this.#waiting.delete(key)
    const question = { prompt, conversationId: id, variables, params: params.text }
    const run = waiting ?? new TeamRun(team, question, this.#services, context)
    const turn = await (waiting === undefined ? run.start() : run.resume(prompt, context))
    if (turn.isQuestion) this.#waiting.set(key, run)
    this.#remember(team, { prompt, response: turn.text }, id, context)
    return turn
  }

  #remember(
    team: AgentObject,
    turn: { readonly prompt: string; readonly response: string },
    conversationId: string,
    { user, packageState }: CallContext,
  ): void {
    const { clientIdentifier } = sessionAttributesOf(packageState)
    const [member] = team.attributes.agents as readonly TeamMember[]
    const agent = this.#services.objects.find('agent', team.owner, member?.name ?? '')
    const profileName = String(agent?.attributes.profile_name ?? '').toUpperCase()
    const { conversations } = this.#services
    const origin = { profileName, action: 'agent', clientIdentifier, sessionId: sessionIdOf(packageState) }
    conversations.addPrompt(user, conversationId, { ...turn, ...origin })
  }
}

/** @throws OracleError ORA-20053 for a parameter that is unknown or does not fit. */
function readParams(params: Readonly<Record<string, unknown>>): {
  readonly conversationId: string
  readonly variables: Readonly<Record<string, unknown>>
} {
  const { conversation_id: id, variables, ...others } = lowerCaseKeys(params)
  const [unknown] = Object.keys(others)
  if (unknown !== undefined) throw agentError('team', `Invalid parameter in params - ${unknown}`)
  const given = variables ?? {}
  if (typeof given !== 'object' || Array.isArray(given)) {
    throw agentError('team', 'Invalid value for parameter in params - variables')
  }
  const conversationId = id === undefined || id === null ? randomUUID() : String(id)
  return { conversationId, variables: given as Readonly<Record<string, unknown>> }
}
