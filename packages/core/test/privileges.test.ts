import { describe, expect, it } from 'vitest'
import { grantPrivileges, revokePrivileges } from '../src/admin/index.ts'
import { CallAbortedError, PrivilegeError, SelectAIArgumentError, UserNotFoundError } from '../src/index.ts'
import { openDatabase, roundTrips } from './open-database.ts'

const administrator = { user: 'ADMIN', password: 'demo', poolMax: 1 }
const users = [
  { user: 'APP', password: 'app' },
  { user: '"Mixed"', password: 'mixed' },
]
const open = () => openDatabase({ emulator: { users }, pool: administrator })

describe('privileges', () => {
  it('decide who may ask, from the next call on', async () => {
    await using database = await open()
    const app = await database.createPool({ user: 'APP', password: 'app' })
    const profile = app.profile('OCI_AI_PROFILE')
    expect(await profile.chat('hello')).toBe('echo of 5 characters')
    expect(await revokePrivileges(database.pool, 'app')).toEqual([{ user: 'APP', status: 'fulfilled' }])
    await expect(profile.chat('hello')).rejects.toBeInstanceOf(PrivilegeError)
    expect(await grantPrivileges(database.pool, ['APP', '"Mixed"', 'app'])).toEqual([
      { user: 'APP', status: 'fulfilled' },
      { user: 'Mixed', status: 'fulfilled' },
    ])
    expect(await profile.chat('hello')).toBe('echo of 5 characters')
  })

  it('can be taken back twice', async () => {
    await using database = await open()
    await revokePrivileges(database.pool, 'APP')
    expect(await revokePrivileges(database.pool, 'APP')).toEqual([{ user: 'APP', status: 'fulfilled' }])
  })

  it('cost a round trip for each user', async () => {
    await using database = await open()
    for (const call of [grantPrivileges, revokePrivileges]) {
      const before = roundTrips(database.emulator)
      await call(database.pool, ['APP', '"Mixed"'])
      expect(roundTrips(database.emulator) - before).toBe(2)
    }
  })

  it('say for whom it failed and why, and go on with the others', async () => {
    await using database = await open()
    const outcomes = await grantPrivileges(database.pool, ['nobody', 'ADMIN', 'APP'])
    expect(outcomes).toMatchObject([
      { user: 'NOBODY', status: 'rejected', error: { code: 'USER_NOT_FOUND', user: 'NOBODY' } },
      { user: 'ADMIN', status: 'rejected', error: { code: 'DATABASE_ERROR', databaseCode: 'ORA-01749' } },
      { user: 'APP', status: 'fulfilled' },
    ])
    const [nobody] = outcomes
    expect(nobody?.status === 'rejected' && UserNotFoundError.isInstance(nobody.error)).toBe(true)
  })

  it('are refused to who is no administrator', async () => {
    await using database = await openDatabase({ emulator: { users } })
    const [outcome] = await grantPrivileges(database.pool, 'APP')
    expect(outcome).toMatchObject({ user: 'APP', status: 'rejected', error: { code: 'MISSING_PRIVILEGE' } })
  })

  it('are not given after the signal', async () => {
    await using database = await open()
    const call = grantPrivileges(database.pool, 'APP', { signal: AbortSignal.abort() })
    await expect(call).rejects.toBeInstanceOf(CallAbortedError)
  })

  it.each([
    ['no users', [], 'users'],
    ['nothing', undefined, 'users'],
    ['a blank name', ['APP', ' '], 'users[1]'],
    ['a name that is more than one', ['APP, OTHER'], 'users[0]'],
    ['an attempt to say more', ['APP" IDENTIFIED BY "x'], 'users[0]'],
    ['a name that is too long', ['n'.repeat(129)], 'users[0]'],
  ])('are told of %s before anything is sent', async (_what, names, argument) => {
    await using database = await openDatabase({ pool: { verify: 'none' } })
    for (const call of [grantPrivileges, revokePrivileges]) {
      const refused = call(database.pool, names as string[])
      await expect(refused).rejects.toBeInstanceOf(SelectAIArgumentError)
      await expect(refused).rejects.toMatchObject({ argument })
    }
    expect(database.emulator.ledger.opened).toBe(0)
  })
})
