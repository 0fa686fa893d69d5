import { once } from 'node:events'
import { connect } from 'node:net'
import { expect } from 'vitest'
import { question } from '../ask.ts'
import { askForEvents, openEvents } from '../event-client.ts'
import { longAnswer } from '../held-model.ts'
import type { Behaviours } from './behaviour.ts'

const accept = 'text/event-stream'
const hold = question('chat', { prompt: 'hold' })
const long = question('chat', { prompt: 'long' })
const prompt = 'How many?'

const answers: Readonly<Record<string, unknown>> = {
  chat: 'echo: How many?',
  show_sql: expect.stringMatching(/^SELECT/),
  explain_sql: expect.stringMatching(/^It counts/),
  narrate: 'The result has 1 row.',
  show_prompt: expect.any(String),
}

export const streaming: Behaviours = {
  'every action with a text streams it over GET and POST: status, chunks, one last event': async ({ start }) => {
    await using service = await start()
    for (const [action, answer] of Object.entries(answers)) {
      for (const client of [
        await openEvents(`${service.url}${question(action, { prompt })}`),
        await openEvents(`${service.url}/${action}`, { body: JSON.stringify({ prompt }) }),
      ]) {
        const events = await client.all()
        const named = (name: string) => events.filter((event) => event.name === name)
        const text = named('chunk').map(({ data }) => data.text)
        expect([action, client.response.statusCode, text.join('')]).toEqual([action, 200, answer])
        expect(events[0]).toEqual({ name: 'status', data: { status: 'waiting' } })
        expect(named('status')[1]).toEqual({ name: 'status', data: { status: 'calling' } })
        const timings = { waitingMs: expect.any(Number), callingMs: expect.any(Number), totalMs: expect.any(Number) }
        const requestId = client.response.headers['x-request-id']
        expect(events.at(-1)).toMatchObject({ name: 'done', data: { requestId, timings } })
        expect([named('done').length, named('error').length]).toEqual([1, 0])
      }
    }
  },

  'a stream asks proxies not to collect, compress or keep it': async ({ start }) => {
    await using service = await start()
    const client = await openEvents(`${service.url}${question('chat', { prompt })}`)
    await client.all()
    expect(client.response.headers).toMatchObject({
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store, no-transform',
      'x-accel-buffering': 'no',
      'x-content-type-options': 'nosniff',
    })
  },

  'the first event comes while the database works': async ({ start }) => {
    await using service = await start()
    const client = await openEvents(`${service.url}${hold}`)
    await service.model.holding(1)
    expect((await client.event('status')).data).toEqual({ status: 'waiting' })
    await expect.poll(() => client.events.map(({ data }) => data.status)).toContain('calling')
    service.model.release()
    expect((await client.all()).at(-1)?.name).toBe('done')
  },

  'while the database works the stream gives signs of life': async ({ start }) => {
    await using service = await start({ routes: { heartbeatMs: 50 } })
    const client = await openEvents(`${service.url}${hold}`)
    await service.model.holding(1)
    expect((await client.event('comment')).data.text).toBe('heartbeat')
    service.model.release()
    const names = (await client.all()).map(({ name }) => name)
    expect(names.slice(names.indexOf('chunk'))).toEqual(['chunk', 'done'])
  },

  'an answer of 900 kB arrives whole, in pieces that split no character': async ({ start }) => {
    await using service = await start()
    const events = await (await openEvents(`${service.url}${long}`)).all()
    const pieces = events.filter(({ name }) => name === 'chunk').map(({ data }) => data.text as string)
    expect(pieces.length).toBeGreaterThan(100)
    expect(pieces.join('') === longAnswer).toBe(true)
    expect(pieces.every((piece) => !/\p{Surrogate}/u.test(piece))).toBe(true)
    expect(events.map(({ data }) => data.status)).toContain('reading')
    expect(events.at(-1)?.data.timings).toMatchObject({ readingMs: expect.any(Number) })
  },

  'streams that nobody reads hold no connection': async ({ start }) => {
    await using service = await start()
    const pool = await service.pool()
    const { borrowed } = pool.stats().totals
    const sockets = await Promise.all(
      Array.from({ length: 6 }, async () => {
        const socket = connect(Number(new URL(service.url).port), '127.0.0.1').on('error', () => {})
        await once(socket, 'connect')
        socket.pause()
        socket.write(`GET ${long} HTTP/1.1\r\nhost: test\r\naccept: ${accept}\r\n\r\n`)
        return socket
      }),
    )
    const allAnswered = { inUse: 0, waiting: 0, totals: { borrowed: borrowed + 6, returned: borrowed + 6 } }
    await expect.poll(() => pool.stats(), { timeout: 10_000 }).toMatchObject(allAnswered)
    expect((await service.ask(question('run_sql', { prompt }))).status).toBe(200)
    for (const socket of sockets) socket.destroy()
  },

  'a client that stops reading is cut off, so that the server can close': async ({ start }) => {
    await using service = await start({ routes: { stallTimeoutMs: 200 } })
    const pool = await service.pool()
    const sent = askForEvents(`${service.url}${long}`)
    await once(sent, 'response')
    await service.app.close()
    expect(pool.stats()).toMatchObject({ state: 'closed', open: 0 })
    sent.destroy()
  },

  'a question that is not acceptable gets its status and no stream': async ({ start }) => {
    await using service = await start()
    for (const [path, status] of [
      ['/chat', 400],
      [question('chat', { prompt, profile: 'OTHER' }), 404],
      ['/nothing?prompt=Hello', 404],
    ] as const) {
      const answer = await service.ask(path, { headers: { accept } })
      expect([path, answer.status, answer.headers['content-type']]).toEqual([
        path,
        status,
        expect.stringMatching(/json/),
      ])
    }
  },

  'a full line gets 503 with Retry-After and no stream': async ({ start }) => {
    await using service = await start({ options: { connection: { poolMax: 1, queueMax: 0 } } })
    const held = await openEvents(`${service.url}${hold}`)
    await service.model.holding(1)
    const refused = await service.ask(question('chat', { prompt }), { headers: { accept } })
    expect([refused.status, refused.json.code, refused.headers['retry-after']]).toEqual([503, 'POOL_QUEUE_FULL', '2'])
    service.model.release()
    expect((await held.all()).at(-1)?.name).toBe('done')
  },

  'run_sql answers with JSON, whatever the client accepts': async ({ start }) => {
    await using service = await start()
    const { json } = await service.ask(question('run_sql', { prompt }), { headers: { accept } })
    expect(json).toMatchObject({ columns: ['PROMOTIONS'] })
  },

  'a failure after the stream began is its last event': async ({ start }) => {
    await using service = await start()
    const client = await openEvents(`${service.url}${question('chat', { prompt: 'fail now' })}`)
    const events = await client.all()
    const requestId = client.response.headers['x-request-id']
    expect(events.at(-1)).toMatchObject({ name: 'error', data: { status: 502, code: 'PROVIDER_FAILED', requestId } })
    expect(events.filter(({ name }) => name === 'error' || name === 'done')).toHaveLength(1)
  },

  'an open stream is told of the closing and gets its answer within the drain time': async ({ start }) => {
    await using service = await start()
    const client = await openEvents(`${service.url}${hold}`)
    await service.model.holding(1)
    const closing = service.app.close()
    await expect.poll(() => client.events.map(({ data }) => data.status)).toContain('closing')
    service.model.release()
    expect((await client.all()).slice(-2)).toMatchObject([
      { name: 'chunk', data: { text: 'echo: hold' } },
      { name: 'done' },
    ])
    await closing
  },

  'a stream that outlasts the drain time ends with an error event': async ({ start }) => {
    await using service = await start({ options: { drainTimeoutMs: 100 } })
    const client = await openEvents(`${service.url}${hold}`)
    await service.model.holding(1)
    await service.app.close()
    const events = await client.all()
    expect(events.map(({ data }) => data.status)).toContain('closing')
    expect(events.at(-1)).toMatchObject({ name: 'error', data: { status: 503, code: 'POOL_CLOSED' } })
  },
}
