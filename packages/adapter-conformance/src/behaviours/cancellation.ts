import { once } from 'node:events'
import { Agent } from 'node:http'
import { type ClientHttp2Session, connect as connectHttp2, constants } from 'node:http2'
import { text } from 'node:stream/consumers'
import { CallAbortedError } from '@select-ai/core'
import type { NodeResponse } from '@select-ai/core/routes'
import { expect } from 'vitest'
import type { HostRequest, HostRoute } from '../app.ts'
import { type Asking, question, send } from '../ask.ts'
import { askForEvents, openEvents } from '../event-client.ts'
import { nextRequest, openSockets, type ServiceSetup } from '../test-service.ts'
import type { Behaviour, Behaviours, Trial } from './behaviour.ts'

const hello = question('chat', { prompt: 'Hello' })
const hold = question('chat', { prompt: 'hold' })
const holdBody = '{"prompt":"hold"}'

/** The client leaves while the database works: one break, and the connection serves the next question. */
function leaves(path: string, { setup, ...asking }: Asking & { readonly setup?: ServiceSetup }): Behaviour {
  return async ({ start }) => {
    await using service = await start({ ...setup, options: { connection: { poolMax: 1 } } })
    const { emulator, model } = service
    const pool = await service.pool()
    const client = send(`${service.url}${path}`, asking)
    await model.holding(1)
    client.destroy()
    await emulator.ledger.waitFor(({ sessions }) => sessions.some(({ breaks }) => breaks === 1))
    await expect.poll(() => pool.stats().inUse).toBe(0)
    expect(model.held).toBe(0)
    expect((await service.ask(hello)).status).toBe(200)
    expect(emulator.ledger.sessions.map(({ breaks }) => breaks)).toEqual([1])
    expect(pool.stats().totals).toMatchObject({ aborted: 1, dropped: 0 })
  }
}

/** The client leaves while it waits in the line: the database never hears of it. */
function leavesTheLine(asking: Asking): Behaviour {
  return async ({ start }) => {
    await using service = await start({ options: { connection: { poolMax: 1, queueTimeoutMs: 20_000 } } })
    const pool = await service.pool()
    const first = service.ask(hold)
    await service.model.holding(1)
    const never = asking.body === undefined ? question('chat', { prompt: 'never' }) : '/chat'
    const client = send(`${service.url}${never}`, asking)
    await expect.poll(() => pool.stats().waiting).toBe(1)
    client.destroy()
    await expect.poll(() => pool.stats().waiting).toBe(0)
    service.model.release()
    expect((await first).status).toBe(200)
    const statements = service.emulator.ledger.sessions.flatMap((session) => session.statements)
    expect(JSON.stringify(statements)).not.toContain('never')
  }
}

interface Waiting extends HostRoute {
  readonly signals: AbortSignal[]
}

/** A route that waits until its client has left. */
function waitingRoute(): Waiting {
  const signals: AbortSignal[] = []
  const answer = async ({ requestSignal }: HostRequest): Promise<object> => {
    const signal = requestSignal()
    signals.push(signal)
    if (!signal.aborted) await once(signal, 'abort')
    return {}
  }
  return { path: '/host/wait', signals, answer }
}

/** The signal of a request to a route of the host's own, whose client leaves. */
function abortsTheSignal(asking: Asking, setup: ServiceSetup = {}): Behaviour {
  return async ({ start }: Trial) => {
    const waiting = waitingRoute()
    await using service = await start({ ...setup, after: [waiting] })
    const client = send(`${service.url}/host/wait`, asking)
    await expect.poll(() => waiting.signals.length).toBe(1)
    expect(waiting.signals[0]?.aborted).toBe(false)
    client.destroy()
    await expect.poll(() => waiting.signals[0]?.aborted).toBe(true)
  }
}

/** A session that ends with its test, whatever its streams are doing. */
function openSession(url: string): ClientHttp2Session & Disposable {
  const session = connectHttp2(url)
  return Object.assign(session, { [Symbol.dispose]: () => session.destroy() })
}

async function answerOf(session: ClientHttp2Session, headers: Record<string, string>, body?: string) {
  const stream = session.request(headers)
  stream.end(body)
  const [received] = (await once(stream, 'response')) as [Record<string, unknown>]
  return { status: received[':status'], headers: received, text: await text(stream) }
}

export const cancellation: Behaviours = {
  'a client that leaves the line is forgotten, and the database never hears of it': leavesTheLine({}),
  'a client that leaves the line after a POST likewise': leavesTheLine({ body: '{"prompt":"never"}' }),
  'a client that leaves a GET breaks the call, and the connection goes on serving': leaves(hold, {}),
  'a client that leaves a POST likewise': leaves('/chat', { body: holdBody }),
  'a client that leaves a POST which the host has parsed likewise': leaves('/chat', {
    body: holdBody,
    setup: { parser: 'before' },
  }),
  'a client that leaves a stream likewise': leaves(hold, { headers: { accept: 'text/event-stream' } }),
  'a client that leaves a stream over POST likewise': leaves('/chat', {
    body: holdBody,
    headers: { accept: 'text/event-stream' },
  }),

  'a client that leaves a stream in the line is forgotten too': async ({ start }) => {
    await using service = await start({ options: { connection: { poolMax: 1, queueTimeoutMs: 20_000 } } })
    const pool = await service.pool()
    const first = await openEvents(`${service.url}${hold}`)
    await service.model.holding(1)
    const waiting = await openEvents(`${service.url}/chat`, { body: '{"prompt":"never"}' })
    expect((await waiting.event('status')).data).toEqual({ status: 'waiting' })
    expect(pool.stats().waiting).toBe(1)
    waiting.leave()
    await expect.poll(() => pool.stats().waiting).toBe(0)
    service.model.release()
    expect((await first.all()).at(-1)?.name).toBe('done')
    const statements = service.emulator.ledger.sessions.flatMap((session) => session.statements)
    expect(JSON.stringify(statements)).not.toContain('never')
  },

  'a client that leaves in the middle of a long answer leaves nothing behind': async ({ start }) => {
    await using service = await start()
    const pool = await service.pool()
    const sent = askForEvents(`${service.url}${question('chat', { prompt: 'long' })}`)
    const [response] = await once(sent, 'response')
    await once(response, 'readable')
    await expect.poll(() => pool.stats().inUse).toBe(0)
    sent.destroy()
    await expect.poll(() => openSockets(service.app)).toBe(0)
  },

  'a client that has left at once leaves nothing behind': async ({ start }) => {
    await using service = await start()
    const pool = await service.pool()
    for (const headers of [{}, { accept: 'text/event-stream' }]) {
      for (let round = 0; round < 10; round += 1) {
        const client = send(`${service.url}${hold}`, { headers })
        await nextRequest(service.app)
        client.destroy()
      }
    }
    await expect.poll(() => [pool.stats().inUse, pool.stats().waiting, service.model.held]).toEqual([0, 0, 0])
    await expect.poll(() => openSockets(service.app)).toBe(0)
    expect((await service.ask(hello)).status).toBe(200)
  },

  'a route of the host hears that the client of a GET has left': abortsTheSignal({}),
  'a route of the host hears that the client of a POST has left': abortsTheSignal({
    body: 'a text',
    headers: { 'content-type': 'text/plain' },
  }),
  'a route of the host hears it after its parser has read the body': abortsTheSignal(
    { body: '{"a":1}' },
    { parser: 'before' },
  ),

  'a route of the host that asks too late hears it at once': async ({ start }) => {
    const signals: AbortSignal[] = []
    const late: HostRoute = {
      path: '/host/late',
      async answer({ response, requestSignal }) {
        await new Promise<void>((resolve) => response.once('close', resolve))
        signals.push(requestSignal())
        return {}
      },
    }
    await using service = await start({ after: [late] })
    const client = send(`${service.url}/host/late`)
    await nextRequest(service.app)
    client.destroy()
    await expect.poll(() => signals.map(({ aborted }) => aborted)).toEqual([true])
  },

  'a call of a route of the host ends with its client': async ({ start }) => {
    const failures: unknown[] = []
    const summary: HostRoute = {
      path: '/host/summary',
      async answer({ pool, requestSignal }) {
        const call = pool().profile('OCI_AI_PROFILE').chat('hold', { signal: requestSignal() })
        await call.catch((error) => failures.push(error))
        return {}
      },
    }
    await using service = await start({ after: [summary] })
    const client = send(`${service.url}/host/summary`)
    await service.model.holding(1)
    client.destroy()
    await service.emulator.ledger.waitFor(({ sessions }) => sessions.some(({ breaks }) => breaks === 1))
    await expect.poll(() => failures).toEqual([expect.any(CallAbortedError)])
  },

  'an answer that was given aborts nothing: GET, POST, large answers, kept connections and their end': async ({
    start,
  }) => {
    const signals: AbortSignal[] = []
    const responses: NodeResponse[] = []
    const noting = (path: string, answer: () => unknown): HostRoute => ({
      path,
      answer({ requestSignal, response }) {
        signals.push(requestSignal())
        responses.push(response)
        return answer()
      },
    })
    await using service = await start({
      parser: 'before',
      after: [noting('/host/small', () => ({})), noting('/host/large', () => ({ text: 'x'.repeat(3_000_000) }))],
    })
    const agent = new Agent({ keepAlive: true, maxSockets: 1 })
    for (let round = 0; round < 3; round += 1) {
      expect((await service.ask('/host/small', { agent })).status).toBe(200)
      expect((await service.ask('/host/small', { agent, body: '{"a":1}' })).status).toBe(200)
      expect((await service.ask('/host/large', { agent })).status).toBe(200)
    }
    agent.destroy()
    await expect.poll(() => openSockets(service.app)).toBe(0)
    expect(responses.map(({ closed }) => closed)).toEqual(new Array(9).fill(true))
    expect(signals.map(({ aborted }) => aborted)).toEqual(new Array(9).fill(false))
  },

  'answers and streams that came to their end count as no abort': async ({ start }) => {
    await using service = await start()
    const pool = await service.pool()
    const agent = new Agent({ keepAlive: true, maxSockets: 1 })
    for (let round = 0; round < 3; round += 1) {
      expect((await service.ask(hello, { agent })).status).toBe(200)
      expect((await service.ask('/chat', { agent, body: '{"prompt":"Hello"}' })).status).toBe(200)
      const client = await openEvents(`${service.url}${hello}`, { agent })
      expect((await client.all()).at(-1)?.name).toBe('done')
    }
    agent.destroy()
    await expect.poll(() => openSockets(service.app)).toBe(0)
    expect(pool.stats().totals).toMatchObject({ aborted: 0, dropped: 0 })
    expect(service.emulator.ledger.sessions.every(({ breaks }) => breaks === 0)).toBe(true)
  },

  'over HTTP/2 questions are answered and streamed, several on one connection': async ({ start }) => {
    await using service = await start({ http2: true })
    using session = openSession(service.url)
    const [get, post, stream, head] = await Promise.all([
      answerOf(session, { ':path': hello }),
      answerOf(session, { ':path': '/chat', ':method': 'POST', 'content-type': 'application/json' }, '{"prompt":"Hi"}'),
      answerOf(session, { ':path': hello, accept: 'text/event-stream' }),
      answerOf(session, { ':path': '/livez', ':method': 'HEAD' }),
    ])
    expect([get.status, get.text]).toEqual([200, '{"response":"echo: Hello"}'])
    expect([post.status, post.text]).toEqual([200, '{"response":"echo: Hi"}'])
    expect([stream.status, stream.headers['x-host']]).toEqual([200, 'here'])
    expect(stream.text).toMatch(/event: done\n/)
    expect([head.status, head.text]).toEqual([200, ''])
  },

  'over HTTP/2 a body that is far too large gets 413, and its stream ends': async ({ start }) => {
    await using service = await start({ http2: true, routes: { maxBodyBytes: 100 } })
    using session = openSession(service.url)
    const headers = { ':path': '/chat', ':method': 'POST', 'content-type': 'application/json' }
    const stream = session.request(headers).on('error', () => {})
    stream.write(' '.repeat(2_000_000))
    const [received] = await once(stream, 'response')
    stream.resume()
    await expect.poll(() => stream.closed, { timeout: 3000 }).toBe(true)
    expect(received[':status']).toBe(413)
  },

  'over HTTP/2 the signal follows the stream: aborted by a reset, not by an answer': async ({ start }) => {
    const waiting = waitingRoute()
    const signals: AbortSignal[] = []
    const quick: HostRoute = {
      path: '/host/quick',
      answer({ requestSignal }) {
        signals.push(requestSignal())
        return {}
      },
    }
    await using service = await start({ http2: true, after: [waiting, quick] })
    using session = openSession(service.url)
    expect((await answerOf(session, { ':path': '/host/quick' })).status).toBe(200)
    const reset = session.request({ ':path': '/host/wait' })
    await expect.poll(() => waiting.signals.length).toBe(1)
    reset.close(constants.NGHTTP2_CANCEL)
    await expect.poll(() => waiting.signals[0]?.aborted).toBe(true)
    const held = session.request({ ':path': hold })
    await service.model.holding(1)
    held.close(constants.NGHTTP2_CANCEL)
    await service.emulator.ledger.waitFor(({ sessions }) => sessions.some(({ breaks }) => breaks === 1))
    expect(signals[0]?.aborted).toBe(false)
  },
}
