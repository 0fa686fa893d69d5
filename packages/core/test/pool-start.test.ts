import { startEmulator } from '@select-ai/emulator'
import oracledb from 'oracledb'
import { describe, expect, it } from 'vitest'
import { ConfigurationError, ConnectError, createPool, LoginError, PoolClosedError } from '../src/index.ts'
import { openDatabase, until } from './open-database.ts'
import { openTcpProxy } from './tcp-proxy.ts'

const profileName = 'OCI_AI_PROFILE'

describe('createPool', () => {
  it('reads the settings from the environment when it is called', async () => {
    await using emulator = await startEmulator()
    const settings = {
      SELECT_AI_USER: 'DEMO',
      SELECT_AI_PASSWORD: 'demo',
      SELECT_AI_DB_CONNECT_STRING: emulator.connectString,
      SELECT_AI_POOL_MAX: '3',
    }
    Object.assign(process.env, settings)
    try {
      await using pool = await createPool()
      expect(pool.stats()).toMatchObject({ name: 'default', state: 'open', max: 3, min: 1, open: 1, inUse: 0 })
    } finally {
      for (const name of Object.keys(settings)) delete process.env[name]
    }
    await emulator.ledger.waitFor((ledger) => ledger.loggedOff === 1)
  })

  it('says with the real reason that the password is wrong, and leaves nothing open', async () => {
    await using emulator = await startEmulator()
    const attempt = createPool({ user: 'DEMO', password: 'canary-password', connectString: emulator.connectString })
    const error = await attempt.catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(LoginError)
    expect(error).toMatchObject({ code: 'LOGIN_FAILED', retryable: false, cause: { errorNum: 1017 } })
    expect(emulator.ledger.opened).toBe(0)
  })

  it('tells an unknown service and a listener that is down from a wrong password', async () => {
    await using database = await openDatabase({ pool: { verify: 'none' } })
    const { host, port } = database.emulator
    const unknown = createPool({ user: 'DEMO', password: 'demo', connectString: `${host}:${port}/NOWHERE` })
    await expect(unknown).rejects.toBeInstanceOf(ConnectError)
    await expect(unknown).rejects.toMatchObject({ cause: { code: 'NJS-518' }, retryable: true })
    const proxy = await openTcpProxy(port)
    await proxy.stopListening()
    const down = createPool({ user: 'DEMO', password: 'demo', connectString: `${host}:${proxy.port}/FREEPDB1` })
    await expect(down).rejects.toMatchObject({ code: 'CONNECT_FAILED', cause: { code: 'NJS-503' } })
  })

  it('does not wait for a server that never answers', async () => {
    await using database = await openDatabase({ pool: { verify: 'none' } })
    await using proxy = await openTcpProxy(database.emulator.port)
    proxy.muted = true
    const connectString = `127.0.0.1:${proxy.port}/FREEPDB1`
    const started = performance.now()
    const attempt = createPool({ user: 'DEMO', password: 'demo', connectString, connectTimeoutMs: 100 })
    await expect(attempt).rejects.toMatchObject({ code: 'CONNECT_FAILED', message: expect.stringContaining('100 ms') })
    expect(performance.now() - started).toBeLessThan(5000)
  })

  it('refuses a connect string that cannot be read', async () => {
    const attempt = createPool({ user: 'DEMO', password: 'demo', connectString: '(DESCRIPTION=' })
    await expect(attempt).rejects.toBeInstanceOf(ConnectError)
  })

  it('opens nothing before the first call with verify none', async () => {
    await using database = await openDatabase({ pool: { verify: 'none' } })
    expect(database.emulator.ledger.opened).toBe(0)
    expect(await database.pool.profile(profileName).chat('hello')).toBe('echo of 5 characters')
    expect(database.emulator.ledger.opened).toBe(1)
  })

  it('opens poolMin connections in the background', async () => {
    await using database = await openDatabase({ pool: { poolMin: 3, poolMax: 5 } })
    await database.emulator.ledger.waitFor((ledger) => ledger.opened === 3)
    await until(() => database.pool.stats().inUse === 0)
    expect(database.pool.stats()).toMatchObject({ open: 3, min: 3, max: 5, totals: { dropped: 0 } })
  })

  it('grows by poolIncrement', async () => {
    await using database = await openDatabase({ pool: { verify: 'none', poolMin: 0, poolMax: 4, poolIncrement: 3 } })
    await database.pool.profile(profileName).chat('hello')
    await database.emulator.ledger.waitFor((ledger) => ledger.opened === 3)
    await until(() => database.pool.stats().inUse === 0)
    expect(database.pool.stats().open).toBe(3)
  })

  it('keeps two pools apart, also when one of them closes', async () => {
    await using database = await openDatabase({ pool: { name: 'first' } })
    const second = await database.createPool({ name: 'second', poolMax: 1 })
    await database.pool.close()
    await expect(database.pool.profile(profileName).chat('hello')).rejects.toBeInstanceOf(PoolClosedError)
    expect(await second.profile(profileName).chat('hello')).toBe('echo of 5 characters')
    expect(second.stats()).toMatchObject({ name: 'second', max: 1 })
  })

  it('refuses something that is not the driver', async () => {
    const attempt = createPool({ user: 'u', password: 'p', connectString: 'c', driver: { getConnection() {} } })
    await expect(attempt).rejects.toBeInstanceOf(ConfigurationError)
  })
})

describe('the driver', () => {
  it('keeps all its settings, and they count for nothing', async () => {
    const touched: PropertyKey[] = []
    const settings = { poolMax: 1, poolMin: 1, outFormat: oracledb.OUT_FORMAT_OBJECT, autoCommit: true }
    const before = Object.fromEntries(Object.keys(settings).map((name) => [name, Reflect.get(oracledb, name)]))
    const guarded = new Proxy(oracledb, {
      set(_, property) {
        touched.push(property)
        return false
      },
      defineProperty(_, property) {
        touched.push(property)
        return false
      },
      deleteProperty(_, property) {
        touched.push(property)
        return false
      },
    })
    Object.assign(oracledb, settings, { fetchAsString: [oracledb.CLOB] })
    try {
      await using database = await openDatabase({ pool: { driver: guarded, poolMax: 2 } })
      const profile = database.pool.profile(profileName)
      expect(await profile.chat('answer 9000')).toHaveLength(9000)
      expect(database.pool.stats().max).toBe(2)
      expect(oracledb).toMatchObject({ ...settings, fetchAsString: [oracledb.CLOB] })
    } finally {
      Object.assign(oracledb, before, { fetchAsString: [] })
    }
    expect(touched).toEqual([])
  })

  it('leaves the default pool of the application alone', async () => {
    await using database = await openDatabase()
    expect(() => oracledb.getPool()).toThrow(/NJS-047/)
    await database.pool.profile(profileName).chat('hello')
  })
})
