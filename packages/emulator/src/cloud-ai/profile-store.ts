import { foldName } from '../execution/fold-name.ts'
import { type NamesInGrants, withoutRoles } from '../execution/public-grantee.ts'
import type { UserBelongings } from '../execution/user-belongings.ts'
import { OracleError } from '../oracle-error.ts'
import { OracleDateTime } from '../values/oracle-date-time.ts'
import type { ObjectStatus } from './object-status.ts'
import { checkAttribute, checkProvider, type ProfileAttributes } from './profile-attributes.ts'

/** An AI profile: where questions go and what they may be about. */
export interface AiProfile {
  readonly id: number
  /** Upper case. */
  readonly owner: string
  /** Upper case. */
  readonly name: string
  readonly attributes: ProfileAttributes
  readonly description: string | null
  readonly status: ObjectStatus
  /** In UTC. */
  readonly created: OracleDateTime
  /** In UTC. */
  readonly lastModified: OracleDateTime
}

export interface NewProfile {
  readonly name: string
  readonly attributes: ProfileAttributes
  readonly description?: string | null
  /** Defaults to `ENABLED`. */
  readonly status?: ObjectStatus
}

const LONGEST_NAME = 128
const LONGEST_DESCRIPTION = 4000

/** All profiles of the database, by owner and name. Names match whatever their case. */
export class ProfileStore implements UserBelongings {
  readonly #byOwner = new Map<string, Map<string, AiProfile>>()
  /** Who else may use a profile, by its id; upper case unless the name was quoted. */
  readonly #grantees = new Map<number, Set<string>>()
  readonly #initial: readonly NewProfile[]
  readonly #namesOf: NamesInGrants
  #nextId = 1

  /** @param initial - Profiles that every owner has from the start. */
  constructor(initial: readonly NewProfile[] = [], namesOf: NamesInGrants = withoutRoles) {
    this.#initial = initial
    this.#namesOf = namesOf
  }

  /** Profiles of an owner in the order of their creation. */
  list(owner: string): readonly AiProfile[] {
    return [...this.#ownedBy(owner).values()]
  }

  /** All profiles there are. */
  all(): readonly AiProfile[] {
    return [...this.#byOwner.values()].flatMap((profiles) => [...profiles.values()])
  }

  /** Profiles that a user may use: its own, and those that were shared with it. */
  visibleTo(user: string): readonly AiProfile[] {
    const shared = this.all().filter((profile) => profile.owner !== user && this.#isSharedWith(user, profile))
    return [...this.list(user), ...shared]
  }

  find(owner: string, name: string): AiProfile | undefined {
    return this.#ownedBy(owner).get(name.trim().toUpperCase())
  }

  /**
   * The profile that a user means by a name, which may begin with the owner.
   * @throws OracleError ORA-20046 when there is none, or the user may not use it.
   */
  resolve(user: string, reference: string): AiProfile {
    const [name = '', owner = user] = reference.split('.').reverse().map(foldName)
    const profile = owner === user ? this.find(user, name) : this.#byOwner.get(owner)?.get(name)
    if (profile !== undefined && (owner === user || this.#isSharedWith(user, profile))) return profile
    throw new OracleError(20046, `Invalid profile ${reference}`)
  }

  /** Lets another user use a profile. @throws OracleError ORA-20046 when there is no such profile. */
  grantAccess(owner: string, name: string, grantee: string): void {
    const { id } = this.get(owner, name)
    this.#grantees.set(id, new Set([...(this.#grantees.get(id) ?? []), grantee]))
  }

  /** Takes that back; what was not granted is as it should be. @throws OracleError ORA-20046 */
  revokeAccess(owner: string, name: string, grantee: string): void {
    this.#grantees.get(this.get(owner, name).id)?.delete(grantee)
  }

  /** @throws OracleError ORA-20046 when there is no such profile. */
  get(owner: string, name: string): AiProfile {
    const profile = this.find(owner, name)
    if (profile === undefined) throw new OracleError(20046, `Invalid profile ${name}`)
    return profile
  }

  /** @throws OracleError ORA-20046 for a bad or taken name, ORA-20047 for a bad attribute, ORA-20045 for a long description. */
  create(owner: string, profile: NewProfile): AiProfile {
    const name = profileName(profile.name)
    if (this.find(owner, name) !== undefined) throw new OracleError(20046, `Profile ${name} already exists`)
    const description = profile.description ?? null
    if (description !== null && description.length > LONGEST_DESCRIPTION) {
      throw new OracleError(20045, 'description is too long')
    }
    const created = OracleDateTime.fromUtc(new Date())
    return this.#put({
      id: this.#nextId++,
      owner: owner.toUpperCase(),
      name,
      attributes: checkedAttributes(profile.attributes),
      description,
      status: profile.status ?? 'ENABLED',
      created,
      lastModified: created,
    })
  }

  /** Lays new attributes over the old ones; null takes an attribute away. */
  setAttributes(owner: string, name: string, changes: ProfileAttributes): AiProfile {
    const profile = this.get(owner, name)
    return this.#change(profile, { attributes: checkedAttributes({ ...profile.attributes, ...changes }) })
  }

  setStatus(owner: string, name: string, status: ObjectStatus): AiProfile {
    return this.#change(this.get(owner, name), { status })
  }

  /** @throws OracleError ORA-20046 when there is no such profile. */
  drop(owner: string, name: string): void {
    const profile = this.get(owner, name)
    this.#grantees.delete(profile.id)
    this.#ownedBy(owner).delete(profile.name)
  }

  /** The profiles that every owner has from the start do not count. */
  owns(user: string): boolean {
    const initial = new Set(this.#initial.map(({ name }) => name.toUpperCase()))
    return [...(this.#byOwner.get(user)?.keys() ?? [])].some((name) => !initial.has(name))
  }

  forgetUser(user: string): void {
    for (const { id } of this.#byOwner.get(user)?.values() ?? []) this.#grantees.delete(id)
    this.#byOwner.delete(user)
    for (const grantees of this.#grantees.values()) grantees.delete(user)
  }

  #isSharedWith(user: string, { id }: AiProfile): boolean {
    const grantees = this.#grantees.get(id)
    return grantees !== undefined && this.#namesOf(user).some((name) => grantees.has(name))
  }

  #change(profile: AiProfile, changes: Partial<AiProfile>): AiProfile {
    return this.#put({ ...profile, ...changes, lastModified: OracleDateTime.fromUtc(new Date()) })
  }

  #put(profile: AiProfile): AiProfile {
    this.#ownedBy(profile.owner).set(profile.name, profile)
    return profile
  }

  #ownedBy(owner: string): Map<string, AiProfile> {
    const key = owner.toUpperCase()
    let profiles = this.#byOwner.get(key)
    if (profiles === undefined) {
      profiles = new Map()
      this.#byOwner.set(key, profiles)
      for (const profile of this.#initial) this.create(key, profile)
    }
    return profiles
  }
}

function profileName(name: string): string {
  const upper = name.trim().toUpperCase()
  if (upper === '') throw new OracleError(20046, 'Missing profile name')
  if (upper.length > LONGEST_NAME) {
    throw new OracleError(20046, `Profile name length (${upper.length}) exceeds maximum length (${LONGEST_NAME})`)
  }
  if (!/^\p{L}[\p{L}\p{N}_$#]*$/u.test(upper)) throw new OracleError(20046, `Invalid profile name ${name}`)
  return upper
}

function checkedAttributes(attributes: ProfileAttributes): ProfileAttributes {
  const checked: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null) checked[name.toLowerCase()] = checkAttribute(name, value)
  }
  checkProvider(checked)
  return checked
}
