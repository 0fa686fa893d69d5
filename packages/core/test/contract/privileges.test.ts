import { describe, expect, it } from 'vitest'
import {
  disablePrincipalAuth,
  enableDataAccess,
  enablePrincipalAuth,
  grantHttpAccess,
  grantNetworkAccess,
  grantPrivileges,
  listNetworkAccess,
  type NetworkAccessEntry,
  revokeHttpAccess,
  revokeNetworkAccess,
  revokePrivileges,
} from '../../src/admin/index.ts'
import { PrivilegeError, ProfileNotFoundError } from '../../src/index.ts'
import { hasAdministrator, openContractDatabase } from './contract-database.ts'
import { createUser } from './contract-objects.ts'

const host = 'select-ai-test.example.com'
const byPrivilege = (one: NetworkAccessEntry, other: NetworkAccessEntry) => one.privilege.localeCompare(other.privilege)

describe.skipIf(!hasAdministrator)('the database lets an administrator', () => {
  it('grant the packages, again and again', async () => {
    await using database = await openContractDatabase()
    const done = [{ user: database.user, status: 'fulfilled' }]
    expect(await grantPrivileges(database.admin, database.user)).toEqual(done)
    expect(await grantPrivileges(database.admin, database.user)).toEqual(done)
    expect(await database.pool.isConnected()).toBe(true)
  })

  it('take the packages away, and the identity in a cloud', async () => {
    await using database = await openContractDatabase()
    const { admin } = database
    const { user, pool } = await createUser(database)
    const done = [{ user, status: 'fulfilled' }]
    expect(await enablePrincipalAuth(admin, user, 'oci')).toEqual(done)
    expect(await disablePrincipalAuth(admin, user, 'oci')).toEqual(done)
    const ask = () => pool.profile(database.freshName()).chat('hello')
    await expect(ask()).rejects.toBeInstanceOf(ProfileNotFoundError)
    expect(await revokePrivileges(admin, user)).toEqual(done)
    await expect(ask()).rejects.toBeInstanceOf(PrivilegeError)
  })

  it('let narrations read data', async () => {
    await using database = await openContractDatabase()
    await enableDataAccess(database.admin)
    await enableDataAccess(database.admin)
  })

  it('open hosts to users, and close them', async () => {
    await using database = await openContractDatabase()
    const { admin, user } = database
    const ports = { host, privileges: 'connect', lowerPort: 8443, upperPort: 8443 } as const
    database.afterwards(() => revokeHttpAccess(admin, user, host))
    database.afterwards(() => revokeNetworkAccess(admin, user, ports))
    const entries = async () =>
      (await listNetworkAccess(admin)).filter((entry) => entry.host === host).toSorted(byPrivilege)
    await grantHttpAccess(admin, user, host)
    await grantHttpAccess(admin, user, host)
    await grantNetworkAccess(admin, user, ports)
    expect(await entries()).toMatchObject([
      { user, privilege: 'CONNECT', lowerPort: 8443, upperPort: 8443 },
      { user, privilege: 'HTTP' },
    ])
    await revokeNetworkAccess(admin, user, ports)
    await revokeHttpAccess(admin, user, host)
    await revokeHttpAccess(admin, user, host)
    expect(await entries()).toEqual([])
  })

  it('and says whom it does not know', async () => {
    await using database = await openContractDatabase()
    expect(await grantPrivileges(database.admin, 'NOBODY_OF_THAT_NAME')).toMatchObject([
      { status: 'rejected', error: { code: 'USER_NOT_FOUND' } },
    ])
    expect(await grantHttpAccess(database.admin, 'NOBODY_OF_THAT_NAME', host)).toMatchObject([
      { status: 'rejected', error: { code: 'USER_NOT_FOUND' } },
    ])
  })
})
