import { describe, expect, test } from 'vitest'
import type { QueryResult } from '../src/execution/subprogram.ts'
import type { ModelRequest } from '../src/models/model.ts'
import { OracleError } from '../src/oracle-error.ts'
import { OracleDateTime } from '../src/values/oracle-date-time.ts'
import { OracleNumber } from '../src/values/oracle-number.ts'
import { CLOB, DATE, NUMBER, varchar2 } from '../src/values/oracle-type.ts'
import { cloudAiSession, scriptedModel } from './cloud-ai-fixture.ts'

const ask = { PROMPT: 'How many?', PROFILE_NAME: 'OCI_AI_PROFILE' }

const result: QueryResult = {
  columns: [
    { name: 'NAME', type: varchar2(10), nullable: true },
    { name: 'AMOUNT', type: NUMBER, nullable: true },
    { name: 'DAY', type: DATE, nullable: true },
    { name: 'NAME', type: CLOB, nullable: true },
  ],
  rows: [
    ['a "b"', new OracleNumber('12345678901234567890.123456789'), new OracleDateTime(2024, 2, 29, 13, 5, 0), null],
    ['é', new OracleNumber('0.5'), null, 'long'],
  ],
  rowCount: 2,
}

describe('GENERATE', () => {
  test('gives the answer of the model for chat, whatever the case of action and profile', async () => {
    const session = cloudAiSession(scriptedModel())
    await expect(session.call('GENERATE', { ...ask, PROFILE_NAME: 'oci_ai_profile', ACTION: 'Chat' })).resolves.toBe(
      'a chat answer',
    )
  })

  test('shows the statement without running it, and without a final semicolon', async () => {
    const session = cloudAiSession(scriptedModel({ generateSql: async () => ({ sql: 'SELECT 2 FROM DUAL;\n' }) }))
    await expect(session.call('GENERATE', { ...ask, ACTION: 'showsql' })).resolves.toBe('SELECT 2 FROM DUAL')
    expect(session.statements).toEqual([])
  })

  test('runs the statement by default and gives the rows as JSON that loses no digit and no column', async () => {
    const session = cloudAiSession(scriptedModel(), result)
    const text = String(await session.call('GENERATE', ask))
    expect(session.statements).toEqual(['SELECT 1 FROM DUAL'])
    expect(text).toBe(
      [
        '[',
        '  {',
        '    "NAME" : "a \\"b\\"",',
        '    "AMOUNT" : 12345678901234567890.123456789,',
        '    "DAY" : "2024-02-29T13:05:00",',
        '    "NAME_2" : null',
        '  },',
        '  {',
        '    "NAME" : "é",',
        '    "AMOUNT" : 0.5,',
        '    "DAY" : null,',
        '    "NAME_2" : "long"',
        '  }',
        ']',
      ].join('\n'),
    )
    expect(JSON.parse(text)).toHaveLength(2)
  })

  test.each(['runsql', 'narrate'])('says so when %s finds no rows', async (action) => {
    const session = cloudAiSession(scriptedModel())
    await expect(session.call('GENERATE', { ...ask, ACTION: action })).resolves.toBe('No data found for the prompt.')
  })

  test('hands the rows to the model for narrate, and the statement for explainsql', async () => {
    let told = 0
    const model = scriptedModel({
      narrate: async ({ rows, sql }) => {
        told = rows.length
        return `about ${sql}`
      },
    })
    const session = cloudAiSession(model, result)
    await expect(session.call('GENERATE', { ...ask, ACTION: 'narrate' })).resolves.toBe('about SELECT 1 FROM DUAL')
    expect(told).toBe(2)
    await expect(session.call('GENERATE', { ...ask, ACTION: 'explainsql' })).resolves.toBe(
      'SELECT 1 FROM DUAL explained',
    )
  })

  test.each(['runsql', 'showsql', 'explainsql', 'narrate'])(
    'gives the sentence of a model that finds no SQL for %s',
    async (action) => {
      const session = cloudAiSession(scriptedModel({ generateSql: async () => ({ refusal: 'I cannot tell.' }) }))
      await expect(session.call('GENERATE', { ...ask, ACTION: action })).resolves.toBe('I cannot tell.')
      expect(session.statements).toEqual([])
    },
  )

  test('shows the prompt as messages, with tables, comments and keys as the profile allows', async () => {
    const session = cloudAiSession(scriptedModel())
    const text = String(await session.call('GENERATE', { ...ask, ACTION: 'showprompt' }))
    expect(text).toContain('"type" : "TEXT"')
    expect(text).toContain('What it is called')
    expect(text).toContain('FOREIGN KEY')
    const messages = JSON.parse(text) as { role: string; content: { text: string }[] }[]
    expect(messages.at(-1)?.content[0]?.text).toContain('How many?')
    const bare = String(
      await session.call('GENERATE', {
        ...ask,
        ACTION: 'showprompt',
        ATTRIBUTES: '{"comments": false, "constraints": "false"}',
      }),
    )
    expect(bare).toContain('LABEL')
    expect(bare).not.toContain('What it is called')
    expect(bare).not.toContain('FOREIGN KEY')
  })

  test('lays the attributes of the call over those of the profile, for this call only', async () => {
    const seen: ModelRequest[] = []
    const model = scriptedModel({
      chat: async (request) => {
        seen.push(request)
        return 'ok'
      },
    })
    const session = cloudAiSession(model)
    await session.call('GENERATE', { ...ask, ACTION: 'chat', ATTRIBUTES: '{"Temperature": 0.2, "max_tokens": 200}' })
    await session.call('GENERATE', { ...ask, ACTION: 'chat' })
    expect(seen[0]?.attributes).toMatchObject({ provider: 'oci', temperature: 0.2, max_tokens: 200 })
    expect(seen[1]?.attributes.temperature).toBeUndefined()
  })

  test('uses the object list, or else the tables of the user', async () => {
    const owners: string[] = []
    const model = scriptedModel({
      generateSql: async ({ schema }) => {
        owners.push(...schema.tables.map(({ owner, name }) => `${owner}.${name}`))
        return { refusal: 'no' }
      },
    })
    const session = cloudAiSession(model)
    session.profiles.create('DEMO', { name: 'own', attributes: { provider: 'openai' } })
    session.profiles.create('DEMO', {
      name: 'listed',
      attributes: { provider: 'openai', object_list: '[{"owner": "sh", "name": "sales"}]' },
    })
    await session.call('GENERATE', { ...ask, PROFILE_NAME: 'OWN' })
    await session.call('GENERATE', { ...ask, PROFILE_NAME: 'LISTED' })
    expect(owners).toEqual(['DEMO.GOODS', 'SH.SALES'])
  })

  test('remembers the last ten turns of a session when the profile says so, and none otherwise', async () => {
    const lengths: number[] = []
    const model = scriptedModel({
      chat: async ({ history }) => {
        lengths.push(history.length)
        return 'ok'
      },
    })
    const session = cloudAiSession(model)
    const call = { ...ask, ACTION: 'chat', ATTRIBUTES: '{"conversation": "true"}' }
    for (let turn = 0; turn < 12; turn += 1) await session.call('GENERATE', call)
    await session.call('GENERATE', { ...ask, ACTION: 'chat' })
    expect(lengths).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 10, 0])
  })

  test.each([
    [2, [0, 1, 2, 2]],
    [0, [0, 0, 0, 0]],
  ])('lets the model see the last %i turns when the profile says so', async (length, expected) => {
    const prompts: string[][] = []
    const model = scriptedModel({
      chat: async ({ history }) => {
        prompts.push(history.map(({ prompt }) => prompt))
        return 'ok'
      },
    })
    const session = cloudAiSession(model)
    const attributes = { provider: 'openai', conversation: true, conversation_length: length, role: 'You count' }
    session.profiles.create('DEMO', { name: 'short', attributes })
    for (const prompt of ['one', 'two', 'three', 'four']) {
      await session.call('GENERATE', { PROMPT: prompt, PROFILE_NAME: 'SHORT', ACTION: 'chat' })
    }
    expect(prompts.map((seen) => seen.length)).toEqual(expected)
    expect(prompts.at(-1)).toEqual(['two', 'three'].slice(0, length))
  })

  test('uses the profile of the session when the call names none', async () => {
    const session = cloudAiSession(scriptedModel())
    await expect(session.call('GENERATE', { PROMPT: 'x' })).rejects.toMatchObject({ number: 20046 })
    await session.call('SET_PROFILE', { PROFILE_NAME: 'oci_ai_profile' })
    await expect(session.call('GENERATE', { PROMPT: 'x', ACTION: 'chat' })).resolves.toBe('a chat answer')
    await expect(session.call('GET_PROFILE')).resolves.toBe('OCI_AI_PROFILE')
    await expect(session.out('GET_PROFILE')).resolves.toEqual({ PROFILE_NAME: 'OCI_AI_PROFILE', PROFILE_OWNER: 'DEMO' })
    await session.call('CLEAR_PROFILE')
    await expect(session.call('GET_PROFILE')).resolves.toBeNull()
  })

  test.each([
    ['a profile that does not exist', { PROFILE_NAME: 'nobody' }, 20046, 'Invalid profile nobody'],
    ['an unknown action', { ACTION: 'dance' }, 20000, 'Invalid action - dance'],
    ['an action that a full database has', { ACTION: 'AGENT' }, 20000, 'Invalid action - AGENT'],
    ['no prompt', { PROMPT: null }, 20000, 'Prompt'],
    ['a blank prompt', { PROMPT: ' \n' }, 20000, 'Prompt'],
    ['attributes that are no JSON', { ATTRIBUTES: '{"a"' }, 40441, 'JSON syntax error'],
    ['attributes that are no object', { ATTRIBUTES: '[1]' }, 40587, 'invalid JSON type'],
    ['an unknown attribute', { ATTRIBUTES: '{"colour": 1}' }, 20047, 'colour'],
    ['an inherited name as attribute', { ATTRIBUTES: '{"constructor": 1}' }, 20047, 'constructor'],
    ['an attribute of the wrong type', { ATTRIBUTES: '{"max_tokens": "many"}' }, 20047, 'max_tokens'],
    [
      'a vector index that does not exist',
      { ACTION: 'narrate', ATTRIBUTES: '{"vector_index_name": "V"}' },
      20048,
      'V does not exist',
    ],
    ['params that are no JSON', { PARAMS: 'x' }, 40441, 'JSON syntax error'],
    ['an unknown parameter', { PARAMS: '{"colour": 1}' }, 20000, 'colour'],
    [
      'a conversation id of the wrong form',
      { PARAMS: '{"conversation_id": "7"}' },
      20050,
      'Invalid value for conversation id',
    ],
    [
      'a conversation that does not exist',
      { PARAMS: '{"conversation_id": "30C9DB6E-EA4D-AFBA-E063-9C6D46644B92"}' },
      20050,
      'does not exist',
    ],
  ])('refuses %s', async (_, values, code, text) => {
    const session = cloudAiSession(scriptedModel())
    const failure = await session
      .call('GENERATE', { ...ask, ACTION: 'chat', ...values })
      .catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(OracleError)
    expect(failure).toMatchObject({ number: code, message: expect.stringContaining(text) })
  })

  test('accepts a null conversation id', async () => {
    const session = cloudAiSession(scriptedModel())
    const call = session.call('GENERATE', { ...ask, ACTION: 'chat', PARAMS: '{"conversation_id": null}' })
    await expect(call).resolves.toBe('a chat answer')
  })

  test.each(['DELETE FROM sales', 'BEGIN NULL; END;', '-- SELECT\nDROP TABLE t', ''])(
    'never runs %j, though a model wrote it',
    async (sql) => {
      const session = cloudAiSession(scriptedModel({ generateSql: async () => ({ sql }) }))
      await expect(session.call('GENERATE', ask)).rejects.toMatchObject({ number: 20000 })
      expect(session.statements).toEqual([])
    },
  )

  test('reports a failing model as ORA-20000 with its message, and an ORA error as it is', async () => {
    const failing = cloudAiSession(scriptedModel({ chat: () => Promise.reject(new Error('endpoint said 503')) }))
    await expect(failing.call('GENERATE', { ...ask, ACTION: 'chat' })).rejects.toThrow('ORA-20000: endpoint said 503')
    const missing = cloudAiSession(
      scriptedModel({ generateSql: () => Promise.reject(new OracleError(942, 'table or view does not exist')) }),
    )
    await expect(missing.call('GENERATE', ask)).rejects.toThrow('ORA-00942: table or view does not exist')
  })

  test('leaves a model that does not listen behind when the call is broken', async () => {
    let asked = (): void => {}
    const started = new Promise<void>((resolve) => {
      asked = resolve
    })
    const session = cloudAiSession(
      scriptedModel({
        chat: () => {
          asked()
          return new Promise(() => {})
        },
      }),
    )
    const call = session.call('GENERATE', { ...ask, ACTION: 'chat' })
    await started
    session.controller.abort()
    await expect(call).rejects.toThrow('ORA-01013')
  })
})
