import { describe, expect, it } from 'vitest'
import { openDatabase, roundTrips, until } from './open-database.ts'
import { openTcpProxy } from './tcp-proxy.ts'

const profileName = 'OCI_AI_PROFILE'

describe('health', () => {
  it('is ready, and asking costs nothing', async () => {
    await using database = await openDatabase()
    const before = roundTrips(database.emulator)
    expect(database.pool.health()).toEqual({ state: 'ready', reason: expect.any(String) })
    expect(Object.isFrozen(database.pool.health())).toBe(true)
    expect(roundTrips(database.emulator)).toBe(before)
  })

  it('turns to database-down when the database goes, and back by itself without a call', async () => {
    await using database = await openDatabase({ pool: { verify: 'none' } })
    await using proxy = await openTcpProxy(database.emulator.port)
    const pool = await database.createPool({ connectString: `127.0.0.1:${proxy.port}/FREEPDB1` })
    await proxy.stopListening()
    await expect(pool.profile(profileName).chat('hello')).rejects.toMatchObject({ retryable: true })
    expect(pool.health()).toMatchObject({ state: 'database-down' })
    expect(pool.health().reason).not.toContain('127.0.0.1')
    expect(await pool.isConnected()).toBe(false)
    await proxy.listen()
    await until(() => pool.health().state === 'ready')
    expect(await pool.isConnected()).toBe(true)
    expect(await pool.profile(profileName).chat('hello')).toBe('echo of 5 characters')
  })

  it('recovers although attempts to connect still hang', async () => {
    await using database = await openDatabase({ pool: { verify: 'none' } })
    await using proxy = await openTcpProxy(database.emulator.port)
    proxy.muted = true
    const pool = await database.createPool({
      ...{ verify: 'none', poolMax: 2, connectTimeoutMs: 100 },
      connectString: `127.0.0.1:${proxy.port}/FREEPDB1`,
    })
    const profile = pool.profile(profileName)
    for (const result of await Promise.allSettled([profile.chat('hello'), profile.chat('hello')])) {
      expect(result).toMatchObject({ status: 'rejected', reason: { code: 'CONNECT_FAILED' } })
    }
    // What was sent into the muted line is lost, so those attempts never end.
    proxy.muted = false
    await until(() => pool.health().state === 'ready')
    expect(await Promise.all([profile.chat('hello'), profile.chat('hello')])).toHaveLength(2)
    expect(pool.stats().open).toBeLessThanOrEqual(2)
  })

  it('is cleared by a call that succeeds', async () => {
    await using database = await openDatabase()
    const profile = database.pool.profile(profileName)
    const call = profile.chat('hold')
    await database.model.holding(1)
    database.emulator.dropConnections()
    await expect(call).rejects.toMatchObject({ code: 'CONNECTION_LOST' })
    expect(database.pool.health().state).toBe('database-down')
    await profile.chat('hello')
    expect(database.pool.health().state).toBe('ready')
  })

  it('does not blame the database for errors of statements', async () => {
    await using database = await openDatabase()
    await expect(database.pool.profile(profileName).chat('fail badly')).rejects.toMatchObject({
      code: 'PROVIDER_FAILED',
    })
    expect(database.pool.health().state).toBe('ready')
  })

  it('does not try a refused login again for every call, so that the account is not locked', async () => {
    const refused: string[] = []
    await using database = await openDatabase({
      pool: { verify: 'none' },
      emulator: { log: (line) => refused.push(line) },
    })
    const pool = await database.createPool({ verify: 'none', password: 'wrong' })
    for (let number = 0; number < 20; number += 1) {
      await expect(pool.profile(profileName).chat('hello')).rejects.toMatchObject({ code: 'LOGIN_FAILED' })
    }
    expect(pool.health().state).toBe('database-down')
    expect(refused.filter((line) => line.includes('1017'))).toHaveLength(1)
  })

  it('follows the life of the pool', async () => {
    await using database = await openDatabase()
    const call = database.pool.profile(profileName).chat('hold')
    await database.model.holding(1)
    const closing = database.pool.close()
    expect(database.pool.health().state).toBe('draining')
    expect(await database.pool.isConnected()).toBe(false)
    database.model.answerFirst()
    await call
    await closing
    expect(database.pool.health().state).toBe('closed')
    expect(await database.pool.isConnected()).toBe(false)
  })
})

describe('isConnected', () => {
  it('answers from memory when all connections are at work', async () => {
    await using database = await openDatabase({ pool: { poolMax: 1 } })
    const call = database.pool.profile(profileName).chat('hold')
    await database.model.holding(1)
    expect(await database.pool.isConnected()).toBe(true)
    database.model.answerFirst()
    await call
  })

  it('is false within its time when the line is dead', async () => {
    await using database = await openDatabase({ pool: { verify: 'none' } })
    await using proxy = await openTcpProxy(database.emulator.port)
    const pool = await database.createPool({ connectString: `127.0.0.1:${proxy.port}/FREEPDB1` })
    proxy.muted = true
    const started = performance.now()
    expect(await pool.isConnected({ timeoutMs: 100 })).toBe(false)
    expect(performance.now() - started).toBeLessThan(5000)
  })
})
