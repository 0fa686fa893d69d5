import { checkOwner } from '../attributes/qualified-name.ts'
import { readPattern } from '../attributes/read-pattern.ts'
import { patternErrorOf } from '../errors/pattern-error.ts'
import { ProfileNotFoundError } from '../errors/profile-not-found-error.ts'
import { type CallOptions, callOptionNames, checkCallOptions } from '../pool/call-options.ts'
import type { ConnectionPool } from '../pool/connection-pool.ts'
import { queryTexts } from '../pool/query-texts.ts'
import {
  fetchProfile,
  fetchProfileOfOwner,
  fetchProfileOfOwnerWithLongTexts,
  fetchProfileWithLongTexts,
  listProfiles,
  listProfilesOfOwner,
  listProfilesOfOwnerWithLongTexts,
  listProfilesWithLongTexts,
} from '../sql/profile-statements.ts'
import { type ProfileDescription, type ProfileRow, readProfiles } from './profile-description.ts'

/** Options of listing profiles. */
export interface ListProfilesOptions extends CallOptions {
  /** A regular expression of the database that names must match, whatever their case; at most 512 bytes. Default: all names. */
  readonly pattern?: string | undefined
  /** Whose profiles; those of another user are found as far as they are shared. Default: those of the pool's database user. */
  readonly owner?: string | undefined
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
  const [description] = readProfiles(await queryTexts<ProfileRow>(pool, call, query))
  if (description === undefined) throw new ProfileNotFoundError({ profile })
  return description
}

/** @throws SelectAIArgumentError for a pattern that is no regular expression of the database. */
export async function listDescriptions(
  pool: ConnectionPool,
  options: ListProfilesOptions = {},
): Promise<readonly ProfileDescription[]> {
  checkCallOptions(options, [...callOptionNames, 'pattern', 'owner'])
  const { owner, ...more } = options
  const { pattern, options: others } = readPattern(more)
  const call = { action: 'listProfiles', options: others, errorOf: patternErrorOf }
  const query =
    owner === undefined
      ? { statement: listProfiles, withLongTexts: listProfilesWithLongTexts, binds: { pattern } }
      : {
          statement: listProfilesOfOwner,
          withLongTexts: listProfilesOfOwnerWithLongTexts,
          binds: { owner: checkOwner(owner), pattern },
        }
  return readProfiles(await queryTexts<ProfileRow>(pool, call, query))
}
