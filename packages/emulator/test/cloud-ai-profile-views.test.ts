import oracledb from 'oracledb'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Emulator, startEmulator } from '../src/index.ts'

let emulator: Emulator
let connection: oracledb.Connection

beforeAll(async () => {
  emulator = await startEmulator({ users: [{ user: 'OTHER', password: 'other' }] })
  const { connectString } = emulator
  connection = await oracledb.getConnection({ user: 'demo', password: 'demo', connectString })
})
afterAll(async () => {
  await connection.close()
  await emulator.close()
})
beforeEach(() => run("BEGIN DBMS_CLOUD_AI.DROP_PROFILE('MINE', TRUE); END;"))

function run(sql: string, binds: oracledb.BindParameters = {}): Promise<oracledb.Result<Record<string, unknown>>> {
  return connection.execute<Record<string, unknown>>(sql, binds, {
    outFormat: oracledb.OUT_FORMAT_OBJECT,
    fetchTypeHandler: ({ dbType }) =>
      dbType === oracledb.DB_TYPE_CLOB ? { type: oracledb.DB_TYPE_VARCHAR } : undefined,
  })
}

async function createMine(attributes: object, description: string | null = null): Promise<void> {
  await run(
    "BEGIN DBMS_CLOUD_AI.CREATE_PROFILE(profile_name => 'mine', attributes => :attributes, description => :text); END;",
    { attributes: JSON.stringify(attributes), text: description },
  )
}

async function columnsOf(view: string): Promise<string[]> {
  const { metaData } = await connection.execute(`SELECT * FROM ${view}`)
  return (metaData ?? []).map(({ name, dbTypeName, byteSize }) =>
    dbTypeName === 'VARCHAR2' ? `${name} VARCHAR2(${byteSize})` : `${name} ${dbTypeName}`,
  )
}

async function attributesOfMine(): Promise<Record<string, unknown>> {
  const { rows } = await run("SELECT * FROM user_cloud_ai_profile_attributes WHERE profile_name = 'MINE'")
  return Object.fromEntries((rows ?? []).map((row) => [row.ATTRIBUTE_NAME, row.ATTRIBUTE_VALUE]))
}

const instants = ['CREATED TIMESTAMP WITH TIME ZONE', 'LAST_MODIFIED TIMESTAMP WITH TIME ZONE']
const key = ['PROFILE_ID NUMBER', 'PROFILE_NAME VARCHAR2(128)']
const profile = [...key, 'STATUS VARCHAR2(7)', 'DESCRIPTION CLOB', ...instants]
const attribute = [...key, 'ATTRIBUTE_NAME VARCHAR2(128)', 'ATTRIBUTE_VALUE CLOB', instants[1]]
const owner = 'OWNER VARCHAR2(128)'

describe('the views of profiles', () => {
  test.each([
    ['USER_CLOUD_AI_PROFILES', profile],
    ['ALL_CLOUD_AI_PROFILES', [owner, ...profile]],
    ['USER_CLOUD_AI_PROFILE_ATTRIBUTES', attribute],
    ['ALL_CLOUD_AI_PROFILE_ATTRIBUTES', [owner, ...attribute]],
  ])('%s has the columns of the database', async (view, columns) => {
    expect(await columnsOf(view)).toEqual(columns)
  })

  test('show what was created and changed since', async () => {
    const start = Date.now()
    const description = 'ü€😀'.repeat(1000)
    await createMine({ provider: 'openai' }, description)
    const { rows: [created] = [] } = await run("SELECT * FROM all_cloud_ai_profiles WHERE profile_name = 'MINE'")
    expect(created).toMatchObject({ OWNER: 'DEMO', STATUS: 'ENABLED', DESCRIPTION: description })
    expect(Number(created?.CREATED)).toBeGreaterThanOrEqual(start)
    expect(created?.LAST_MODIFIED).toEqual(created?.CREATED)
    await run("BEGIN DBMS_CLOUD_AI.DISABLE_PROFILE('Mine'); END;")
    const { rows: [disabled] = [] } = await run("SELECT * FROM user_cloud_ai_profiles WHERE profile_name = 'MINE'")
    expect(disabled).toMatchObject({ STATUS: 'DISABLED', PROFILE_ID: created?.PROFILE_ID, CREATED: created?.CREATED })
    expect(disabled).not.toHaveProperty('OWNER')
  })

  test('hold values as plain text, and no row for what was not sent', async () => {
    const list = [{ owner: 'SH', name: 'SALES' }]
    await createMine({ provider: 'openai', max_tokens: 1024, temperature: 0.25, comments: true, object_list: list })
    expect(await attributesOfMine()).toEqual({
      provider: 'openai',
      max_tokens: '1024',
      temperature: '0.25',
      comments: 'true',
      object_list: JSON.stringify(list),
    })
    await run(`BEGIN DBMS_CLOUD_AI.SET_ATTRIBUTES('mine', '{"comments": false, "object_list": null}'); END;`)
    expect(await attributesOfMine()).toEqual({
      provider: 'openai',
      max_tokens: '1024',
      temperature: '0.25',
      comments: 'false',
    })
  })

  test('hold a BOOLEAN that SET_ATTRIBUTE was bound to as the text that it stands for', async () => {
    await createMine({ provider: 'openai' })
    const set = `BEGIN DBMS_CLOUD_AI.SET_ATTRIBUTE('mine', 'comments', :value); END;`
    await run(set, { value: { val: true, type: oracledb.DB_TYPE_BOOLEAN } })
    expect(await attributesOfMine()).toEqual({ provider: 'openai', comments: 'true' })
    await run(set, { value: { val: false, type: oracledb.DB_TYPE_BOOLEAN } })
    expect(await attributesOfMine()).toEqual({ provider: 'openai', comments: 'false' })
  })

  test('belong to their owner alone', async () => {
    await createMine({ provider: 'openai' })
    const { connectString } = emulator
    const other = await oracledb.getConnection({ user: 'other', password: 'other', connectString })
    try {
      const names = 'SELECT owner, profile_name FROM all_cloud_ai_profiles ORDER BY profile_name'
      expect((await other.execute(names)).rows).toEqual([
        ['OTHER', 'FILM_AI_PROFILE'],
        ['OTHER', 'OCI_AI_PROFILE'],
      ])
    } finally {
      await other.close()
    }
  })

  test('are searched by a regular expression, whatever the case', async () => {
    await createMine({ provider: 'openai' })
    const search = "SELECT profile_name FROM user_cloud_ai_profiles WHERE REGEXP_LIKE(profile_name, :pattern, 'i')"
    expect((await run(search, { pattern: '^mi' })).rows).toEqual([{ PROFILE_NAME: 'MINE' }])
    expect((await run(search, { pattern: '.*' })).rows).toHaveLength(3)
    await expect(run(search, { pattern: '[' })).rejects.toMatchObject({ errorNum: 12726 })
    await expect(run(search, { pattern: 'x'.repeat(513) })).rejects.toMatchObject({ errorNum: 12733 })
  })
})

describe('the package', () => {
  test.each(['C##CLOUD$SERVICE', '"C##CLOUD$SERVICE"', 'c##cloud$service'])(
    'can be named with its owner %s',
    async (schema) => {
      await run(
        `BEGIN ${schema}.DBMS_CLOUD_AI.CREATE_PROFILE(profile_name => 'mine', attributes => '{"provider": "oci"}'); END;`,
      )
      expect(await attributesOfMine()).toEqual({ provider: 'oci' })
      await run(`BEGIN ${schema}.DBMS_CLOUD_AI.DROP_PROFILE(profile_name => 'mine', force => FALSE); END;`)
      expect(await attributesOfMine()).toEqual({})
    },
  )

  test('says in words what is wrong', async () => {
    await createMine({ provider: 'openai' })
    await expect(createMine({ provider: 'openai' })).rejects.toThrow('ORA-20046: Profile MINE already exists')
    await run("BEGIN DBMS_CLOUD_AI.DROP_PROFILE('MINE'); END;")
    await expect(createMine({ model: 'm' })).rejects.toThrow(
      'ORA-20047: Either provider or provider_endpoint must be specified',
    )
    await expect(createMine({ provider: 'openai' }, 'd'.repeat(5000))).rejects.toThrow(
      'ORA-20045: description is too long',
    )
  })
})

test('the views may be named with their owner, and nothing else may', async () => {
  await createMine({ provider: 'openai', credential_name: 'CRED' })
  const sql = "SELECT profile_name FROM C##CLOUD$SERVICE.ALL_CLOUD_AI_PROFILES WHERE profile_name = 'MINE'"
  expect((await run(sql)).rows).toEqual([{ PROFILE_NAME: 'MINE' }])
  await expect(run('SELECT * FROM C##CLOUD$SERVICE.USER_TABLES')).rejects.toThrow('ORA-00942')
})
