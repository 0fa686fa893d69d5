import { createPool, SelectAIError } from '@select-ai/core'
import { startEmulator } from '@select-ai/emulator'
import { expect } from 'vitest'
import { question } from '../ask.ts'
import { countingDriver } from '../counting-driver.ts'
import { allRoutes, connectionTo, openDatabase, password, type TestService } from '../test-service.ts'
import type { Behaviours } from './behaviour.ts'

const hello = question('chat', { prompt: 'Hello' })
const hold = question('chat', { prompt: 'hold' })

async function codeOf(work: Promise<unknown>): Promise<string> {
  try {
    await work
  } catch (error) {
    if (SelectAIError.isInstance(error)) return error.code
    throw error
  }
  return 'none'
}

async function startOf(service: Promise<TestService>): Promise<void> {
  const made = await service
  await made.app.open()
}

export const lifecycle: Behaviours = {
  'nothing is opened before the start': async ({ make }) => {
    const counted = countingDriver()
    await using service = await make({ options: { connection: { driver: counted.driver, poolMin: 1 } } })
    expect([counted.pools, service.emulator.ledger.opened]).toEqual([0, 0])
  },

  'the start opens one pool and its first connection': async ({ make }) => {
    const counted = countingDriver()
    await using service = await make({ options: { connection: { driver: counted.driver, poolMin: 1 } } })
    await service.app.open()
    expect([counted.pools, service.emulator.ledger.opened]).toEqual([1, 1])
  },

  'first requests at the same time open one pool and no more connections than it may have': async ({ start }) => {
    const counted = countingDriver()
    await using service = await start({ options: { connection: { driver: counted.driver, verify: 'none' } } })
    expect([counted.pools, service.emulator.ledger.opened]).toEqual([expect.any(Number), 0])
    const answers = await Promise.all(Array.from({ length: 8 }, () => service.ask(hello)))
    expect(answers.map(({ status }) => status)).toEqual(new Array(8).fill(200))
    expect(counted.pools).toBe(1)
    expect(service.emulator.ledger.opened).toBeLessThanOrEqual(2)
  },

  'a start that failed can be tried again when the database is back': async ({ make }) => {
    const database = await openDatabase()
    await using service = await make({ database })
    await database.emulator.close()
    await expect(service.app.open()).rejects.toMatchObject({ code: 'CONNECT_FAILED' })
    await using back = await startEmulator({ port: database.emulator.port, password, model: database.model })
    await service.app.open()
    await service.app.listen()
    expect((await service.ask(hello)).status).toBe(200)
    await service.app.close()
    await back.ledger.waitFor(({ open }) => open === 0)
  },

  'without a check at the start, requests get 503 until the database is back': async ({ start }) => {
    const database = await openDatabase()
    await database.emulator.close()
    await using service = await start({ database, options: { connection: { verify: 'none' } } })
    expect((await service.ask(hello)).status).toBe(503)
    await using back = await startEmulator({ port: database.emulator.port, password, model: database.model })
    await expect.poll(async () => (await service.ask(hello)).status, { timeout: 10_000 }).toBe(200)
    await service.app.close()
    await back.ledger.waitFor(({ open }) => open === 0)
  },

  'a wrong password stops the start with its reason': async ({ make }) => {
    await using service = await make({ options: { connection: { password: 'CANARY-wrong' } } })
    expect(await codeOf(service.app.open())).toBe('LOGIN_FAILED')
    expect(service.emulator.ledger.open).toBe(0)
  },

  'wrong options stop the start before anything is opened': async ({ make }) => {
    const counted = countingDriver()
    const connection = { driver: counted.driver }
    const mistakes = [
      make({ options: { connection }, routes: { defaultProfile: 'OTHER' } }),
      make({ options: { connection: { ...connection, poolMax: 0 } } }),
      make({ options: { connection, drainTimeoutMs: -1 } }),
      make({ options: { connection, unheardOf: true } as object }),
    ]
    const codes = await Promise.all(mistakes.map((mistake) => codeOf(startOf(mistake))))
    expect(codes).toEqual(['INVALID_ARGUMENT', 'CONFIGURATION', 'INVALID_ARGUMENT', 'INVALID_ARGUMENT'])
    expect(counted.pools).toBe(0)
  },

  'closing lets the calls in flight and in the line finish': async ({ start }) => {
    await using service = await start({ options: { connection: { poolMax: 1, queueTimeoutMs: 20_000 } } })
    const { app, model, emulator } = service
    const pool = await service.pool()
    const inFlight = service.ask(hold)
    await model.holding(1)
    const waiting = service.ask(hello)
    await expect.poll(() => pool.stats().waiting).toBe(1)
    const closing = app.close()
    await expect.poll(() => app.server.listening).toBe(false)
    expect(emulator.ledger.open).toBe(1)
    model.release()
    const answers = await Promise.all([inFlight, waiting])
    expect(answers.map(({ status, json }) => [status, json])).toEqual([
      [200, { response: 'echo: hold' }],
      [200, { response: 'echo: Hello' }],
    ])
    await closing
    await emulator.ledger.waitFor(({ opened, loggedOff }) => opened === 1 && loggedOff === 1)
  },

  'calls that outlast the drain time get 503, so that the server can close': async ({ start }) => {
    await using service = await start({
      options: { drainTimeoutMs: 100, connection: { poolMax: 1, queueTimeoutMs: 20_000 } },
    })
    const pool = await service.pool()
    const inFlight = service.ask(hold)
    await service.model.holding(1)
    const waiting = service.ask(hello)
    await expect.poll(() => pool.stats().waiting).toBe(1)
    await service.app.close()
    for (const { status, json, headers } of await Promise.all([inFlight, waiting])) {
      expect([status, json.code, headers['retry-after']]).toEqual([503, 'POOL_CLOSED', '5'])
    }
    expect(pool.stats()).toMatchObject({ state: 'closed', inUse: 0, waiting: 0 })
  },

  'closing twice, or before the start, is quiet': async ({ make, start }) => {
    await using early = await make()
    await early.app.close()
    await using service = await start()
    await Promise.all([service.app.close(), service.app.close()])
    await service.app.close()
    await service.emulator.ledger.waitFor(({ opened, loggedOff }) => opened > 0 && opened === loggedOff)
  },

  'a supplied pool is used and left open': async ({ start }) => {
    await using database = await startEmulator({ password })
    await using pool = await createPool(connectionTo(database))
    const service = await start({ options: { pool } })
    expect(await service.pool()).toBe(pool)
    expect((await service.ask(hello)).status).toBe(200)
    await service[Symbol.asyncDispose]()
    expect(await pool.isConnected()).toBe(true)
  },

  'named pools live side by side, each with its own database': async ({ start }) => {
    await using other = await startEmulator({ password })
    const reports = {
      name: 'reports',
      connection: connectionTo(other),
      routes: { ...allRoutes, actions: ['chat'] as const, prefix: '/reports', health: false },
    }
    await using service = await start({ more: [reports] })
    expect((await service.pool()).name).toBe('default')
    expect((await service.pool('reports')).name).toBe('reports')
    expect((await service.ask(`/reports${hello}`)).status).toBe(200)
    expect((await service.ask(hello)).json).toEqual({ response: 'echo: Hello' })
    const chats = ({ ledger }: typeof other): number =>
      ledger.sessions.flatMap(({ statements }) => statements).filter(({ sql }) => sql.includes('DBMS_CLOUD_AI')).length
    expect([chats(service.emulator), chats(other)]).toEqual([1, 1])
    await service.app.close()
    await other.ledger.waitFor(({ open }) => open === 0)
  },

  'no request opens or closes a pool': async ({ start }) => {
    const counted = countingDriver()
    await using service = await start({ options: { connection: { driver: counted.driver, poolMax: 1 } } })
    for (let round = 0; round < 20; round += 1) expect((await service.ask(hello)).status).toBe(200)
    const { opened, loggedOff } = service.emulator.ledger
    expect([counted.pools, opened, loggedOff]).toEqual([1, 1, 0])
  },

  'readiness is off from the moment that closing begins': async ({ start }) => {
    const during: unknown[] = []
    await using service = await start({
      async whileClosing() {
        if (during.length > 0) return
        const ready = await service.ask('/readyz')
        const live = await service.ask('/livez')
        during.push([ready.status, ready.json.status, live.status])
      },
    })
    expect((await service.ask('/readyz')).json).toMatchObject({ status: 'ready' })
    await service.app.close()
    expect(during).toEqual([[503, 'draining', 200]])
  },
}
