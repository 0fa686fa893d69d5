import type { Profile } from '../../src/index.ts'
import type { ContractDatabase } from './contract-database.ts'

/** A profile that exists until the end of the test. */
export async function createProfile(database: ContractDatabase): Promise<Profile> {
  const profile = database.pool.profile(database.freshName())
  database.afterwards(() => profile.delete({ force: true }))
  await profile.create({ attributes: database.attributes, description: 'Made by a test' })
  return profile
}
