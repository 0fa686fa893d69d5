import { foldName } from '../execution/fold-name.ts'
import type { Parameter, Subprogram } from '../execution/subprogram.ts'
import { textArgument } from '../execution/text-argument.ts'
import type { UserBelongings } from '../execution/user-belongings.ts'
import { OracleError } from '../oracle-error.ts'
import { CLOB, varchar2 } from '../values/oracle-type.ts'

/** The credentials that the database makes from its own identity in a cloud, by the cloud. */
const principalCredentials: Readonly<Record<string, string>> = {
  AWS: 'AWS$ARN',
  AZURE: 'AZURE$PA',
  GCP: 'GCP$PA',
  OCI: 'OCI$RESOURCE_PRINCIPAL',
}

/** Who may use the database's own identity in which cloud. */
export class PrincipalAuth implements UserBelongings {
  readonly #users = new Map<string, Set<string>>()

  /** @param user - upper case unless the name was quoted */
  enable(provider: string, user: string): void {
    const credential = credentialOf(provider)
    this.#users.set(credential, new Set([...(this.#users.get(credential) ?? []), user]))
  }

  disable(provider: string, user: string): void {
    this.#users.get(credentialOf(provider))?.delete(user)
  }

  /** Whether a credential is such a one, and the user may use it. */
  mayUse(user: string, credentialName: string): boolean {
    return this.#users.get(credentialName)?.has(user) ?? false
  }

  forgetUser(user: string): void {
    for (const users of this.#users.values()) users.delete(user)
  }
}

const PARAMETERS: readonly Parameter[] = [
  { name: 'PROVIDER', mode: 'in', type: varchar2() },
  { name: 'USERNAME', mode: 'in', type: varchar2(), default: 'ADMIN' },
]

/** ENABLE_PRINCIPAL_AUTH and DISABLE_PRINCIPAL_AUTH of DBMS_CLOUD_ADMIN. */
export function principalAuthSubprograms(
  principals: PrincipalAuth,
  userExists: (name: string) => boolean,
): readonly Subprogram[] {
  const change = (
    name: string,
    more: readonly Parameter[],
    run: (provider: string, user: string) => void,
  ): Subprogram => ({
    name: `DBMS_CLOUD_ADMIN.${name}`,
    parameters: [...PARAMETERS, ...more],
    run(values) {
      const user = foldName(textArgument(values.USERNAME))
      if (!userExists(user)) throw new OracleError(1917, `user or role '${user}' does not exist`)
      run(textArgument(values.PROVIDER), user)
      return {}
    },
  })
  const params: Parameter = { name: 'PARAMS', mode: 'in', type: CLOB, default: null }
  return [
    change('ENABLE_PRINCIPAL_AUTH', [params], (provider, user) => principals.enable(provider, user)),
    change('DISABLE_PRINCIPAL_AUTH', [], (provider, user) => principals.disable(provider, user)),
  ]
}

function credentialOf(provider: string): string {
  const credential = principalCredentials[provider.trim().toUpperCase()]
  if (credential === undefined) throw new OracleError(20000, `Invalid provider - ${provider}`)
  return credential
}
