import { checkId } from '../conversation/conversation-id.ts'
import { SelectAIArgumentError } from '../errors/select-ai-argument-error.ts'
import { numberBind, textBind } from '../pool/bind-values.ts'
import { queryDatabase } from '../pool/call-database.ts'
import { type CallOptions, callOptionNames, checkCallOptions } from '../pool/call-options.ts'
import { checkText } from '../pool/check-values.ts'
import type { ConnectionPool } from '../pool/connection-pool.ts'
import * as statements from '../sql/agent-history-statements.ts'
import { type AgentRunState, agentRunStates, readRunState } from './run-team.ts'

/** Options that all histories have. */
export interface AgentHistoryOptions extends CallOptions {
  /** Only what belongs to this run of a team, by its `teamExecId`. */
  readonly teamExecId?: string | undefined
  /** The most entries. Default: 100. */
  readonly limit?: number | undefined
}

/** Which runs of teams are listed. */
export interface ListTeamRunsOptions extends AgentHistoryOptions {
  /** Only runs of this team. */
  readonly teamName?: string | undefined
  /** Only runs of this conversation. */
  readonly conversationId?: string | undefined
  /** Only runs that stand there. */
  readonly state?: AgentRunState | undefined
}

/** Which tasks are listed. */
export interface ListTaskRunsOptions extends AgentHistoryOptions {
  /** Only tasks of this team. */
  readonly teamName?: string | undefined
  /** Only what this agent did. */
  readonly agentName?: string | undefined
  /** Only this task. */
  readonly taskName?: string | undefined
  /** Only tasks that stand there. */
  readonly state?: AgentRunState | undefined
}

/** Which calls of tools are listed. */
export interface ListToolRunsOptions extends AgentHistoryOptions {
  /** Only calls of this tool. */
  readonly toolName?: string | undefined
  /** Only calls by this agent. */
  readonly agentName?: string | undefined
  /** Only calls for this task. */
  readonly taskName?: string | undefined
}

/** One run of a team. */
export interface TeamRun {
  /** The id of the run, which its tasks and tools have too. */
  readonly teamExecId: string
  /** The team, upper case. */
  readonly teamName: string
  /** The number of the run within the team, as the database counts them. */
  readonly teamInstanceId: number | undefined
  /** Where it stands; undefined for a state that this package does not know. */
  readonly state: AgentRunState | undefined
  /** The conversation that it belongs to. */
  readonly conversationId: string | undefined
  /** What the run was started with, as JSON text. */
  readonly params: string | undefined
  /** When it started. */
  readonly started: Date
  /** When it ended; undefined until then. */
  readonly ended: Date | undefined
}

/** One task of a run. */
export interface TaskRun {
  /** The run that it belongs to. */
  readonly teamExecId: string
  /** The team, upper case. */
  readonly teamName: string
  /** Its place in the run, from 1. */
  readonly taskOrder: number
  /** The agent, upper case. */
  readonly agentName: string
  /** The task, upper case. */
  readonly taskName: string
  /** The conversation that it belongs to and what is said of it, as JSON text. */
  readonly conversationParams: string | undefined
  /** What the agent was told. */
  readonly input: string | undefined
  /** What it came to. */
  readonly result: string | undefined
  /** Where it stands; undefined for a state that this package does not know. */
  readonly state: AgentRunState | undefined
  /** When it started. */
  readonly started: Date
  /** When it ended; undefined until then. */
  readonly ended: Date | undefined
}

/** One call of a tool. */
export interface ToolRun {
  /** The id of the call. */
  readonly invocationId: string
  /** The run that it belongs to; undefined for a tool that was run by itself. */
  readonly teamExecId: string | undefined
  /** The place of its task in the run, from 1. */
  readonly taskOrder: number | undefined
  /** The tool, upper case. */
  readonly toolName: string
  /** The agent, upper case. */
  readonly agentName: string | undefined
  /** The task, upper case. */
  readonly taskName: string | undefined
  /** What the tool was given. */
  readonly input: string | undefined
  /** What the agent got to see. */
  readonly output: string | undefined
  /** What the tool gave. */
  readonly toolOutput: string | undefined
  /** When it started. */
  readonly started: Date
  /** When it ended; undefined until then. */
  readonly ended: Date | undefined
}

type Row = Readonly<Record<string, unknown>>

const defaultLimit = 100

export function listTeamRuns(pool: ConnectionPool, options: ListTeamRunsOptions = {}): Promise<readonly TeamRun[]> {
  const filters = ['teamName', 'teamExecId', 'conversationId', 'state'] as const
  return listRuns(pool, 'list team runs', statements.listTeamRuns, filters, options, (row) => ({
    teamExecId: String(row.TEAM_EXEC_ID),
    teamName: String(row.TEAM_NAME),
    teamInstanceId: optional(row.TEAM_INSTANCE_ID),
    state: readRunState(row.STATE as string | null),
    conversationId: optional(row.CONVERSATION_ID),
    params: optional(row.PARAMS),
    ...spanOf(row),
  }))
}

export function listTaskRuns(pool: ConnectionPool, options: ListTaskRunsOptions = {}): Promise<readonly TaskRun[]> {
  const filters = ['teamName', 'teamExecId', 'agentName', 'taskName', 'state'] as const
  return listRuns(pool, 'list task runs', statements.listTaskRuns, filters, options, (row) => ({
    teamExecId: String(row.TEAM_EXEC_ID),
    teamName: String(row.TEAM_NAME),
    taskOrder: Number(row.TASK_ORDER),
    agentName: String(row.AGENT_NAME),
    taskName: String(row.TASK_NAME),
    conversationParams: optional(row.CONVERSATION_PARAMS),
    input: optional(row.INPUT),
    result: optional(row.RESULT),
    state: readRunState(row.STATE as string | null),
    ...spanOf(row),
  }))
}

export function listToolRuns(pool: ConnectionPool, options: ListToolRunsOptions = {}): Promise<readonly ToolRun[]> {
  const filters = ['toolName', 'teamExecId', 'agentName', 'taskName'] as const
  return listRuns(pool, 'list tool runs', statements.listToolRuns, filters, options, (row) => ({
    invocationId: String(row.INVOCATION_ID),
    teamExecId: optional(row.TEAM_EXEC_ID),
    taskOrder: optional(row.TASK_ORDER),
    toolName: String(row.TOOL_NAME),
    agentName: optional(row.AGENT_NAME),
    taskName: optional(row.TASK_NAME),
    input: optional(row.INPUT),
    output: optional(row.OUTPUT),
    toolOutput: optional(row.TOOL_OUTPUT),
    ...spanOf(row),
  }))
}

/** The bind of each filter. */
const bindNames = {
  teamName: 'team_name',
  teamExecId: 'team_exec_id',
  conversationId: 'conversation_id',
  agentName: 'agent_name',
  taskName: 'task_name',
  toolName: 'tool_name',
  state: 'state',
} as const

type FilterName = keyof typeof bindNames

async function listRuns<Run>(
  pool: ConnectionPool,
  action: string,
  statement: string,
  filters: readonly FilterName[],
  options: AgentHistoryOptions,
  read: (row: Row) => Run,
): Promise<readonly Run[]> {
  checkCallOptions(options, [...callOptionNames, ...filters, 'limit'])
  const { limit = defaultLimit, ...others } = options as AgentHistoryOptions & Partial<Record<FilterName, string>>
  if (!Number.isSafeInteger(limit) || limit < 1) {
    throw new SelectAIArgumentError({ argument: 'options.limit', message: 'must be a whole number, 1 or more.' })
  }
  const texts = filters.map((name) => [bindNames[name], filterText(name, others[name])] as const)
  const { signal, timeoutMs, label, onPhase } = options
  const call = { action, options: { signal, timeoutMs, label, onPhase } }
  const rows = await queryDatabase<Row>(pool, call, statement, ({ driver }) => ({
    ...Object.fromEntries(texts.map(([name, text]) => [name, textBind(driver, text)])),
    row_limit: numberBind(driver, limit),
  }))
  return Object.freeze(rows.map((row) => Object.freeze(read(row))))
}

function filterText(name: FilterName, value: unknown): string | undefined {
  const argument = `options.${name}`
  if (value === undefined) return undefined
  if (name === 'conversationId') return checkId(argument, value)
  if (name === 'state') {
    if (agentRunStates.some((state) => state === value)) return String(value).toUpperCase().replaceAll('-', '_')
    throw new SelectAIArgumentError({ argument, message: `must be one of ${agentRunStates.join(', ')}.` })
  }
  return checkText(argument, value)
}

function spanOf(row: Row): { readonly started: Date; readonly ended: Date | undefined } {
  return { started: row.START_DATE as Date, ended: optional(row.END_DATE) }
}

function optional<Value>(value: unknown): Value | undefined {
  return (value as Value | null) ?? undefined
}
