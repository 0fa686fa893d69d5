import oracledb from 'oracledb'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { readSelectAi } from '../src/cloud-ai/select-ai-text.ts'
import { sqlIdOf } from '../src/cloud-ai/sql-id.ts'
import { type Emulator, startEmulator } from '../src/index.ts'
import { scriptedModel } from './cloud-ai-fixture.ts'
import { SelectAiSession } from './select-ai-session.ts'

const model = scriptedModel({
  chat: async ({ prompt, history }) => (prompt === 'history' ? history.map((turn) => turn.prompt).join('|') : prompt),
  generateSql: async ({ prompt }) => {
    if (prompt.startsWith('sql ')) return { sql: prompt.slice(4) }
    return { refusal: `no SQL for: ${prompt}` }
  },
})

let emulator: Emulator
let session: SelectAiSession

beforeAll(async () => {
  emulator = await startEmulator({ model, users: [{ user: 'OTHER', password: 'other' }] })
})
beforeEach(async () => {
  session = await SelectAiSession.open(emulator)
  await session.call('SET_PROFILE', { profile_name: 'oci_ai_profile' })
})
afterEach(() => session.close())
afterAll(() => emulator.close())

describe('a SQL_ID', () => {
  test.each([
    ['showsql', 'ahgttusrvh9x5'],
    ['runsql', '6s20ukn8j3p5j'],
    ['explainsql', '2a617cynwfm36'],
  ])('of a question with %s is the one that the database gives', (action, sqlId) => {
    expect(sqlIdOf(`select ai ${action} Total points of each gymnasts`)).toBe(sqlId)
  })
})

describe('the text of a statement', () => {
  test.each([
    ['select ai how many goods?', 'runsql', 'how many goods?'],
    ['SELECT  AI\n ShowSQL how many goods', 'showsql', 'how many goods'],
    ["select ai chat what''s new", 'chat', "what's new"],
    ['select ai chatting is nice', 'runsql', 'chatting is nice'],
    ["select ai 'a' or 'b'", 'runsql', "'a' or 'b'"],
    ['select ai chat', 'chat', ''],
  ])('%j asks', (text, action, prompt) => {
    expect(readSelectAi(text)).toEqual({ action, prompt })
  })

  test.each([
    'select ai',
    'select ai from t',
    'select ai, b from t',
    'select ai.x from ai',
    'select aim from t',
    'ai chat',
  ])('%j is another statement', (text) => {
    expect(readSelectAi(text)).toBeUndefined()
  })
})

describe('SELECT AI', () => {
  test('runs generated SQL and gives its rows, columns and types', async () => {
    const sql = 'select ai sql SELECT COUNT(*) AS n, SYSDATE AS today FROM sh.channels'
    const { rows, metaData } = await session.connection.execute(sql)
    expect(metaData?.map(({ name, dbTypeName }) => [name, dbTypeName])).toEqual([
      ['N', 'NUMBER'],
      ['TODAY', 'DATE'],
    ])
    expect(rows).toEqual([[5, expect.any(Date)]])
    const none = await session.connection.execute('select ai runsql sql SELECT 1 AS n FROM dual WHERE 1 = 0')
    expect([none.metaData?.[0]?.name, none.rows]).toEqual(['N', []])
  })

  test('gives the answer to any other action as one CLOB', async () => {
    const { metaData } = await session.connection.execute('select ai chat hello')
    expect(metaData?.map(({ name, dbType }) => [name, dbType])).toEqual([['RESPONSE', oracledb.DB_TYPE_CLOB]])
    expect(await session.select("select ai chat what''s new")).toEqual([{ RESPONSE: "what's new" }])
    expect(await session.value('select ai showsql sql SELECT 1 FROM dual')).toBe('SELECT 1 FROM dual')
    expect(await session.value('select ai explainsql sql SELECT 1 FROM dual')).toBe('SELECT 1 FROM dual explained')
    expect(await session.value('select ai something else')).toBe('no SQL for: something else')
  })

  test('asks again each time, and describes itself without running', async () => {
    const sql = 'select ai sql SELECT COUNT(*) AS n FROM asked_again'
    await session.connection.execute('CREATE TABLE asked_again (id NUMBER)')
    expect(await session.value(sql)).toBe(0)
    await session.connection.execute('INSERT INTO asked_again VALUES (1)')
    expect(await session.value(sql)).toBe(1)
    const { metaData } = await session.connection.getStatementInfo(sql)
    expect(metaData?.map(({ name }) => name)).toEqual(['N'])
    await session.connection.execute('DROP TABLE asked_again')
  })

  test('is ORA-00923 without a profile in the session, also when it was parsed with one', async () => {
    expect(await session.value('select ai chat hello')).toBe('hello')
    await session.call('CLEAR_PROFILE')
    for (const sql of ['select ai chat hello', 'select ai how many goods are there', "select ai it's all"]) {
      await expect(session.select(sql)).rejects.toMatchObject({ errorNum: 923 })
    }
  })

  test('leaves queries of a column that is called AI alone', async () => {
    await session.connection.execute('CREATE TABLE readings (ai NUMBER)')
    await session.connection.execute('INSERT INTO readings VALUES (7)')
    expect(await session.select('select ai from readings')).toEqual([{ AI: 7 }])
    expect(await session.select('select ai as value from readings')).toEqual([{ VALUE: 7 }])
    await session.call('CLEAR_PROFILE')
    expect(await session.select('select ai value from readings')).toEqual([{ VALUE: 7 }])
    await session.connection.execute('DROP TABLE readings')
  })

  test('goes on with the conversation of the session', async () => {
    await session.call('CREATE_CONVERSATION', { attributes: '{"title": "Statements"}' })
    await session.select('select ai sql SELECT 1 AS one FROM dual')
    await session.select('select ai chat second')
    expect(await session.value('select ai chat history')).toBe('sql SELECT 1 AS one FROM dual|second')
    expect(
      await session.select(
        `SELECT prompt_action, profile_name FROM user_cloud_ai_conversation_prompts
          WHERE conversation_title = 'Statements' ORDER BY created FETCH FIRST 1 ROWS ONLY`,
      ),
    ).toEqual([{ PROMPT_ACTION: 'runsql', PROFILE_NAME: 'OCI_AI_PROFILE' }])
    await session.call('CLEAR_CONVERSATION_ID')
    expect(await session.value('select ai chat history')).toBeNull()
  })

  test('says what is wrong with a question', async () => {
    await expect(session.select('select ai chat')).rejects.toMatchObject({ errorNum: 20000 })
    await expect(session.select('select ai agent do it')).rejects.toMatchObject({ errorNum: 20053 })
    await expect(session.select('select ai sql SELECT nothing FROM dual')).rejects.toMatchObject({ errorNum: 904 })
    await session.call('DISABLE_PROFILE', { profile_name: 'OCI_AI_PROFILE' })
    await expect(session.select('select ai chat hello')).rejects.toMatchObject({ errorNum: 20046 })
    await session.call('ENABLE_PROFILE', { profile_name: 'OCI_AI_PROFILE' })
  })
})

describe('the profile of the session', () => {
  test('is set, told and cleared, and must exist', async () => {
    expect(await session.value('SELECT DBMS_CLOUD_AI.GET_PROFILE FROM dual')).toBe('OCI_AI_PROFILE')
    await session.call('CLEAR_PROFILE')
    expect(await session.value('SELECT DBMS_CLOUD_AI.GET_PROFILE FROM dual')).toBeNull()
    await expect(session.call('SET_PROFILE', { profile_name: 'NONE' })).rejects.toMatchObject({ errorNum: 20046 })
  })
})

describe('V$MAPPED_SQL', () => {
  test('lists the statements that became SQL, for their user and the administrator', async () => {
    const text = 'select ai showsql sql SELECT 42 AS mapped FROM dual'
    await session.select(text)
    await session.select(text)
    await session.select('select ai chat nothing to map')
    await session.generate('sql SELECT 43 AS mapped FROM dual', 'showsql')
    const query = "SELECT * FROM v$mapped_sql WHERE sql_text LIKE '%AS mapped%' OR sql_text LIKE '%nothing to map'"
    const row = {
      SQL_ID: sqlIdOf(text),
      SQL_TEXT: text,
      SQL_FULLTEXT: text,
      MAPPED_SQL_ID: sqlIdOf('SELECT 42 AS mapped FROM dual'),
      MAPPED_SQL_TEXT: 'SELECT 42 AS mapped FROM dual',
      MAPPED_SQL_FULLTEXT: 'SELECT 42 AS mapped FROM dual',
      USE_COUNT: 2,
    }
    expect(await session.select(query)).toEqual([row])
    expect(await session.select(query.replace('v$mapped_sql', 'v$cloud_ai_sql'))).toEqual([row])
    const other = await SelectAiSession.open(emulator, 'other', 'other')
    expect(await other.select(query)).toEqual([])
    await other.close()
    const admin = await SelectAiSession.open(emulator, 'admin', 'demo')
    expect(await admin.select(query)).toEqual([row])
    await admin.close()
  })

  test('shows the statements of all users to whom READ was granted', async () => {
    await session.select('select ai showsql sql SELECT 44 AS granted FROM dual')
    const other = await SelectAiSession.open(emulator, 'other', 'other')
    const admin = await SelectAiSession.open(emulator, 'admin', 'demo')
    const grant = 'GRANT READ ON SYS.V_$MAPPED_SQL TO other'
    const query = "SELECT mapped_sql_text FROM v$mapped_sql WHERE mapped_sql_text LIKE '%AS granted%'"
    await expect(session.connection.execute(grant)).rejects.toMatchObject({ errorNum: 1031 })
    await admin.connection.execute(grant)
    expect(await other.select(query)).toHaveLength(1)
    await admin.connection.execute('REVOKE READ ON SYS.V_$MAPPED_SQL FROM other')
    expect(await other.select(query)).toEqual([])
    const dba =
      "SELECT profile_name FROM dba_cloud_ai_profiles WHERE profile_name = 'FILM_AI_PROFILE' AND owner = 'DEMO'"
    await expect(other.select(dba)).rejects.toMatchObject({ errorNum: 942 })
    await admin.connection.execute('GRANT READ ON C##CLOUD$SERVICE.DBA_CLOUD_AI_PROFILES TO other')
    expect(await other.select(dba)).toEqual([{ PROFILE_NAME: 'FILM_AI_PROFILE' }])
    await admin.close()
    await other.close()
  })
})

describe('V$SESSION', () => {
  const query = `SELECT username, module, prev_sql_id FROM v$session WHERE sid = SYS_CONTEXT('USERENV', 'SID')`

  test('tells of the session, its last SELECT AI statement and what the client called itself', async () => {
    session.connection.module = 'answers'
    const text = 'select ai showsql sql SELECT 45 AS previous FROM dual'
    await session.select(text)
    expect(await session.select(query)).toEqual([{ USERNAME: 'DEMO', MODULE: 'answers', PREV_SQL_ID: sqlIdOf(text) }])
  })

  test('has the sessions of the user, and of all for administrators and whom READ was granted', async () => {
    const other = await SelectAiSession.open(emulator, 'other', 'other')
    const admin = await SelectAiSession.open(emulator, 'admin', 'demo')
    const users = 'SELECT DISTINCT username FROM sys.v_$session ORDER BY username'
    expect(await other.select(users)).toEqual([{ USERNAME: 'OTHER' }])
    expect(await admin.select(users)).toEqual([{ USERNAME: 'ADMIN' }, { USERNAME: 'DEMO' }, { USERNAME: 'OTHER' }])
    await admin.connection.execute('GRANT READ ON SYS.V_$SESSION TO other')
    expect(await other.select(users)).toHaveLength(3)
    await other.close()
    await emulator.ledger.waitFor(({ open }) => open === 2)
    expect(await admin.select(users)).toEqual([{ USERNAME: 'ADMIN' }, { USERNAME: 'DEMO' }])
    await admin.close()
  })

  test('has the SID and SERIAL# that prompts of conversations have', async () => {
    await session.call('CREATE_CONVERSATION', { attributes: '{"title": "Origin"}' })
    await session.select('select ai chat hello')
    expect(
      await session.select(
        `SELECT s.username FROM user_cloud_ai_conversation_prompts p
           JOIN v$session s ON s.sid = p.sid AND s.serial# = p.serial#
          WHERE p.conversation_title = 'Origin'`,
      ),
    ).toEqual([{ USERNAME: 'DEMO' }])
  })
})
