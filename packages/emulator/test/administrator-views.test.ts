import type oracledb from 'oracledb'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openVectorDatabase, type VectorDatabase } from './vector-index-fixture.ts'

let database: VectorDatabase
let admin: oracledb.Connection
let other: oracledb.Connection

beforeAll(async () => {
  database = await openVectorDatabase({ users: [{ user: 'OTHER', password: 'demo' }] })
  admin = await database.connect('ADMIN')
  other = await database.connect('OTHER')
  await database.create('books', { refresh_rate: 60, vector_table_name: 'chunks' })
  await database.connection.execute(
    `DECLARE
       id VARCHAR2(40) := DBMS_CLOUD_AI.CREATE_CONVERSATION('{"title": "Mine"}');
       answer CLOB;
     BEGIN
       answer := DBMS_CLOUD_AI.GENERATE(
         'Hello', 'OCI_AI_PROFILE', 'chat', params => '{"conversation_id": "' || id || '"}');
     END;`,
  )
  const secret = { credential_name: 'my_key', username: 'me', password: 'canary_4711' }
  await database.call('DBMS_CLOUD.CREATE_CREDENTIAL', secret)
  await database.connection.execute('CREATE TABLE people (id NUMBER PRIMARY KEY, name VARCHAR2(20))')
  const rows = { profile_name: 'OCI_AI_PROFILE', object_name: 'PEOPLE', record_count: 1 }
  await database.call('GENERATE_SYNTHETIC_DATA', rows)
})
afterAll(() => database[Symbol.asyncDispose]())

const views = [
  ['cloud_ai_conversations', { CONVERSATION_TITLE: 'Mine', RETENTION_DAYS: 7, CONVERSATION_LENGTH: 10 }],
  ['cloud_ai_conversation_prompts', { CONVERSATION_TITLE: 'Mine', PROMPT: 'Hello', PROMPT_ACTION: 'chat' }],
  ['cloud_pipelines', { PIPELINE_NAME: 'BOOKS$VECPIPELINE', PIPELINE_TYPE: 'LOAD', ORACLE_MAINTAINED: 'N' }],
  ['cloud_pipeline_history', { PIPELINE_NAME: 'BOOKS$VECPIPELINE', STATUS: 'SUCCEEDED', ERROR_MESSAGE: null }],
  ['credentials', { CREDENTIAL_NAME: 'MY_KEY', USERNAME: 'me', ENABLED: 'TRUE' }],
] as const

describe('the views of Select AI', () => {
  test.each(views)('show the user’s own as USER_ and everybody’s as DBA_%s', async (view, row) => {
    const [own, ...more] = await database.select(`SELECT * FROM user_${view}`)
    expect(own).toMatchObject(row)
    expect(own).not.toHaveProperty('OWNER')
    expect(more).toEqual([])
    expect(await database.select(`SELECT * FROM user_${view}`, {}, other)).toEqual([])
    expect(await database.select(`SELECT * FROM dba_${view}`, {}, admin)).toEqual([{ OWNER: 'DEMO', ...own }])
    await expect(database.select(`SELECT * FROM dba_${view}`)).rejects.toMatchObject({ errorNum: 942 })
  })

  test('tell the administrator of all load operations', async () => {
    const operations = await database.select('SELECT * FROM dba_load_operations', {}, admin)
    expect(operations).toMatchObject([
      { OWNER_NAME: 'DEMO', TABLE_NAME: 'PEOPLE', STATUS: 'COMPLETED', ROWS_LOADED: 1 },
    ])
    await expect(database.select('SELECT * FROM dba_load_operations', {}, other)).rejects.toMatchObject({
      errorNum: 942,
    })
  })

  test('tell what a pipeline loads, from where and how often', async () => {
    const query = (prefix: string) =>
      `SELECT attribute_name AS name, attribute_value AS value FROM ${prefix}_cloud_pipeline_attributes
        WHERE pipeline_name = 'BOOKS$VECPIPELINE'`
    const attributes = Object.fromEntries(
      (await database.select(query('user'))).map(({ NAME, VALUE }) => [NAME, VALUE]),
    )
    expect(attributes).toEqual({ location: 'handbook.txt', interval: '60', table_name: 'CHUNKS' })
    expect(await database.select(query('dba'), {}, admin)).toHaveLength(3)
    expect(await database.select(query('user'), {}, other)).toEqual([])
  })

  test('tell of a credential whoever may use it, and nobody of its secret', async () => {
    const query = 'SELECT * FROM all_credentials'
    expect(await database.select(query)).toMatchObject([{ OWNER: 'DEMO', CREDENTIAL_NAME: 'MY_KEY' }])
    expect(await database.select(query, {}, other)).toEqual([])
    await database.connection.execute('GRANT EXECUTE ON my_key TO other')
    const seen = await database.select(query, {}, other)
    expect(seen).toMatchObject([{ OWNER: 'DEMO', CREDENTIAL_NAME: 'MY_KEY' }])
    expect(JSON.stringify([seen, await database.select('SELECT * FROM dba_credentials', {}, admin)])).not.toContain(
      'canary_4711',
    )
  })
})
