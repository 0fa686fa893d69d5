import oracledb from 'oracledb'
import { type EmulatorOptions, startEmulator } from '../src/index.ts'

/** Connections to an emulator of a test's own, with what tests of agents ask of them. */
export interface AgentDatabase extends AsyncDisposable {
  readonly connection: oracledb.Connection
  /** A connection of another user. */
  connect(user: string, password: string): Promise<AgentConnection>
  /** Rows of a query as objects, CLOBs as text. */
  rows(sql: string): Promise<Record<string, unknown>[]>
  /** Calls a procedure of DBMS_CLOUD_AI_AGENT with named arguments. */
  call(name: string, values: Readonly<Record<string, Argument>>): Promise<void>
  /** Calls a function that returns a CLOB. */
  text(name: string, values?: Readonly<Record<string, Argument>>): Promise<string | null>
}

export type AgentConnection = Omit<AgentDatabase, 'connect' | keyof AsyncDisposable>

type Argument = string | boolean | null | object

/** Starts an emulator and connects the user DEMO. */
export async function openAgentDatabase(options: EmulatorOptions = {}): Promise<AgentDatabase> {
  const emulator = await startEmulator(options)
  const connections: oracledb.Connection[] = []
  const connect = async (user: string, password: string): Promise<AgentConnection> => {
    const connection = await oracledb.getConnection({ user, password, connectString: emulator.connectString })
    connections.push(connection)
    return agentConnection(connection)
  }
  return {
    ...(await connect('demo', 'demo')),
    connect,
    async [Symbol.asyncDispose]() {
      for (const connection of connections) await connection.close()
      await emulator.close()
    },
  }
}

function agentConnection(connection: oracledb.Connection): AgentConnection {
  const bindsOf = (values: Readonly<Record<string, Argument>>) =>
    Object.fromEntries(Object.entries(values).map(([name, value]) => [name, bindOf(value)]))
  const argumentsOf = (values: Readonly<Record<string, Argument>>) =>
    Object.keys(values)
      .map((name) => `${name} => :${name}`)
      .join(', ')
  return {
    connection,
    async rows(sql) {
      const { rows } = await connection.execute<Record<string, unknown>>(
        sql,
        {},
        {
          outFormat: oracledb.OUT_FORMAT_OBJECT,
          fetchTypeHandler: ({ dbType }) =>
            dbType === oracledb.DB_TYPE_CLOB ? { type: oracledb.DB_TYPE_VARCHAR } : undefined,
        },
      )
      return rows ?? []
    },
    async call(name, values) {
      await connection.execute(`BEGIN DBMS_CLOUD_AI_AGENT.${name}(${argumentsOf(values)}); END;`, bindsOf(values))
    },
    async text(name, values = {}) {
      const { outBinds } = await connection.execute<{ answer: oracledb.Lob | null }>(
        `BEGIN :answer := DBMS_CLOUD_AI_AGENT.${name}(${argumentsOf(values)}); END;`,
        { ...bindsOf(values), answer: { dir: oracledb.BIND_OUT, type: oracledb.CLOB } },
      )
      return ((await outBinds?.answer?.getData()) as string | undefined) ?? null
    },
  }
}

function bindOf(value: Argument): oracledb.BindParameter {
  if (typeof value === 'boolean') return { type: oracledb.DB_TYPE_BOOLEAN, val: value }
  const text = value === null || typeof value === 'string' ? value : JSON.stringify(value)
  return { type: oracledb.STRING, val: text }
}

/** An agent, a task over it and a team of the two, named after `name`. */
export async function createTeam(
  database: Pick<AgentConnection, 'call'>,
  name: string,
  { task, agent, team }: { readonly task?: object; readonly agent?: object; readonly team?: object } = {},
): Promise<void> {
  await database.call('CREATE_AGENT', {
    agent_name: `${name}_AGENT`,
    attributes: { profile_name: 'OCI_AI_PROFILE', role: `You are ${name}`, ...agent },
  })
  await database.call('CREATE_TASK', {
    task_name: `${name}_TASK`,
    attributes: { instruction: 'Answer: {query}', enable_human_tool: false, ...task },
  })
  await database.call('CREATE_TEAM', {
    team_name: name,
    attributes: { agents: [{ name: `${name}_AGENT`, task: `${name}_TASK` }], process: 'sequential', ...team },
  })
}
