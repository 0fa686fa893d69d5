import { describe, expect, it } from 'vitest'
import {
  createCredential,
  deleteCredential,
  grantCredentialAccess,
  revokeCredentialAccess,
} from '../../src/admin/index.ts'
import { ProfileNotFoundError, UserNotFoundError, VectorIndexNotFoundError } from '../../src/index.ts'
import { hasAdministrator, hasDocuments, openContractDatabase } from './contract-database.ts'
import { createIndex, createProfile, createTeam, createUser } from './contract-objects.ts'

describe.skipIf(!hasAdministrator)('the database shares with another user', () => {
  it('a profile, until access is revoked', async () => {
    await using database = await openContractDatabase()
    const { user, pool } = await createUser(database)
    const own = await createProfile(database)
    const shared = pool.profile(own.name, { owner: database.user })
    await expect(shared.fetch()).rejects.toBeInstanceOf(ProfileNotFoundError)
    await own.grantAccess(user)
    expect(await shared.fetch()).toMatchObject({ name: own.name, owner: database.user })
    await own.revokeAccess(user)
    await expect(shared.fetch()).rejects.toBeInstanceOf(ProfileNotFoundError)
  })

  it.skipIf(!hasDocuments)('a vector index, until access is revoked', async () => {
    await using database = await openContractDatabase()
    const { user, pool } = await createUser(database)
    const own = await createIndex(database)
    const shared = pool.vectorIndex(own.name, { owner: database.user })
    await own.grantAccess(user)
    const fetched = await shared.fetch()
    expect(fetched).toMatchObject({ name: own.name, owner: database.user })
    expect(await pool.listVectorIndexes({ owner: database.user, pattern: `^${own.name}$` })).toEqual([fetched])
    await own.revokeAccess(user)
    await expect(shared.fetch()).rejects.toBeInstanceOf(VectorIndexNotFoundError)
  })

  it('a team, and takes it back', async () => {
    await using database = await openContractDatabase()
    const { user } = await createUser(database)
    const team = await createTeam(database)
    await team.grantAccess(user)
    await team.revokeAccess(user)
  })

  it('a credential, and takes it back', async () => {
    await using database = await openContractDatabase()
    const { user } = await createUser(database)
    const name = database.freshName()
    database.afterwards(() => deleteCredential(database.pool, name, { force: true }))
    await createCredential(database.pool, name, { username: 'SOMEBODY', password: 'not-a-real-key' })
    const done = [{ user, status: 'fulfilled' }]
    expect(await grantCredentialAccess(database.pool, name, user)).toEqual(done)
    expect(await revokeCredentialAccess(database.pool, name, user)).toEqual(done)
  })

  it('nothing when there is no such user', async () => {
    await using database = await openContractDatabase()
    const profile = await createProfile(database)
    await expect(profile.grantAccess(database.freshName())).rejects.toBeInstanceOf(UserNotFoundError)
  })
})
