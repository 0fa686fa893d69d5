import { findObjects, type ObjectQuery, readPattern } from '../attributes/find-objects.ts'
import { patternErrorOf } from '../errors/pattern-error.ts'
import { ProfileNotFoundError } from '../errors/profile-not-found-error.ts'
import type { DatabaseCall } from '../pool/call-database.ts'
import { type CallOptions, callOptionNames, checkCallOptions } from '../pool/call-options.ts'
import type { ConnectionPool } from '../pool/connection-pool.ts'
import {
  fetchProfile,
  fetchProfileOfOwner,
  fetchProfileOfOwnerWithLongTexts,
  fetchProfileWithLongTexts,
  listProfiles,
  listProfilesWithLongTexts,
} from '../sql/profile-statements.ts'
import { type ProfileDescription, type ProfileRow, readProfiles } from './profile-description.ts'

/** Options of listing profiles. */
export interface ListProfilesOptions extends CallOptions {
  /** A regular expression of the database that names must match, whatever their case; at most 512 bytes. Default: all names. */
  readonly pattern?: string | undefined
}

/** @throws ProfileNotFoundError */
export async function fetchDescription(
  pool: ConnectionPool,
  profile: string,
  options: CallOptions = {},
): Promise<ProfileDescription> {
  checkCallOptions(options, callOptionNames)
  const [name, owner] = profile.split('.').reverse() as [string, string | undefined]
  const call = { action: 'fetch', profile, options }
  const query =
    owner === undefined
      ? { statement: fetchProfile, withLongTexts: fetchProfileWithLongTexts, binds: { profile_name: name } }
      : {
          statement: fetchProfileOfOwner,
          withLongTexts: fetchProfileOfOwnerWithLongTexts,
          binds: { owner, profile_name: name },
        }
  const [description] = await findProfiles(pool, call, query)
  if (description === undefined) throw new ProfileNotFoundError({ profile })
  return description
}

/** @throws SelectAIArgumentError for a pattern that is no regular expression of the database. */
export async function listDescriptions(
  pool: ConnectionPool,
  options: ListProfilesOptions = {},
): Promise<readonly ProfileDescription[]> {
  const { pattern, options: others } = readPattern(options)
  const call = { action: 'listProfiles', options: others, errorOf: patternErrorOf }
  const query = { statement: listProfiles, withLongTexts: listProfilesWithLongTexts, binds: { pattern } }
  return findProfiles(pool, call, query)
}

async function findProfiles(
  pool: ConnectionPool,
  call: DatabaseCall,
  query: ObjectQuery,
): Promise<readonly ProfileDescription[]> {
  return readProfiles(await findObjects<ProfileRow>(pool, call, query))
}
