import { describe, expect, it } from 'vitest'
import { PoolClosedError, SelectAIArgumentError } from '../src/index.ts'
import { breaks, openDatabase } from './open-database.ts'
import { openTcpProxy } from './tcp-proxy.ts'

const profileName = 'OCI_AI_PROFILE'

describe('closing a pool', () => {
  it('logs every session off and refuses what comes later', async () => {
    await using database = await openDatabase({ pool: { poolMin: 2 } })
    await database.emulator.ledger.waitFor((ledger) => ledger.opened === 2)
    await database.pool.close()
    await database.emulator.ledger.waitFor((ledger) => ledger.open === 0)
    expect(database.emulator.ledger.loggedOff).toBe(2)
    const late = database.pool.profile(profileName).chat('hello')
    await expect(late).rejects.toBeInstanceOf(PoolClosedError)
    await expect(database.pool.withConnection(async () => {})).rejects.toMatchObject({ code: 'POOL_CLOSED' })
    expect(database.pool.stats()).toMatchObject({ state: 'closed', open: 0, totals: { rejected: 2 } })
  })

  it('is the same close for everybody who asks', async () => {
    await using database = await openDatabase()
    const first = database.pool.close()
    expect(database.pool.close({ drainTimeoutMs: 1 })).toBe(first)
    await first
    expect(database.pool.close()).toBe(first)
  })

  it('lets calls finish within the drain time and sends the waiting line away at once', async () => {
    await using database = await openDatabase({ pool: { poolMax: 1 } })
    const profile = database.pool.profile(profileName)
    const call = profile.chat('hold')
    await database.model.holding(1)
    const waiter = profile.chat('hello')
    const closing = database.pool.close({ drainTimeoutMs: 60_000 })
    await expect(waiter).rejects.toBeInstanceOf(PoolClosedError)
    expect(database.pool.stats()).toMatchObject({ state: 'draining', inUse: 1, waiting: 0 })
    await expect(profile.chat('hello')).rejects.toBeInstanceOf(PoolClosedError)
    database.model.answerFirst()
    expect(await call).toBe('held')
    await closing
    expect(breaks(database.emulator)).toBe(0)
  })

  it('breaks calls off that outlast the drain time, and those connections still log off', async () => {
    await using database = await openDatabase()
    const call = database.pool.profile(profileName).chat('hold')
    await database.model.holding(1)
    const closing = database.pool.close({ drainTimeoutMs: 30 })
    await expect(call).rejects.toBeInstanceOf(PoolClosedError)
    await closing
    await database.emulator.ledger.waitFor((ledger) => ledger.open === 0)
    expect(database.emulator.ledger.loggedOff).toBe(1)
    expect(breaks(database.emulator)).toBe(1)
  })

  it('comes to an end when connections are stuck, in use or idle', async () => {
    await using database = await openDatabase({ pool: { verify: 'none' } })
    await using proxy = await openTcpProxy(database.emulator.port)
    const pool = await database.createPool({
      ...{ poolMin: 2, poolMax: 3, breakGraceMs: 30 },
      connectString: `127.0.0.1:${proxy.port}/FREEPDB1`,
    })
    await database.emulator.ledger.waitFor((ledger) => ledger.opened === 2)
    const call = pool.profile(profileName).chat('hold')
    await database.model.holding(1)
    proxy.muted = true
    const started = performance.now()
    const closing = pool.close({ drainTimeoutMs: 20 })
    await expect(call).rejects.toBeInstanceOf(PoolClosedError)
    await closing
    expect(performance.now() - started).toBeLessThan(6000)
    expect(pool.stats()).toMatchObject({ state: 'closed', inUse: 0 })
  })

  it('comes to an end while a connection is being opened', async () => {
    await using database = await openDatabase({ pool: { verify: 'none' } })
    await using proxy = await openTcpProxy(database.emulator.port)
    proxy.muted = true
    const pool = await database.createPool({
      ...{ verify: 'none', connectTimeoutMs: 300 },
      connectString: `127.0.0.1:${proxy.port}/FREEPDB1`,
    })
    const call = pool.profile(profileName).chat('hello')
    const closing = pool.close({ drainTimeoutMs: 20 })
    await expect(call).rejects.toBeInstanceOf(PoolClosedError)
    await closing
    expect(pool.stats().state).toBe('closed')
  })

  it('ends work that ignores its signal', async () => {
    await using database = await openDatabase({ pool: { breakGraceMs: 30 } })
    let release = (): void => {}
    const work = database.pool.withConnection(() => new Promise<void>((resolve) => (release = resolve)))
    const closing = database.pool.close({ drainTimeoutMs: 0 })
    await expect(work).rejects.toBeInstanceOf(PoolClosedError)
    await closing
    release()
  })

  it('refuses a drain time that is none, and stays open', async () => {
    await using database = await openDatabase()
    await expect(database.pool.close({ drainTimeoutMs: -1 })).rejects.toBeInstanceOf(SelectAIArgumentError)
    await expect(database.pool.close({ drainTimeoutMs: Number.NaN })).rejects.toBeInstanceOf(SelectAIArgumentError)
    expect(await database.pool.profile(profileName).chat('hello')).toBe('echo of 5 characters')
  })
})
