import { once } from 'node:events'
import { Agent } from 'node:http'
import { connect } from 'node:net'
import { expect } from 'vitest'
import { type Answer, question } from '../ask.ts'
import { openEvents } from '../event-client.ts'
import { openDatabase, password, type TestService } from '../test-service.ts'
import type { Behaviours } from './behaviour.ts'

const hello = question('chat', { prompt: 'Hello' })
const body = '{"prompt":"Hello"}'

const wrongQueries: readonly [query: string, field: string | undefined][] = [
  ['', 'prompt'],
  ['prompt=', 'prompt'],
  ['prompt=%20%09', 'prompt'],
  ['prompt=a&prompt=b', 'prompt'],
  ['prompt[]=a', undefined],
  ['prompt[x]=a', undefined],
  ['prompt=%00', 'prompt'],
  [`prompt=${'x'.repeat(4001)}`, 'prompt'],
  ['prompt=a&other=1', undefined],
  ['prompt=a&profile=', 'profile'],
  ['prompt=a&profile=A&profile=B', 'profile'],
  ['prompt=a&__proto__=b', undefined],
]

const wrongBodies: readonly [body: string, field: string | undefined, detail: RegExp][] = [
  ['{}', 'prompt', /field 'prompt' is missing/],
  ['{"prompt":" "}', 'prompt', /field 'prompt' is empty/],
  ['{"prompt":1}', 'prompt', /field 'prompt' must be a text/],
  ['{"prompt":"a\\u0000"}', 'prompt', /control characters/],
  [`{"prompt":"${'x'.repeat(4001)}"}`, 'prompt', /longer than 4000/],
  ['{"prompt":"a","profile":null}', 'profile', /field 'profile' must be a text/],
  ['{"prompt":"a","other":1}', undefined, /body has a field that is not known here/],
  ['["prompt"]', undefined, /must be a JSON object/],
  ['null', undefined, /JSON/],
  ['"prompt"', undefined, /JSON/],
  ['{"prompt":', undefined, /not valid JSON/],
  ['', undefined, /not valid JSON/],
  ['{"prompt":"a","__proto__":{"profile":"X"}}', undefined, /JSON|not known here/],
]

function expectProblem(answer: Answer, status: number, code: string): void {
  const { headers, json } = answer
  expect([answer.status, json.status, json.code]).toEqual([status, status, code])
  expect(headers['content-type']).toMatch(/^application\/problem\+json\b/)
  expect([json.requestId, json.type]).toEqual([headers['x-request-id'], 'about:blank'])
}

/** Writes to a connection of its own and returns all that comes back until the server or `enough` ends it. */
async function exchange({ url }: TestService, request: string, enough: RegExp = /(?!)/): Promise<string> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1').on('error', () => {})
  let answer = ''
  socket.setEncoding('utf8').on('data', (text: string) => {
    answer += text
    if (enough.test(answer)) socket.destroy()
  })
  socket.write(request)
  await once(socket, 'close')
  return answer
}

function expectNoSecrets(texts: readonly string[], { port, connectString }: { port: number; connectString: string }) {
  const secrets = ['CANARY', password, connectString, `:${port}`, '127.0.0.1', 'OCI_AI_PROFILE', 'FREEPDB1']
  const traces = ['ORA-', 'NJS-', 'DBMS_', 'SELECT', 'oracledb', 'node_modules', '.ts:', '.js:', '    at ']
  for (const text of texts) {
    for (const secret of [...secrets, ...traces]) expect(text).not.toContain(secret)
  }
}

export const errors: Behaviours = {
  'a question in the query that is not acceptable gets 400 and the field': async ({ start }) => {
    await using service = await start()
    for (const [query, field] of wrongQueries) {
      const answer = await service.ask(`/chat?${query}`)
      expect([query.slice(0, 30), answer.status, answer.json.field]).toEqual([query.slice(0, 30), 400, field])
      expectProblem(answer, 400, 'INVALID_ARGUMENT')
    }
  },

  'a question in a body that is not acceptable gets 400 and the field': async ({ start }) => {
    await using service = await start()
    for (const [text, field, detail] of wrongBodies) {
      const answer = await service.ask('/chat', { body: text })
      expectProblem(answer, 400, 'INVALID_ARGUMENT')
      expect([text.slice(0, 30), answer.json.field]).toEqual([text.slice(0, 30), field])
      expect(answer.json.detail).toMatch(detail)
    }
  },

  'a body that is no UTF-8 gets 400': async ({ start }) => {
    await using service = await start()
    const bytes = Buffer.concat([Buffer.from('{"prompt":"'), Buffer.from([0xff]), Buffer.from('"}')])
    const { status } = await service.ask('/chat', { body: bytes })
    expect(status).toBe(400)
  },

  'a POST takes nothing from the query': async ({ start }) => {
    await using service = await start()
    const answer = await service.ask('/chat?prompt=Hello', { body })
    expectProblem(answer, 400, 'INVALID_ARGUMENT')
    expect(answer.json.detail).toMatch(/query must be empty/)
  },

  'a body of another type, or of none, gets 415': async ({ start }) => {
    await using service = await start()
    const types = ['text/plain', 'text/csv', 'application/x-unheard-of', 'application/json; charset=latin1', 'nonsense']
    for (const type of types) {
      const answer = await service.ask('/chat', { body, headers: { 'content-type': type } })
      expectProblem(answer, 415, 'UNSUPPORTED_MEDIA_TYPE')
      expect(answer.headers.accept).toBe('application/json')
    }
    expect((await service.ask('/chat', { method: 'POST' })).status).toBe(415)
  },

  'a body that is too large gets 413 with the limit of the routes': async ({ start }) => {
    await using service = await start({ routes: { maxBodyBytes: 100 } })
    expect((await service.ask('/chat', { body: body.padEnd(100) })).status).toBe(200)
    expectProblem(await service.ask('/chat', { body: body.padEnd(101) }), 413, 'BODY_TOO_LARGE')
  },

  'a body without a declared length is measured while it comes': async ({ start }) => {
    await using service = await start()
    const head = 'POST /chat HTTP/1.1\r\nhost: test\r\nconnection: close\r\ncontent-type: application/json\r\n'
    const chunk = `11170\r\n${' '.repeat(0x11170)}\r\n0\r\n\r\n`
    const answer = await exchange(service, `${head}transfer-encoding: chunked\r\n\r\n${chunk}`)
    expect(answer).toMatch(/^HTTP\/1\.1 413 /)
    expect(answer).toContain('BODY_TOO_LARGE')
  },

  'a body without end is refused and its connection closed': async ({ start }) => {
    await using service = await start()
    const head =
      'POST /chat HTTP/1.1\r\nhost: test\r\ncontent-type: application/json\r\ncontent-length: 2000000000\r\n\r\n'
    const answer = await exchange(service, `${head}{"prompt":`)
    expect(answer).toMatch(/^HTTP\/1\.1 413 /)
  },

  'a client that waits for 100 Continue gets it, and its answer': async ({ start }) => {
    await using service = await start()
    const head = `POST /chat HTTP/1.1\r\nhost: test\r\nconnection: close\r\nexpect: 100-continue\r\n`
    const answer = await exchange(
      service,
      `${head}content-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
    )
    expect(answer).toMatch(/^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 200 /)
    expect(answer).toContain('echo: Hello')
  },

  'after a refusal with an unread body, the connection serves the next request': async ({ start }) => {
    await using service = await start()
    const agent = new Agent({ keepAlive: true, maxSockets: 1 })
    let connections = 0
    service.app.server.on('connection', () => {
      connections += 1
    })
    const statuses = []
    for (const [method, path, type] of [
      ['PUT', '/chat', 'application/json'],
      ['POST', '/chat', 'text/plain'],
      ['POST', '/chat?prompt=Hello', 'application/json'],
      ['POST', '/nothing', 'application/json'],
      ['POST', '/livez', 'application/json'],
      ['POST', '/chat', 'application/json'],
    ] as const) {
      const asking = { method, body: body.padEnd(50_000), headers: { 'content-type': type }, agent }
      statuses.push((await service.ask(path, asking)).status)
    }
    agent.destroy()
    expect(statuses).toEqual([405, 415, 400, 404, 405, 200])
    expect(connections).toBe(1)
  },

  'a client that leaves while it sends its question asks the database nothing': async ({ start }) => {
    await using service = await start()
    const pool = await service.pool()
    const { borrowed } = pool.stats().totals
    const socket = connect(Number(new URL(service.url).port), '127.0.0.1').on('error', () => {})
    socket.write(
      `POST /chat HTTP/1.1\r\nhost: test\r\ncontent-type: application/json\r\ncontent-length: 50\r\n\r\n{"pr`,
    )
    await once(service.app.server, 'request')
    socket.destroy()
    expect((await service.ask('/livez')).status).toBe(200)
    expect(pool.stats().totals.borrowed).toBe(borrowed)
  },

  'a profile outside the list looks like one that the database lacks': async ({ start }) => {
    const profiles = ['OCI_AI_PROFILE', 'MISSING']
    await using service = await start({ routes: { profiles, defaultProfile: 'OCI_AI_PROFILE' } })
    const outside = await service.ask(question('chat', { prompt: 'Hello', profile: 'OTHER' }))
    const missing = await service.ask(question('chat', { prompt: 'Hello', profile: 'MISSING' }))
    expectProblem(outside, 404, 'PROFILE_NOT_FOUND')
    expect({ ...outside.json, requestId: '' }).toEqual({ ...missing.json, requestId: '' })
    expect(Object.keys(outside.headers)).toEqual(Object.keys(missing.headers))
  },

  'a question without a statement gets 422': async ({ start }) => {
    await using service = await start()
    for (const action of ['run_sql', 'show_sql']) {
      const answer = await service.ask(question(action, { prompt: 'refuse this' }))
      expectProblem(answer, 422, 'NO_SQL_GENERATED')
    }
  },

  'a provider that fails gets 502': async ({ start }) => {
    await using service = await start()
    expectProblem(await service.ask(question('chat', { prompt: 'fail now' })), 502, 'PROVIDER_FAILED')
  },

  'a full line and a wait that is too long get 503 with Retry-After': async ({ start }) => {
    await using service = await start({ options: { connection: { poolMax: 1, queueMax: 1, queueTimeoutMs: 400 } } })
    const pool = await service.pool()
    const held = service.ask(question('chat', { prompt: 'hold' }))
    await service.model.holding(1)
    const waiting = service.ask(hello)
    await expect.poll(() => pool.stats().waiting).toBe(1)
    const refused = await service.ask(hello)
    expectProblem(refused, 503, 'POOL_QUEUE_FULL')
    const late = await waiting
    expectProblem(late, 503, 'POOL_TIMEOUT')
    expect([refused.headers['retry-after'], late.headers['retry-after']]).toEqual(['2', '2'])
    service.model.release()
    expect((await held).status).toBe(200)
  },

  'a call that takes too long gets 504 and leaves the connection usable': async ({ start }) => {
    await using service = await start({ routes: { timeoutMs: 300 } })
    await service.ask(hello)
    expectProblem(await service.ask(question('chat', { prompt: 'hold' })), 504, 'CALL_TIMEOUT')
    expect((await service.ask(hello)).status).toBe(200)
    expect(service.emulator.ledger.opened).toBe(1)
  },

  'a database that has gone gets 503 with Retry-After': async ({ start }) => {
    const database = await openDatabase()
    await using service = await start({ database })
    const held = service.ask(question('chat', { prompt: 'hold' }))
    await database.model.holding(1)
    await database.emulator.close()
    for (const answer of [await held, await service.ask(hello)]) {
      expect([answer.status, answer.headers['retry-after']]).toEqual([503, '5'])
    }
  },

  'failed calls are told to the application with the identifier that the client got': async ({ start }) => {
    const reports: unknown[] = []
    await using service = await start({ routes: { onError: (_error, context) => reports.push(context) } })
    const { json } = await service.ask(question('chat', { prompt: 'fail now' }))
    const client = await openEvents(`${service.url}${question('chat', { prompt: 'fail now' })}`)
    await client.all()
    const context = { route: 'chat', status: 502, code: 'PROVIDER_FAILED' }
    expect(reports).toEqual([
      { requestId: json.requestId, ...context },
      { requestId: client.response.headers['x-request-id'], ...context },
    ])
  },

  'no answer tells of secrets, prompts, profiles, SQL, addresses or the driver': async ({ start }) => {
    const database = await openDatabase()
    await using service = await start({
      database,
      options: { connection: { poolMax: 1, queueMax: 0 } },
      routes: { profiles: ['OCI_AI_PROFILE', 'CANARY_MISSING'], defaultProfile: 'OCI_AI_PROFILE', timeoutMs: 1000 },
    })
    const ask = (fields: Record<string, string>, action = 'chat') => service.ask(question(action, fields))
    const answers = [
      await ask({ prompt: 'fail CANARY' }),
      await ask({ prompt: 'refuse CANARY' }, 'run_sql'),
      await ask({ prompt: 'CANARY', profile: 'CANARY_MISSING' }),
      await ask({ prompt: 'CANARY', profile: 'CANARY' }),
      await ask({ prompt: 'CANARY\u0007' }),
      await ask({ prompt: 'CANARY', CANARY: 'CANARY' }),
      await service.ask('/chat', { body: '{"CANARY' }),
      await ask({ prompt: 'hold CANARY' }),
    ]
    const held = ask({ prompt: 'hold CANARY' })
    await database.model.holding(1)
    answers.push(await ask({ prompt: 'CANARY' }))
    database.model.release()
    await held
    await database.emulator.close()
    answers.push(await ask({ prompt: 'CANARY' }), await service.ask('/readyz'))
    expect(answers.map(({ status }) => status)).toEqual([502, 422, 404, 404, 400, 400, 400, 504, 503, 503, 503])
    expectNoSecrets(
      answers.map(({ text, headers }) => text + JSON.stringify(headers)),
      database.emulator,
    )
  },

  'no error event of a stream tells of them either': async ({ start }) => {
    const database = await openDatabase()
    await using service = await start({
      database,
      routes: { profiles: ['OCI_AI_PROFILE', 'CANARY_MISSING'], defaultProfile: 'OCI_AI_PROFILE', timeoutMs: 1000 },
    })
    const failure = async (fields: Record<string, string>, action = 'chat'): Promise<Record<string, unknown>> => {
      const client = await openEvents(`${service.url}${question(action, fields)}`)
      const last = (await client.all()).at(-1)
      expect(last?.name).toBe('error')
      return { ...last?.data, headers: client.response.headers }
    }
    const failures = [
      await failure({ prompt: 'fail CANARY' }),
      await failure({ prompt: 'refuse CANARY' }, 'show_sql'),
      await failure({ prompt: 'CANARY', profile: 'CANARY_MISSING' }),
      await failure({ prompt: 'hold CANARY' }),
    ]
    await database.emulator.close()
    failures.push(await failure({ prompt: 'CANARY' }))
    expect(failures.map(({ status }) => status)).toEqual([502, 422, 404, 504, 503])
    expectNoSecrets(
      failures.map((each) => JSON.stringify(each)),
      database.emulator,
    )
  },
}
