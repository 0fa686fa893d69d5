import { once } from 'node:events'
import { type AddressInfo, connect } from 'node:net'
import { allRoutes, ask, connectionTo, heldModel, openEvents, password } from '@select-ai/adapter-conformance'
import { createPool } from '@select-ai/core'
import { createRoutes } from '@select-ai/core/routes'
import { type Emulator, startEmulator } from '@select-ai/emulator'
import { createSelectAIHandler, type SelectAIState, selectAI } from '@select-ai/koa'
import Koa from 'koa'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'

const model = heldModel()
let emulator: Emulator
beforeAll(async () => {
  emulator = await startEmulator({ password, model })
})
afterEach(() => emulator.ledger.waitFor(({ open }) => open === 0))
afterAll(() => emulator.close())

/** A running application. */
async function listen(app: Pick<Koa, 'listen'>): Promise<AsyncDisposable & { readonly url: string }> {
  const server = app.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const dispose = async (): Promise<void> => {
    server.close()
    await once(server, 'close')
  }
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, [Symbol.asyncDispose]: dispose }
}

test('middlewares around it see and change the answer, as of any other middleware', async () => {
  await using ai = selectAI({ connection: connectionTo(emulator), routes: allRoutes })
  const app = new Koa<SelectAIState>()
  const seen: unknown[] = []
  app.use(async (ctx, next) => {
    await next()
    seen.push([ctx.status, typeof ctx.body])
    ctx.set('x-after', 'later')
  })
  app.use(ai.middleware)
  await using server = await listen(app)
  expect((await ask(`${server.url}/chat?prompt=Hello`)).headers['x-after']).toBe('later')
  const stream = await openEvents(`${server.url}/chat?prompt=Hello`)
  await stream.all()
  expect(stream.response.headers['x-after']).toBe('later')
  expect(seen).toEqual([
    [200, 'string'],
    [200, 'object'],
  ])
})

test('a client that leaves a stream is an error event of the application, as for every stream in Koa', async () => {
  await using ai = selectAI({ connection: connectionTo(emulator), routes: allRoutes })
  const app = new Koa()
  const errors: NodeJS.ErrnoException[] = []
  app.on('error', (error) => errors.push(error))
  app.use(ai.middleware)
  await using server = await listen(app)
  const client = await openEvents(`${server.url}/chat?prompt=hold`)
  await model.holding(1)
  client.leave()
  await expect.poll(() => ai.pool.stats()).toMatchObject({ inUse: 0, totals: { aborted: 1 } })
  await expect.poll(() => errors.length).toBeGreaterThan(0)
  expect(errors.map(({ code }) => code)).not.toContain('CALL_ABORTED')
})

test('a client that left before the body was assigned leaves no call behind', async () => {
  await using ai = selectAI({ connection: connectionTo(emulator), routes: allRoutes })
  const app = new Koa()
  app.on('error', () => {})
  const statuses: number[] = []
  app.use(async (ctx, next) => {
    await once(ctx.res, 'close')
    await next()
    statuses.push(ctx.status)
  })
  app.use(ai.middleware)
  await using server = await listen(app)
  const { port } = new URL(server.url)
  const socket = connect(Number(port), '127.0.0.1')
  await once(socket, 'connect')
  socket.end('GET /chat?prompt=hold HTTP/1.1\r\nhost: test\r\naccept: text/event-stream\r\n\r\n', () =>
    socket.destroy(),
  )
  await expect.poll(() => statuses).toEqual([499])
  await expect.poll(() => [ai.pool.stats().inUse, ai.pool.stats().waiting, model.held]).toEqual([0, 0, 0])
})

test('a parser that kept nothing of the body leaves a question without a prompt', async () => {
  await using ai = selectAI({ connection: connectionTo(emulator), routes: allRoutes })
  const app = new Koa()
  app.use(async (ctx, next) => {
    for await (const _ of ctx.req);
    await next()
  })
  app.use(ai.middleware)
  await using server = await listen(app)
  const answer = await ask(`${server.url}/chat`, { body: '{"prompt":"Hello"}' })
  expect([answer.status, answer.json.code]).toEqual([400, 'INVALID_ARGUMENT'])
})

test('the plain handler serves routes of a pool that the application opened', async () => {
  await using pool = await createPool(connectionTo(emulator))
  const app = new Koa()
  app.use(createSelectAIHandler(createRoutes({ pool, ...allRoutes, prefix: '/ai' })))
  app.use((ctx) => {
    ctx.body = 'the next one'
  })
  await using server = await listen(app)
  expect((await ask(`${server.url}/ai/chat?prompt=Hello`)).json).toEqual({ response: 'echo: Hello' })
  expect((await ask(`${server.url}/chat?prompt=Hello`)).text).toBe('the next one')
})
