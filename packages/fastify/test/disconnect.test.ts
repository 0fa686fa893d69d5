import { once } from 'node:events'
import { Agent, type ClientRequest, request } from 'node:http'
import { connect as connectHttp2 } from 'node:http2'
import { getSelectAI, requestSignal } from '@select-ai/fastify'
import Fastify, { type FastifyReply } from 'fastify'
import { expect, test } from 'vitest'
import { startService } from './start-service.ts'

/** Sends a request that the caller destroys; the hang-up on our side is no error of the test. */
function impatient(url: string, options: { method?: string; body?: string } = {}): ClientRequest {
  const headers = { 'content-type': 'text/plain' }
  const sent = request(url, { method: options.method ?? 'GET', agent: false, ...(options.body && { headers }) })
  sent.on('error', () => {})
  sent.end(options.body)
  return sent
}

async function ask(url: string, agent: Agent, method = 'GET', body?: string): Promise<number> {
  const sent = request(url, { method, agent, ...(body && { headers: { 'content-type': 'application/json' } }) })
  sent.end(body)
  const [response] = await once(sent, 'response')
  response.resume()
  await once(response, 'close')
  return response.statusCode
}

test('a client that leaves during the call ends the call, and the connection goes on serving', async () => {
  await using service = await startService({ plugin: { connection: { poolMax: 1 } } })
  const { url, model, emulator, app } = service
  const client = impatient(`${url}/chat?prompt=hold`)
  await model.holding(1)
  client.destroy()
  await emulator.ledger.waitFor(({ sessions }) => sessions.some(({ breaks }) => breaks === 1))
  await expect.poll(() => getSelectAI(app).stats().inUse).toBe(0)
  expect(model.held).toBe(0)
  expect((await fetch(`${url}/chat?prompt=Hello`)).status).toBe(200)
  expect(emulator.ledger.opened).toBe(1)
  expect(getSelectAI(app).stats().totals).toMatchObject({ aborted: 1, dropped: 0 })
})

test('a client that leaves while it waits gives up its place, and the database never hears of it', async () => {
  await using service = await startService({ plugin: { connection: { poolMax: 1, queueTimeoutMs: 20_000 } } })
  const { url, model, emulator, app } = service
  const pool = getSelectAI(app)
  const first = fetch(`${url}/chat?prompt=hold`)
  await model.holding(1)
  const client = impatient(`${url}/chat?prompt=never`)
  await expect.poll(() => pool.stats().waiting).toBe(1)
  client.destroy()
  await expect.poll(() => pool.stats().waiting).toBe(0)
  model.release()
  expect((await first).status).toBe(200)
  const statements = emulator.ledger.sessions.flatMap(({ statements }) => statements)
  expect(JSON.stringify(statements)).not.toContain('never')
})

test('the signal of a request with a body aborts when the client leaves, also after the body was read', async () => {
  const signals: AbortSignal[] = []
  await using service = await startService({
    prepare(app) {
      app.post('/wait', async (_request, reply) => {
        const signal = requestSignal(reply)
        signals.push(signal)
        await once(signal, 'abort')
        return {}
      })
    },
  })
  const client = impatient(`${service.url}/wait`, { method: 'POST', body: 'a text' })
  await expect.poll(() => signals.length).toBe(1)
  expect(signals[0]?.aborted).toBe(false)
  client.destroy()
  await expect.poll(() => signals[0]?.aborted).toBe(true)
})

test('a signal that is asked for after the client has left is aborted already', async () => {
  let left: AbortSignal | undefined
  await using service = await startService({
    prepare(app) {
      app.get('/late', async (_request, reply) => {
        await once(reply.raw, 'close')
        left = requestSignal(reply)
        return {}
      })
    },
  })
  const client = impatient(`${service.url}/late`)
  await once(client, 'socket')
  await once(service.app.server, 'request')
  client.destroy()
  await expect.poll(() => left?.aborted).toBe(true)
})

test('a normal completion never aborts: GET, POST, streams, one socket for several requests, and its end', async () => {
  const signals: AbortSignal[] = []
  const replies: FastifyReply[] = []
  await using service = await startService({
    prepare(app) {
      const note = (reply: FastifyReply): void => {
        signals.push(requestSignal(reply))
        replies.push(reply)
      }
      app.get('/get', async (_request, reply) => {
        note(reply)
        return {}
      })
      app.post('/post', async ({ body }, reply) => {
        note(reply)
        return { body }
      })
      app.get('/large', async (_request, reply) => {
        note(reply)
        return reply.send('x'.repeat(3_000_000))
      })
    },
  })
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  for (let round = 0; round < 3; round += 1) {
    expect(await ask(`${service.url}/get`, agent)).toBe(200)
    expect(await ask(`${service.url}/post`, agent, 'POST', '{"a":1}')).toBe(200)
    expect(await ask(`${service.url}/large`, agent)).toBe(200)
  }
  agent.destroy()
  await expect.poll(() => replies.every(({ raw }) => raw.closed && raw.req.closed)).toBe(true)
  await service.app.close()
  expect(signals.map(({ aborted }) => aborted)).toEqual(new Array(9).fill(false))
})

test('over HTTP/2 the signal follows the stream: aborted by a reset, not by an answer', async () => {
  const signals = new Map<string, AbortSignal>()
  const app = Fastify({ http2: true })
  app.get('/:name', async (incoming, reply) => {
    const { name } = incoming.params as { name: string }
    const signal = requestSignal(reply as unknown as FastifyReply)
    signals.set(name, signal)
    if (name === 'wait') await once(signal, 'abort')
    return {}
  })
  const url = await app.listen({ host: '127.0.0.1', port: 0 })
  const session = connectHttp2(url)
  const answered = session.request({ ':path': '/answer' }).resume()
  await once(answered, 'close')
  const reset = session.request({ ':path': '/wait' })
  await expect.poll(() => signals.has('wait')).toBe(true)
  reset.close(8)
  await expect.poll(() => signals.get('wait')?.aborted).toBe(true)
  session.close()
  await app.close()
  expect(signals.get('answer')?.aborted).toBe(false)
})

test("Fastify's own handler timeout ends the call too", async () => {
  let signal: AbortSignal | undefined
  const app = Fastify({ handlerTimeout: 100 })
  app.get('/slow', async (_request, reply) => {
    signal = requestSignal(reply)
    await once(signal, 'abort')
    return reply
  })
  const url = await app.listen({ host: '127.0.0.1', port: 0 })
  expect((await fetch(`${url}/slow`)).status).toBe(503)
  expect(signal?.aborted).toBe(true)
  await app.close()
})
