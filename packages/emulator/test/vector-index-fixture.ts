import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import oracledb from 'oracledb'
import { type Emulator, type EmulatorOptions, startEmulator } from '../src/index.ts'

export const handbook: string = [
  'The workshop opens at eight in the morning. On Fridays it closes at noon.',
  'A broken bicycle chain costs twelve euros. New tyres cost thirty euros each.',
].join('\n\n')

export const rules = 'Helmets must be worn in the yard. Visitors sign the book at the gate.'

/** What lets a profile through to its provider without any grant. */
export const mayBeCalled = { provider: 'oci', credential_name: 'OCI$RESOURCE_PRINCIPAL' }

/** An emulator with a folder of documents, and the statements of vector indexes. */
export interface VectorDatabase extends AsyncDisposable {
  readonly emulator: Emulator
  readonly connection: oracledb.Connection
  /** The folder of documents. */
  readonly folder: string
  connect(user: string, password?: string): Promise<oracledb.Connection>
  /** Calls a subprogram, by default of DBMS_CLOUD_AI, with named arguments. */
  call(name: string, binds: Record<string, unknown>, through?: oracledb.Connection): Promise<void>
  create(name: string, attributes?: object, more?: object): Promise<void>
  ask(profile: string, prompt: string, action?: string, through?: oracledb.Connection): Promise<string>
  select(
    sql: string,
    binds?: oracledb.BindParameters,
    through?: oracledb.Connection,
  ): Promise<Record<string, unknown>[]>
  /** A profile whose provider may be called, as those of the demo. */
  profile(name: string, attributes?: object): Promise<void>
}

/** With `handbook.txt` and `rules.txt` in its folder. */
export async function openVectorDatabase(options: EmulatorOptions = {}): Promise<VectorDatabase> {
  const folder = await mkdtemp(join(tmpdir(), 'documents-'))
  await writeFile(join(folder, 'handbook.txt'), handbook)
  await writeFile(join(folder, 'rules.txt'), rules)
  const emulator = await startEmulator({ documentsDirectory: folder, ...options })
  const connections: oracledb.Connection[] = []
  const connect = async (user: string, password = 'demo') => {
    const connection = await oracledb.getConnection({ user, password, connectString: emulator.connectString })
    connections.push(connection)
    return connection
  }
  const connection = await connect('demo')

  const call: VectorDatabase['call'] = async (name, binds, through = connection) => {
    const qualified = name.includes('.') ? name : `DBMS_CLOUD_AI.${name}`
    const named = Object.keys(binds).map((bind) => `${bind} => :${bind}`)
    await through.execute(`BEGIN ${qualified}(${named.join(', ')}); END;`, binds as oracledb.BindParameters)
  }
  return {
    emulator,
    connection,
    folder,
    connect,
    call,
    create: (name, attributes = {}, more = {}) =>
      call('CREATE_VECTOR_INDEX', {
        index_name: name,
        attributes: JSON.stringify({ location: 'handbook.txt', profile_name: 'OCI_AI_PROFILE', ...attributes }),
        wait_for_completion: true,
        ...more,
      }),
    ask: async (profile, prompt, action = 'narrate', through = connection) => {
      const { outBinds } = await through.execute<{ answer: string }>(
        'BEGIN :answer := DBMS_CLOUD_AI.GENERATE(prompt => :prompt, profile_name => :profile, action => :action); END;',
        { answer: { dir: oracledb.BIND_OUT, type: oracledb.STRING, maxSize: 32_767 }, prompt, profile, action },
      )
      return outBinds?.answer ?? ''
    },
    select: async (sql, binds = {}, through = connection) => {
      const { rows } = await through.execute<Record<string, unknown>>(sql, binds, {
        outFormat: oracledb.OUT_FORMAT_OBJECT,
        fetchTypeHandler: ({ dbType }) => (dbType === oracledb.DB_TYPE_CLOB ? { type: oracledb.STRING } : undefined),
      })
      return rows ?? []
    },
    profile: (name, attributes = {}) =>
      call('CREATE_PROFILE', { profile_name: name, attributes: JSON.stringify({ ...mayBeCalled, ...attributes }) }),
    async [Symbol.asyncDispose]() {
      for (const each of connections) await each.close()
      await emulator.close()
      await rm(folder, { recursive: true })
    },
  }
}
