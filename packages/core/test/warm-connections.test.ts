import oracledb from 'oracledb'
import { describe, expect, it } from 'vitest'
import { forceDisconnectAll } from '../src/pool/force-disconnect.ts'
import { openDatabase, until } from './open-database.ts'

const profileName = 'OCI_AI_PROFILE'
const whoAmI = `SELECT SYS_CONTEXT('USERENV', 'MODULE'), SYS_CONTEXT('USERENV', 'ACTION') FROM dual`

/** The real driver, and the pool that was made with it. */
function watchedDriver() {
  const pools: oracledb.Pool[] = []
  const createPool = async (attributes: oracledb.PoolAttributes): Promise<oracledb.Pool> => {
    const pool = await oracledb.createPool(attributes)
    pools.push(pool)
    return pool
  }
  const driver = new Proxy(oracledb, {
    get: (target, name) => (name === 'createPool' ? createPool : Reflect.get(target, name)),
  })
  return { driver, pools }
}

describe('a connection whose call left nothing behind', () => {
  it('waits a moment for the next call, and then goes back to the pool of the driver', async () => {
    const { driver, pools } = watchedDriver()
    await using database = await openDatabase({ pool: { driver, poolMax: 2 } })
    const profile = database.pool.profile(profileName)
    await Promise.all([profile.chat('hello'), profile.chat('hello')])
    expect(database.pool.stats()).toMatchObject({ inUse: 0, open: 2 })
    expect(pools[0]?.connectionsInUse).toBe(2)
    await until(() => pools[0]?.connectionsInUse === 0)
    expect(database.pool.stats().open).toBe(2)
    expect(await profile.chat('hello')).toBe('echo of 5 characters')
    expect(database.emulator.ledger.opened).toBe(2)
  })

  it('has its place in the line passed on with it', async () => {
    const { driver, pools } = watchedDriver()
    await using database = await openDatabase({ pool: { driver, poolMax: 1 } })
    const profile = database.pool.profile(profileName)
    await Promise.all(Array.from({ length: 20 }, () => profile.chat('hello')))
    expect(pools[0]?.connectionsInUse).toBe(1)
    expect(database.emulator.ledger.opened).toBe(1)
    expect(database.pool.stats().totals).toMatchObject({ borrowed: 21, returned: 21 })
  })

  it('is named anew for another label, and by whoever borrows it', async () => {
    await using database = await openDatabase({ pool: { poolMax: 1 } })
    const profile = database.pool.profile(profileName)
    await profile.chat('hello', { label: 'GET /one' })
    await profile.chat('hello', { label: 'GET /one' })
    const borrow = (label: string) =>
      database.pool.withConnection(async (connection) => (await connection.execute(whoAmI)).rows, { label })
    expect(await borrow('GET /one')).toEqual([['select-ai', 'GET /one']])
    expect(await borrow('GET /two')).toEqual([['select-ai', 'GET /two']])
  })

  it('is not lent when its socket has closed meanwhile', async () => {
    const { driver, pools } = watchedDriver()
    await using database = await openDatabase({ pool: { driver, poolMax: 1 } })
    const profile = database.pool.profile(profileName)
    await profile.chat('hello')
    forceDisconnectAll(pools[0] as oracledb.Pool)
    expect(await profile.chat('hello')).toBe('echo of 5 characters')
    expect(database.emulator.ledger.opened).toBe(2)
  })

  it('is logged off when the pool closes', async () => {
    await using database = await openDatabase({ pool: { poolMax: 2 } })
    const profile = database.pool.profile(profileName)
    await Promise.all([profile.chat('hello'), profile.chat('hello')])
    await database.pool.close()
    await database.emulator.ledger.waitFor(({ loggedOff }) => loggedOff === 2)
  })
})
