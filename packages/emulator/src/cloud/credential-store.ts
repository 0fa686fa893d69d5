import { type NamesInGrants, withoutRoles } from '../execution/public-grantee.ts'
import type { UserBelongings } from '../execution/user-belongings.ts'
import { OracleError } from '../oracle-error.ts'

/** The parts of a credential that can be set, by their names as arguments of DBMS_CLOUD. */
export const credentialAttributes = [
  'USERNAME',
  'PASSWORD',
  'USER_OCID',
  'TENANCY_OCID',
  'PRIVATE_KEY',
  'FINGERPRINT',
  'COMMENTS',
] as const

export type CredentialAttribute = (typeof credentialAttributes)[number]

export type CredentialAttributes = Readonly<Partial<Record<CredentialAttribute, string>>>

/** A stored secret. Nothing ever reads the secret itself: the emulator calls no provider that would want it. */
export interface Credential {
  /** Upper case. */
  readonly name: string
  readonly attributes: CredentialAttributes
}

const LONGEST_NAME = 128

/** The credentials of every user. Names match whatever their case. */
export class CredentialStore implements UserBelongings {
  readonly #byOwner = new Map<string, Map<string, Credential>>()
  /** Who else may use a credential, by its owner and name. */
  readonly #grantees = new Map<string, Set<string>>()
  readonly #namesOf: NamesInGrants

  constructor(namesOf: NamesInGrants = withoutRoles) {
    this.#namesOf = namesOf
  }

  /** Credentials of an owner in the order of their creation. */
  list(owner: string): readonly Credential[] {
    return [...this.#ownedBy(owner).values()]
  }

  /** Credentials of all users, each with its owner. */
  all(): readonly (Credential & { readonly owner: string })[] {
    return [...this.#byOwner.keys()].flatMap((owner) => this.list(owner).map((each) => ({ ...each, owner })))
  }

  find(owner: string, name: string): Credential | undefined {
    return this.#ownedBy(owner).get(name.trim().toUpperCase())
  }

  /** @throws OracleError ORA-20004 when there is no such credential. */
  get(owner: string, name: string): Credential {
    const credential = this.find(owner, checkedName(name))
    if (credential === undefined) throw new OracleError(20004, `Credential ${name.trim()} does not exist`)
    return credential
  }

  /** @throws OracleError ORA-20022 for a name that is taken, ORA-20008 and ORA-20010 for a bad one. */
  create(owner: string, name: string, attributes: CredentialAttributes): void {
    const key = checkedName(name)
    if (this.find(owner, key) !== undefined) throw new OracleError(20022, `Credential ${key} already exists`)
    this.#ownedBy(owner).set(key, { name: key, attributes: checkedAttributes(attributes) })
  }

  /** @throws OracleError ORA-20004 when there is no such credential, ORA-20000 for an attribute that does not exist. */
  update(owner: string, name: string, attribute: string, value: string): void {
    const credential = this.get(owner, name)
    const key = credentialAttributes.find((known) => known === attribute.trim().toUpperCase())
    if (key === undefined) throw new OracleError(20000, `Invalid credential attribute - ${attribute}`)
    const attributes = checkedAttributes({ ...credential.attributes, [key]: value })
    this.#ownedBy(owner).set(credential.name, { ...credential, attributes })
  }

  /** @throws OracleError ORA-20004 when there is no such credential. */
  drop(owner: string, name: string): void {
    const credential = this.get(owner, name)
    this.#ownedBy(owner).delete(credential.name)
    this.#grantees.delete(keyOf(owner, credential.name))
  }

  /** Whether there is such a credential, and the user owns it or was let use it. */
  mayUse(user: string, owner: string, name: string): boolean {
    if (!this.has(owner, name)) return false
    return user === owner || this.#namesOf(user).some((grantee) => this.isGranted(owner, name, grantee))
  }

  has(owner: string, name: string): boolean {
    return this.#byOwner.get(owner)?.has(name) ?? false
  }

  isGranted(owner: string, name: string, grantee: string): boolean {
    return this.#grantees.get(keyOf(owner, name))?.has(grantee) ?? false
  }

  grant(owner: string, name: string, grantee: string): void {
    const key = keyOf(owner, name)
    this.#grantees.set(key, new Set([...(this.#grantees.get(key) ?? []), grantee]))
  }

  revoke(owner: string, name: string, grantee: string): void {
    this.#grantees.get(keyOf(owner, name))?.delete(grantee)
  }

  owns(user: string): boolean {
    return (this.#byOwner.get(user)?.size ?? 0) > 0
  }

  forgetUser(user: string): void {
    for (const name of this.#byOwner.get(user)?.keys() ?? []) this.#grantees.delete(keyOf(user, name))
    this.#byOwner.delete(user)
    for (const grantees of this.#grantees.values()) grantees.delete(user)
  }

  #ownedBy(owner: string): Map<string, Credential> {
    const key = owner.toUpperCase()
    const credentials = this.#byOwner.get(key) ?? new Map<string, Credential>()
    this.#byOwner.set(key, credentials)
    return credentials
  }
}

/** A quoted name may hold any character but a double quote, which keeps the parts apart. */
function keyOf(owner: string, name: string): string {
  return `${owner}"${name}`
}

function checkedName(name: string): string {
  const upper = name.trim().toUpperCase()
  if (upper === '') throw new OracleError(20010, 'Missing credential name')
  if (upper.length > LONGEST_NAME) {
    throw new OracleError(20008, `Credential name length (${upper.length}) exceeds maximum length (${LONGEST_NAME})`)
  }
  if (!/^\p{L}[\p{L}\p{N}_$#]*$/u.test(upper)) throw new OracleError(20010, `Invalid credential name - ${name.trim()}`)
  return upper
}

/** Empty texts are NULL, which is how an attribute is left out. */
function checkedAttributes(given: CredentialAttributes): CredentialAttributes {
  const attributes: CredentialAttributes = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== ''))
  const byKey = attributes.USER_OCID !== undefined || attributes.PRIVATE_KEY !== undefined
  const needed: readonly CredentialAttribute[] = byKey
    ? ['USER_OCID', 'TENANCY_OCID', 'PRIVATE_KEY', 'FINGERPRINT']
    : ['USERNAME']
  const missing = needed.find((name) => attributes[name] === undefined)
  if (missing !== undefined) throw new OracleError(20010, `Missing credential attribute - ${missing.toLowerCase()}`)
  return attributes
}
