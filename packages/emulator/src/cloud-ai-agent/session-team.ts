import type { CallContext, Subprogram } from '../execution/subprogram.ts'
import { textArgument } from '../execution/text-argument.ts'
import { varchar2 } from '../values/oracle-type.ts'
import type { AgentObjectStore } from './agent-object-store.ts'

const STATE = 'DBMS_CLOUD_AI_AGENT'

/** The team named by SET_TEAM in this session; null when there is none. */
export function sessionTeamName({ packageState }: CallContext): string | null {
  return (packageState.get(STATE) as string | undefined) ?? null
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
        packageState.set(STATE, team.owner === user ? team.name : `${team.owner}.${team.name}`)
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
