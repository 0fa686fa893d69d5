import { describe, expect, it } from 'vitest'
import {
  grantHttpAccess,
  grantNetworkAccess,
  listNetworkAccess,
  type NetworkAccess,
  revokeHttpAccess,
  revokeNetworkAccess,
} from '../src/admin/index.ts'
import { PrivilegeError, SelectAIArgumentError } from '../src/index.ts'
import { openDatabase, roundTrips } from './open-database.ts'

const administrator = { user: 'ADMIN', password: 'demo', poolMax: 1 }
const users = [
  { user: 'APP', password: 'app' },
  { user: '"Mixed"', password: 'mixed' },
]
const open = () => openDatabase({ emulator: { users }, pool: administrator })
const mail = { host: 'smtp.example.com', privileges: ['connect', 'smtp'], lowerPort: 587, upperPort: 587 }

describe('network access', () => {
  it('is granted, listed and revoked', async () => {
    await using database = await open()
    const { pool } = database
    const fulfilled = (user: string) => ({ user, status: 'fulfilled' })
    expect(await grantHttpAccess(pool, ['app', '"Mixed"'], 'api.openai.com')).toEqual([
      fulfilled('APP'),
      fulfilled('Mixed'),
    ])
    await grantNetworkAccess(pool, 'APP', mail)
    const http = { host: 'api.openai.com', privilege: 'HTTP', lowerPort: undefined, upperPort: undefined }
    const smtp = { user: 'APP', host: 'smtp.example.com', lowerPort: 587, upperPort: 587 }
    expect(await listNetworkAccess(pool)).toEqual([
      { ...http, user: 'APP' },
      { ...http, user: 'Mixed' },
      { ...smtp, privilege: 'CONNECT' },
      { ...smtp, privilege: 'SMTP' },
    ])
    await revokeNetworkAccess(pool, 'APP', { ...mail, privileges: 'smtp' })
    await revokeHttpAccess(pool, ['APP'], 'api.openai.com')
    expect(await listNetworkAccess(pool)).toEqual([
      { ...http, user: 'Mixed' },
      { ...smtp, privilege: 'CONNECT' },
    ])
  })

  it('can be granted and revoked twice', async () => {
    await using database = await open()
    for (const change of [grantHttpAccess, grantHttpAccess, revokeHttpAccess, revokeHttpAccess]) {
      expect(await change(database.pool, 'APP', 'api.openai.com')).toEqual([{ user: 'APP', status: 'fulfilled' }])
    }
  })

  it('costs a round trip for each user and privilege, and one for the list', async () => {
    await using database = await open()
    const { pool, emulator } = database
    await listNetworkAccess(pool)
    const before = roundTrips(emulator)
    await grantNetworkAccess(pool, ['APP', '"Mixed"'], mail)
    expect(roundTrips(emulator) - before).toBe(4)
    await listNetworkAccess(pool)
    expect(roundTrips(emulator) - before).toBe(5)
  })

  it('says for whom it failed and why, and goes on with the others', async () => {
    await using database = await open()
    expect(await grantHttpAccess(database.pool, ['NOBODY', 'APP'], 'api.openai.com')).toMatchObject([
      { user: 'NOBODY', status: 'rejected', error: { code: 'USER_NOT_FOUND' } },
      { user: 'APP', status: 'fulfilled' },
    ])
  })

  it('is refused to who is no administrator', async () => {
    await using database = await openDatabase({ emulator: { users } })
    const [outcome] = await grantHttpAccess(database.pool, 'APP', 'api.openai.com')
    expect(outcome).toMatchObject({ status: 'rejected', error: { code: 'MISSING_PRIVILEGE' } })
    await expect(listNetworkAccess(database.pool)).rejects.toBeInstanceOf(PrivilegeError)
  })

  it.each([
    ['an address', { ...mail, host: 'https://smtp.example.com' }, 'host'],
    ['a host with its port', { ...mail, host: 'smtp.example.com:25' }, 'host'],
    ['no host', { ...mail, host: '' }, 'host'],
    ['no privileges', { ...mail, privileges: [] }, 'access.privileges'],
    ['a privilege that is no name', { ...mail, privileges: ['http, smtp'] }, 'access.privileges'],
    ['a port that is none', { ...mail, upperPort: 70_000 }, 'access.upperPort'],
    ['ports in the wrong order', { ...mail, lowerPort: 588 }, 'access.upperPort'],
    ['an unknown part', { ...mail, port: 25 }, 'access.port'],
    ['nothing', undefined, 'access'],
  ])('tells of %s before anything is sent', async (_what, access, argument) => {
    await using database = await openDatabase({ pool: { verify: 'none' } })
    for (const change of [grantNetworkAccess, revokeNetworkAccess]) {
      const refused = change(database.pool, 'APP', access as NetworkAccess)
      await expect(refused).rejects.toBeInstanceOf(SelectAIArgumentError)
      await expect(refused).rejects.toMatchObject({ argument })
    }
    expect(database.emulator.ledger.opened).toBe(0)
  })
})
