import { getSelectAI, selectAI } from '@select-ai/fastify'
import { expect, test } from 'vitest'
import { defaultRoutes, password, type Service, startService } from './start-service.ts'

interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  readonly json: Record<string, unknown>
}

async function get({ url }: Service, path: string, query: Record<string, string> = {}): Promise<Answer> {
  const search = new URLSearchParams(query).toString()
  const response = await fetch(`${url}${path}${search === '' ? '' : `?${search}`}`)
  const text = await response.text()
  return { status: response.status, headers: response.headers, text, json: JSON.parse(text) }
}

test('each listed action answers with its own shape', async () => {
  await using service = await startService()
  const prompt = 'How many promotions?'
  expect((await get(service, '/chat', { prompt })).json).toEqual({ response: 'echo: How many promotions?' })
  expect((await get(service, '/show_sql', { prompt })).json.sql).toMatch(/^SELECT/)
  expect((await get(service, '/explain_sql', { prompt })).json.explanation).toMatch(/It counts: SELECT/)
  expect((await get(service, '/narrate', { prompt })).json).toEqual({ response: 'The result has 1 row.' })
  expect(typeof (await get(service, '/show_prompt', { prompt })).json.prompt).toBe('string')
  const { json, headers, status } = await get(service, '/run_sql', { prompt })
  expect(status).toBe(200)
  expect(json).toMatchObject({ columns: ['PROMOTIONS'], truncated: false })
  expect(json.rows).toEqual([{ PROMOTIONS: expect.any(Number) }])
  expect(headers.get('content-type')).toBe('application/json; charset=utf-8')
  expect(headers.get('cache-control')).toBe('no-store')
})

test('actions that are not listed have no path', async () => {
  await using service = await startService({ plugin: { routes: { ...defaultRoutes, actions: ['chat'] } } })
  expect((await get(service, '/run_sql', { prompt: 'Hello' })).status).toBe(404)
  expect((await get(service, '/chat', { prompt: 'Hello' })).status).toBe(200)
})

test('no routes are mounted unless they are asked for, and the pool is there all the same', async () => {
  await using service = await startService({ plugin: { routes: undefined as never } })
  expect((await get(service, '/livez')).status).toBe(404)
  await expect(getSelectAI(service.app).profile('OCI_AI_PROFILE').chat('Hi')).resolves.toBe('echo: Hi')
})

test('a prompt that is not acceptable gets 400, repeated parameters included', async () => {
  await using service = await startService()
  for (const query of [
    '',
    'prompt=',
    'prompt=a&prompt=b',
    'prompt=%00',
    'prompt=a&other=1',
    `prompt=${'x'.repeat(4001)}`,
  ]) {
    const response = await fetch(`${service.url}/chat?${query}`)
    expect([query.slice(0, 20), response.status]).toEqual([query.slice(0, 20), 400])
    expect(response.headers.get('content-type')).toMatch(/^application\/problem\+json/)
    await response.body?.cancel()
  }
})

test('a profile outside the list and a profile that the database lacks get the same 404', async () => {
  await using service = await startService({
    plugin: { routes: { ...defaultRoutes, profiles: ['OCI_AI_PROFILE', 'MISSING'], defaultProfile: 'OCI_AI_PROFILE' } },
  })
  const [outside, missing] = [
    await get(service, '/chat', { prompt: 'Hello', profile: 'OTHER' }),
    await get(service, '/chat', { prompt: 'Hello', profile: 'MISSING' }),
  ]
  expect([outside.status, missing.status]).toEqual([404, 404])
  expect({ ...outside.json, requestId: '' }).toEqual({ ...missing.json, requestId: '' })
  expect([...outside.headers.keys()]).toEqual([...missing.headers.keys()])
})

test.each(['PUT', 'PATCH', 'DELETE', 'HEAD'])('%s on an action gets 405, whatever its body is', async (method) => {
  await using service = await startService()
  const body = method === 'HEAD' ? null : '<not-json'
  const response = await fetch(`${service.url}/chat?prompt=Hello`, {
    method,
    body,
    headers: { 'content-type': 'application/x-unheard-of' },
  })
  expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET, POST'])
  await response.body?.cancel()
  expect(service.emulator.ledger.sessions.flatMap(({ statements }) => statements)).toEqual([])
})

test('a question without a statement gets 422, and a failing provider 502', async () => {
  await using service = await startService()
  for (const path of ['/run_sql', '/show_sql']) {
    const { status, json } = await get(service, path, { prompt: 'refuse this' })
    expect([path, status, json.code]).toEqual([path, 422, 'NO_SQL_GENERATED'])
  }
  const failed = await get(service, '/chat', { prompt: 'fail now' })
  expect([failed.status, failed.json.code]).toEqual([502, 'PROVIDER_FAILED'])
})

test('a full line and a wait that is too long get 503 with Retry-After', async () => {
  await using service = await startService({ plugin: { connection: { poolMax: 1, queueMax: 1, queueTimeoutMs: 400 } } })
  const { model, app } = service
  const held = get(service, '/chat', { prompt: 'hold' })
  await model.holding(1)
  const waiting = get(service, '/chat', { prompt: 'Hello' })
  await expect.poll(() => getSelectAI(app).stats().waiting).toBe(1)
  const refused = await get(service, '/chat', { prompt: 'Hello' })
  expect([refused.status, refused.json.code, refused.headers.get('retry-after')]).toEqual([503, 'POOL_QUEUE_FULL', '2'])
  const late = await waiting
  expect([late.status, late.json.code, late.headers.get('retry-after')]).toEqual([503, 'POOL_TIMEOUT', '2'])
  model.release()
  expect((await held).status).toBe(200)
})

test('a call that takes too long gets 504 and leaves the connection usable', async () => {
  await using service = await startService({ plugin: { routes: { ...defaultRoutes, timeoutMs: 300 } } })
  await get(service, '/chat', { prompt: 'warm up' })
  const { status, json } = await get(service, '/chat', { prompt: 'hold' })
  expect([status, json.code]).toEqual([504, 'CALL_TIMEOUT'])
  expect((await get(service, '/chat', { prompt: 'Hello' })).status).toBe(200)
  expect(service.emulator.ledger.opened).toBe(1)
})

test('a database that went away gets 503 and turns readiness off, while the process stays alive', async () => {
  await using service = await startService()
  expect((await get(service, '/readyz')).json).toMatchObject({ status: 'ready' })
  await service.emulator.close()
  const { status, headers } = await get(service, '/chat', { prompt: 'Hello' })
  expect([status, headers.get('retry-after')]).toEqual([503, '5'])
  const ready = await get(service, '/readyz')
  expect([ready.status, ready.json.status]).toEqual([503, 'database-down'])
  expect((await get(service, '/livez')).status).toBe(200)
})

test('health routes answer HEAD', async () => {
  await using service = await startService()
  for (const path of ['/livez', '/readyz']) {
    const response = await fetch(`${service.url}${path}`, { method: 'HEAD' })
    expect([path, response.status, await response.text()]).toEqual([path, 200, ''])
  }
})

test('the well-formed identifier of a request comes back', async () => {
  await using service = await startService()
  const response = await fetch(`${service.url}/chat`, { headers: { 'x-request-id': 'trace-1' } })
  expect(response.headers.get('x-request-id')).toBe('trace-1')
  expect(await response.json()).toMatchObject({ requestId: 'trace-1', status: 400 })
})

test('no response contains the password, the connect string, the prompt, driver text or SQL of a failed call', async () => {
  const limits = { poolMax: 1, queueMax: 0 }
  await using service = await startService({
    plugin: {
      connection: limits,
      routes: { ...defaultRoutes, profiles: ['OCI_AI_PROFILE', 'CANARY_MISSING'], defaultProfile: 'OCI_AI_PROFILE' },
    },
  })
  const answers = [
    await get(service, '/chat', { prompt: 'fail CANARY' }),
    await get(service, '/run_sql', { prompt: 'refuse CANARY' }),
    await get(service, '/chat', { prompt: 'CANARY', profile: 'CANARY_MISSING' }),
    await get(service, '/chat', { prompt: 'CANARY', profile: 'CANARY' }),
    await get(service, '/chat', { prompt: 'CANARY\u0007' }),
    await get(service, '/chat', { prompt: 'CANARY', CANARY: 'CANARY' }),
  ]
  const held = get(service, '/chat', { prompt: 'hold' })
  await service.model.holding(1)
  answers.push(await get(service, '/chat', { prompt: 'CANARY' }))
  service.model.release()
  await held
  const { connectString, port } = service.emulator
  await service.emulator.close()
  answers.push(await get(service, '/chat', { prompt: 'CANARY' }), await get(service, '/readyz'))
  expect(answers.map(({ status }) => status)).toEqual([502, 422, 404, 404, 400, 400, 503, 503, 503])
  for (const { text, headers } of answers) {
    const everything = text + JSON.stringify([...headers])
    for (const secret of [
      'CANARY',
      password,
      connectString,
      `${port}`,
      'ORA-',
      'NJS-',
      'DBMS_',
      'SELECT',
      'node_modules',
    ]) {
      expect(everything).not.toContain(secret)
    }
  }
})

test('failed calls go to the logger of the host, with the identifier that the client was given', async () => {
  const reports: unknown[] = []
  await using service = await startService({
    plugin: { routes: { ...defaultRoutes, onError: (_error, context) => reports.push(context) } },
  })
  const { json } = await get(service, '/chat', { prompt: 'fail now' })
  expect(reports).toEqual([{ requestId: json.requestId, route: 'chat', status: 502, code: 'PROVIDER_FAILED' }])
})

test('routes, parsers, hooks and the error handler of the host stay as they were', async () => {
  const seen: string[] = []
  await using service = await startService({
    prepare(app) {
      app.addContentTypeParser('text/csv', { parseAs: 'string' }, (_request, body, done) => done(null, `csv ${body}`))
      app.post('/upload', async ({ body }) => ({ body }))
      app.get('/broken', async () => {
        throw Object.assign(new Error('mine'), { statusCode: 418 })
      })
      app.setErrorHandler((error: Error & { statusCode?: number }, _request, reply) =>
        reply.code(error.statusCode ?? 500).send({ handledByHost: error.message }),
      )
      app.addHook('onResponse', async ({ url }) => {
        seen.push(url)
      })
    },
  })
  const post = async (type: string, body: string): Promise<unknown> =>
    (await fetch(`${service.url}/upload`, { method: 'POST', body, headers: { 'content-type': type } })).json()
  expect(await post('text/csv', 'a,b')).toEqual({ body: 'csv a,b' })
  expect(await post('application/json', '{"a":1}')).toEqual({ body: { a: 1 } })
  const broken = await get(service, '/broken')
  expect([broken.status, broken.json]).toEqual([418, { handledByHost: 'mine' }])
  expect((await get(service, '/nothing')).json).toMatchObject({ error: 'Not Found' })
  expect(seen).toEqual(['/upload', '/upload', '/broken', '/nothing'])
})

test('the prefix of the options and the prefix of a scope both count', async () => {
  await using service = await startService({
    plugin: { routes: { ...defaultRoutes, prefix: '/ai' } },
    prepare(app) {
      app.register(
        async (scope) => {
          const routes = { ...defaultRoutes, actions: ['chat'] as const, prefix: '/ai', health: false }
          await scope.register(selectAI, { name: 'scoped', pool: getSelectAI(app), routes })
        },
        { prefix: '/v1' },
      )
    },
  })
  expect((await get(service, '/ai/chat', { prompt: 'Hello' })).status).toBe(200)
  expect((await get(service, '/v1/ai/chat', { prompt: 'Hello' })).status).toBe(200)
  expect((await get(service, '/chat', { prompt: 'Hello' })).status).toBe(404)
  expect((await get(service, '/readyz')).status).toBe(200)
})
