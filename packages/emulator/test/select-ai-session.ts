import oracledb from 'oracledb'
import type { Emulator } from '../src/index.ts'

/** One connection to an emulator, and the calls that tests make on it. */
export class SelectAiSession {
  readonly connection: oracledb.Connection

  private constructor(connection: oracledb.Connection) {
    this.connection = connection
  }

  static async open(emulator: Emulator, user = 'demo', password = 'demo'): Promise<SelectAiSession> {
    return new SelectAiSession(await oracledb.getConnection({ user, password, connectString: emulator.connectString }))
  }

  async select(sql: string, binds: oracledb.BindParameters = {}): Promise<Record<string, unknown>[]> {
    const { rows } = await this.connection.execute<Record<string, unknown>>(sql, binds, {
      outFormat: oracledb.OUT_FORMAT_OBJECT,
      fetchTypeHandler: ({ dbType }) => (dbType === oracledb.DB_TYPE_CLOB ? { type: oracledb.STRING } : undefined),
    })
    return rows ?? []
  }

  /** The one value of a query's first row. */
  async value(sql: string, binds: oracledb.BindParameters = {}): Promise<unknown> {
    const [row = {}] = await this.select(sql, binds)
    return Object.values(row)[0]
  }

  /** Calls a procedure of DBMS_CLOUD_AI with named arguments. */
  async call(name: string, binds: Record<string, unknown> = {}): Promise<void> {
    const named = Object.keys(binds).map((bind) => `${bind} => :${bind}`)
    await this.connection.execute(
      `BEGIN DBMS_CLOUD_AI.${name}(${named.join(', ')}); END;`,
      binds as oracledb.BindParameters,
    )
  }

  generate(prompt: string, action: string): Promise<unknown> {
    return this.value(
      'SELECT DBMS_CLOUD_AI.GENERATE(prompt => :prompt, profile_name => :profile, action => :action) AS a FROM dual',
      { prompt, action, profile: 'OCI_AI_PROFILE' },
    )
  }

  close(): Promise<void> {
    return this.connection.close()
  }
}
