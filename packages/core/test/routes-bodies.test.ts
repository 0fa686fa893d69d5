import { once } from 'node:events'
import { createServer, type IncomingMessage, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Readable } from 'node:stream'
import { json } from 'node:stream/consumers'
import { createRoutes, type Routes, type RoutesOptions, unreadableBodyResponse } from '@select-ai/core/routes'
import { expect, test } from 'vitest'
import { scriptedPool } from './routes-scripted-pool.ts'

const jsonType = { 'content-type': 'application/json' }

function makeRoutes(change: Partial<RoutesOptions> = {}): Routes {
  return createRoutes({ pool: scriptedPool(), actions: ['chat'], profiles: ['SALES'], ...change })
}

/** A host that reads no body itself, on a free port. */
async function startHost(routes: Routes) {
  const sockets = new Set<unknown>()
  const server = createServer(async (incoming, outgoing) => {
    sockets.add(incoming.socket)
    const { method = '', url: path = '', headers } = incoming
    const { status, headers: more, body } = await routes.handle({ method, path, headers, query: {}, body: incoming })
    outgoing.writeHead(status, more).end(body.kind === 'complete' ? body.text : undefined)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const post = async (body: string | Uint8Array, headers: Record<string, string> = jsonType) => {
    const sent = request({ host: '127.0.0.1', port, path: '/chat', method: 'POST', headers })
    sent.on('error', () => {})
    sent.end(body)
    const [response] = (await once(sent, 'response')) as [IncomingMessage]
    return { status: response.statusCode, headers: response.headers, json: (await json(response)) as object }
  }
  const dispose = async (): Promise<void> => {
    server.closeAllConnections()
    server.close()
    await once(server, 'close')
  }
  return { post, sockets, [Symbol.asyncDispose]: dispose }
}

test('a host that parses no bodies passes the request on, and the routes read it', async () => {
  await using host = await startHost(makeRoutes())
  const { status, json } = await host.post('{"prompt":"Grüße"}')
  expect([status, json]).toEqual([200, { response: 'answer of chat' }])
})

test('a body that is too large is thrown away, and the connection goes on serving', async () => {
  await using host = await startHost(makeRoutes({ maxBodyBytes: 100 }))
  const { status, json, headers } = await host.post('x'.repeat(500_000))
  expect([status, json, headers.connection]).toMatchObject([413, { code: 'BODY_TOO_LARGE' }, 'keep-alive'])
  expect((await host.post('{"prompt":"Hello"}')).status).toBe(200)
  expect(host.sockets.size).toBe(1)
})

test('a body without end is not read to its end, and its connection is given up', async () => {
  const routes = makeRoutes({ maxBodyBytes: 100 })
  let sent = 0
  const endless = async function* (): AsyncGenerator<Uint8Array> {
    for (;;) {
      sent += 65_536
      yield Buffer.alloc(65_536, ' ')
    }
  }
  const { status, headers } = await routes.handle({
    method: 'POST',
    path: '/chat',
    headers: jsonType,
    query: {},
    body: endless(),
  })
  expect([status, headers.connection]).toEqual([413, 'close'])
  expect(sent).toBeLessThan(2_000_000)
})

test.each<[string, unknown, Record<string, string>, number]>([
  ['a parsed object', { prompt: 'Hello' }, {}, 200],
  ['a text', '{"prompt":"Hello"}', {}, 200],
  ['bytes', Buffer.from('{"prompt":"Hello"}'), {}, 200],
  ['a Fetch body', new Blob(['{"prompt":"Hello"}']).stream(), {}, 200],
  ['a stream of texts', Readable.from(['{"prompt"', ':"Hello"}']), {}, 200],
  ['a parsed object of a compressed request', { prompt: 'Hello' }, { 'content-encoding': 'gzip' }, 200],
  [
    'compressed bytes that nobody has unpacked',
    Readable.from([Buffer.from([31])]),
    { 'content-encoding': 'gzip' },
    415,
  ],
  ['bytes that are no UTF-8', Buffer.from([0x22, 0xff, 0x22]), {}, 400],
  ['a stream that breaks', Readable.from(breaking()), {}, 400],
  ['a text that is too long', `{"prompt":"${'x'.repeat(200)}"}`, {}, 413],
  ['a declared length beyond all limits', { prompt: 'Hello' }, { 'content-length': '99999999' }, 413],
  ['nothing', undefined, {}, 400],
])('%s as body', async (_what, body, headers, expected) => {
  const routes = makeRoutes({ maxBodyBytes: 100 })
  const sent = { ...jsonType, ...headers }
  const response = await routes.handle({ method: 'POST', path: '/chat', headers: sent, query: {}, body })
  expect(response.status).toBe(expected)
})

test('a client that leaves while it sends its question is no failure of the service', async () => {
  const controller = new AbortController()
  const body = Readable.from(breaking(() => controller.abort()))
  const sent = { method: 'POST', path: '/chat', headers: jsonType, query: {}, body }
  expect((await makeRoutes().handle({ ...sent, signal: controller.signal })).status).toBe(499)
})

test.each([
  [413, 413, 'BODY_TOO_LARGE'],
  [415, 415, 'UNSUPPORTED_MEDIA_TYPE'],
  [400, 400, 'INVALID_ARGUMENT'],
  [undefined, 400, 'INVALID_ARGUMENT'],
])("a host's own parser that refuses with %s leads to %d", (asked, status, code) => {
  const response = unreadableBodyResponse(asked, { headers: { 'x-request-id': 'abc' } })
  expect(response.status).toBe(status)
  expect(JSON.parse(response.body.text)).toMatchObject({ status, code, requestId: 'abc' })
})

async function* breaking(before = (): void => {}): AsyncGenerator<Uint8Array> {
  yield Buffer.from('{"prompt":')
  before()
  throw new Error('the connection broke')
}
