import { answerOrBreak } from '../cloud-ai/answer-or-break.ts'
import { jsonArgument } from '../cloud-ai/json-argument.ts'
import { prettyJson } from '../cloud-ai/json-text.ts'
import { loadLocation } from '../cloud-ai/load-location.ts'
import type { CallContext, Parameter, Subprogram } from '../execution/subprogram.ts'
import { textArgument } from '../execution/text-argument.ts'
import { OracleError } from '../oracle-error.ts'
import { BOOLEAN, CLOB, varchar2 } from '../values/oracle-type.ts'
import type { OracleValue } from '../values/oracle-value.ts'
import type { AgentObject } from './agent-object.ts'
import type { TeamMember } from './agent-object-attributes.ts'
import { agentError } from './agent-object-kind.ts'
import { describeObject } from './describe-object.ts'
import type { TeamRunner } from './run-team.ts'
import { storeLocation } from './store-location.ts'
import type { AgentServices } from './team-run.ts'
import { exportTeam, readSpecification } from './team-specification.ts'

const TEAM_NAME: Parameter = { name: 'TEAM_NAME', mode: 'in', type: varchar2(261) }
const PARAMS: Parameter = { name: 'PARAMS', mode: 'in', type: CLOB, default: null }
const CREDENTIAL: Parameter = { name: 'OBJECT_STORAGE_CREDENTIAL_NAME', mode: 'in', type: varchar2() }
const LOCATION: Parameter = { name: 'LOCATION', mode: 'in', type: varchar2() }

export interface TeamOptions {
  readonly services: AgentServices
  readonly runner: TeamRunner
  /** Whether there is a user or role of that name. */
  granteeExists(name: string): boolean
}

type Values = Readonly<Record<string, OracleValue>>

/** RUN_TEAM, EXPORT_TEAM, IMPORT_TEAM, DESCRIBE_TEAM, LIST_TOOLS, LIST_TEAMS, GRANT_ and REVOKE_TEAM_ACCESS. */
export function teamSubprograms(options: TeamOptions): readonly Subprogram[] {
  const { services, runner } = options
  return [
    {
      name: 'DBMS_CLOUD_AI_AGENT.RUN_TEAM',
      parameters: [TEAM_NAME, { name: 'USER_PROMPT', mode: 'in', type: CLOB, default: null }, PARAMS],
      returns: CLOB,
      run: async (values, context) => ({ value: await runTeam(values, context, runner) }),
    },
    {
      name: 'DBMS_CLOUD_AI_AGENT.EXPORT_TEAM',
      parameters: [TEAM_NAME, PARAMS],
      returns: CLOB,
      run: (values, context) => ({ value: exported(values, context, services) }),
    },
    {
      name: 'DBMS_CLOUD_AI_AGENT.EXPORT_TEAM',
      parameters: [TEAM_NAME, CREDENTIAL, LOCATION, PARAMS],
      async run(values, context) {
        const text = exported(values, context, services)
        await answerOrBreak(() => storeLocation(textArgument(values.LOCATION), text, context.signal), context.signal)
        return {}
      },
    },
    importTeam(services),
    {
      name: 'DBMS_CLOUD_AI_AGENT.DESCRIBE_TEAM',
      parameters: [TEAM_NAME],
      returns: CLOB,
      run: (values, { user }) => ({
        value: prettyJson(describeObject(services.objects.get('team', user, textArgument(values.TEAM_NAME)))),
      }),
    },
    {
      name: 'DBMS_CLOUD_AI_AGENT.LIST_TOOLS',
      parameters: [TEAM_NAME],
      returns: CLOB,
      run: (values, { user }) => ({ value: prettyJson(toolsOf(textArgument(values.TEAM_NAME), user, services)) }),
    },
    {
      name: 'DBMS_CLOUD_AI_AGENT.LIST_TEAMS',
      parameters: [],
      returns: CLOB,
      run: (_, { user }) => ({ value: prettyJson(services.objects.list('team', user).map(describeObject)) }),
    },
    accessSubprogram('GRANT_TEAM_ACCESS', options, (user, team, grantee) =>
      services.objects.grantTeam(user, team, grantee),
    ),
    accessSubprogram('REVOKE_TEAM_ACCESS', options, (user, team, grantee) =>
      services.objects.revokeTeam(user, team, grantee),
    ),
  ]
}

async function runTeam(values: Values, context: CallContext, runner: TeamRunner): Promise<string> {
  const params = { values: jsonArgument(values.PARAMS), text: textArgument(values.PARAMS) || null }
  const { text } = await runner.run(textArgument(values.TEAM_NAME), textArgument(values.USER_PROMPT), params, context)
  return text
}

function exported(values: Values, { user }: CallContext, { objects, profiles }: AgentServices): string {
  jsonArgument(values.PARAMS)
  const team = objects.get('team', user, textArgument(values.TEAM_NAME))
  const providerOf = (name: string) => profiles.find(user, name)?.attributes.provider as string | undefined
  return prettyJson(exportTeam(team, objects, providerOf))
}

function importTeam(services: AgentServices): Subprogram {
  return {
    name: 'DBMS_CLOUD_AI_AGENT.IMPORT_TEAM',
    parameters: [
      { name: 'PROFILE_NAME', mode: 'in', type: varchar2(128) },
      { ...TEAM_NAME, default: null },
      { name: 'SPECIFICATION', mode: 'in', type: CLOB, default: null },
      { ...CREDENTIAL, default: null },
      { ...LOCATION, default: null },
      { name: 'FORCE', mode: 'in', type: BOOLEAN, default: false },
      PARAMS,
    ],
    async run(values, context) {
      jsonArgument(values.PARAMS)
      const location = textArgument(values.LOCATION)
      const text = textArgument(values.SPECIFICATION)
      if (text === '' && location === '') throw agentError('team', 'Either specification or location must be specified')
      const { signal, user } = context
      const loaded = text === '' ? await answerOrBreak(() => loadLocation(location, signal), signal) : text
      const profile = services.profiles.get(user, textArgument(values.PROFILE_NAME))
      const team = readSpecification(jsonArgument(loaded), profile.name, textArgument(values.TEAM_NAME))
      createAll(team, user, values.FORCE === true, services)
      return {}
    },
  }
}

/** Creates all objects of a specification, or none of them. */
function createAll(
  { agents, tasks, tools, team }: ReturnType<typeof readSpecification>,
  user: string,
  force: boolean,
  { objects }: AgentServices,
): void {
  const wanted = [
    ...tools.map((tool) => ['tool', tool] as const),
    ...agents.map((agent) => ['agent', agent] as const),
    ...tasks.map((task) => ['task', task] as const),
    ['team', team] as const,
  ]
  const created: AgentObject[] = []
  const replaced: AgentObject[] = []
  try {
    for (const [kind, object] of wanted) {
      const old = force ? objects.find(kind, user, object.name) : undefined
      if (old !== undefined) {
        replaced.push(old)
        objects.drop(kind, user, old.name, true)
      }
      created.push(objects.create(kind, user, object))
    }
  } catch (error) {
    for (const { kind, name } of created) objects.drop(kind, user, name, true)
    for (const object of replaced) objects.restore(object)
    throw error
  }
}

function toolsOf(teamName: string, user: string, { objects }: AgentServices): readonly object[] {
  const { attributes } = objects.get('team', user, teamName)
  const tasks = (attributes.agents as readonly TeamMember[]).map(({ task }) => objects.get('task', user, task))
  const names = tasks.flatMap((task) => (task.attributes.tools ?? []) as readonly string[])
  const distinct = [...new Set(names.map((name) => name.toUpperCase()))]
  return distinct.map((name) => describeObject(objects.get('tool', user, name)))
}

function accessSubprogram(
  word: string,
  { granteeExists }: TeamOptions,
  change: (user: string, team: string, grantee: string) => void,
): Subprogram {
  return {
    name: `DBMS_CLOUD_AI_AGENT.${word}`,
    parameters: [TEAM_NAME, { name: 'USER_OR_ROLE_NAME', mode: 'in', type: varchar2(128) }],
    run(values, { user }) {
      const grantee = textArgument(values.USER_OR_ROLE_NAME).trim().toUpperCase()
      if (!granteeExists(grantee)) {
        throw new OracleError(1917, `user or role '${grantee}' does not exist`)
      }
      change(user, textArgument(values.TEAM_NAME), grantee)
      return {}
    },
  }
}
