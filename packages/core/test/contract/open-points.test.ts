import oracledb, { type BindParameters, type Connection } from 'oracledb'
import { expect, it } from 'vitest'
import { type ContractDatabase, openContractDatabase } from './contract-database.ts'
import { createIndex, createProfile } from './contract-objects.ts'
import { seen } from './observation.ts'

/** A question that the documentation of Oracle leaves open, and how to see the answer. Nothing in this package depends on it. */
interface OpenPoint {
  readonly point: string
  look(database: ContractDatabase): Promise<string>
}

const question = 'How many promotions are there?'
const generate = `SELECT DBMS_CLOUD_AI.GENERATE(prompt => :prompt, profile_name => :profile_name, action => :action, params => :params)
FROM dual`

const argumentsOf = `SELECT object_name, argument_name, data_type FROM all_arguments
WHERE package_name = 'DBMS_CLOUD_AI' AND object_name LIKE :name AND argument_name IS NOT NULL
ORDER BY object_name, overload, position`

const points: readonly OpenPoint[] = [
  {
    point: '1. Arguments of SUMMARIZE and their types',
    look: (database) => seen(() => rowsOf(database, argumentsOf, { name: 'SUMMARIZE' })),
  },
  {
    point: '2. Rows as JSON: a count',
    look: (database) => seen(async () => (await generated(database, question, 'runsql'))[0]),
  },
  {
    point: '2. Rows as JSON: a date',
    look: async (database) =>
      seen(async () => (await generated(database, 'What is the latest time_id of the sales?', 'runsql'))[0]),
  },
  {
    point: '2. Rows as JSON: no rows',
    look: async (database) =>
      seen(async () => {
        const nobody = 'List the customers whose credit limit is greater than 99999999'
        return (await generated(database, nobody, 'runsql'))[0]
      }),
  },
  {
    point: '3. The parameter {"conversation_id": null}',
    look: async (database) =>
      seen(async () => (await generated(database, 'Say hello.', 'chat', '{"conversation_id": null}'))[0]),
  },
  {
    point: '4. GENERATE in a query keeps the turn of a conversation',
    look: async (database) => {
      const conversation = await database.pool.createConversation({ retentionDays: 1 })
      database.afterwards(() => conversation.delete({ force: true }))
      const params = JSON.stringify({ conversation_id: conversation.id })
      await generated(database, 'Say hello.', 'chat', params)
      return `${(await conversation.listPrompts()).length} of 1 kept`
    },
  },
  {
    point: '5. Type of DESCRIPTION in USER_CLOUD_AI_PROFILES',
    look: (database) =>
      seen(() =>
        run(database, async (connection) => {
          const { metaData } = await connection.execute('SELECT description FROM user_cloud_ai_profiles')
          return metaData?.[0]?.dbTypeName
        }),
      ),
  },
  {
    point: '6. SET_ATTRIBUTE with a bound BOOLEAN',
    look: async (database) => {
      const profile = await createProfile(database)
      const set = `BEGIN DBMS_CLOUD_AI.SET_ATTRIBUTE(profile_name => :name, attribute_name => 'constraints',
        attribute_value => :value); END;`
      const value = { val: true, type: oracledb.DB_TYPE_BOOLEAN }
      return seen(async () => {
        await run(database, (connection) => connection.execute(set, { name: profile.name, value }))
        return `constraints is ${JSON.stringify((await profile.fetch()).attributes.constraints)}`
      })
    },
  },
  {
    point: '7. Attributes of a vector index that the database adds',
    look: async (database) => {
      if (database.documents === undefined) return 'not looked at: SELECT_AI_TEST_LOCATION is not set'
      const index = await createIndex(database)
      return seen(async () => (await index.fetch()).attributes)
    },
  },
  {
    point: '8. Arguments of the subprograms that grant access',
    look: (database) => seen(() => rowsOf(database, argumentsOf, { name: 'GRANT%' })),
  },
  {
    point: "8. GENERATE with the owner's name before the profile's",
    look: async (database) => {
      const { name } = await createProfile(database)
      const binds = { prompt: 'Say hello.', profile_name: `${database.user}.${name}`, action: 'chat', params: null }
      return seen(async () => (await rowsOf(database, generate, binds))[0])
    },
  },
  {
    point: '9. Code for a profile that exists',
    look: async (database) => {
      const profile = await createProfile(database)
      return seen(() => profile.create({ attributes: database.attributes }))
    },
  },
  {
    point: '9. Code for a description of 5000 characters',
    look: (database) => seen(() => sendProfile(database, database.freshName(), database.attributes, 'x'.repeat(5000))),
  },
  {
    point: '9. Code for a profile without a provider',
    look: (database) => seen(() => sendProfile(database, database.freshName(), { model: 'm' })),
  },
  {
    point: '9. Code for a profile to be dropped that does not exist',
    look: (database) => seen(() => database.pool.profile(database.freshName()).delete()),
  },
  {
    point: '9. Code for an action that does not exist',
    look: async (database) => seen(() => generated(database, question, 'nonsense')),
  },
  {
    point: '10. A quoted name in CREATE_PROFILE',
    look: (database) =>
      seen(async () => {
        const name = database.freshName()
        await sendProfile(database, `"${name}_mixed"`, database.attributes)
        const find = 'SELECT profile_name FROM user_cloud_ai_profiles WHERE UPPER(profile_name) LIKE :pattern'
        return rowsOf(database, find, { pattern: `%${name}%` })
      }),
  },
  {
    point: 'Columns of USER_CLOUD_AI_CONVERSATIONS',
    look: (database) =>
      seen(() =>
        run(database, async (connection) => {
          const { metaData } = await connection.execute('SELECT * FROM user_cloud_ai_conversations WHERE 1 = 0')
          return metaData?.map(({ name, dbTypeName }) => `${name} ${dbTypeName}`).join(', ')
        }),
      ),
  },
  {
    point: 'GET_DEFINITION of a profile, and with dependent_objects',
    look: async (database) => {
      const profile = await createProfile(database)
      const alone = await seen(() => profile.definition())
      return `${alone} / ${await seen(() => profile.definition({ dependentObjects: true }))}`
    },
  },
  {
    point: 'A title of 254 characters of two bytes',
    look: (database) =>
      seen(async () => {
        const conversation = await database.pool.createConversation({ title: 'ü'.repeat(254), retentionDays: 1 })
        database.afterwards(() => conversation.delete({ force: true }))
        return `${(await conversation.fetch()).title.length} characters kept`
      }),
  },
]

it.for(points)('$point', async ({ point, look }, { task }) => {
  await using database = await openContractDatabase()
  const observation = { point, seen: await look(database) }
  task.meta.observation = observation
  expect(observation.seen).not.toBe('')
})

/** Creates a profile past the checks of this package; it is dropped at the end. */
async function sendProfile(
  database: ContractDatabase,
  name: string,
  attributes: object,
  description: string | null = null,
): Promise<void> {
  const drop = 'BEGIN DBMS_CLOUD_AI.DROP_PROFILE(profile_name => :name, force => TRUE); END;'
  const create = `BEGIN DBMS_CLOUD_AI.CREATE_PROFILE(profile_name => :name, attributes => :attributes,
    description => :description); END;`
  database.afterwards(() => run(database, (connection) => connection.execute(drop, { name })))
  const binds = { name, attributes: JSON.stringify(attributes), description }
  await run(database, (connection) => connection.execute(create, binds))
}

function run<T>(database: ContractDatabase, work: (connection: Connection) => Promise<T>): Promise<T> {
  return database.pool.withConnection((connection) => work(connection))
}

async function rowsOf(database: ContractDatabase, sql: string, binds: BindParameters): Promise<unknown[]> {
  const options = { fetchTypeHandler: ({ dbType }: { dbType?: unknown }) => asText(dbType) }
  const { rows = [] } = await run(database, (connection) => connection.execute(sql, binds, options as object))
  return rows.map((row) => ((row as unknown[]).length === 1 ? (row as unknown[])[0] : row))
}

function asText(dbType: unknown): object | undefined {
  return dbType === oracledb.DB_TYPE_CLOB ? { type: oracledb.DB_TYPE_VARCHAR } : undefined
}

async function generated(
  database: ContractDatabase,
  prompt: string,
  action: string,
  params: string | null = null,
): Promise<unknown[]> {
  const { name } = await createProfile(database)
  return rowsOf(database, generate, { prompt, profile_name: name, action, params })
}
