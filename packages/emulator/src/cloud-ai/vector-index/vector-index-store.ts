import { type NamesInGrants, withoutRoles } from '../../execution/public-grantee.ts'
import type { UserBelongings } from '../../execution/user-belongings.ts'
import { OracleError } from '../../oracle-error.ts'
import { OracleDateTime } from '../../values/oracle-date-time.ts'
import type { ObjectStatus } from '../object-status.ts'
import { changedAttributes, DEFAULTS, newAttributes, type VectorIndexAttributes } from './vector-index-attributes.ts'

/** A vector index: which documents are loaded, how they are cut, and how they are searched. */
export interface VectorIndex {
  readonly id: number
  /** Upper case. */
  readonly owner: string
  /** Upper case. */
  readonly name: string
  readonly attributes: VectorIndexAttributes
  readonly description: string | null
  readonly status: ObjectStatus
  /** In UTC. */
  readonly created: OracleDateTime
  /** In UTC. */
  readonly lastModified: OracleDateTime
  /** Who else may search it; upper case. */
  readonly grantees: readonly string[]
}

export interface NewVectorIndex {
  readonly name: string
  readonly attributes: Readonly<Record<string, unknown>>
  readonly description: string | null
  readonly status: ObjectStatus
}

const LONGEST_NAME = 128
const LONGEST_DESCRIPTION = 4000

/** All vector indexes of the database, by owner and name. Names match whatever their case. */
export class VectorIndexStore implements UserBelongings {
  readonly #indexes = new Map<string, VectorIndex>()
  readonly #namesOf: NamesInGrants
  #nextId = 1

  constructor(namesOf: NamesInGrants = withoutRoles) {
    this.#namesOf = namesOf
  }

  /** Indexes in the order of their creation. */
  list(): readonly VectorIndex[] {
    return [...this.#indexes.values()]
  }

  find(owner: string, name: string): VectorIndex | undefined {
    return this.#indexes.get(keyOf(owner, name.trim().toUpperCase()))
  }

  /** @throws OracleError ORA-20048 when the owner has no such index. */
  get(owner: string, name: string): VectorIndex {
    const index = this.find(owner, checkedName(name))
    if (index === undefined) throw notFound(name)
    return index
  }

  /**
   * The index that a user may search under that name: an own one, or one whose name stands behind its owner's.
   * @throws OracleError ORA-20048 when there is none, or it is disabled.
   */
  searchable(user: string, name: string): VectorIndex {
    const [plain = '', owner = user] = name.trim().toUpperCase().split('.').reverse()
    const index = this.find(owner, plain)
    if (index === undefined || !this.maySee(user, index)) throw notFound(name)
    if (index.status === 'DISABLED') throw new OracleError(20048, `Vector Index ${index.name} is disabled`)
    return index
  }

  /**
   * The index as it will be created, for `add`.
   * @throws OracleError ORA-20048 for a bad or taken name or a bad attribute, ORA-20045 for a long description.
   */
  prepare(owner: string, given: NewVectorIndex): VectorIndex {
    const name = checkedName(given.name)
    if (this.find(owner, name) !== undefined) throw new OracleError(20048, `Vector Index ${name} already exists`)
    if (given.description !== null && given.description.length > LONGEST_DESCRIPTION) {
      throw new OracleError(20045, 'description is too long')
    }
    const created = OracleDateTime.fromUtc(new Date())
    return {
      id: this.#nextId++,
      owner,
      name,
      attributes: {
        refresh_rate: DEFAULTS.refreshRate,
        ...newAttributes(given.attributes),
        pipeline_name: `${name}$VECPIPELINE`,
      },
      description: given.description,
      status: given.status,
      created,
      lastModified: created,
      grantees: [],
    }
  }

  /** Whether a user finds the index in the ALL_ views. */
  maySee(user: string, { owner, grantees }: VectorIndex): boolean {
    return owner === user || this.#namesOf(user).some((name) => grantees.includes(name))
  }

  add(index: VectorIndex): void {
    this.#indexes.set(keyOf(index.owner, index.name), index)
  }

  /** The index as it will be after a change, for `add`. @throws OracleError ORA-20047 and ORA-20048 */
  prepareUpdate(owner: string, name: string, changes: Readonly<Record<string, unknown>>): VectorIndex {
    const index = this.get(owner, name)
    return modified(index, { attributes: { ...index.attributes, ...changedAttributes(changes) } })
  }

  /** @throws OracleError ORA-20000 when it has that status already. */
  setStatus(owner: string, name: string, status: ObjectStatus): VectorIndex {
    const index = this.get(owner, name)
    if (index.status === status) throw new OracleError(20000, 'Vector Index is already in the desired status')
    return this.#change(index, { status })
  }

  /** @param grantee - upper case */
  grant(owner: string, name: string, grantee: string): void {
    const index = this.get(owner, name)
    this.#change(index, { grantees: [...new Set([...index.grantees, grantee])] })
  }

  /** @throws OracleError ORA-01927 when there is nothing to revoke. */
  revoke(owner: string, name: string, grantee: string): void {
    const index = this.get(owner, name)
    if (!index.grantees.includes(grantee)) {
      throw new OracleError(1927, 'cannot REVOKE privileges you did not grant')
    }
    this.#change(index, { grantees: index.grantees.filter((other) => other !== grantee) })
  }

  drop(index: VectorIndex): void {
    this.#indexes.delete(keyOf(index.owner, index.name))
  }

  owns(user: string): boolean {
    return this.list().some(({ owner }) => owner === user)
  }

  forgetUser(user: string): void {
    for (const index of this.list()) {
      if (index.owner === user) this.drop(index)
      else if (index.grantees.includes(user)) this.revoke(index.owner, index.name, user)
    }
  }

  #change(index: VectorIndex, changes: Partial<VectorIndex>): VectorIndex {
    const changed = modified(index, changes)
    this.add(changed)
    return changed
  }
}

function modified(index: VectorIndex, changes: Partial<VectorIndex>): VectorIndex {
  return { ...index, ...changes, lastModified: OracleDateTime.fromUtc(new Date()) }
}

/** The table that holds the chunks, upper case. */
export function vectorTableOf({ name, attributes }: VectorIndex): string {
  const { vector_table_name: given } = attributes
  return typeof given === 'string' ? given.toUpperCase() : `${name}$VECTAB`
}

function checkedName(name: string): string {
  const upper = name.trim().toUpperCase()
  if (upper === '') throw new OracleError(20048, 'Missing vector index name')
  if (upper.length <= LONGEST_NAME && /^\p{L}[\p{L}\p{N}_$#]*$/u.test(upper)) return upper
  throw new OracleError(20048, `Invalid vector index name - ${name.trim()}`)
}

function notFound(name: string): OracleError {
  return new OracleError(20048, `Vector Index ${name.trim()} does not exist`)
}

/** Names hold no dot, which keeps the parts apart. */
function keyOf(owner: string, name: string): string {
  return `${owner}.${name}`
}
