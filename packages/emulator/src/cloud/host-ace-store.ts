import { type NamesInGrants, withoutRoles } from '../execution/public-grantee.ts'
import type { UserBelongings } from '../execution/user-belongings.ts'
import { OracleError } from '../oracle-error.ts'

/** What one user may do with the ports of a host. */
export interface HostAce {
  /** Lower case; `*` and `*.example.com` stand for many. */
  readonly host: string
  readonly lowerPort: number | undefined
  readonly upperPort: number | undefined
  /** As the database knows the name: upper case unless it was quoted. */
  readonly principal: string
  /** Upper case. */
  readonly privileges: readonly string[]
}

const HIGHEST_PORT = 65_535

/** The access control entries of all hosts. */
export class HostAceStore implements UserBelongings {
  #aces: readonly HostAce[] = []
  readonly #namesOf: NamesInGrants

  constructor(namesOf: NamesInGrants = withoutRoles) {
    this.#namesOf = namesOf
  }

  list(): readonly HostAce[] {
    return this.#aces
  }

  /** @throws OracleError ORA-24244 for a bad host or port, ORA-46212 for an entry that is there already. */
  append(ace: HostAce): void {
    checkAddress(ace)
    const known = this.#aces.filter((other) => isSameAddress(other, ace)).flatMap(({ privileges }) => privileges)
    const added = ace.privileges.filter((privilege) => !known.includes(privilege))
    if (added.length === 0) throw new OracleError(46212, 'ACE entry for this principal already exists')
    this.#aces = [...this.#aces, { ...ace, privileges: added }]
  }

  /** Whether a user may send HTTP requests to a port of a host, by an entry of its own or one for everybody. */
  allows(user: string, { host, port }: { readonly host: string; readonly port: number }): boolean {
    const names = this.#namesOf(user)
    return this.#aces.some(
      (ace) =>
        names.includes(ace.principal) &&
        ace.privileges.includes('HTTP') &&
        covers(ace.host, host) &&
        port >= (ace.lowerPort ?? 0) &&
        port <= (ace.upperPort ?? ace.lowerPort ?? HIGHEST_PORT),
    )
  }

  /** Takes privileges away; one that is not there is as it should be. @throws OracleError ORA-24244 */
  remove(ace: HostAce): void {
    checkAddress(ace)
    this.#aces = this.#aces.flatMap((other) => {
      if (!isSameAddress(other, ace)) return [other]
      const privileges = other.privileges.filter((privilege) => !ace.privileges.includes(privilege))
      return privileges.length === 0 ? [] : [{ ...other, privileges }]
    })
  }

  forgetUser(user: string): void {
    this.#aces = this.#aces.filter(({ principal }) => principal !== user)
  }
}

function covers(pattern: string, host: string): boolean {
  if (pattern === '*' || pattern === host) return true
  return pattern.startsWith('*.') && host.endsWith(pattern.slice(1))
}

function isSameAddress(one: HostAce, other: HostAce): boolean {
  return (
    one.host === other.host &&
    one.lowerPort === other.lowerPort &&
    one.upperPort === other.upperPort &&
    one.principal === other.principal
  )
}

function checkAddress({ host, lowerPort, upperPort }: HostAce): void {
  const isHost = /^(\*|(\*\.)?[\p{L}\p{N}-]+(\.[\p{L}\p{N}-]+)*|\[?[0-9a-f:]+\]?)$/iu.test(host)
  const ports = [lowerPort, upperPort].filter((port) => port !== undefined)
  const arePorts = ports.every((port) => Number.isInteger(port) && port >= 1 && port <= HIGHEST_PORT)
  const areOrdered = lowerPort === undefined || upperPort === undefined || lowerPort <= upperPort
  if (!isHost || !arePorts || !areOrdered)
    throw new OracleError(24244, 'invalid host or port for access control list (ACL) assignment')
}
