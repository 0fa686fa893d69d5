import { randomUUID } from 'node:crypto'
import { isFilledText } from '../attributes/attribute-types.ts'
import { checkId } from '../conversation/conversation-id.ts'
import { SelectAIArgumentError } from '../errors/select-ai-argument-error.ts'
import type { Binds } from '../pool/bind-values.ts'
import { callDatabase } from '../pool/call-database.ts'
import { type CallOptions, callOptionNames, checkCallOptions } from '../pool/call-options.ts'
import { isPlainObject } from '../pool/check-values.ts'
import type { ConnectionPool } from '../pool/connection-pool.ts'
import { readAnswerAndMore } from '../pool/read-answer.ts'
import { runTeam as statement } from '../sql/agent-call-statements.ts'
import { agentErrorOf } from './agent-error.ts'

/** Options of one run of a team. */
export interface RunTeamOptions extends CallOptions {
  /**
   * Id of the conversation that the run belongs to, in UUID form; any that you choose will do. The agents get to see its earlier turns,
   * and a run that waits for a human goes on. Default: a new one.
   */
  readonly conversationId?: string | undefined
  /** Values for the placeholders of instructions, for example `{ year: 2001 }` for `{year}`. */
  readonly variables?: Readonly<Record<string, string | number | boolean>> | undefined
}

/** Where a run of a team, or a task of it, may stand. */
export const agentRunStates = ['running', 'waiting-for-human', 'succeeded', 'failed'] as const

/** Where a run of a team stands. */
export type AgentRunState = (typeof agentRunStates)[number]

/** What a run of a team came to. */
export interface TeamAnswer {
  /** The answer; for a run that waits the question to the human. */
  readonly text: string
  /** `waiting-for-human`: run the team again in this conversation, with the answer as prompt. Undefined when the database does not say. */
  readonly state: AgentRunState | undefined
  /** The conversation, upper case: the one that was given, or a new one. */
  readonly conversationId: string
}

const longestState = 120

/** @throws SelectAIArgumentError */
export async function runTeam(
  pool: ConnectionPool,
  team: string,
  prompt: string | undefined,
  options: RunTeamOptions,
): Promise<TeamAnswer> {
  if (prompt !== undefined && !isFilledText(prompt)) {
    const message = 'must be a text that is not blank, or undefined for a team that needs none.'
    throw new SelectAIArgumentError({ argument: 'prompt', message })
  }
  checkCallOptions(options, [...callOptionNames, 'conversationId', 'variables'])
  const { conversationId: given = randomUUID(), variables, ...others } = options
  const conversationId = checkId('options.conversationId', given)
  const params = JSON.stringify({ conversation_id: conversationId, ...checkVariables(variables) })
  const errorOf = (error: unknown) => agentErrorOf(error, { kind: 'team', name: team, conversationId })
  return callDatabase(pool, { action: 'run team', options: others, errorOf }, async (lease) => {
    const { BIND_OUT, DB_TYPE_VARCHAR } = lease.driver
    const input = { team_name: team, user_prompt: prompt ?? null, params, conversation_id: conversationId }
    const binds = { state: { dir: BIND_OUT, type: DB_TYPE_VARCHAR, maxSize: longestState } } as Binds
    const { answer, more } = await readAnswerAndMore<{ state: string | null }>(lease, statement, input, binds)
    return Object.freeze({ text: answer, state: readRunState(more.state), conversationId })
  })
}

/** The state as this package writes it; undefined when there is none, or none that is known. */
export function readRunState(state: string | null): AgentRunState | undefined {
  return agentRunStates.find((each) => each === state?.toLowerCase().replaceAll('_', '-'))
}

function checkVariables(variables: unknown): { readonly variables?: unknown } {
  if (variables === undefined) return {}
  const isScalar = (value: unknown) => ['string', 'boolean'].includes(typeof value) || Number.isFinite(value)
  if (isPlainObject(variables) && Object.values(variables).every(isScalar)) return { variables }
  const message = 'must be a plain object of texts, numbers and booleans.'
  throw new SelectAIArgumentError({ argument: 'options.variables', message })
}
