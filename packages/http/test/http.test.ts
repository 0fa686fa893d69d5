import { once } from 'node:events'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { allRoutes, ask, connectionTo, heldModel, password } from '@select-ai/adapter-conformance'
import { createPool } from '@select-ai/core'
import { createRoutes } from '@select-ai/core/routes'
import { type Emulator, startEmulator } from '@select-ai/emulator'
import { createSelectAIHandler, selectAI } from '@select-ai/http'
import express from 'express'
import lowestExpress from 'express-lowest'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'

const body = '{"prompt":"Hello"}'
let emulator: Emulator
beforeAll(async () => {
  emulator = await startEmulator({ password, model: heldModel() })
})
afterEach(() => emulator.ledger.waitFor(({ open }) => open === 0))
afterAll(() => emulator.close())

async function listen(listener: RequestListener): Promise<AsyncDisposable & { readonly url: string }> {
  const server: Server = createServer(listener).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const dispose = async (): Promise<void> => {
    server.close()
    await once(server, 'close')
  }
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, [Symbol.asyncDispose]: dispose }
}

test('alone on a server, the handler answers what it does not own with 404', async () => {
  await using ai = selectAI({ connection: connectionTo(emulator), routes: allRoutes })
  await using server = await listen((request, response) => ai.handler(request, response))
  expect((await ask(`${server.url}/chat?prompt=Hello`)).status).toBe(200)
  for (const [path, asking] of [
    ['/nothing', {}],
    ['/chat', { method: 'OPTIONS' }],
  ] as const) {
    const { status, json } = await ask(`${server.url}${path}`, asking)
    expect([path, status, json.code]).toEqual([path, 404, 'NOT_FOUND'])
  }
})

test('the plain handler serves routes of a pool that the application opened', async () => {
  await using pool = await createPool(connectionTo(emulator))
  await using server = await listen(createSelectAIHandler(createRoutes({ pool, ...allRoutes, prefix: '/ai' })))
  expect((await ask(`${server.url}/ai/chat?prompt=Hello`)).status).toBe(200)
  expect((await ask(`${server.url}/ai/chat`, { body })).status).toBe(200)
})

test.each(['/chat?prompt=a?b', '/chat?prompt=a%3Fb'])(
  'the query begins with the first question mark: %s',
  async (path) => {
    await using ai = selectAI({ connection: connectionTo(emulator), routes: allRoutes })
    await using server = await listen(ai.handler)
    expect((await ask(`${server.url}${path}`)).json.response).toMatch(/a\?b/)
  },
)

describe.each([
  ['Express 5', express],
  ['Express 4', lowestExpress],
])('in %s', (_name, framework) => {
  test('the handler is a middleware, at the root and below a path, before and after a parser', async () => {
    await using ai = selectAI({ connection: connectionTo(emulator), routes: allRoutes })
    const app = framework()
    app.use('/early', ai.handler)
    app.use(framework.json())
    app.use('/late', ai.handler)
    app.use(ai.handler)
    await using server = await listen(app)
    for (const path of ['/early/chat', '/late/chat', '/chat']) {
      expect([path, (await ask(`${server.url}${path}`, { body })).status]).toEqual([path, 200])
      expect([path, (await ask(`${server.url}${path}?prompt=Hello`)).status]).toEqual([path, 200])
    }
    expect((await ask(`${server.url}/early/readyz`)).status).toBe(200)
  })

  test('a body that its parser refuses is answered by the error handler of the application', async () => {
    await using ai = selectAI({ connection: connectionTo(emulator), routes: allRoutes })
    const app = framework()
    app.use(framework.json({ limit: 50 }))
    app.use(ai.handler)
    app.use(((error, _request, response, _next) => {
      response.status(error.statusCode).json({ refused: error.type })
    }) satisfies express.ErrorRequestHandler)
    await using server = await listen(app)
    const refused = async (text: string): Promise<unknown> => {
      const { status, json } = await ask(`${server.url}/chat`, { body: text })
      return [status, json.refused]
    }
    expect(await refused('{"prompt":')).toEqual([400, 'entity.parse.failed'])
    expect(await refused(body.padEnd(51))).toEqual([413, 'entity.too.large'])
  })

  test('a parser of texts or bytes serves as well as one of JSON', async () => {
    await using ai = selectAI({ connection: connectionTo(emulator), routes: allRoutes })
    for (const parser of [framework.text({ type: '*/*' }), framework.raw({ type: '*/*' })]) {
      const app = framework()
      app.use(parser)
      app.use(ai.handler)
      await using server = await listen(app)
      expect((await ask(`${server.url}/chat`, { body })).json).toEqual({ response: 'echo: Hello' })
    }
  })
})
