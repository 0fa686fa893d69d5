import { foldName } from '../execution/fold-name.ts'
import type { Parameter, Subprogram } from '../execution/subprogram.ts'
import { textArgument } from '../execution/text-argument.ts'
import { OracleError } from '../oracle-error.ts'
import { varchar2 } from '../values/oracle-type.ts'
import type { ProfileStore } from './profile-store.ts'

const PARAMETERS: readonly Parameter[] = [
  { name: 'PROFILE_NAME', mode: 'in', type: varchar2(128) },
  { name: 'USER_OR_ROLE_NAME', mode: 'in', type: varchar2(128) },
]

/** Who profiles can be shared with. */
export interface Grantees {
  /** Whether there is a user or role of that name. */
  exists(name: string): boolean
}

/** GRANT_PROFILE_ACCESS and REVOKE_PROFILE_ACCESS: the owner decides who else may use a profile. */
export function sharingSubprograms(profiles: ProfileStore, grantees: Grantees): readonly Subprogram[] {
  const change = (name: string, run: (owner: string, profile: string, grantee: string) => void): Subprogram => ({
    name: `DBMS_CLOUD_AI.${name}`,
    parameters: PARAMETERS,
    run(values, { user }) {
      const grantee = foldName(textArgument(values.USER_OR_ROLE_NAME))
      if (grantee === '') throw new OracleError(20000, 'Missing user or role name')
      if (!grantees.exists(grantee)) throw new OracleError(1917, `user or role '${grantee}' does not exist`)
      run(user, textArgument(values.PROFILE_NAME), grantee)
      return {}
    },
  })
  return [
    change('GRANT_PROFILE_ACCESS', (...grant) => profiles.grantAccess(...grant)),
    change('REVOKE_PROFILE_ACCESS', (...grant) => profiles.revokeAccess(...grant)),
  ]
}
