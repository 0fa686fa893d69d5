import { once } from 'node:events'
import { Agent, createServer, get, type IncomingMessage } from 'node:http'
import { connect } from 'node:net'
import { ConfigurationError, createPool, LoginError, SelectAIArgumentError } from '@select-ai/core'
import { connectionSignal, disconnectSignal, type SelectAIOptions, SelectAIService } from '@select-ai/core/routes'
import { type Emulator, startEmulator } from '@select-ai/emulator'
import { describe, expect, test } from 'vitest'
import { openDatabase } from './open-database.ts'

const readyz = { method: 'GET', path: '/readyz', headers: {}, query: {} }
const routes = { actions: ['chat'], profiles: ['OCI_AI_PROFILE'], onError() {} } as const

function connectionTo({ connectString }: Pick<Emulator, 'connectString'>): NonNullable<SelectAIOptions['connection']> {
  return { user: 'DEMO', password: 'demo', connectString, poolMax: 2 }
}

async function chat(service: SelectAIService): Promise<number> {
  const request = { method: 'GET', path: '/chat', headers: {}, query: { prompt: 'hello' } }
  return (await service.routes.handle(request)).status
}

describe('opening a service', () => {
  test('nothing is opened when it is made, and one connection when it is opened, by however many', async () => {
    await using emulator = await startEmulator()
    await using service = new SelectAIService({ connection: connectionTo(emulator), routes })
    expect(service.pool.stats()).toMatchObject({ state: 'open', open: 0 })
    await Promise.all([service.open(), service.open(), service.open()])
    expect(emulator.ledger.opened).toBe(1)
    await service.open()
    expect(service.pool.stats().totals.borrowed).toBe(1)
  })

  test('without it the first requests share one pool of the driver', async () => {
    await using emulator = await startEmulator()
    await using service = new SelectAIService({ connection: connectionTo(emulator), routes })
    expect(await Promise.all(Array.from({ length: 6 }, () => chat(service)))).toEqual(new Array(6).fill(200))
    expect(emulator.ledger.opened).toBeLessThanOrEqual(2)
  })

  test('after a failed start it can be opened again', async () => {
    const first = await startEmulator()
    await using service = new SelectAIService({ connection: connectionTo(first), routes })
    await first.close()
    await expect(service.open()).rejects.toMatchObject({ code: 'CONNECT_FAILED' })
    expect(await chat(service)).toBe(503)
    await using second = await startEmulator({ port: first.port })
    await service.open()
    expect(await chat(service)).toBe(200)
    expect(second.ledger.opened).toBeGreaterThan(0)
  })

  test('a wrong password, a bad connect string and a missing setting each say what they are', async () => {
    await using emulator = await startEmulator()
    await using wrong = new SelectAIService({ connection: { ...connectionTo(emulator), password: 'CANARY' } })
    await expect(wrong.open()).rejects.toBeInstanceOf(LoginError)
    await using unreadable = new SelectAIService({ connection: { ...connectionTo(emulator), connectString: '(X=' } })
    await expect(unreadable.open()).rejects.toMatchObject({ code: 'CONNECT_FAILED' })
    expect(() => new SelectAIService({ connection: { user: 'DEMO' } })).toThrow(ConfigurationError)
  })

  test('a pool that was closed cannot be opened', async () => {
    await using emulator = await startEmulator()
    await using service = new SelectAIService({ connection: connectionTo(emulator) })
    await service.close()
    await expect(service.open()).rejects.toMatchObject({ code: 'POOL_CLOSED' })
    expect(emulator.ledger.opened).toBe(0)
  })
})

describe('closing a service', () => {
  test('calls in flight and in the line finish within the drain time, and the pool closes after them', async () => {
    await using database = await openDatabase({ pool: { verify: 'none' } })
    const connection = { ...connectionTo(database.emulator), poolMax: 1, queueTimeoutMs: 20_000 }
    await using service = new SelectAIService({ connection, routes })
    const held = service.pool.profile('OCI_AI_PROFILE').chat('hold')
    await database.model.holding(1)
    const waiting = chat(service)
    service.startClosing()
    service.startClosing()
    expect((await service.routes.handle(readyz)).status).toBe(503)
    database.model.answerFirst()
    expect([await held, await waiting]).toEqual(['held', 200])
    await service.close()
    await service.close()
    expect(service.pool.stats()).toMatchObject({ state: 'closed', open: 0 })
  })

  test('calls that outlast the drain time are ended, whether anybody closes the service or not', async () => {
    await using database = await openDatabase({ pool: { verify: 'none' } })
    await using service = new SelectAIService({
      connection: connectionTo(database.emulator),
      routes,
      drainTimeoutMs: 30,
    })
    const call = service.pool.profile('OCI_AI_PROFILE').chat('hold')
    await database.model.holding(1)
    service.startClosing()
    await expect(call).rejects.toMatchObject({ code: 'POOL_CLOSED' })
  })

  test('a pool that was passed in is neither opened nor closed', async () => {
    await using emulator = await startEmulator()
    await using pool = await createPool({ ...connectionTo(emulator), verify: 'none' })
    const service = new SelectAIService({ pool, routes })
    await service.open()
    expect(emulator.ledger.opened).toBe(0)
    expect(await chat(service)).toBe(200)
    await service.close()
    expect(await pool.isConnected()).toBe(true)
  })
})

describe('the options of a service', () => {
  test.each<[string, object, string]>([
    ['no object', null as never, 'options'],
    ['an unknown option', { route: {} }, 'options'],
    ['a pool and its settings', { pool: {}, connection: {} }, 'connection'],
    ['a drain time that is a text', { drainTimeoutMs: '10' }, 'drainTimeoutMs'],
    ['a drain time below nothing', { drainTimeoutMs: -1 }, 'drainTimeoutMs'],
  ])('%s', (_what, options, argument) => {
    expect(() => new SelectAIService(options as SelectAIOptions)).toThrow(SelectAIArgumentError)
    expect(() => new SelectAIService(options as SelectAIOptions)).toThrow(new RegExp(`^${argument}: `))
  })

  test('no routes are mounted unless some are listed, and preflights are never theirs', async () => {
    await using emulator = await startEmulator()
    await using bare = new SelectAIService({ connection: connectionTo(emulator) })
    expect(bare.routes.list).toEqual([])
    expect((await bare.routes.handle(readyz)).status).toBe(404)
    await using service = new SelectAIService({ connection: connectionTo(emulator), routes })
    expect(service.routes.find({ method: 'PUT', path: '/chat' })?.name).toBe('chat')
    expect(service.routes.find({ method: 'OPTIONS', path: '/chat' })).toBeUndefined()
    expect(service.routes.find({ method: 'GET', path: '/run_sql' })).toBeUndefined()
  })
})

describe('the signal of a Node response', () => {
  test('aborts when the client leaves, also when it had left before, and not after an answer', async () => {
    const server = createServer()
    const signals = new Map<string, AbortSignal>()
    const left = new Promise<AbortSignal>((resolve) => {
      server.on('request', async (request, response) => {
        const name = request.url?.slice(1) ?? ''
        signals.set(name, disconnectSignal(response))
        if (name === 'answer') return response.end('done')
        await once(response, 'close')
        resolve(disconnectSignal(response))
      })
    })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as { port: number }
    await (await fetch(`http://127.0.0.1:${port}/answer`, { headers: { connection: 'close' } })).text()
    const socket = connect(port, '127.0.0.1')
    socket.write('GET /wait HTTP/1.1\r\nhost: test\r\n\r\n')
    await expect.poll(() => signals.has('wait')).toBe(true)
    expect(signals.get('wait')?.aborted).toBe(false)
    socket.destroy()
    expect((await left).aborted).toBe(true)
    expect(signals.get('wait')?.aborted).toBe(true)
    server.close()
    await once(server, 'close')
    expect(signals.get('answer')?.aborted).toBe(false)
  })
})

describe('the signal of the connection of a Node response', () => {
  test('is shared by the requests of a connection, and aborts when it closes', async () => {
    const signals: AbortSignal[] = []
    const server = createServer((_request, response) => {
      signals.push(connectionSignal(response))
      response.end('done')
    })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const agent = new Agent({ keepAlive: true, maxSockets: 1 })
    const { port } = server.address() as { port: number }
    for (let round = 0; round < 2; round += 1) {
      const [response] = (await once(get({ agent, port, host: '127.0.0.1' }), 'response')) as [IncomingMessage]
      await once(response.resume(), 'end')
    }
    expect(signals[0]).toBe(signals[1])
    expect(signals[0]?.aborted).toBe(false)
    agent.destroy()
    await expect.poll(() => signals[0]?.aborted).toBe(true)
    server.close()
    await once(server, 'close')
  })

  test('has aborted when the connection has gone before', async () => {
    let seen: AbortSignal | undefined
    const server = createServer(async (_request, response) => {
      await once(response, 'close')
      seen = connectionSignal(response)
    })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const socket = connect((server.address() as { port: number }).port, '127.0.0.1')
    socket.write('GET / HTTP/1.1\r\nhost: test\r\n\r\n')
    await once(server, 'request')
    socket.destroy()
    await expect.poll(() => seen?.aborted).toBe(true)
    server.close()
    await once(server, 'close')
  })
})
