import { type DictionaryView, describeView, type ViewRow } from '../execution/dictionary-view.ts'
import { OracleNumber } from '../values/oracle-number.ts'
import { CLOB, NUMBER, type OracleType, varchar2 } from '../values/oracle-type.ts'
import type { AgentHistory, TaskRecord, TeamRecord, ToolRecord } from './agent-history.ts'

const NAME = varchar2(128)
const STATE = varchar2(30)
const PARAMS = varchar2(4000)
/** In UTC, which nothing in the value says. */
const TIME: OracleType = { name: 'TIMESTAMP', scale: 6 }
const SPAN = { START_DATE: TIME, END_DATE: TIME }

const TEAM_TYPES = {
  TEAM_EXEC_ID: NAME,
  TEAM_NAME: NAME,
  TEAM_INSTANCE_ID: NUMBER,
  STATE,
  CONVERSATION_ID: NAME,
  PARAMS,
  ...SPAN,
}

const TASK_TYPES = {
  TEAM_EXEC_ID: NAME,
  TEAM_NAME: NAME,
  TASK_ORDER: NUMBER,
  AGENT_NAME: NAME,
  TASK_NAME: NAME,
  CONVERSATION_PARAMS: PARAMS,
  INPUT: CLOB,
  RESULT: CLOB,
  STATE,
  ...SPAN,
}

const TOOL_TYPES = {
  INVOCATION_ID: NAME,
  TEAM_EXEC_ID: NAME,
  TASK_ORDER: NUMBER,
  TOOL_NAME: NAME,
  AGENT_NAME: NAME,
  TASK_NAME: NAME,
  ...SPAN,
  INPUT: CLOB,
  OUTPUT: CLOB,
  TOOL_OUTPUT: CLOB,
}

/** The histories of teams, tasks and tools: USER_ for what the user ran, and DBA_ for all. */
export function agentHistoryViews(history: AgentHistory): readonly DictionaryView[] {
  const pair = (
    name: string,
    types: Readonly<Record<string, OracleType>>,
    rows: () => readonly { readonly user: string; readonly row: ViewRow }[],
  ): readonly DictionaryView[] => [
    describeView(`USER_${name}`, types, ({ user }) => rowsOf(rows().filter((each) => each.user === user))),
    describeView(`DBA_${name}`, { TEAM_OWNER: NAME, ...types }, () => rowsOf(rows())),
  ]
  return [
    ...pair('AI_AGENT_TEAM_HISTORY', TEAM_TYPES, () =>
      history.teams.map((record) => ({ user: record.user, row: teamRow(record) })),
    ),
    ...pair('AI_AGENT_TASK_HISTORY', TASK_TYPES, () =>
      history.tasks.map((record) => ({ user: record.run.user, row: taskRow(record) })),
    ),
    ...pair('AI_AGENT_TOOL_HISTORY', TOOL_TYPES, () =>
      history.tools.map((record) => ({ user: record.user, row: toolRow(record) })),
    ),
  ]
}

function rowsOf(records: readonly { readonly row: ViewRow }[]): readonly ViewRow[] {
  return records.map(({ row }) => row)
}

function teamRow({ execId, team, instanceId, state, conversationId, params, start, end }: TeamRecord): ViewRow {
  return {
    TEAM_OWNER: team.owner,
    TEAM_EXEC_ID: execId,
    TEAM_NAME: team.name,
    TEAM_INSTANCE_ID: new OracleNumber(instanceId),
    STATE: state,
    CONVERSATION_ID: conversationId,
    PARAMS: params,
    START_DATE: start,
    END_DATE: end,
  }
}

function taskRow({ run, order, agentName, taskName, input, result, state, start, end }: TaskRecord): ViewRow {
  return {
    TEAM_OWNER: run.team.owner,
    TEAM_EXEC_ID: run.execId,
    TEAM_NAME: run.team.name,
    TASK_ORDER: new OracleNumber(order),
    AGENT_NAME: agentName,
    TASK_NAME: taskName,
    CONVERSATION_PARAMS: JSON.stringify({ conversation_id: run.conversationId }),
    INPUT: input,
    RESULT: result,
    STATE: state,
    START_DATE: start,
    END_DATE: end,
  }
}

function toolRow({ invocationId, task, toolName, input, output, start, end }: ToolRecord): ViewRow {
  return {
    TEAM_OWNER: task?.run.team.owner ?? null,
    INVOCATION_ID: invocationId,
    TEAM_EXEC_ID: task?.run.execId ?? null,
    TASK_ORDER: task === null ? null : new OracleNumber(task.order),
    TOOL_NAME: toolName,
    AGENT_NAME: task?.agentName ?? null,
    TASK_NAME: task?.taskName ?? null,
    START_DATE: start,
    END_DATE: end,
    INPUT: input,
    OUTPUT: output,
    TOOL_OUTPUT: output,
  }
}
