import { AsyncLocalStorage } from 'node:async_hooks'
import { describe, expect, it } from 'vitest'
import { CallAbortedError, CallTimeoutError, ConnectError, PoolQueueFullError, PoolTimeoutError } from '../src/index.ts'
import { openDatabase, until } from './open-database.ts'
import { openTcpProxy } from './tcp-proxy.ts'

const profileName = 'OCI_AI_PROFILE'

describe('waiting for a connection', () => {
  it('never opens more than poolMax connections and serves callers in their order', async () => {
    await using database = await openDatabase({ pool: { poolMax: 2 } })
    const { pool, emulator } = database
    const started: number[] = []
    const calls = Array.from({ length: 20 }, async (_, number) => {
      await pool.withConnection(async (connection) => {
        expect(pool.stats().open).toBeLessThanOrEqual(2)
        started.push(number)
        await connection.ping()
      })
    })
    expect(pool.stats()).toMatchObject({ inUse: 2, waiting: 18, max: 2 })
    await Promise.all(calls)
    const queued = started.filter((number) => number >= 2)
    expect(queued).toEqual(Array.from({ length: 18 }, (_, index) => index + 2))
    expect(emulator.ledger.opened).toBe(2)
  })

  it('refuses at once when the line is full, with the numbers at that moment', async () => {
    await using database = await openDatabase({ pool: { poolMax: 1, queueMax: 1 } })
    const profile = database.pool.profile(profileName)
    const holder = profile.chat('hold', { label: 'GET /slow' })
    await database.model.holding(1)
    const waiter = profile.chat('hello')
    const refused = await profile.chat('hello').catch((error: unknown) => error)
    expect(refused).toBeInstanceOf(PoolQueueFullError)
    expect(refused).toMatchObject({ retryable: true, stats: { inUse: 1, waiting: 1, queueMax: 1 } })
    expect(database.pool.health()).toMatchObject({ state: 'saturated' })
    database.model.answerFirst()
    expect(await holder).toBe('held')
    expect(await waiter).toBe('echo of 5 characters')
    expect(database.pool.stats().totals.rejected).toBe(1)
  })

  it('gives up after queueTimeoutMs and says who holds the connections, for how long, and why', async () => {
    await using database = await openDatabase({ pool: { poolMax: 1, queueTimeoutMs: 50 } })
    const profile = database.pool.profile(profileName)
    const holder = profile.chat('hold', { label: 'GET /slow' })
    await database.model.holding(1)
    const error = await profile.chat('hello').catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(PoolTimeoutError)
    const { stats, diagnosis, waitedMs, message } = error as PoolTimeoutError
    expect(diagnosis).toBe('undersized')
    expect(waitedMs).toBeGreaterThanOrEqual(45)
    expect(stats.holders).toEqual([
      { label: 'GET /slow', action: 'chat', profile: profileName, ageMs: expect.any(Number) },
    ])
    expect(stats.waiting).toBe(1)
    expect(message).toMatch(/GET \/slow chat OCI_AI_PROFILE for \d+ ms.*undersized/)
    expect(Object.isFrozen(stats) && Object.isFrozen(stats.holders) && Object.isFrozen(stats.totals)).toBe(true)
    expect(database.pool.stats().waiting).toBe(0)
    database.model.answerFirst()
    await holder
    expect(await profile.chat('hello')).toBe('echo of 5 characters')
  })

  it('calls it a leak when a holder is older than any call may be', async () => {
    await using database = await openDatabase({ pool: { poolMax: 1, queueTimeoutMs: 60, callTimeoutMs: 20 } })
    const holder = database.pool.profile(profileName).chat('hold', { timeoutMs: 60_000 })
    await database.model.holding(1)
    const waiter = database.pool.profile(profileName).chat('hello', { timeoutMs: 60_000 })
    await expect(waiter).rejects.toMatchObject({ code: 'POOL_TIMEOUT', diagnosis: 'leak' })
    database.model.answerFirst()
    await holder
  })

  it('calls the database stuck when connections do not open', async () => {
    await using database = await openDatabase({ pool: { verify: 'none' } })
    await using proxy = await openTcpProxy(database.emulator.port)
    proxy.muted = true
    const pool = await database.createPool({
      ...{ verify: 'none', poolMax: 1, queueTimeoutMs: 30, connectTimeoutMs: 200 },
      connectString: `127.0.0.1:${proxy.port}/FREEPDB1`,
    })
    const opening = pool.profile(profileName).chat('hello')
    const waiter = pool.profile(profileName).chat('hello')
    await expect(waiter).rejects.toMatchObject({ code: 'POOL_TIMEOUT', diagnosis: 'database stuck' })
    await expect(opening).rejects.toBeInstanceOf(ConnectError)
  })

  it('lets an aborted waiter leave at once, without touching the database', async () => {
    await using database = await openDatabase({ pool: { poolMax: 1 } })
    const profile = database.pool.profile(profileName)
    const holder = profile.chat('hold')
    await database.model.holding(1)
    const controller = new AbortController()
    const waiter = profile.chat('hello', { signal: controller.signal })
    await until(() => database.pool.stats().waiting === 1)
    const reason = new Error('client went away')
    controller.abort(reason)
    expect(database.pool.stats().waiting).toBe(0)
    await expect(waiter).rejects.toBeInstanceOf(CallAbortedError)
    await expect(waiter).rejects.toMatchObject({ phase: 'waiting', cause: reason })
    database.model.answerFirst()
    await holder
    expect(
      database.emulator.ledger.sessions
        .flatMap((session) => session.statements)
        .filter(({ sql }) => sql.includes('GENERATE')),
    ).toHaveLength(1)
  })

  it('counts the wait against the budget of the call', async () => {
    await using database = await openDatabase({ pool: { poolMax: 1 } })
    const profile = database.pool.profile(profileName)
    const holder = profile.chat('hold')
    await database.model.holding(1)
    const waiter = profile.chat('hello', { timeoutMs: 40 })
    await expect(waiter).rejects.toBeInstanceOf(CallTimeoutError)
    await expect(waiter).rejects.toMatchObject({ phase: 'waiting', timeoutMs: 40 })
    database.model.answerFirst()
    await holder
  })

  it('tells everybody in the line the real reason when no connection can be opened', async () => {
    await using database = await openDatabase({ pool: { verify: 'none' } })
    const proxy = await openTcpProxy(database.emulator.port)
    await proxy.stopListening()
    const pool = await database.createPool({
      ...{ verify: 'none', poolMax: 1 },
      connectString: `127.0.0.1:${proxy.port}/FREEPDB1`,
    })
    const calls = Array.from({ length: 10 }, () => pool.profile(profileName).chat('hello'))
    for (const result of await Promise.allSettled(calls)) {
      expect(result).toMatchObject({ status: 'rejected', reason: { code: 'CONNECT_FAILED', retryable: true } })
    }
    expect(pool.stats()).toMatchObject({ inUse: 0, waiting: 0 })
  })

  it('resumes every caller in its own asynchronous context', async () => {
    await using database = await openDatabase({ pool: { poolMax: 4, queueMax: 300 } })
    const storage = new AsyncLocalStorage<number>()
    const seen = await Promise.all(
      Array.from({ length: 300 }, (_, number) =>
        storage.run(number, async () => {
          const inside = await database.pool.withConnection(async (connection) => {
            await connection.ping()
            return storage.getStore()
          })
          return [inside, storage.getStore()]
        }),
      ),
    )
    expect(seen).toEqual(Array.from({ length: 300 }, (_, number) => [number, number]))
  })
})
