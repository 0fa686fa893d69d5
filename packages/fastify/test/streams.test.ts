import { once } from 'node:events'
import { connect } from 'node:net'
import { getSelectAI } from '@select-ai/fastify'
import { expect, test } from 'vitest'
import { askForEvents, openEvents } from './event-client.ts'
import { defaultRoutes, startService } from './start-service.ts'

const timings = { waitingMs: expect.any(Number), callingMs: expect.any(Number), totalMs: expect.any(Number) }

test.each([
  ['GET', 'chat', 'echo: How many?'],
  ['POST', 'chat', 'echo: How many?'],
  ['GET', 'show_sql', expect.stringMatching(/^SELECT/)],
  ['GET', 'explain_sql', expect.stringMatching(/^It counts/)],
  ['POST', 'narrate', 'The result has 1 row.'],
  ['GET', 'show_prompt', expect.any(String)],
])('%s /%s streams status, chunks and one last event', async (method, action, text) => {
  await using service = await startService()
  const client = await openEvents(
    `${service.url}/${action}${method === 'GET' ? '?prompt=How+many%3F' : ''}`,
    method === 'POST' ? { method, body: '{"prompt":"How many?"}' } : {},
  )
  const { statusCode, headers } = client.response
  expect(statusCode).toBe(200)
  expect(headers).toMatchObject({
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store, no-transform',
    'x-accel-buffering': 'no',
  })
  const events = await client.all()
  const named = (name: string) => events.filter((event) => event.name === name)
  expect(events[0]).toEqual({ name: 'status', data: { status: 'waiting' } })
  expect(named('status')[1]).toEqual({ name: 'status', data: { status: 'calling' } })
  expect(
    named('chunk')
      .map(({ data }) => data.text)
      .join(''),
  ).toEqual(text)
  expect(events.at(-1)).toEqual({
    name: 'done',
    data: { requestId: headers['x-request-id'], timings: expect.objectContaining(timings) },
  })
  expect([named('done').length, named('error').length]).toEqual([1, 0])
})

test('a question that is not acceptable gets its status and a problem document, not a stream', async () => {
  await using service = await startService()
  const expected = [
    [service.url, '/chat', 400],
    [service.url, '/chat?prompt=Hello&profile=OTHER', 404],
    [service.url, '/nothing?prompt=Hello', 404],
  ] as const
  for (const [url, path, status] of expected) {
    const response = await fetch(`${url}${path}`, { headers: { accept: 'text/event-stream' } })
    expect([path, response.status]).toEqual([path, status])
    expect(response.headers.get('content-type')).toMatch(/json/)
    await response.body?.cancel()
  }
})

test('a full line gets 503 with Retry-After, not a stream', async () => {
  await using service = await startService({ plugin: { connection: { poolMax: 1, queueMax: 0 } } })
  const held = await openEvents(`${service.url}/chat?prompt=hold`)
  await service.model.holding(1)
  const refused = await fetch(`${service.url}/chat?prompt=Hello`, { headers: { accept: 'text/event-stream' } })
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '2'])
  expect(await refused.json()).toMatchObject({ code: 'POOL_QUEUE_FULL' })
  service.model.release()
  expect((await held.all()).at(-1)?.name).toBe('done')
})

test('run_sql answers with JSON, whatever the client accepts', async () => {
  await using service = await startService()
  const headers = { accept: 'text/event-stream' }
  const response = await fetch(`${service.url}/run_sql?prompt=How+many%3F`, { headers })
  expect(await response.json()).toMatchObject({ columns: ['PROMOTIONS'] })
})

test('a failure after the stream began is its last event, and the logger of the host hears of it', async () => {
  const reports: unknown[] = []
  await using service = await startService({
    plugin: { routes: { ...defaultRoutes, onError: (_error, context) => reports.push(context) } },
  })
  const client = await openEvents(`${service.url}/chat?prompt=fail+CANARY`)
  const events = await client.all()
  const requestId = client.response.headers['x-request-id']
  expect(events.at(-1)).toMatchObject({ name: 'error', data: { status: 502, code: 'PROVIDER_FAILED', requestId } })
  expect(events.filter(({ name }) => name === 'error' || name === 'done')).toHaveLength(1)
  expect(JSON.stringify(events)).not.toMatch(/CANARY|ORA-|NJS-/)
  expect(reports).toEqual([{ requestId, route: 'chat', status: 502, code: 'PROVIDER_FAILED' }])
})

test('while the database works the stream gives signs of life', async () => {
  await using service = await startService({ plugin: { routes: { ...defaultRoutes, heartbeatMs: 50 } } })
  const client = await openEvents(`${service.url}/chat?prompt=hold`)
  await service.model.holding(1)
  expect((await client.event('comment')).data.text).toBe('heartbeat')
  service.model.release()
  const names = (await client.all()).map(({ name }) => name)
  expect(names.slice(names.indexOf('chunk'))).toEqual(['chunk', 'done'])
})

test('a long answer arrives whole, in pieces that split no character', async () => {
  const answer = `x${'😀é'.repeat(40_000)}`
  await using service = await startService({ emulator: { model: modelAnswering(answer) } })
  const events = await (await openEvents(`${service.url}/chat?prompt=Hello`)).all()
  const pieces = events.filter(({ name }) => name === 'chunk').map(({ data }) => data.text as string)
  expect(pieces.length).toBeGreaterThan(10)
  expect(pieces.join('')).toBe(answer)
  expect(pieces.every((piece) => !/\p{Surrogate}/u.test(piece))).toBe(true)
  expect(events.map(({ data }) => data.status)).toContain('reading')
  expect(events.at(-1)?.data.timings).toMatchObject({ readingMs: expect.any(Number) })
})

test('streams that nobody reads hold no connection', async () => {
  const answer = 'y'.repeat(900_000)
  await using service = await startService({
    plugin: { connection: { poolMax: 2 } },
    emulator: { model: modelAnswering(answer) },
  })
  const { port } = new URL(service.url)
  const sockets = await Promise.all(
    Array.from({ length: 6 }, async () => {
      const socket = connect(Number(port), '127.0.0.1').on('error', () => {})
      await once(socket, 'connect')
      socket.pause()
      socket.write('GET /chat?prompt=Hello HTTP/1.1\r\nhost: test\r\naccept: text/event-stream\r\n\r\n')
      return socket
    }),
  )
  const pool = getSelectAI(service.app)
  // One more than there are streams, for the start looks whether the database answers.
  const allAnswered = { inUse: 0, waiting: 0, totals: { borrowed: 7, returned: 7 } }
  await expect.poll(() => pool.stats(), { timeout: 10_000 }).toMatchObject(allAnswered)
  expect((await fetch(`${service.url}/run_sql?prompt=How+many%3F`)).status).toBe(200)
  for (const socket of sockets) socket.destroy()
})

test('a client that stops reading is cut off, so that the server can close', async () => {
  await using service = await startService({
    plugin: { routes: { ...defaultRoutes, stallTimeoutMs: 200 } },
    emulator: { model: modelAnswering('y'.repeat(900_000)) },
  })
  const sent = askForEvents(`${service.url}/chat?prompt=Hello`)
  await once(sent, 'response')
  await service.app.close()
  expect(getSelectAI(service.app).stats()).toMatchObject({ state: 'closed', open: 0 })
  sent.destroy()
})

test('a client that leaves during the call ends the call, and the connection goes on serving', async () => {
  await using service = await startService({ plugin: { connection: { poolMax: 1 } } })
  const client = await openEvents(`${service.url}/chat?prompt=hold`)
  await service.model.holding(1)
  await client.event('status')
  client.leave()
  await service.emulator.ledger.waitFor(({ sessions }) => sessions.some(({ breaks }) => breaks === 1))
  await expect.poll(() => getSelectAI(service.app).stats().inUse).toBe(0)
  expect((await fetch(`${service.url}/chat?prompt=Hello`)).status).toBe(200)
  expect(service.emulator.ledger.opened).toBe(1)
})

test('a client that leaves while it waits gives up its place, and the database never hears of it', async () => {
  await using service = await startService({ plugin: { connection: { poolMax: 1, queueTimeoutMs: 20_000 } } })
  const pool = getSelectAI(service.app)
  const first = await openEvents(`${service.url}/chat?prompt=hold`)
  await service.model.holding(1)
  const waiting = await openEvents(`${service.url}/chat`, { method: 'POST', body: '{"prompt":"never"}' })
  expect((await waiting.event('status')).data).toEqual({ status: 'waiting' })
  expect(pool.stats().waiting).toBe(1)
  waiting.leave()
  await expect.poll(() => pool.stats().waiting).toBe(0)
  service.model.release()
  expect((await first.all()).at(-1)?.name).toBe('done')
  const statements = service.emulator.ledger.sessions.flatMap(({ statements }) => statements)
  expect(JSON.stringify(statements)).not.toContain('never')
})

test('a client that leaves in the middle of the answer leaves nothing behind', async () => {
  await using service = await startService({ emulator: { model: modelAnswering('z'.repeat(900_000)) } })
  const sent = askForEvents(`${service.url}/chat?prompt=Hello`)
  const [response] = await once(sent, 'response')
  await once(response, 'readable')
  await expect.poll(() => getSelectAI(service.app).stats().totals.returned).toBeGreaterThan(0)
  sent.destroy()
  const open = (): Promise<number> =>
    new Promise((resolve, reject) =>
      service.app.server.getConnections((error, count) => (error ? reject(error) : resolve(count))),
    )
  await expect.poll(open).toBe(0)
})

test('an open stream is told that the service closes, and still gets its answer within the drain time', async () => {
  await using service = await startService()
  const client = await openEvents(`${service.url}/chat?prompt=hold`)
  await service.model.holding(1)
  const closing = service.app.close()
  await expect.poll(() => client.events.map(({ data }) => data.status)).toContain('closing')
  service.model.release()
  expect((await client.all()).slice(-2)).toMatchObject([
    { name: 'chunk', data: { text: 'echo: hold' } },
    { name: 'done' },
  ])
  await closing
})

test('a stream that outlasts the drain time ends with an error event, so that the server can close', async () => {
  await using service = await startService({ plugin: { drainTimeoutMs: 100 } })
  const client = await openEvents(`${service.url}/chat?prompt=hold`)
  await service.model.holding(1)
  await service.app.close()
  const events = await client.all()
  expect(events.map(({ data }) => data.status)).toContain('closing')
  expect(events.at(-1)).toMatchObject({ name: 'error', data: { status: 503, code: 'POOL_CLOSED' } })
})

function modelAnswering(answer: string) {
  return {
    name: 'long',
    chat: async () => answer,
    generateSql: async () => ({ sql: 'SELECT COUNT(*) AS "PROMOTIONS" FROM "SH"."PROMOTIONS"' }),
    explainSql: async () => answer,
    narrate: async () => answer,
  }
}
