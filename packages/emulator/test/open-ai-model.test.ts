import { inspect } from 'node:util'
import oracledb from 'oracledb'
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest'
import { type Emulator, OracleError, openAiModel, startEmulator } from '../src/index.ts'
import { sqlAnswer } from '../src/models/openai/sql-answer.ts'
import { type ChatEndpoint, completion, openChatEndpoint } from './chat-endpoint.ts'
import { openVectorDatabase } from './vector-index-fixture.ts'

const KEY = 'sk-canary-0123456789'
const COUNT = 'SELECT COUNT(*) AS "N" FROM "SH"."PROMOTIONS" p'
const BLOCK = `begin
  :answer := dbms_cloud_ai.generate(
    prompt => :prompt, profile_name => 'OCI_AI_PROFILE', action => :action, attributes => :attributes, params => :params);
end;`

describe('an OpenAI-compatible model behind DBMS_CLOUD_AI', () => {
  let endpoint: ChatEndpoint
  let emulator: Emulator
  let connection: oracledb.Connection

  beforeAll(async () => {
    endpoint = await openChatEndpoint()
    const model = openAiModel({ endpoint: endpoint.url, modelName: 'test-model', apiKey: KEY, timeoutMs: 60_000 })
    emulator = await startEmulator({ model })
    connection = await oracledb.getConnection({
      user: 'demo',
      password: 'demo',
      connectString: emulator.connectString,
    })
  })

  afterAll(async () => {
    await connection.close()
    await emulator.ledger.waitFor((ledger) => ledger.open === 0)
    await emulator.close()
    await endpoint[Symbol.asyncDispose]()
  })

  async function ask(action: string, prompt = 'How many promotions?', attributes: object = {}, params: object = {}) {
    const { outBinds } = await connection.execute<{ answer: string }>(BLOCK, {
      answer: { dir: oracledb.BIND_OUT, type: oracledb.STRING, maxSize: 32_767 },
      prompt,
      action,
      attributes: JSON.stringify(attributes),
      params: JSON.stringify(params),
    })
    return outBinds?.answer ?? ''
  }

  const system = () => endpoint.calls[0]?.body.messages.find(({ role }) => role === 'system')?.content ?? ''

  it('sends the question with the tables, their comments and keys, and shows the statement of the answer', async () => {
    endpoint.answer(`Here is the query:\n\`\`\`sql\n${COUNT};\n\`\`\`\nIt counts the promotions.`)
    expect(await ask('showsql')).toBe(COUNT)
    const [call] = endpoint.calls
    expect(call).toMatchObject({
      authorization: `Bearer ${KEY}`,
      path: '/v1/chat/completions',
      body: { model: 'test-model' },
    })
    expect(Object.keys(call?.body ?? {})).toEqual(['model', 'messages'])
    expect(system()).toContain('CREATE TABLE "SH"."PROMOTIONS"')
    expect(system()).toContain('Cost (budget) of the promotion, in dollars')
    expect(system()).toContain('FOREIGN KEY ("PROMO_ID") REFERENCES "SH"."PROMOTIONS" ("PROMO_ID")')
    expect(call?.body.messages.at(-1)).toEqual({ role: 'user', content: 'Question: How many promotions?' })
  })

  it('shows in showprompt what it sends', async () => {
    endpoint.answer(COUNT)
    await ask('showsql')
    const sent = endpoint.calls[0]?.body.messages.map(({ content }) => content)
    const shown = JSON.parse(await ask('showprompt')) as { content: { text: string }[] }[]
    expect(shown.map(({ content }) => content[0]?.text)).toEqual(sent)
  })

  it('passes on what the call says about the model, and shapes the prompt by its other attributes', async () => {
    endpoint.answer(COUNT)
    await ask('showsql', 'How many promotions?', {
      temperature: 0.2,
      max_tokens: 77,
      stop_tokens: ['###'],
      seed: 5,
      comments: false,
      constraints: false,
      case_sensitive_values: false,
      additional_instructions: 'Prefer short aliases.',
      object_list: [{ owner: 'SH', name: 'PROMOTIONS' }],
    })
    expect(endpoint.calls[0]?.body).toMatchObject({ temperature: 0.2, max_tokens: 77, stop: ['###'], seed: 5 })
    expect(system()).toContain('without regard to case')
    expect(system()).toContain('Prefer short aliases.')
    expect(system()).toContain('CREATE TABLE "SH"."PROMOTIONS"')
    expect(system()).not.toMatch(/SALES|PRIMARY KEY|-- /)
  })

  it('names the limit of tokens in the newer way for a model that wants it so', async () => {
    const complaint = JSON.stringify({ error: { message: "Use 'max_completion_tokens' instead." } })
    endpoint.answer({ status: 400, body: complaint }, 'Hello.')
    expect(await ask('chat', 'hi', { max_tokens: 50 })).toBe('Hello.')
    expect(endpoint.calls.map(({ body }) => [body.max_tokens, body.max_completion_tokens])).toEqual([
      [50, undefined],
      [undefined, 50],
    ])
  })

  it('runs the statement, and has the rows told for narrate', async () => {
    endpoint.answer(COUNT)
    expect(JSON.parse(await ask('runsql'))).toEqual([{ N: 503 }])
    endpoint.answer(COUNT, 'There were 503 campaigns.')
    expect(await ask('narrate')).toBe('There were 503 campaigns.')
    expect(endpoint.calls[1]?.body.messages.at(-1)?.content).toContain('Result, 1 rows:\nN\n503')
  })

  it('explains the statement', async () => {
    endpoint.answer(COUNT, 'It counts.')
    expect(await ask('explainsql')).toBe(`${COUNT}\n\nExplanation:\nIt counts.`)
    expect(endpoint.calls[1]?.body.messages.at(-1)?.content).toContain(COUNT)
  })

  it.each(['runsql', 'showsql', 'narrate', 'explainsql'])(
    'quotes an answer without a statement for %s',
    async (action) => {
      endpoint.answer('The tables know nothing of the weather.')
      expect(await ask(action, 'How is the weather?')).toBe('The tables know nothing of the weather.')
      expect(endpoint.calls).toHaveLength(1)
    },
  )

  it('summarizes and translates', async () => {
    endpoint.answer('Short.')
    expect(await ask('summarize', 'A long text.')).toBe('Short.')
    expect(system()).toContain('Write it as one paragraph.')
    endpoint.answer('Guten Tag')
    expect(await ask('translate', 'Good day', { target_language: 'de', source_language: 'en' })).toBe('Guten Tag')
    expect(system()).toContain('from the language en into the language de')
  })

  test.each([
    ['map_reduce', 3],
    ['iterative_refinement', 2],
  ])('summarizes a long text in pieces by %s', async (chunkProcessing, requests) => {
    endpoint.answer('Short.')
    const { outBinds } = await connection.execute<{ answer: string }>(
      `begin
         :answer := dbms_cloud_ai.summarize(content => :content, profile_name => 'OCI_AI_PROFILE', params => :params);
       end;`,
      {
        answer: { dir: oracledb.BIND_OUT, type: oracledb.STRING, maxSize: 1000 },
        content: 'Ten words stand in this line, and no one more. '.repeat(600),
        params: JSON.stringify({ chunk_processing_method: chunkProcessing, max_words: 20 }),
      },
    )
    expect(outBinds?.answer).toBe('Short.')
    expect(endpoint.calls).toHaveLength(requests)
    expect(system()).toContain('at most 20 words')
  })

  it('sends the turns of a conversation as messages', async () => {
    const { outBinds } = await connection.execute<{ id: string }>(
      'begin :id := dbms_cloud_ai.create_conversation; end;',
      {
        id: { dir: oracledb.BIND_OUT, type: oracledb.STRING, maxSize: 100 },
      },
    )
    const params = { conversation_id: outBinds?.id }
    endpoint.answer('Hello Anna.')
    await ask('chat', 'I am Anna.', {}, params)
    endpoint.answer('Anna.')
    await ask('chat', 'Who am I?', {}, params)
    expect(endpoint.calls[0]?.body.messages).toEqual([
      { role: 'user', content: 'I am Anna.' },
      { role: 'assistant', content: 'Hello Anna.' },
      { role: 'user', content: 'Who am I?' },
    ])
  })

  it.each(['runsql', 'narrate', 'showsql', 'explainsql'])(
    'repairs a statement once, told what was wrong: %s',
    async (action) => {
      endpoint.answer('SELECT COUNT(*) FROM "SH"."CAMPAIGNS"', COUNT, 'words')
      await ask(action)
      const repair = endpoint.calls[1]?.body.messages
      expect(repair?.at(-2)).toEqual({ role: 'assistant', content: 'SELECT COUNT(*) FROM "SH"."CAMPAIGNS"' })
      expect(repair?.at(-1)?.content).toContain('ORA-00942: table or view "SH"."CAMPAIGNS" does not exist')
      expect(endpoint.calls).toHaveLength(['runsql', 'showsql'].includes(action) ? 2 : 3)
    },
  )

  it('fails with the error of the second statement when that is no better', async () => {
    endpoint.answer('SELECT PRICE FROM "SH"."PROMOTIONS"', 'SELECT COST FROM "SH"."PROMOTIONS"')
    await expect(ask('runsql')).rejects.toThrow('ORA-00904: "COST": invalid identifier')
    expect(endpoint.calls).toHaveLength(2)
    endpoint.answer('SELECT PRICE FROM "SH"."PROMOTIONS"', 'SELECT COST FROM "SH"."PROMOTIONS"')
    expect(await ask('showsql')).toBe('SELECT COST FROM "SH"."PROMOTIONS"')
  })

  it('runs nothing but one query', async () => {
    endpoint.answer('```sql\nDELETE FROM "SH"."PROMOTIONS"\n```')
    expect(await ask('runsql')).toContain('DELETE FROM')
    endpoint.answer(`\`\`\`sql\n${COUNT}; DROP TABLE "SH"."PROMOTIONS"\n\`\`\``)
    await expect(ask('runsql')).rejects.toThrow('ORA-00933')
    const { rows } = await connection.execute('select count(*) from sh.promotions')
    expect(rows).toEqual([[503]])
  })

  it('corrects the statement of SELECT AI, which is then the one that is listed', async () => {
    await connection.execute(`begin dbms_cloud_ai.set_profile('OCI_AI_PROFILE'); end;`)
    endpoint.answer('SELECT nothing FROM sh.promotions', COUNT)
    const { rows } = await connection.execute('select ai How many promotions are there')
    expect(rows).toEqual([[503]])
    const listed = await connection.execute(
      `SELECT mapped_sql_text FROM v$mapped_sql WHERE sql_text = 'select ai How many promotions are there'`,
    )
    expect(listed.rows).toEqual([[COUNT]])
  })

  it('is sent feedback on questions like this one, and not asked when that has the statement', async () => {
    const feedback = (question: string, binds: object) =>
      connection.execute(
        `begin
           dbms_cloud_ai.feedback(
             profile_name => 'OCI_AI_PROFILE', feedback_type => 'negative', sql_text => :text,
             response => :response, feedback_content => :content);
         end;`,
        { text: `select ai showsql ${question}`, response: null, content: null, ...binds },
      )
    await feedback('Cheapest radio campaigns', { content: 'Campaigns are promotions.' })
    await feedback('Dearest television campaigns', { response: 'SELECT nothing FROM sh.promotions' })
    endpoint.answer(COUNT)
    await ask('showsql', 'Cheapest radio campaigns by month')
    expect(system()).toContain('"feedback_content":"Campaigns are promotions."')
    const shown = JSON.parse(await ask('showprompt', 'Cheapest radio campaigns by month'))
    expect(shown[0].content[0].text).toBe(system())
    endpoint.answer(COUNT)
    await expect(ask('runsql', 'Dearest television campaigns')).rejects.toMatchObject({ errorNum: 904 })
    expect(endpoint.calls).toEqual([])
  })

  it('holds the model to the object list when the profile says so', async () => {
    const held = { object_list: [{ owner: 'sh', name: 'promotions' }], enforce_object_list: true }
    const outside = 'SELECT COUNT(*) FROM "SH"."CUSTOMERS" WHERE "CUST_ID" IN (SELECT 1 FROM DUAL)'
    for (const action of ['runsql', 'showsql', 'narrate', 'explainsql']) {
      endpoint.answer(outside)
      await expect(ask(action, 'How many customers?', held)).rejects.toThrow(
        'ORA-20000: The generated SQL reads objects outside the object list - "SH"."CUSTOMERS"',
      )
      expect(endpoint.calls).toHaveLength(2)
    }
    endpoint.answer('SELECT 1 FROM (WITH c AS (SELECT * FROM user_tables) SELECT * FROM c)')
    await expect(ask('runsql', 'Which tables?', held)).rejects.toThrow('"SYS"."USER_TABLES"')
    endpoint.answer('WITH customers AS (SELECT * FROM sh.promotions) SELECT COUNT(*) AS n FROM customers')
    expect(JSON.parse(await ask('runsql', 'How many?', held))).toEqual([{ N: 503 }])
    endpoint.answer(outside)
    expect(await ask('showsql', 'How many?', { ...held, enforce_object_list: false })).toBe(outside)
  })

  it.each([
    [
      { status: 401, body: JSON.stringify({ error: { message: `Incorrect API key: ${KEY}` } }) },
      'ORA-20401',
      'Authorization failed',
    ],
    [{ status: 429, body: JSON.stringify({ error: { message: `Slow down, ${KEY}` } }) }, 'ORA-20429', 'Slow down, ***'],
    [{ status: 500, body: 'oops' }, 'ORA-20500', 'HTTP status 500'],
    [{ status: 404, body: '{"error":"no such model"}' }, 'ORA-20404', 'no such model'],
    [{ status: 307, body: '' }, 'ORA-20307', 'HTTP status 307'],
    [{ status: 200, body: '<html>' }, 'ORA-20000', 'is no chat completion'],
    [{ status: 200, body: '{"choices":[]}' }, 'ORA-20000', 'is no chat completion'],
    [{ status: 200, body: completion('  ') }, 'ORA-20000', 'gave an empty answer'],
  ])('reports %j as %s', async (reply, number, sentence) => {
    endpoint.answer(reply)
    const error = await ask('chat').catch((reason: unknown) => reason as Error)
    expect(error).toBeInstanceOf(Error)
    expect((error as Error).message).toContain(number)
    expect((error as Error).message).toContain(sentence)
    expect(inspect(error, { depth: 20 })).not.toContain(KEY)
    expect(endpoint.calls).toHaveLength(1)
  })

  it('reads an answer that comes in parts', async () => {
    endpoint.answer({
      status: 200,
      body: completion([
        { type: 'text', text: 'One ' },
        { type: 'text', text: 'two' },
      ]),
    })
    expect(await ask('chat')).toBe('One two')
  })

  it('cuts the request off when the client breaks the call', async () => {
    endpoint.answer('hang')
    const before = endpoint.aborted
    const outcome = expect(ask('chat')).rejects.toThrow('ORA-01013')
    await expect.poll(() => endpoint.calls.length).toBe(1)
    await connection.break()
    await outcome
    await expect.poll(() => endpoint.aborted).toBe(before + 1)
    endpoint.answer('Still here.')
    expect(await ask('chat')).toBe('Still here.')
  })

  it('leaves no key in the ledger', () => {
    const told = inspect(emulator.ledger.snapshot(), { depth: 20, maxArrayLength: null, maxStringLength: null })
    expect(told).toContain('dbms_cloud_ai.generate')
    expect(told).not.toContain(KEY)
  })
})

describe('an OpenAI-compatible model and a vector index', () => {
  it('is sent the chunks that were found, as showprompt shows them, and its answer is given with their sources', async () => {
    await using endpoint = await openChatEndpoint()
    const model = openAiModel({ endpoint: endpoint.url, modelName: 'test-model' })
    await using database = await openVectorDatabase({ model })
    await database.create('v')
    const attributes = { temperature: 0.2, additional_instructions: 'Answer in one line.' }
    await database.profile('RAG', { vector_index_name: 'v', ...attributes })
    endpoint.answer('At eight.')
    expect(await database.ask('RAG', 'When does it open?')).toMatch(/^At eight\.\n\nSources:\n {2}- handbook\.txt \(/)
    expect(endpoint.calls).toHaveLength(1)
    expect(endpoint.calls[0]?.body).toMatchObject({ temperature: 0.2 })
    const messages = endpoint.calls[0]?.body.messages ?? []
    expect(messages.map(({ role }) => role)).toEqual(['system', 'user'])
    expect(messages[0]?.content).toMatch(/Answer in one line\.\n\nDocument: handbook\.txt\nThe workshop opens at eight/)
    expect(messages[1]?.content).toBe('Question: When does it open?')
    const shown = JSON.parse(await database.ask('RAG', 'When does it open?', 'showprompt'))
    expect(shown).toEqual(
      messages.map(({ role, content }) => ({ role: role.toUpperCase(), content: [{ type: 'TEXT', text: content }] })),
    )
  })

  it('is told when no document is near the question, and still knows nothing of the tables', async () => {
    await using endpoint = await openChatEndpoint()
    const model = openAiModel({ endpoint: endpoint.url, modelName: 'test-model' })
    await using database = await openVectorDatabase({ model })
    await database.create('v')
    await database.profile('RAG', { vector_index_name: 'v', object_list: [{ owner: 'SH' }] })
    endpoint.answer('The documents do not say.')
    expect(await database.ask('RAG', 'Quantum entanglement?')).toBe('The documents do not say.')
    const [{ content } = { content: '' }] = endpoint.calls[0]?.body.messages ?? []
    expect(content).toContain('There are no documents about it.')
    expect(content).not.toContain('CREATE TABLE')
  })
})

describe('openAiModel', () => {
  const request = () => ({ prompt: 'hello', history: [], attributes: {}, signal: new AbortController().signal })

  it('says ORA-29276 when the answer takes too long', async () => {
    await using endpoint = await openChatEndpoint()
    endpoint.answer('hang')
    const model = openAiModel({ endpoint: endpoint.url, modelName: 'slow', timeoutMs: 50 })
    await expect(model.chat(request())).rejects.toThrow(/^ORA-29276: .* within 50 milliseconds$/)
    await expect.poll(() => endpoint.aborted).toBe(1)
  })

  it('says ORA-29273 when nobody answers', async () => {
    const endpoint = await openChatEndpoint()
    await endpoint[Symbol.asyncDispose]()
    const failure = openAiModel({ endpoint: endpoint.url, modelName: 'gone', apiKey: KEY }).chat(request())
    const error = await failure.catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(OracleError)
    expect(error).toMatchObject({ number: 29273 })
    expect(inspect(error, { depth: 20 })).not.toContain(KEY)
  })

  it('sends no key when it has none, and takes the full address as it is', async () => {
    await using endpoint = await openChatEndpoint()
    endpoint.answer('Hello.')
    const model = openAiModel({ endpoint: `${endpoint.url}/chat/completions/`, modelName: 'local' })
    expect(await model.chat(request())).toBe('Hello.')
    expect(endpoint.calls[0]).toMatchObject({ authorization: undefined, path: '/v1/chat/completions' })
  })

  it('shows no key when it is printed', () => {
    const model = openAiModel({ endpoint: 'http://127.0.0.1:1/v1', modelName: 'm', apiKey: KEY })
    expect(inspect(model, { depth: 20, showHidden: true }) + JSON.stringify(model)).not.toContain(KEY)
  })

  it.each([
    [{ endpoint: 'nowhere' }, 'endpoint must be an http or https address'],
    [{ endpoint: 'ftp://127.0.0.1/v1' }, 'endpoint must be'],
    [{ endpoint: `http://user:${KEY}@127.0.0.1/v1` }, 'endpoint must have no user'],
    [{ modelName: ' ' }, 'modelName'],
    [{ apiKey: `${KEY}\r\nx: y` }, 'apiKey must be'],
    [{ timeoutMs: 0 }, 'timeoutMs'],
  ])('names the option that makes no sense: %j', (options, message) => {
    const make = () => openAiModel({ endpoint: 'http://127.0.0.1:1/v1', modelName: 'm', ...options })
    expect(make).toThrow(message)
    expect(make).not.toThrow(KEY)
  })
})

describe('the statement in an answer', () => {
  it.each([
    ['SELECT 1 FROM dual', 'SELECT 1 FROM dual'],
    ['SELECT 1 FROM dual ; ', 'SELECT 1 FROM dual'],
    ['```sql\nSELECT 1\nFROM dual;\n```', 'SELECT 1\nFROM dual'],
    [
      'First:\n```\nnpm install\n```\nthen\n```SQL\n-- all\nWITH a AS (SELECT 1 FROM dual)\n\nSELECT * FROM a;\n```\nDone.',
      '-- all\nWITH a AS (SELECT 1 FROM dual)\n\nSELECT * FROM a',
    ],
    [
      'The query is:\n\nselect name from t where x = \';\n\n\' and y = "a;b";\n\nIt lists names; enjoy.',
      'select name from t where x = \';\n\n\' and y = "a;b"',
    ],
    ['SELECT a\nFROM t\n\nThis lists a.', 'SELECT a\nFROM t'],
    ['Query: SELECT a FROM t', 'SELECT a FROM t'],
    ['Use `SELECT a FROM t` for this.', 'SELECT a FROM t'],
    [
      '<think>SELECT 0 FROM x would be wrong</think>\n(SELECT a FROM t) UNION (SELECT b FROM t)',
      '(SELECT a FROM t) UNION (SELECT b FROM t)',
    ],
    ['```sql\nSELECT 1 FROM dual; DELETE FROM t;\n```', 'SELECT 1 FROM dual; DELETE FROM t'],
    ['```sql\nSELECT a FROM t', 'SELECT a FROM t'],
  ])('is found in %j', (answer, sql) => {
    expect(sqlAnswer(answer)).toEqual({ sql })
  })

  it.each([
    'I cannot answer that.',
    'With these tables it cannot be told.',
    'Select another question, please.',
    '```\nDROP TABLE t\n```',
    '<think>hm</think>No.',
  ])('is missing in %j', (answer) => {
    expect(sqlAnswer(answer)).toEqual({ refusal: answer.replace('<think>hm</think>', '') })
  })
})
