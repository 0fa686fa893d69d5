import { OracleError } from '../oracle-error.ts'

export type AgentObjectKind = 'agent' | 'task' | 'tool' | 'team'

export interface AgentObjectKindFacts {
  /** What messages call it. */
  readonly label: string
  /** The ORA number of all its errors. */
  readonly errorNumber: number
  /** The parameter of the subprograms, and the column of the views' attributes, that hold the name. */
  readonly parameter: string
  /** The views, without USER_ or DBA_. */
  readonly view: string
  /** Column of the views' id and name. */
  readonly columns: { readonly id: string; readonly name: string }
}

export const agentObjectKinds: Readonly<Record<AgentObjectKind, AgentObjectKindFacts>> = {
  agent: {
    label: 'Agent',
    errorNumber: 20050,
    parameter: 'AGENT_NAME',
    view: 'AI_AGENTS',
    columns: { id: 'AGENT_ID', name: 'AGENT_NAME' },
  },
  task: {
    label: 'Task',
    errorNumber: 20051,
    parameter: 'TASK_NAME',
    view: 'AI_AGENT_TASKS',
    columns: { id: 'TASK_ID', name: 'TASK_NAME' },
  },
  tool: {
    label: 'Tool',
    errorNumber: 20052,
    parameter: 'TOOL_NAME',
    view: 'AI_AGENT_TOOLS',
    columns: { id: 'TOOL_ID', name: 'TOOL_NAME' },
  },
  team: {
    label: 'Team',
    errorNumber: 20053,
    parameter: 'TEAM_NAME',
    view: 'AI_AGENT_TEAMS',
    columns: { id: 'AGENT_TEAM_ID', name: 'AGENT_TEAM_NAME' },
  },
}

/** An error about an object of a kind, for example `Task MINE does not exist`. */
export function agentError(kind: AgentObjectKind, text: string): OracleError {
  return new OracleError(agentObjectKinds[kind].errorNumber, text)
}

/** @throws OracleError ORA-20000 for a word that is no kind of object. */
export function agentObjectKind(word: string): AgentObjectKind {
  const lower = word.trim().toLowerCase()
  if (Object.hasOwn(agentObjectKinds, lower)) return lower as AgentObjectKind
  throw new OracleError(20000, `Invalid object type - ${word}`)
}
