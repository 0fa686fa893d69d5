import { randomUUID } from 'node:crypto'
import type { SessionTeam } from '../cloud-ai/cloud-ai.ts'
import type { CallContext, Subprogram } from '../execution/subprogram.ts'
import { textArgument } from '../execution/text-argument.ts'
import { varchar2 } from '../values/oracle-type.ts'
import { agentError } from './agent-object-kind.ts'
import type { AgentObjectStore } from './agent-object-store.ts'
import type { TeamRunner } from './run-team.ts'

const STATE = 'DBMS_CLOUD_AI_AGENT'

interface State {
  readonly team: string
  /** The conversation in which the team waits for the answer of the human, when a SELECT AI statement began it. */
  waitingIn: string | null
}

type Session = Pick<CallContext, 'packageState'>

function stateOf({ packageState }: Session): State | undefined {
  return packageState.get(STATE) as State | undefined
}

/** The team named by SET_TEAM in this session; null when there is none. */
function sessionTeamName(session: Session): string | null {
  return stateOf(session)?.team ?? null
}

/** What the action `agent` asks of the team of a session. */
export function sessionTeamOf(runner: TeamRunner): SessionTeam {
  return {
    isSet: (session) => stateOf(session) !== undefined,
    async generate(prompt, params, context) {
      return (await runner.run(teamSet(context).team, prompt, params, context)).text
    },
    async select(prompt, conversationId, context) {
      const state = teamSet(context)
      const id = conversationId ?? state.waitingIn ?? randomUUID().toUpperCase()
      const values = { conversation_id: id }
      state.waitingIn = null
      const turn = await runner.run(state.team, prompt, { values, text: JSON.stringify(values) }, context)
      if (turn.isQuestion) state.waitingIn = id
      return turn.text
    },
  }
}

/** @throws OracleError ORA-20053 when the session has no team. */
function teamSet(session: Session): State {
  const state = stateOf(session)
  if (state === undefined) throw agentError('team', 'Team name must be provided')
  return state
}

/** SET_TEAM, GET_TEAM and CLEAR_TEAM. */
export function sessionTeamSubprograms(objects: AgentObjectStore): readonly Subprogram[] {
  return [
    {
      name: 'DBMS_CLOUD_AI_AGENT.SET_TEAM',
      parameters: [{ name: 'TEAM_NAME', mode: 'in', type: varchar2(261) }],
      run(values, { user, packageState }) {
        const name = textArgument(values.TEAM_NAME)
        const team = objects.getTeamToRun(user, name)
        const reference = team.owner === user ? team.name : `${team.owner}.${team.name}`
        packageState.set(STATE, { team: reference, waitingIn: null } satisfies State)
        return {}
      },
    },
    {
      name: 'DBMS_CLOUD_AI_AGENT.GET_TEAM',
      parameters: [],
      returns: varchar2(261),
      run: (_, context) => ({ value: sessionTeamName(context) }),
    },
    {
      name: 'DBMS_CLOUD_AI_AGENT.CLEAR_TEAM',
      parameters: [],
      run(_, { packageState }) {
        packageState.delete(STATE)
        return {}
      },
    },
  ]
}
