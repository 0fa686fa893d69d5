import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import { allRoutes, ask, connectionTo, heldModel, password } from '@select-ai/adapter-conformance'
import { createPool } from '@select-ai/core'
import { createRoutes } from '@select-ai/core/routes'
import { type Emulator, startEmulator } from '@select-ai/emulator'
import { createSelectAIHandler, requestSignal, selectAI } from '@select-ai/hono'
import { type Context, Hono } from 'hono'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'

const model = heldModel()
const question = { method: 'POST', body: '{"prompt":"Hello"}', headers: { 'content-type': 'application/json' } }
let emulator: Emulator
beforeAll(async () => {
  emulator = await startEmulator({ password, model })
})
afterEach(() => emulator.ledger.waitFor(({ open }) => open === 0))
afterAll(() => emulator.close())

test.each<[string, (c: Context) => Promise<unknown>, number]>([
  ['as JSON', (c) => c.req.json(), 200],
  ['as text', (c) => c.req.text(), 200],
  ['as bytes', (c) => c.req.arrayBuffer(), 200],
  ['from a clone', (c) => c.req.raw.clone().text(), 200],
  ['from beneath', (c) => c.req.raw.text(), 400],
])('a body that another handler has read %s', async (_how, read, status) => {
  await using ai = selectAI({ connection: connectionTo(emulator), routes: allRoutes })
  const app = new Hono()
  app.use(async (c, next) => {
    await read(c)
    await next()
  })
  app.use(ai.middleware)
  const server = createServer(getRequestListener(app.fetch)).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const { status: answered } = await ask(`http://127.0.0.1:${port}/chat`, { body: question.body })
  expect([answered, (await app.request('/chat', question)).status]).toEqual([status, status])
  server.close()
  await once(server, 'close')
})

test('without a Node server it answers all the same, and its signal is that of the request', async () => {
  await using ai = selectAI({ connection: connectionTo(emulator), routes: allRoutes })
  const signals: AbortSignal[] = []
  const app = new Hono().use(ai.middleware).get('/own', (c) => {
    signals.push(requestSignal(c))
    return c.json({})
  })
  const asked = await app.request('/chat?prompt=Hello')
  expect([asked.status, await asked.json()]).toEqual([200, { response: 'echo: Hello' }])
  expect(await (await app.request('/chat', question)).json()).toEqual({ response: 'echo: Hello' })
  const stream = await app.request('/chat?prompt=Hello', { headers: { accept: 'text/event-stream' } })
  expect(await stream.text()).toMatch(/event: done\n/)
  const leaving = new AbortController()
  await app.request('/own', { signal: leaving.signal })
  leaving.abort()
  expect(signals.map(({ aborted }) => aborted)).toEqual([true])
})

test('a reader that cancels a stream ends the call', async () => {
  await using ai = selectAI({ connection: connectionTo(emulator), routes: allRoutes })
  const app = new Hono().use(ai.middleware)
  const response = await app.request('/chat?prompt=hold', { headers: { accept: 'text/event-stream' } })
  const reader = response.body?.getReader()
  await reader?.read()
  await model.holding(1)
  await reader?.cancel()
  await expect.poll(() => [ai.pool.stats().inUse, model.held]).toEqual([0, 0])
})

test('HEAD, which Hono answers by GET, has the headers of the health routes and no body', async () => {
  await using ai = selectAI({ connection: connectionTo(emulator), routes: allRoutes })
  const app = new Hono().use(ai.middleware)
  const response = await app.request('/livez', { method: 'HEAD' })
  expect([response.status, response.headers.get('cache-control'), await response.text()]).toEqual([200, 'no-store', ''])
  expect((await app.request('/chat?prompt=Hello', { method: 'HEAD' })).status).toBe(405)
})

test('a base path with parameters counts as well', async () => {
  await using ai = selectAI({ connection: connectionTo(emulator), routes: { ...allRoutes, prefix: '/ai' } })
  const inner = new Hono().use(ai.middleware)
  const app = new Hono().route('/:tenant/v1', inner)
  expect((await app.request('/blue/v1/ai/chat?prompt=Hello')).status).toBe(200)
  expect((await app.request('/blue/v1/readyz')).status).toBe(200)
  expect((await app.request('/ai/chat?prompt=Hello')).status).toBe(404)
})

test('the plain handler serves routes of a pool that the application opened', async () => {
  await using pool = await createPool(connectionTo(emulator))
  const app = new Hono().use(createSelectAIHandler(createRoutes({ pool, ...allRoutes, prefix: '/ai' })))
  expect((await app.request('/ai/chat?prompt=Hello')).status).toBe(200)
  expect((await app.request('/chat?prompt=Hello')).status).toBe(404)
})
