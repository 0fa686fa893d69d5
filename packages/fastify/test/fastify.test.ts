import { once } from 'node:events'
import { createServer, type Socket } from 'node:net'
import { allRoutes, connectionTo, password } from '@select-ai/adapter-conformance'
import { createPool, SelectAIError } from '@select-ai/core'
import { createRoutes, openApiDocument } from '@select-ai/core/routes'
import { type Emulator, startEmulator } from '@select-ai/emulator'
import { createSelectAIHandler, getSelectAI, requestSignal, selectAI } from '@select-ai/fastify'
import Fastify, { type FastifyReply } from 'fastify'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'

let emulator: Emulator
beforeAll(async () => {
  emulator = await startEmulator({ password })
})
afterEach(() => emulator.ledger.waitFor(({ open }) => open === 0))
afterAll(() => emulator.close())

describe('the plugin', () => {
  test('registering twice under one name is refused with the way out', async () => {
    const app = Fastify()
    app.register(selectAI, { connection: connectionTo(emulator) })
    app.register(selectAI, { connection: connectionTo(emulator) })
    await expect(app.ready()).rejects.toThrow("name: a pool 'default' is registered already; give this one a name")
    await app.close()
  })

  test('a pool registered in a scope is not seen outside it', async () => {
    const app = Fastify()
    await app.register(async (scope) => {
      await scope.register(selectAI, { connection: connectionTo(emulator) })
      expect(getSelectAI(scope).name).toBe('default')
    })
    await app.ready()
    expect(() => getSelectAI(app)).toThrow(/no pool 'default'; await app.register/)
    await app.close()
  })

  test('the pool is a property of the application, and of the name that it was given', async () => {
    const app = Fastify()
    await app.register(selectAI, { connection: connectionTo(emulator) })
    await app.register(selectAI, { name: 'reports', connection: connectionTo(emulator) })
    expect(Reflect.get(app, 'selectAI')).toBe(getSelectAI(app))
    expect(getSelectAI(app, 'reports').name).toBe('reports')
    expect(() => getSelectAI(app, 'other')).toThrow(/no pool 'other'/)
    await app.close()
  })

  test('a database that never answers stops the start before Fastify runs out of patience', async () => {
    const sockets = new Set<Socket>()
    const silent = createServer((socket) => sockets.add(socket.on('error', () => {})))
    silent.listen(0, '127.0.0.1')
    await once(silent, 'listening')
    const { port } = silent.address() as { port: number }
    const app = Fastify({ pluginTimeout: 1000 })
    app.register(selectAI, {
      connection: connectionTo({ connectString: `127.0.0.1:${port}/FREEPDB1` }, { connectTimeoutMs: 3000 }),
    })
    await expect(app.ready()).rejects.toThrow(/no answer within 900 ms; check connectString/)
    await app.close()
    for (const socket of sockets) socket.destroy()
    silent.close()
    await once(silent, 'close')
  })

  test('when another plugin fails later, closing the application closes the pool', async () => {
    const app = Fastify()
    app.register(selectAI, { connection: connectionTo(emulator, { poolMin: 1 }) })
    app.register(async () => {
      throw new Error('another plugin failed')
    })
    await expect(app.ready()).rejects.toThrow('another plugin failed')
    await app.close()
  })

  test('a supplied pool together with connection settings is refused', async () => {
    await using pool = await createPool(connectionTo(emulator))
    const app = Fastify()
    app.register(selectAI, { pool, connection: {} })
    const refusal = await Promise.resolve(app.ready()).catch((error: unknown) => error)
    expect(SelectAIError.isInstance(refusal) && refusal.code).toBe('INVALID_ARGUMENT')
    await app.close()
  })
})

describe('beside the rest of Fastify', () => {
  test('parsers of the host stay as they were, and its hooks hear of every answer', async () => {
    const seen: string[] = []
    const app = Fastify()
    app.addContentTypeParser('text/csv', { parseAs: 'string' }, (_request, body, done) => done(null, `csv ${body}`))
    app.addHook('onResponse', async ({ url }) => void seen.push(url))
    await app.register(selectAI, { connection: connectionTo(emulator), routes: allRoutes })
    app.post('/upload', async ({ body }) => ({ body }))
    const csv = { 'content-type': 'text/csv' }
    const upload = await app.inject({ method: 'POST', url: '/upload', payload: 'a,b', headers: csv })
    expect(upload.json()).toEqual({ body: 'csv a,b' })
    expect((await app.inject({ method: 'POST', url: '/chat', payload: 'a,b', headers: csv })).statusCode).toBe(415)
    expect(seen).toEqual(['/upload', '/chat'])
    await app.close()
  })

  test('errors of hooks that run after the body was read go to the error handler of the host', async () => {
    const app = Fastify()
    app.addHook('preHandler', async ({ headers }) => {
      if (!headers.authorization) throw Object.assign(new Error('mine'), { statusCode: 401 })
    })
    app.setErrorHandler((error: Error & { statusCode?: number }, _request, reply) =>
      reply.code(error.statusCode ?? 500).send({ handledByHost: error.message }),
    )
    await app.register(selectAI, { connection: connectionTo(emulator), routes: allRoutes })
    const question = { method: 'POST', url: '/chat', payload: { prompt: 'Hello' } } as const
    const refused = await app.inject(question)
    expect([refused.statusCode, refused.json()]).toEqual([401, { handledByHost: 'mine' }])
    expect((await app.inject({ ...question, headers: { authorization: 'yes' } })).statusCode).toBe(200)
    await app.close()
  })

  test('the body may reach the routes as bytes, where the host parses JSON that way', async () => {
    const app = Fastify()
    app.removeContentTypeParser('application/json')
    app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
    await app.register(selectAI, { connection: connectionTo(emulator), routes: allRoutes })
    const post = (payload: Buffer) =>
      app.inject({ method: 'POST', url: '/chat', payload, headers: { 'content-type': 'application/json' } })
    expect((await post(Buffer.from('{"prompt":"Hello"}'))).statusCode).toBe(200)
    const notText = Buffer.concat([Buffer.from('{"prompt":"'), Buffer.from([0xff]), Buffer.from('"}')])
    expect((await post(notText)).statusCode).toBe(400)
    await app.close()
  })

  test('the schemas of the routes accept and refuse in Fastify what the routes accept and refuse', async () => {
    await using pool = await createPool(connectionTo(emulator))
    const routes = createRoutes({ pool, ...allRoutes, maxPromptCharacters: 10 })
    const [chat] = routes.list
    const app = Fastify({ ajv: { customOptions: { removeAdditional: false, coerceTypes: false } } })
    app.post('/chat', { schema: { body: chat?.schemas.question } }, async () => ({}))
    const accepted = { prompt: 'Hi\n😀' }
    for (const [body, status] of [
      [accepted, 200],
      [{ ...accepted, profile: 'OCI_AI_PROFILE' }, 200],
      [{ prompt: '😀'.repeat(10) }, 200],
      [{ prompt: 'x'.repeat(11) }, 400],
      [{ prompt: ' \t' }, 400],
      [{ prompt: 'a\u0085' }, 400],
      [{ prompt: 1 }, 400],
      [{ prompt: 'a', profile: '' }, 400],
      [{ prompt: 'a', other: 1 }, 400],
      [{}, 400],
    ] as const) {
      const { statusCode } = await app.inject({ method: 'POST', url: '/chat', payload: body })
      const headers = { 'content-type': 'application/json' }
      const own = await routes.handle({ method: 'POST', path: '/chat', headers, query: {}, body })
      expect([body, statusCode, own.status]).toEqual([body, status, status])
    }
    await app.close()
  })

  test('every operation of the description is a route of Fastify', async () => {
    await using pool = await createPool(connectionTo(emulator))
    const app = Fastify()
    await app.register(selectAI, { pool, routes: allRoutes })
    const { paths } = openApiDocument(createRoutes({ pool, ...allRoutes }), { title: 'Questions', version: '1.0.0' })
    for (const [url, operations] of Object.entries(paths)) {
      for (const method of Object.keys(operations)) {
        expect([url, method, app.hasRoute({ url, method: method.toUpperCase() as 'GET' })]).toEqual([url, method, true])
      }
    }
    await app.close()
  })

  test("Fastify's own handler timeout ends the call too", async () => {
    const signals: AbortSignal[] = []
    const app = Fastify({ handlerTimeout: 100 })
    app.get('/slow', async (_request, reply: FastifyReply) => {
      const signal = requestSignal(reply)
      signals.push(signal)
      await once(signal, 'abort')
      return reply
    })
    const url = await app.listen({ host: '127.0.0.1', port: 0 })
    expect((await fetch(`${url}/slow`)).status).toBe(503)
    expect(signals.map(({ aborted }) => aborted)).toEqual([true])
    await app.close()
  })
})

test('the plain handler serves one route or all of them without the plugin', async () => {
  await using pool = await createPool(connectionTo(emulator))
  const routes = createRoutes({ pool, ...allRoutes, prefix: '/ai' })
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
