import { once } from 'node:events'
import { type IncomingMessage, request } from 'node:http'
import { createServer, type Socket } from 'node:net'
import { json } from 'node:stream/consumers'
import { createPool, SelectAIError } from '@select-ai/core'
import { createRoutes } from '@select-ai/core/routes'
import { startEmulator } from '@select-ai/emulator'
import { createSelectAIHandler, getSelectAI, selectAI } from '@select-ai/fastify'
import Fastify from 'fastify'
import { expect, test } from 'vitest'
import { connectionTo, defaultRoutes, password, startService } from './start-service.ts'

/** Asks on a connection of its own that ends with the answer, since Fastify waits for those that clients keep. */
async function ask(url: string): Promise<{ status: number | undefined; json: unknown }> {
  const [response] = (await once(request(url, { agent: false }).end(), 'response')) as [IncomingMessage]
  return { status: response.statusCode, json: await json(response) }
}

async function codeOf(work: PromiseLike<unknown>): Promise<string> {
  try {
    await work
  } catch (error) {
    if (SelectAIError.isInstance(error)) return error.code
    throw error
  }
  return 'none'
}

test('the pool opens while the server starts and closes with it', async () => {
  await using emulator = await startEmulator({ password })
  const app = Fastify()
  app.register(selectAI, { connection: connectionTo(emulator, { poolMin: 1 }) })
  expect(emulator.ledger.opened).toBe(0)
  await app.ready()
  expect(emulator.ledger.open).toBe(1)
  expect(await getSelectAI(app).isConnected()).toBe(true)
  // @ts-expect-error the property's type is opt-in, since it would be wrong where the plugin is not registered
  expect(app.selectAI).toBe(getSelectAI(app))
  await app.close()
  await emulator.ledger.waitFor(({ opened, loggedOff }) => opened > 0 && opened === loggedOff)
  expect(await codeOf(getSelectAI(app).profile('OCI_AI_PROFILE').chat('Hi'))).toBe('POOL_CLOSED')
})

test('a wrong password stops the start with the real reason', async () => {
  await using emulator = await startEmulator({ password })
  const app = Fastify()
  app.register(selectAI, { connection: connectionTo(emulator, { password: 'CANARY-wrong' }) })
  expect(await codeOf(app.ready())).toBe('LOGIN_FAILED')
  await app.close()
  expect(emulator.ledger.open).toBe(0)
})

test('a database that never answers stops the start before Fastify runs out of patience', async () => {
  const sockets = new Set<Socket>()
  const silent = createServer((socket) => sockets.add(socket.on('error', () => {})))
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
  const { port } = silent.address() as { port: number }
  const app = Fastify({ pluginTimeout: 1000 })
  app.register(selectAI, {
    connection: { user: 'DEMO', password, connectString: `127.0.0.1:${port}/FREEPDB1`, connectTimeoutMs: 3000 },
  })
  await expect(app.ready()).rejects.toThrow(/no answer within 900 ms; check connectString/)
  await app.close()
  for (const socket of sockets) socket.destroy()
  await new Promise((resolve) => silent.close(resolve))
})

test('when another plugin fails later, closing the application closes the pool', async () => {
  await using emulator = await startEmulator({ password })
  const app = Fastify()
  app.register(selectAI, { connection: connectionTo(emulator, { poolMin: 1 }) })
  app.register(async () => {
    throw new Error('another plugin failed')
  })
  await expect(app.ready()).rejects.toThrow('another plugin failed')
  await app.close()
  await emulator.ledger.waitFor(({ opened, loggedOff }) => opened > 0 && opened === loggedOff)
})

test('when the routes are wrong, the start stops before anything is opened for them', async () => {
  await using emulator = await startEmulator({ password })
  const app = Fastify()
  app.register(selectAI, {
    connection: connectionTo(emulator, { poolMin: 1 }),
    routes: { ...defaultRoutes, defaultProfile: 'OTHER' },
  })
  expect(await codeOf(app.ready())).toBe('INVALID_ARGUMENT')
  await app.close()
  expect(emulator.ledger.opened).toBe(0)
})

test('registering twice under one name is refused with the way out', async () => {
  await using emulator = await startEmulator({ password })
  const app = Fastify()
  app.register(selectAI, { connection: connectionTo(emulator) })
  app.register(selectAI, { connection: connectionTo(emulator) })
  await expect(app.ready()).rejects.toThrow("name: a pool 'default' is registered already; give this one a name")
  await app.close()
  await emulator.ledger.waitFor(({ open }) => open === 0)
})

test('several named pools live side by side, each with its own database', async () => {
  await using sales = await startEmulator({ password })
  await using reports = await startEmulator({ password })
  const app = Fastify()
  await app.register(selectAI, { connection: connectionTo(sales) })
  await app.register(selectAI, { name: 'reports', connection: connectionTo(reports) })
  expect(getSelectAI(app).name).toBe('default')
  expect(getSelectAI(app, 'reports').name).toBe('reports')
  await getSelectAI(app, 'reports').profile('OCI_AI_PROFILE').chat('How many promotions?')
  const statements = (emulator: typeof sales): number =>
    emulator.ledger.sessions.flatMap((session) => session.statements).length
  expect(statements(reports)).toBeGreaterThan(statements(sales))
  expect(() => getSelectAI(app, 'other')).toThrow(/no pool 'other'; await app.register/)
  await app.close()
})

test('a pool registered in a scope is not seen outside it', async () => {
  await using emulator = await startEmulator({ password })
  const app = Fastify()
  await app.register(async (scope) => {
    await scope.register(selectAI, { connection: connectionTo(emulator) })
    expect(getSelectAI(scope).name).toBe('default')
  })
  await app.ready()
  expect(() => getSelectAI(app)).toThrow(/no pool 'default'/)
  await app.close()
  await emulator.ledger.waitFor(({ open }) => open === 0)
})

test('a supplied pool is used and left open', async () => {
  await using emulator = await startEmulator({ password })
  await using pool = await createPool(connectionTo(emulator))
  const app = Fastify()
  await app.register(selectAI, { pool, routes: defaultRoutes })
  expect(getSelectAI(app)).toBe(pool)
  expect((await app.inject('/chat?prompt=Hello')).statusCode).toBe(200)
  await app.close()
  await expect(pool.profile('OCI_AI_PROFILE').chat('Hello')).resolves.toBeTypeOf('string')
})

test('a supplied pool together with connection settings is refused', async () => {
  await using emulator = await startEmulator({ password })
  await using pool = await createPool(connectionTo(emulator))
  const app = Fastify()
  app.register(selectAI, { pool, connection: {} })
  expect(await codeOf(app.ready())).toBe('INVALID_ARGUMENT')
  await app.close()
})

test('a call in flight is answered when the server closes, and only then the pool closes', async () => {
  await using service = await startService()
  const { url, app, model, emulator } = service
  const inFlight = ask(`${url}/chat?prompt=hold`)
  await model.holding(1)
  const closing = app.close()
  await expect.poll(() => app.server.listening).toBe(false)
  expect(emulator.ledger.open).toBeGreaterThan(0)
  model.release()
  const response = await inFlight
  expect([response.status, response.json]).toEqual([200, { response: 'echo: hold' }])
  await closing
  await emulator.ledger.waitFor(({ opened, loggedOff }) => opened === loggedOff)
})

test('a call that outlasts the drain time is ended with 503, so that the server can close', async () => {
  await using service = await startService({ plugin: { drainTimeoutMs: 100 } })
  const { url, app, model, emulator } = service
  const inFlight = ask(`${url}/chat?prompt=hold`)
  await model.holding(1)
  await app.close()
  const response = await inFlight
  expect([response.status, response.json]).toMatchObject([503, { code: 'POOL_CLOSED' }])
  await emulator.ledger.waitFor(({ open }) => open === 0)
})

test('readiness is off from the moment the server begins to close', async () => {
  await using emulator = await startEmulator({ password })
  const app = Fastify({ return503OnClosing: false })
  await app.register(selectAI, { connection: connectionTo(emulator), routes: defaultRoutes })
  let during: unknown
  app.addHook('preClose', async () => {
    const url = `http://127.0.0.1:${(app.server.address() as { port: number }).port}`
    during = [await (await fetch(`${url}/readyz`)).json(), (await fetch(`${url}/livez`)).status]
  })
  await app.listen({ host: '127.0.0.1', port: 0 })
  await app.close()
  expect(during).toMatchObject([{ status: 'draining' }, 200])
})

test('the plain handler serves one route or all of them without the plugin', async () => {
  await using emulator = await startEmulator({ password })
  await using pool = await createPool(connectionTo(emulator))
  const routes = createRoutes({ pool, ...defaultRoutes, prefix: '/ai' })
  const app = Fastify()
  app.all('/ai/*', createSelectAIHandler(routes))
  const [live] = routes.list.filter(({ name }) => name === 'livez')
  if (live) app.get('/alive', createSelectAIHandler(live))
  expect((await app.inject('/ai/chat?prompt=Hello')).statusCode).toBe(200)
  expect((await app.inject('/ai/nothing')).json()).toMatchObject({ status: 404, code: 'NOT_FOUND' })
  expect((await app.inject({ method: 'POST', url: '/ai/chat', payload: { prompt: 'Hello' } })).statusCode).toBe(200)
  const refused = await app.inject({ method: 'PUT', url: '/ai/chat', payload: {} })
  expect([refused.statusCode, refused.headers.allow]).toEqual([405, 'GET, POST'])
  expect((await app.inject('/alive')).json()).toEqual({ status: 'alive' })
  await app.close()
})
