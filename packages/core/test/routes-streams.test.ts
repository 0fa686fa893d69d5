import { CallAbortedError, PoolClosedError } from '@select-ai/core'
import {
  createRoutes,
  openApiDocument,
  type RouteRequest,
  type RoutesOptions,
  routeActions,
} from '@select-ai/core/routes'
import { createParser } from 'eventsource-parser'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type ScriptedCall, scriptedPool } from './routes-scripted-pool.ts'

function setUp(answer?: (call: ScriptedCall) => unknown, change: Partial<RoutesOptions> = {}) {
  const statuses: number[] = []
  const routes = createRoutes({
    pool: scriptedPool(answer),
    actions: routeActions,
    profiles: ['SALES'],
    onError: (_error, { status }) => statuses.push(status),
    ...change,
  })
  const ask = async (request: Partial<RouteRequest> = {}) => {
    const headers = { accept: 'text/event-stream', 'x-request-id': 'abc' }
    const query = { prompt: 'Hello' }
    const { body } = await routes.handle({ method: 'GET', path: '/chat', headers, query, ...request })
    if (body.kind === 'complete') throw new Error(`no stream: ${body.text}`)
    return { stalled: body.stalled, reader: body.chunks[Symbol.asyncIterator]() }
  }
  return { routes, statuses, ask }
}

async function readAll(reader: AsyncIterator<string>): Promise<[string, Record<string, unknown>][]> {
  const events: [string, Record<string, unknown>][] = []
  const parser = createParser({ onEvent: ({ event = '', data }) => events.push([event, JSON.parse(data)]) })
  for (let next = await reader.next(); !next.done; next = await reader.next()) parser.feed(next.value)
  return events
}

/** A call that ends only with its signal, as a real one does. */
function untilAborted({ options: { signal } }: ScriptedCall): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal?.addEventListener('abort', () => reject(new CallAbortedError({ phase: 'calling' })), { once: true })
  })
}

describe('event streams', () => {
  test('a pool that tells no phases leads to the status and the time that are known', async () => {
    const { reader } = await setUp().ask()
    expect(await readAll(reader)).toEqual([
      ['status', { status: 'waiting' }],
      ['chunk', { text: 'answer of chat' }],
      ['done', { requestId: 'abc', timings: { totalMs: expect.any(Number) } }],
    ])
    expect(await reader.next()).toEqual({ value: undefined, done: true })
  })

  test('any text comes out of its pieces again', async () => {
    let answer = ''
    const { ask } = setUp(() => answer)
    const pieces = fc.array(fc.constantFrom('a', '😀', '\n', 'é', '\u2028', 'data: x\r\n\r\n'), { maxLength: 3000 })
    await fc.assert(
      fc.asyncProperty(pieces, fc.integer({ min: 1, max: 40 }), async (parts, times) => {
        answer = parts.join('').repeat(times)
        const chunks = (await readAll((await ask()).reader)).flatMap(([name, { text }]) =>
          name === 'chunk' ? [text] : [],
        )
        expect(chunks.join('')).toBe(answer)
        expect(chunks.some((text) => /\p{Surrogate}/u.test(String(text)))).toBe(false)
      }),
      { numRuns: 40 },
    )
  })

  test('a reader that returns early ends the call and counts as a client that has left', async () => {
    const { ask, statuses } = setUp(untilAborted)
    const { reader } = await ask()
    await reader.next()
    const pending = reader.next()
    await reader.return?.()
    expect(await pending).toEqual({ value: undefined, done: true })
    await expect.poll(() => statuses).toEqual([499])
  })

  test('a client that leaves ends the stream also when nobody has begun to read it', async () => {
    const { ask, statuses } = setUp(untilAborted)
    const controller = new AbortController()
    const { reader } = await ask({ signal: controller.signal })
    controller.abort()
    expect(await reader.next()).toEqual({ value: undefined, done: true })
    await expect.poll(() => statuses).toEqual([499])
  })

  test('a reader that stops reading is given up, and its call with it', async () => {
    const { ask, statuses } = setUp(untilAborted, { stallTimeoutMs: 20 })
    const { reader, stalled } = await ask()
    await reader.next()
    await expect.poll(() => stalled.aborted).toBe(true)
    await expect.poll(() => statuses).toEqual([499])
    expect(await reader.next()).toEqual({ value: undefined, done: true })
  })

  test('a refusal that is known at once is an answer with its own status', async () => {
    const { routes } = setUp(() => {
      throw new PoolClosedError()
    })
    const headers = { accept: 'text/event-stream' }
    const { status, body } = await routes.handle({ method: 'GET', path: '/chat', headers, query: { prompt: 'Hello' } })
    expect([status, body.kind]).toEqual([503, 'complete'])
  })

  test('closing is told once to the streams that are open and to those that come late, and turns readiness off', async () => {
    let finish = (_text: string): void => {}
    const { ask, routes } = setUp(() => new Promise<string>((resolve) => (finish = resolve)))
    const early = await ask()
    routes.startClosing()
    routes.startClosing()
    finish('early')
    const late = await ask()
    finish('late')
    for (const { reader } of [early, late]) {
      const statuses = (await readAll(reader)).flatMap(([, { status }]) => (status ? [status] : []))
      expect(statuses).toEqual(['waiting', 'closing'])
    }
    expect((await routes.handle({ method: 'GET', path: '/readyz', headers: {}, query: {} })).status).toBe(503)
  })

  test.each([
    ['text/event-stream', true],
    ['text/event-stream, */*;q=0.1', true],
    ['TEXT/Event-Stream ; q=0.5', true],
    ['application/json;q=0.9, text/event-stream', true],
    ['application/json, text/event-stream', false],
    ['text/event-stream;q=0', false],
    ['text/event-stream;q=0.5, application/json', false],
    ['*/*', false],
    ['text/*', false],
    ['', false],
    [undefined, false],
  ])('Accept %j asks for a stream: %s', async (accept, expected) => {
    const { routes } = setUp()
    const request = { method: 'GET', path: '/chat', headers: { accept }, query: { prompt: 'Hello' } }
    expect((await routes.handle(request)).body.kind).toBe(expected ? 'chunks' : 'complete')
    const rows = setUp(() => ({ rows: [], columns: [] })).routes
    expect((await rows.handle({ ...request, path: '/run_sql' })).body.kind).toBe('complete')
  })
})

describe('the description of the routes', () => {
  test('has every mounted path with its methods, and nothing that was not mounted', () => {
    const { routes } = setUp(undefined, { actions: ['chat', 'run_sql'], prefix: '/ai' })
    const { openapi, info, paths } = openApiDocument(routes, { title: 'Questions', version: '1.2.3' })
    expect([openapi, info]).toEqual(['3.1.0', { title: 'Questions', version: '1.2.3' }])
    expect(Object.entries(paths).map(([path, methods]) => [path, ...Object.keys(methods)])).toEqual([
      ['/ai/chat', 'get', 'post'],
      ['/ai/run_sql', 'get', 'post'],
      ['/livez', 'get', 'head'],
      ['/readyz', 'get', 'head'],
    ])
    const operations = Object.values(paths).flatMap((methods) => Object.values(methods))
    expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(operations.length)
    expect(JSON.stringify(paths)).not.toContain('SALES')
  })

  test('takes the question from the query for GET and from the body for POST, and streams texts alone', () => {
    const { routes } = setUp(undefined, { profiles: ['SALES', 'HR'], maxPromptCharacters: 50 })
    const { paths } = openApiDocument(routes, { title: 'Questions', version: '1.0.0' })
    expect(paths['/chat']?.get?.parameters).toMatchObject([
      { name: 'prompt', in: 'query', required: true, schema: { type: 'string', maxLength: 50 } },
      { name: 'profile', in: 'query', required: true },
    ])
    expect(paths['/chat']?.post).toMatchObject({
      requestBody: { content: { 'application/json': { schema: { required: ['prompt', 'profile'] } } } },
      responses: {
        200: { content: { 'application/json': {}, 'text/event-stream': {} } },
        413: { description: 'Content Too Large', content: { 'application/problem+json': {} } },
      },
    })
    expect(JSON.stringify(paths['/run_sql'])).not.toContain('event-stream')
  })

  test('fits the answers: each has the members of its schema and no others', async () => {
    const { routes } = setUp(({ method }) => (method === 'runSql' ? { rows: [], columns: [] } : 'SELECT 1 FROM dual'))
    for (const { path, schemas, handle } of routes.list) {
      const query: Record<string, string> = schemas.question ? { prompt: 'Hello' } : {}
      for (const asked of [query, {}]) {
        const { status, body } = await handle({ method: 'GET', path, headers: {}, query: asked })
        if (body.kind !== 'complete') throw new Error('a stream')
        const { properties = {}, required = [] } = schemas.answers[status] ?? {}
        const members = Object.keys(JSON.parse(body.text) as object)
        expect([path, members.filter((name) => !(name in properties))]).toEqual([path, []])
        expect([path, required.filter((name) => !members.includes(name))]).toEqual([path, []])
      }
    }
  })
})
