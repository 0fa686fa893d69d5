import oracledb from 'oracledb'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openVectorDatabase, type VectorDatabase } from './vector-index-fixture.ts'

let database: VectorDatabase
let admin: oracledb.Connection

beforeAll(async () => {
  database = await openVectorDatabase()
  admin = await database.connect('ADMIN')
})
afterAll(() => database[Symbol.asyncDispose]())

const PACKAGES = ['DBMS_CLOUD', 'DBMS_CLOUD_AI', 'DBMS_CLOUD_AI_AGENT', 'DBMS_CLOUD_PIPELINE']

/** A new user who may run Select AI. */
async function newUser(name: string): Promise<oracledb.Connection> {
  await admin.execute(`CREATE USER ${name} IDENTIFIED BY "demo" QUOTA UNLIMITED ON users`)
  await admin.execute(`GRANT CREATE SESSION, CREATE TABLE TO ${name}`)
  for (const each of PACKAGES) await admin.execute(`GRANT EXECUTE ON ${each} TO ${name}`)
  await admin.execute('BEGIN DBMS_CLOUD_ADMIN.ENABLE_PRINCIPAL_AUTH(:provider, :name); END;', ['OCI', name])
  return logOn(name)
}

function logOn(user: string): Promise<oracledb.Connection> {
  return oracledb.getConnection({ user, password: 'demo', connectString: database.emulator.connectString })
}

/** Resolves when the server has seen it, too: nobody is dropped who is connected. */
async function logOff(connection: oracledb.Connection): Promise<void> {
  const before = database.emulator.ledger.open
  await connection.close()
  await database.emulator.ledger.waitFor(({ open }) => open < before)
}

const drop = (name: string, cascade = '') => admin.execute(`DROP USER ${name} ${cascade}`)

const views = [
  'cloud_ai_conversations',
  'cloud_ai_conversation_prompts',
  'cloud_vector_indexes',
  'cloud_pipelines',
  'credentials',
  'ai_agents',
  'ai_agent_tasks',
  'ai_agent_tools',
  'ai_agent_teams',
  'ai_agent_team_history',
  'ai_agent_task_history',
  'ai_agent_tool_history',
  'load_operations',
  'host_aces',
]

async function counts(through: oracledb.Connection): Promise<Record<string, number>> {
  const counted = views.map(async (view) => {
    const [row] = await database.select(`SELECT COUNT(*) AS n FROM user_${view}`, {}, through)
    return [view, Number(row?.N)] as const
  })
  return Object.fromEntries(await Promise.all(counted))
}

async function profilesOf(through: oracledb.Connection): Promise<unknown[]> {
  const rows = await database.select('SELECT owner, profile_name FROM all_cloud_ai_profiles ORDER BY 1, 2', {}, through)
  return rows.map(({ OWNER, PROFILE_NAME }) => `${OWNER}.${PROFILE_NAME}`)
}

/** Gives a user one of everything that Select AI keeps for its users. */
async function settle(name: string, through: oracledb.Connection): Promise<void> {
  const { call } = database
  const attributes = (values: object) => JSON.stringify(values)
  const oci = { provider: 'oci', credential_name: 'OCI$RESOURCE_PRINCIPAL', object_list: [{ owner: 'SH' }] }
  await call('CREATE_PROFILE', { profile_name: 'mine', attributes: attributes(oci) }, through)
  await through.execute(
    `DECLARE
       id VARCHAR2(40) := DBMS_CLOUD_AI.CREATE_CONVERSATION('{}');
       answer CLOB;
     BEGIN
       answer := DBMS_CLOUD_AI.GENERATE('Hello', 'MINE', 'chat', params => '{"conversation_id": "' || id || '"}');
     END;`,
  )
  await call('DBMS_CLOUD.CREATE_CREDENTIAL', { credential_name: 'key', username: 'u', password: 'p' }, through)
  const index = attributes({ location: 'handbook.txt', profile_name: 'MINE' })
  await call('CREATE_VECTOR_INDEX', { index_name: 'books', attributes: index, wait_for_completion: true }, through)
  const agent = 'DBMS_CLOUD_AI_AGENT'
  const sql = attributes({ tool_type: 'SQL', tool_params: { profile_name: 'MINE' } })
  await call(`${agent}.CREATE_TOOL`, { tool_name: 'counts', attributes: sql }, through)
  const task = attributes({ instruction: '{query}', tools: ['COUNTS'], enable_human_tool: false })
  await call(`${agent}.CREATE_TASK`, { task_name: 'answers', attributes: task }, through)
  const role = attributes({ profile_name: 'MINE', role: 'You count' })
  await call(`${agent}.CREATE_AGENT`, { agent_name: 'counter', attributes: role }, through)
  const members = attributes({ agents: [{ name: 'COUNTER', task: 'ANSWERS' }] })
  await call(`${agent}.CREATE_TEAM`, { team_name: 'crew', attributes: members }, through)
  await through.execute(`SELECT DBMS_CLOUD_AI_AGENT.RUN_TEAM('crew', 'How many promotions?') FROM dual`)
  await through.execute('CREATE TABLE people (id NUMBER PRIMARY KEY, name VARCHAR2(20))')
  await call('GENERATE_SYNTHETIC_DATA', { profile_name: 'MINE', object_name: 'PEOPLE', record_count: 1 }, through)
  await admin.execute(
    `BEGIN
       DBMS_NETWORK_ACL_ADMIN.APPEND_HOST_ACE(
         host => 'api.example.com',
         ace => xs$ace_type(
           privilege_list => xs$name_list('http'), principal_name => :name, principal_type => xs_acl.ptype_db));
     END;`,
    [name],
  )
}

describe('DROP USER ... CASCADE', () => {
  test('takes everything of Select AI away with the user, so that the next one of the name starts anew', async () => {
    const first = await newUser('KATE')
    const nothing = await counts(first)
    expect(new Set(Object.values(nothing))).toEqual(new Set([0]))
    const profiles = await profilesOf(first)
    await settle('KATE', first)
    expect(Object.entries(await counts(first)).filter(([, count]) => count === 0)).toEqual([])
    await logOff(first)
    await drop('kate', 'CASCADE')
    expect(await database.select(`SELECT * FROM dba_host_aces WHERE principal = 'KATE'`, {}, admin)).toEqual([])
    const second = await newUser('KATE')
    expect(await counts(second)).toEqual(nothing)
    expect(await profilesOf(second)).toEqual(profiles)
    await settle('KATE', second)
    await logOff(second)
    await drop('kate', 'CASCADE')
  })

  test('takes away what others had let the user use', async () => {
    const first = await newUser('LEO')
    await database.profile('shared')
    await database.call('GRANT_PROFILE_ACCESS', { profile_name: 'shared', user_or_role_name: 'LEO' })
    await database.create('shared_books')
    await database.call('GRANT_VECTOR_INDEX_ACCESS', { index_name: 'shared_books', user_or_role_name: 'LEO' })
    await database.call('DBMS_CLOUD.CREATE_CREDENTIAL', { credential_name: 'shared_key', username: 'u' })
    await database.connection.execute('GRANT EXECUTE ON demo.shared_key TO leo')
    expect(await profilesOf(first)).toContain('DEMO.SHARED')
    await logOff(first)
    await drop('leo')
    const second = await newUser('LEO')
    expect(await profilesOf(second)).not.toContain('DEMO.SHARED')
    expect(await database.select('SELECT * FROM all_cloud_vector_indexes', {}, second)).toEqual([])
    await expect(database.connection.execute('REVOKE EXECUTE ON demo.shared_key FROM leo')).rejects.toMatchObject({
      errorNum: 1927,
    })
    await logOff(second)
    await drop('leo')
  })

  test('takes the right to be the database in a cloud away', async () => {
    const first = await newUser('MAX')
    await logOff(first)
    await drop('max')
    await admin.execute('CREATE USER max IDENTIFIED BY "demo"')
    await admin.execute('GRANT CREATE SESSION TO max')
    await admin.execute('GRANT EXECUTE ON DBMS_CLOUD_AI TO max')
    const second = await logOn('MAX')
    await expect(database.ask('OCI_AI_PROFILE', 'Hello', 'chat', second)).rejects.toMatchObject({ errorNum: 20004 })
    await logOff(second)
    await drop('max')
  })
})

describe('DROP USER without CASCADE', () => {
  const owning: readonly [string, string][] = [
    ['a profile', `DBMS_CLOUD_AI.CREATE_PROFILE('mine', '{"provider": "openai"}')`],
    ['a credential', `DBMS_CLOUD.CREATE_CREDENTIAL('key', 'u', 'p')`],
    ['an agent', `DBMS_CLOUD_AI_AGENT.CREATE_AGENT('counter', '{"profile_name": "P", "role": "You count"}')`],
    ['a tool', `DBMS_CLOUD_AI_AGENT.CREATE_TOOL('counts', '{"tool_type": "HUMAN"}')`],
  ]

  test.each(owning)('is refused for the owner of %s', async (_what, create) => {
    const owner = await newUser('NORA')
    await owner.execute(`BEGIN ${create}; END;`)
    await logOff(owner)
    await expect(drop('nora')).rejects.toMatchObject({
      errorNum: 1922,
      message: expect.stringContaining("CASCADE must be specified to drop 'NORA'"),
    })
    await drop('nora', 'CASCADE')
  })

  test('lets a user go who has the profiles of the demo and a conversation', async () => {
    const talker = await newUser('OLGA')
    expect(await profilesOf(talker)).toHaveLength(2)
    await talker.execute(`DECLARE id VARCHAR2(40); BEGIN id := DBMS_CLOUD_AI.CREATE_CONVERSATION('{}'); END;`)
    await logOff(talker)
    await drop('olga')
  })
})
