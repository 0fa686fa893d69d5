import type { Profile, VectorIndex } from '../../src/index.ts'
import type { ContractDatabase } from './contract-database.ts'

/** A profile that exists until the end of the test. */
export async function createProfile(database: ContractDatabase): Promise<Profile> {
  const profile = database.pool.profile(database.freshName())
  database.afterwards(() => profile.delete({ force: true }))
  await profile.create({ attributes: database.attributes, description: 'Made by a test' })
  return profile
}

/** A vector index with its documents loaded, and a profile that embeds for it; both exist until the end of the test. */
export async function createIndex(database: ContractDatabase): Promise<VectorIndex> {
  const { location, credentialName } = database.documents ?? { location: '' }
  const profile = await createProfile(database)
  const index = database.pool.vectorIndex(database.freshName())
  database.afterwards(() => index.delete({ force: true }))
  const attributes = {
    location,
    profile_name: profile.name,
    match_limit: 3,
    ...(credentialName === undefined ? {} : { object_storage_credential_name: credentialName }),
  }
  await index.create({ attributes }, { waitForCompletion: true })
  return index
}
