import type oracledb from 'oracledb'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Emulator, type Model, startEmulator } from '../src/index.ts'
import { scriptedModel } from './cloud-ai-fixture.ts'
import { SelectAiSession } from './select-ai-session.ts'

const PROFILE = 'OCI_AI_PROFILE'
const TABLE = '"OCI_AI_PROFILE_FEEDBACK_VECINDEX$VECTAB"'
const QUESTION = 'Total points of each gymnasts'
const SHOWSQL = `select ai showsql ${QUESTION}`
const SHOWSQL_ID = 'ahgttusrvh9x5'
const BETTER = 'SELECT COUNT(*) AS better FROM sh.channels'

const asked: Parameters<Model['generateSql']>[0][] = []

const model = scriptedModel({
  generateSql: async (request) => {
    asked.push(request)
    return { sql: 'SELECT 1 AS guess FROM dual' }
  },
})

let emulator: Emulator
let session: SelectAiSession

beforeAll(async () => {
  emulator = await startEmulator({ model })
})
beforeEach(async () => {
  asked.length = 0
  session = await SelectAiSession.open(emulator)
  await session.call('SET_PROFILE', { profile_name: PROFILE })
})
afterEach(async () => {
  await session.connection.execute(`DROP TABLE ${TABLE}`).catch(() => {})
  await session.close()
})
afterAll(() => emulator.close())

const feedback = (binds: Record<string, unknown>) => session.call('FEEDBACK', { profile_name: PROFILE, ...binds })

async function entries(): Promise<unknown[]> {
  const rows = await session.select(`SELECT content, attributes FROM ${TABLE}`)
  return rows.map(({ CONTENT, ATTRIBUTES }) => ({
    content: CONTENT,
    ...(typeof ATTRIBUTES === 'string' ? JSON.parse(ATTRIBUTES) : Object(ATTRIBUTES)),
  }))
}

describe('negative feedback', () => {
  test('with the right SQL answers that question from now on, and those that differ in wording alone', async () => {
    await feedback({ feedback_type: 'negative', sql_text: SHOWSQL, response: `${BETTER};`, operation: 'add' })
    expect(await entries()).toEqual([
      {
        content: QUESTION,
        sql_id: SHOWSQL_ID,
        sql_text: SHOWSQL,
        feedback_type: 'negative',
        sql_query: BETTER,
      },
    ])
    expect(await session.generate(QUESTION, 'showsql')).toBe(BETTER)
    expect(await session.generate('Please show me the total points of each gymnast', 'showsql')).toBe(BETTER)
    expect(await session.select(`select ai ${QUESTION}`)).toEqual([{ BETTER: 5 }])
    expect(asked).toEqual([])
    expect(await session.generate('Total points of 2 gymnasts', 'showsql')).toBe('SELECT 1 AS guess FROM dual')
    expect(asked[0]?.examples).toMatchObject([{ prompt: QUESTION, sqlQuery: BETTER, content: null }])
    expect(await session.generate('Who is the tallest?', 'showsql')).toBe('SELECT 1 AS guess FROM dual')
    expect(asked[1]?.examples).toEqual([])
  })

  test('in words alone stands in the prompt', async () => {
    await session.select(SHOWSQL)
    await feedback({ feedback_type: 'NEGATIVE', sql_id: SHOWSQL_ID, feedback_content: 'use SUM', operation: 'ADD' })
    expect(await entries()).toMatchObject([{ content: QUESTION, feedback_content: 'use SUM' }])
    const prompt = String(await session.generate(QUESTION, 'showprompt'))
    expect(prompt).toContain('use SUM')
    expect(await session.generate(QUESTION, 'showsql')).toBe('SELECT 1 AS guess FROM dual')
  })
})

describe('positive feedback', () => {
  test('keeps the SQL that the statement was run as, and shows it in the prompt', async () => {
    await session.select(SHOWSQL)
    await feedback({ feedback_type: 'positive', sql_text: SHOWSQL })
    expect(await entries()).toMatchObject([{ feedback_type: 'positive', sql_query: 'SELECT 1 AS guess FROM dual' }])
    const prompt = String(await session.generate(QUESTION, 'showprompt'))
    expect(prompt).toContain('user_prompt')
    expect(prompt).toContain('sql_query')
    expect(prompt.split(QUESTION)).toHaveLength(3)
  })

  test('is for each action on its own, and refused for a statement that was never run', async () => {
    await session.select(SHOWSQL)
    for (const sql_text of [`select ai runsql ${QUESTION}`, SHOWSQL.toUpperCase(), 'select ai showsql something new']) {
      await expect(feedback({ feedback_type: 'positive', sql_text })).rejects.toMatchObject({ errorNum: 20000 })
    }
    await session.generate('asked by the function', 'showsql')
    const sql_text = 'select ai showsql asked by the function'
    await expect(feedback({ feedback_type: 'positive', sql_text })).rejects.toMatchObject({ errorNum: 20000 })
  })
})

describe('feedback', () => {
  test('replaces the feedback on the same SQL_ID, and is taken away again', async () => {
    await session.select(SHOWSQL)
    await feedback({ feedback_type: 'positive', sql_id: SHOWSQL_ID })
    await feedback({ feedback_type: 'negative', sql_id: SHOWSQL_ID, response: BETTER })
    const runsql = `select ai runsql ${QUESTION}`
    await feedback({ feedback_type: 'negative', sql_text: runsql, response: 'SELECT 3 AS third FROM dual' })
    expect(await entries()).toMatchObject([{ sql_query: BETTER }, { sql_query: 'SELECT 3 AS third FROM dual' }])
    expect(await session.generate(QUESTION, 'showsql')).toBe('SELECT 3 AS third FROM dual')
    await feedback({ sql_text: runsql, operation: 'delete' })
    expect(await session.generate(QUESTION, 'showsql')).toBe(BETTER)
    await feedback({ sql_id: SHOWSQL_ID, operation: 'delete' })
    expect(await entries()).toEqual([])
    expect(await session.generate(QUESTION, 'showsql')).toBe('SELECT 1 AS guess FROM dual')
    expect(String(await session.generate(QUESTION, 'showprompt')).split(QUESTION)).toHaveLength(2)
    await expect(feedback({ sql_id: SHOWSQL_ID, operation: 'delete' })).rejects.toMatchObject({ errorNum: 20000 })
  })

  test.each([
    ['both a SQL_ID and a text', { feedback_type: 'positive', sql_id: SHOWSQL_ID, sql_text: SHOWSQL }, 6550],
    ['neither of them', { feedback_type: 'positive' }, 6550],
    ['another type', { feedback_type: 'neutral', sql_text: SHOWSQL }, 20000],
    ['another operation', { feedback_type: 'positive', sql_text: SHOWSQL, operation: 'change' }, 20000],
    ['a text that is no SELECT AI', { feedback_type: 'negative', sql_text: 'select 1 from dual' }, 20000],
    ['an action without SQL', { feedback_type: 'negative', sql_text: 'select ai chat hello' }, 20000],
    ['a SQL_ID that nothing has', { feedback_type: 'negative', sql_id: '0000000000000' }, 20000],
    ['SQL that changes data', { feedback_type: 'negative', sql_text: SHOWSQL, response: 'DELETE FROM t' }, 20000],
    ['an unknown profile', { profile_name: 'NONE', feedback_type: 'negative', sql_text: SHOWSQL }, 20046],
  ])('with %s is refused', async (_, binds, errorNum) => {
    await expect(feedback(binds)).rejects.toMatchObject({ errorNum })
  })

  test('lives in a table that its owner may read, change and drop', async () => {
    await feedback({ feedback_type: 'negative', sql_text: SHOWSQL, response: BETTER })
    await session.connection.execute(`DELETE FROM ${TABLE}`)
    expect(await session.generate(QUESTION, 'showsql')).toBe('SELECT 1 AS guess FROM dual')
    await session.connection.execute(`INSERT INTO ${TABLE} (content, attributes) VALUES ('mine', '[1]')`)
    expect(await session.generate(QUESTION, 'showsql')).toBe('SELECT 1 AS guess FROM dual')
    await session.connection.execute(`DROP TABLE ${TABLE}`)
    expect(await session.generate(QUESTION, 'showsql')).toBe('SELECT 1 AS guess FROM dual')
    await feedback({ feedback_type: 'negative', sql_text: SHOWSQL, response: BETTER })
    expect(await session.generate(QUESTION, 'showsql')).toBe(BETTER)
  })

  test('is seen by other sessions, and goes with its profile', async () => {
    const attributes =
      '{"provider": "oci", "credential_name": "OCI$RESOURCE_PRINCIPAL", "object_list": [{"owner": "SH"}]}'
    await session.call('CREATE_PROFILE', { profile_name: 'rated', attributes })
    const binds = { profile_name: 'rated', feedback_type: 'negative', sql_text: SHOWSQL, response: BETTER }
    await session.call('FEEDBACK', binds)
    const other = await SelectAiSession.open(emulator)
    await other.call('SET_PROFILE', { profile_name: 'RATED' })
    expect(await other.value(SHOWSQL)).toBe(BETTER)
    await other.call('DROP_PROFILE', { profile_name: 'RATED' })
    await expect(other.select('SELECT * FROM "RATED_FEEDBACK_VECINDEX$VECTAB"')).rejects.toMatchObject({
      errorNum: 942,
    })
    await other.call('CREATE_PROFILE', { profile_name: 'rated', attributes })
    await other.call('SET_PROFILE', { profile_name: 'RATED' })
    expect(await other.value(SHOWSQL)).toBe('SELECT 1 AS guess FROM dual')
    await other.call('DROP_PROFILE', { profile_name: 'RATED' })
    await other.close()
  })

  test('in a block that fails stays, while changes after it are undone', async () => {
    await session.connection.execute('CREATE TABLE notes (id NUMBER)')
    const block = `BEGIN
      INSERT INTO notes VALUES (1);
      DBMS_CLOUD_AI.FEEDBACK(profile_name => :profile, sql_text => :text, feedback_type => 'negative', response => :sql);
      INSERT INTO notes VALUES (2);
      RAISE_APPLICATION_ERROR(-20999, 'no');
    END;`
    const binds: oracledb.BindParameters = { profile: PROFILE, text: SHOWSQL, sql: BETTER }
    await expect(session.connection.execute(block, binds)).rejects.toMatchObject({ errorNum: 20999 })
    await session.connection.rollback()
    expect(await session.select('SELECT id FROM notes')).toEqual([{ ID: 1 }])
    expect(await entries()).toHaveLength(1)
    await session.connection.execute('DROP TABLE notes')
  })
})

describe('the action feedback', () => {
  test('takes words about the last statement', async () => {
    await expect(session.value('select ai feedback this is correct')).rejects.toMatchObject({ errorNum: 20000 })
    await session.select(SHOWSQL)
    expect(await session.value('select ai feedback this is correct')).toContain(QUESTION)
    expect(await entries()).toMatchObject([{ feedback_type: 'positive', feedback_content: 'this is correct' }])
    await session.value('select ai feedback that is not right, please use SUM')
    expect(await entries()).toMatchObject([
      { feedback_type: 'negative', feedback_content: 'that is not right, please use SUM' },
    ])
    expect(await session.value(`select ai feedback use this instead\n${BETTER}`)).toContain(BETTER)
    expect(await session.value(SHOWSQL)).toBe(BETTER)
  })

  test('takes words about a statement that they name', async () => {
    await session.select(SHOWSQL)
    await session.select('select ai showsql another question')
    await session.value(`select ai feedback for query "${SHOWSQL}", great`)
    await session.value('select ai feedback please sort for sql_id ahgttusrvh9x5')
    expect(await entries()).toMatchObject([
      { content: QUESTION, feedback_type: 'negative', feedback_content: 'please sort' },
    ])
    expect(await session.generate(`for query "${SHOWSQL}" it is fine`, 'feedback')).toContain('kept as an example')
  })
})
