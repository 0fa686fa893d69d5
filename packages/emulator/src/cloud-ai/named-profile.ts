import type { CallContext } from '../execution/subprogram.ts'
import { OracleError } from '../oracle-error.ts'
import type { OracleValue } from '../values/oracle-value.ts'
import type { AiProfile, ProfileStore } from './profile-store.ts'
import { sessionProfileName } from './session-profile.ts'

/**
 * The profile that a call names, with its owner when it is another user's, or else that of the session.
 * @throws OracleError ORA-20046 when there is none, the user may not use it, or it is disabled.
 */
export function namedProfile(name: OracleValue | undefined, context: CallContext, profiles: ProfileStore): AiProfile {
  const wanted = typeof name === 'string' && name !== '' ? name : sessionProfileName(context)
  if (wanted === null) throw new OracleError(20046, 'Missing profile name')
  const profile = profiles.resolve(context.user, wanted)
  if (profile.status === 'DISABLED') throw new OracleError(20046, `Profile ${profile.name} is disabled`)
  return profile
}
