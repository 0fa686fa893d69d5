import oracledb from 'oracledb'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { ConversationStore } from '../src/cloud-ai/conversation-store.ts'
import { type Emulator, type Model, startEmulator } from '../src/index.ts'
import { scriptedModel } from './cloud-ai-fixture.ts'

const UUID = /^[0-9A-F]{8}-[0-9A-F]{4}-[0-9A-F]{4}-[0-9A-F]{4}-[0-9A-F]{12}$/
const UNKNOWN = '30C9DB6E-EA4D-AFBA-E063-9C6D46644B92'

const histories: Parameters<Model['chat']>[0]['history'][] = []

const model = scriptedModel({
  chat: async ({ prompt, history }) => {
    histories.push(history)
    if (prompt === 'fail') throw new Error('no credit')
    return `answer to ${prompt}`
  },
  generateSql: async ({ history }) => {
    histories.push(history)
    return { sql: 'SELECT 1 AS n FROM dual' }
  },
})

let emulator: Emulator
let connection: oracledb.Connection

beforeAll(async () => {
  emulator = await startEmulator({ model })
  connection = await connect()
})
beforeEach(() => {
  histories.length = 0
})
afterAll(async () => {
  await connection.close()
  await emulator.close()
})

function connect(): Promise<oracledb.Connection> {
  return oracledb.getConnection({ user: 'demo', password: 'demo', connectString: emulator.connectString })
}

async function create(attributes?: object): Promise<string> {
  const statement =
    attributes === undefined
      ? 'BEGIN :id := DBMS_CLOUD_AI.CREATE_CONVERSATION; END;'
      : 'BEGIN :id := DBMS_CLOUD_AI.CREATE_CONVERSATION(attributes => :attributes); END;'
  const { outBinds } = await connection.execute<{ id: string }>(statement, {
    id: { dir: oracledb.BIND_OUT, type: oracledb.STRING, maxSize: 100 },
    ...(attributes === undefined ? {} : { attributes: JSON.stringify(attributes) }),
  })
  return outBinds?.id ?? ''
}

async function call(name: string, binds: Record<string, unknown>, through = connection): Promise<void> {
  const named = Object.keys(binds).map((bind) => `${bind} => :${bind}`)
  await through.execute(`BEGIN DBMS_CLOUD_AI.${name}(${named.join(', ')}); END;`, binds as oracledb.BindParameters)
}

async function generate(prompt: string, conversation: unknown, action = 'chat', through = connection): Promise<string> {
  const { outBinds } = await through.execute<{ answer: string }>(
    `BEGIN
       :answer := DBMS_CLOUD_AI.GENERATE(
         prompt => :prompt, profile_name => 'oci_ai_profile', action => :action, params => :params);
     END;`,
    {
      answer: { dir: oracledb.BIND_OUT, type: oracledb.STRING, maxSize: 32_767 },
      prompt,
      action,
      params: JSON.stringify({ conversation_id: conversation }),
    },
  )
  return outBinds?.answer ?? ''
}

async function select(sql: string, binds: oracledb.BindParameters = {}): Promise<Record<string, unknown>[]> {
  const { rows } = await connection.execute<Record<string, unknown>>(sql, binds, {
    outFormat: oracledb.OUT_FORMAT_OBJECT,
    fetchTypeHandler: ({ dbType }) => (dbType === oracledb.DB_TYPE_CLOB ? { type: oracledb.STRING } : undefined),
  })
  return rows ?? []
}

const conversationRow = async (id: string) =>
  (await select('SELECT * FROM user_cloud_ai_conversations WHERE conversation_id = :id', { id }))[0]

const promptRows = (id: string) =>
  select('SELECT * FROM user_cloud_ai_conversation_prompts WHERE conversation_id = :id ORDER BY created', { id })

describe('a conversation', () => {
  test('is created with the defaults of the database', async () => {
    const id = await create()
    expect(id).toMatch(UUID)
    const row = await conversationRow(id)
    expect(row).toEqual({
      CONVERSATION_ID: id,
      CONVERSATION_TITLE: 'New Conversation',
      DESCRIPTION: null,
      RETENTION_DAYS: 7,
      CONVERSATION_LENGTH: 10,
      CREATED: expect.any(Date),
      LAST_MODIFIED: expect.any(Date),
    })
    expect(row?.CREATED).toEqual(row?.LAST_MODIFIED)
    expect(Math.abs(Date.now() - Number(row?.CREATED))).toBeLessThan(60_000)
  })

  test('is created with attributes in any language, and changed in those that are given', async () => {
    const id = await create({ title: '売上 📈', description: 'Umsätze', retention_days: 0, conversation_length: 3 })
    expect(await conversationRow(id)).toMatchObject({
      CONVERSATION_TITLE: '売上 📈',
      DESCRIPTION: 'Umsätze',
      RETENTION_DAYS: 0,
      CONVERSATION_LENGTH: 3,
    })
    await call('UPDATE_CONVERSATION', { conversation_id: id.toLowerCase(), attributes: '{"TITLE": "Sales"}' })
    await call('UPDATE_CONVERSATION', { conversation_id: id, attributes: '{"description": ""}' })
    const row = await conversationRow(id)
    expect(row).toMatchObject({
      CONVERSATION_TITLE: 'Sales',
      DESCRIPTION: null,
      RETENTION_DAYS: 0,
      CONVERSATION_LENGTH: 3,
    })
    expect(Number(row?.LAST_MODIFIED)).toBeGreaterThanOrEqual(Number(row?.CREATED))
  })

  test('is described by views with the types of the dictionary', async () => {
    const types = async (view: string) => {
      const { metaData } = await connection.execute(`SELECT * FROM ${view}`)
      return Object.fromEntries((metaData ?? []).map(({ name, dbTypeName }) => [name, dbTypeName]))
    }
    expect(await types('user_cloud_ai_conversations')).toMatchObject({
      CONVERSATION_ID: 'VARCHAR2',
      DESCRIPTION: 'CLOB',
      RETENTION_DAYS: 'NUMBER',
      CREATED: 'TIMESTAMP WITH TIME ZONE',
    })
    expect(await types('user_cloud_ai_conversation_prompts')).toMatchObject({
      PROMPT: 'CLOB',
      PROMPT_RESPONSE: 'CLOB',
      MODIFIED: 'TIMESTAMP',
      'SERIAL#': 'NUMBER',
    })
  })

  test('gives the model its latest turns, on every connection, and keeps each turn', async () => {
    const id = await create({ conversation_length: 2 })
    const other = await connect()
    connection.clientId = 'anna'
    expect(await generate('one', id)).toBe('answer to one')
    connection.clientId = ''
    await generate('two', id.toLowerCase(), 'CHAT', other)
    await generate('three', id, 'runsql')
    await generate('four', id, 'chat', other)
    await other.close()
    expect(histories.map((history) => history.map(({ prompt }) => prompt))).toEqual([
      [],
      ['one'],
      ['one', 'two'],
      ['two', 'three'],
    ])
    const rows = await promptRows(id)
    expect(rows.map(({ PROMPT, PROMPT_ACTION }) => [PROMPT, PROMPT_ACTION])).toEqual([
      ['one', 'chat'],
      ['two', 'chat'],
      ['three', 'runsql'],
      ['four', 'chat'],
    ])
    expect(rows[0]).toMatchObject({
      CONVERSATION_PROMPT_ID: expect.stringMatching(UUID),
      CONVERSATION_TITLE: 'New Conversation',
      PROFILE_NAME: 'OCI_AI_PROFILE',
      PROMPT_RESPONSE: 'answer to one',
      CLIENT_IDENTIFIER: 'anna',
    })
    expect(JSON.parse(String(rows[2]?.PROMPT_RESPONSE))).toEqual([{ N: 1 }])
  })

  test.each(['runsql', 'showsql', 'explainsql', 'narrate', 'chat'])('goes on with %s', async (action) => {
    const id = await create()
    await generate('first', id)
    await generate('second', id, action)
    expect(histories.at(-1)).toMatchObject([{ prompt: 'first', response: 'answer to first' }])
    expect(await promptRows(id)).toHaveLength(2)
  })

  test('keeps no turn of showprompt, nor one that failed', async () => {
    const id = await create()
    await generate('How many?', id, 'showprompt')
    await expect(generate('fail', id)).rejects.toMatchObject({ errorNum: 20000 })
    expect(await promptRows(id)).toEqual([])
  })

  test('comes before the memory of the session that the profile may ask for', async () => {
    const id = await create()
    const attributes = '{"provider": "oci", "credential_name": "OCI$RESOURCE_PRINCIPAL", "conversation": true}'
    await call('CREATE_PROFILE', { profile_name: 'talkative', attributes })
    const ask = (params: string) =>
      connection.execute(
        `BEGIN :answer := DBMS_CLOUD_AI.GENERATE('hello', 'talkative', 'chat', params => :params); END;`,
        { answer: { dir: oracledb.BIND_OUT, type: oracledb.STRING, maxSize: 32_767 }, params },
      )
    await ask('{}')
    await ask(JSON.stringify({ conversation_id: id }))
    await ask('{}')
    expect(histories.map(({ length }) => length)).toEqual([0, 0, 1])
  })

  test('loses a prompt, and is dropped', async () => {
    const id = await create()
    await generate('one', id)
    await generate('two', id)
    const [first] = await promptRows(id)
    const promptId = String(first?.CONVERSATION_PROMPT_ID)
    await call('DELETE_CONVERSATION_PROMPT', { conversation_prompt_id: promptId })
    await generate('three', id)
    expect(histories.at(-1)?.map(({ prompt }) => prompt)).toEqual(['two'])
    await expect(call('DELETE_CONVERSATION_PROMPT', { conversation_prompt_id: promptId })).rejects.toThrow(
      `ORA-20050: Conversation prompt with id ${promptId} does not exist`,
    )
    await call('DELETE_CONVERSATION_PROMPT', { conversation_prompt_id: promptId, force: true })
    await call('DROP_CONVERSATION', { conversation_id: id })
    expect(await conversationRow(id)).toBeUndefined()
    expect(await promptRows(id)).toEqual([])
    await expect(call('DROP_CONVERSATION', { conversation_id: id })).rejects.toThrow(
      `ORA-20050: Conversation with id ${id} does not exist`,
    )
    await call('DROP_CONVERSATION', { conversation_id: id, force: true })
  })

  test('can be that of the session', async () => {
    const current = async () => (await select('SELECT DBMS_CLOUD_AI.GET_CONVERSATION_ID AS id FROM dual'))[0]?.ID
    await connection.execute('BEGIN DBMS_CLOUD_AI.CREATE_CONVERSATION(attributes => :a); END;', { a: '{"title":"T"}' })
    expect(await conversationRow(String(await current()))).toMatchObject({ CONVERSATION_TITLE: 'T' })
    const id = await create()
    await call('SET_CONVERSATION_ID', { conversation_id: id })
    expect(await current()).toBe(id)
    await call('CLEAR_CONVERSATION_ID', {})
    expect(await current()).toBeNull()
    await expect(call('SET_CONVERSATION_ID', { conversation_id: UNKNOWN })).rejects.toThrow('does not exist')
  })

  test.each([
    ['an unknown attribute', { colour: 'red' }, 'Invalid conversation attribute - colour'],
    ['an inherited name', { constructor: 'red' }, 'Invalid conversation attribute - constructor'],
    ['a title that is no text', { title: 7 }, 'Invalid value for conversation attribute - title'],
    ['a long title', { title: 'x'.repeat(255) }, 'Value is too long for conversation attribute - title'],
    ['a long description', { description: 'ü'.repeat(2001) }, 'Value is too long for conversation attribute - descr'],
    ['negative days', { retention_days: -1 }, 'Invalid value for conversation attribute - retention_days'],
    ['a broken length', { conversation_length: 1.5 }, 'Invalid value for conversation attribute - conversation_l'],
    ['days in words', { retention_days: 'many' }, 'Invalid value for conversation attribute - retention_days'],
  ])('refuses %s when it is created and when it is changed', async (_, attributes, text) => {
    const id = await create()
    await expect(create(attributes)).rejects.toThrow(`ORA-20050: ${text}`)
    const change = call('UPDATE_CONVERSATION', { conversation_id: id, attributes: JSON.stringify(attributes) })
    await expect(change).rejects.toThrow(`ORA-20050: ${text}`)
    expect(await conversationRow(id)).toMatchObject({ CONVERSATION_TITLE: 'New Conversation', RETENTION_DAYS: 7 })
  })

  test.each([
    ['UPDATE_CONVERSATION', { attributes: '{}' }],
    ['DROP_CONVERSATION', {}],
    ['SET_CONVERSATION_ID', {}],
  ])('%s tells an id of the wrong form from one of no conversation', async (name, more) => {
    await expect(call(name, { conversation_id: '7', ...more })).rejects.toThrow(
      'ORA-20050: Invalid value for conversation id',
    )
    await expect(call(name, { conversation_id: UNKNOWN, ...more })).rejects.toThrow(
      `ORA-20050: Conversation with id ${UNKNOWN} does not exist`,
    )
  })
})

describe('the store', () => {
  test('keeps the conversations of users apart', () => {
    const store = new ConversationStore()
    const { id } = store.create('ANNA', {})
    expect(store.list('ANNA')).toHaveLength(1)
    expect(store.list('BEN')).toEqual([])
    expect(() => store.get('BEN', id)).toThrow('does not exist')
    expect(() => store.drop('BEN', id, false)).toThrow('does not exist')
  })

  test('purges a conversation when its days are over, and none that is to stay', () => {
    let now = Date.UTC(2026, 0, 1)
    const store = new ConversationStore(() => new Date(now))
    const kept = store.create('ANNA', { retention_days: 0 })
    const short = store.create('ANNA', { retention_days: 2 })
    now = Date.UTC(2026, 0, 2)
    store.update('ANNA', short.id, { title: 'still in use' })
    now = Date.UTC(2026, 0, 3)
    expect(store.list('ANNA').map(({ id }) => id)).toEqual([kept.id, short.id])
    now = Date.UTC(2026, 0, 4, 0, 0, 1)
    expect(store.list('ANNA').map(({ id }) => id)).toEqual([kept.id])
    expect(() => store.get('ANNA', short.id)).toThrow('does not exist')
  })

  test('stamps what happens in one millisecond in its order', () => {
    const store = new ConversationStore(() => new Date(0))
    const created = Array.from({ length: 5 }, () => store.create('ANNA', {}).created.nanosecond)
    expect(created).toEqual([...created].sort((one, other) => one - other))
    expect(new Set(created).size).toBe(5)
  })

  test('gives no history when the length is zero', () => {
    const store = new ConversationStore()
    const { id } = store.create('ANNA', { conversation_length: 0 })
    const origin = { profileName: 'P', action: 'chat', clientIdentifier: null, sessionId: null }
    store.addPrompt('ANNA', id, { prompt: 'p', response: 'r', ...origin })
    expect(store.history('ANNA', id)).toEqual([])
  })
})
