import { foldName } from '../execution/fold-name.ts'
import type { ProviderAccess, ProviderCaller } from '../execution/provider-access.ts'
import { OracleError } from '../oracle-error.ts'
import type { CredentialStore } from './credential-store.ts'
import type { HostAceStore } from './host-ace-store.ts'
import type { PrincipalAuth } from './principal-auth.ts'
import { providerHost } from './provider-host.ts'

export interface ProviderGateParts {
  readonly credentials: CredentialStore
  readonly principals: PrincipalAuth
  readonly aces: HostAceStore
  /** What a public synonym stands for. */
  findSynonym(name: string): { readonly owner: string; readonly name: string } | undefined
}

/** Lets a call through to a provider when the user has a credential for it and may reach its host. */
export class ProviderGate implements ProviderAccess {
  readonly #parts: ProviderGateParts

  constructor(parts: ProviderGateParts) {
    this.#parts = parts
  }

  check(attributes: Readonly<Record<string, unknown>>, caller: ProviderCaller): void {
    const { provider, credential_name: reference } = attributes
    if (typeof reference === 'string') this.checkCredential(reference, caller)
    // The database answers by itself, and a service behind an endpoint may want no key.
    else if (provider !== undefined && provider !== 'database') throw new OracleError(20010, 'Missing credential name')
    const address = providerHost(attributes)
    if (address !== undefined && !this.#parts.aces.allows(caller.user, address)) {
      throw new OracleError(20000, 'ORA-24247: Network access denied by access control list (ACL)')
    }
  }

  checkCredential(reference: string, caller: ProviderCaller): void {
    if (!this.#mayUse(reference, caller)) throw new OracleError(20004, `Credential ${reference} does not exist`)
  }

  /** A name without owner is the user's, then that of who shares the profile, then what a public synonym stands for. */
  #mayUse(reference: string, { user, profileOwner }: ProviderCaller): boolean {
    const { credentials, principals, findSynonym } = this.#parts
    const [name = '', owner] = reference.split('.').reverse().map(foldName)
    if (owner !== undefined) return credentials.mayUse(user, owner, name)
    const synonym = findSynonym(name)
    return (
      principals.mayUse(user, name) ||
      credentials.mayUse(user, user, name) ||
      credentials.mayUse(user, profileOwner, name) ||
      (synonym !== undefined && credentials.mayUse(user, synonym.owner, synonym.name))
    )
  }
}
