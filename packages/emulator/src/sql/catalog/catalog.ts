import { PUBLIC } from '../../execution/public-grantee.ts'
import type { StoredUnit } from '../../execution/stored-unit.ts'
import type { UserBelongings } from '../../execution/user-belongings.ts'
import type { CatalogIndex, CatalogObject, CatalogTable } from './catalog-entry.ts'
import type { GrantableObjects } from './grantable-objects.ts'
import { ObjectGrants, type ObjectPrivilege } from './object-grants.ts'
import { PackageGrants } from './package-grants.ts'
import type { Sequence } from './sequence.ts'
import { SystemGrants } from './system-grants.ts'

export interface CatalogUser {
  readonly name: string
  readonly id: number
  readonly created: Date
  /** A locked user cannot log on. */
  readonly locked: boolean
}

/** An object by its schema and name. */
export interface ObjectName {
  readonly owner: string
  readonly name: string
}

/** Names of everything that exists, by owner. Changes take effect at once: each definition statement commits. */
export class Catalog {
  /** Grows with each change; translations made for an older version are stale. */
  version = 1
  readonly packageGrants: PackageGrants = new PackageGrants()
  readonly objectGrants: ObjectGrants = new ObjectGrants()
  readonly systemGrants: SystemGrants = new SystemGrants()
  readonly #users = new Map<string, CatalogUser>()
  readonly #objects = new Map<string, CatalogObject>()
  readonly #indexes = new Map<string, CatalogIndex>()
  readonly #units = new Map<string, StoredUnit>()
  readonly #sequences = new Map<string, Sequence>()
  readonly #public = new Set<string>()
  readonly #publicSynonyms = new Map<string, ObjectName>()
  readonly #grantables: GrantableObjects[] = []
  readonly #belongings: UserBelongings[] = []
  #lastId = 0
  #lastUserId = 99

  newId(): number {
    this.#lastId += 1
    return this.#lastId
  }

  /** Makes a user who may log on and have objects, unless there is one of the name. */
  createUser(name: string): void {
    if (this.#users.has(name)) return
    this.addUser(name)
    this.systemGrants.grant(name, 'DB_DEVELOPER_ROLE')
    this.systemGrants.grant(name, 'UNLIMITED TABLESPACE')
  }

  /** Makes a user without any privilege, as CREATE USER does. */
  addUser(name: string): void {
    this.#lastUserId += 1
    this.#users.set(name, { name, id: this.#lastUserId, created: new Date(), locked: false })
    this.version += 1
  }

  /** Nothing remains of a user whose objects are gone. */
  removeUser(name: string): void {
    this.#users.delete(name)
    this.#public.delete(name)
    this.systemGrants.forgetUser(name)
    this.#forgetGrantee(name)
  }

  /** Nothing remains of a role that was dropped. */
  removeRole(name: string): void {
    this.systemGrants.dropRole(name)
    this.#forgetGrantee(name)
  }

  #forgetGrantee(name: string): void {
    this.objectGrants.forgetGrantee(name)
    this.packageGrants.forgetUser(name)
    for (const each of this.#belongings) each.forgetUser(name)
    this.version += 1
  }

  lockUser(name: string, locked: boolean): void {
    const user = this.#users.get(name)
    if (user !== undefined) this.#users.set(name, { ...user, locked })
  }

  findUser(name: string): CatalogUser | undefined {
    return this.#users.get(name)
  }

  ownsObjects(name: string): boolean {
    return (
      [...this.objects(), ...this.units(), ...this.sequences()].some((object) => object.owner === name) ||
      this.#belongings.some((each) => each.owns?.(name) ?? false)
    )
  }

  hasUser(name: string): boolean {
    return this.#users.has(name)
  }

  /** Whether something can be granted to a name: that of a user, a role, or PUBLIC. */
  hasGrantee(name: string): boolean {
    return this.hasUser(name) || this.systemGrants.isRole(name) || name === PUBLIC
  }

  users(): readonly CatalogUser[] {
    return [...this.#users.values()]
  }

  /** Lets every user read all objects of an owner, present and future. */
  makeReadable(owner: string): void {
    this.#public.add(owner)
    this.version += 1
  }

  mayRead(user: string, owner: string, name: string): boolean {
    return this.mayChange(user, owner) || this.#public.has(owner) || this.#may(user, owner, name, 'READ', 'SELECT')
  }

  /** Whether a user may know of a table or view, because something may be done with it. */
  maySee(user: string, owner: string, name: string): boolean {
    return this.mayRead(user, owner, name) || this.#may(user, owner, name, 'INSERT', 'UPDATE', 'DELETE', 'REFERENCES')
  }

  /** Whether a user may change the rows of a table. */
  mayChangeRows(user: string, owner: string, name: string, privilege: 'INSERT' | 'UPDATE' | 'DELETE'): boolean {
    return this.mayChange(user, owner) || this.#may(user, owner, name, privilege)
  }

  #may(user: string, owner: string, name: string, ...anyOf: readonly ObjectPrivilege[]): boolean {
    return this.objectGrants.has(this.systemGrants.namesOf(user), owner, name, ...anyOf)
  }

  /** Whether a user may create, change and drop what belongs to an owner, and grant privileges on it. */
  mayChange(user: string, owner: string): boolean {
    return user === owner || this.systemGrants.isAdministrator(user)
  }

  mayExecutePackage(user: string, packageName: string): boolean {
    return (
      this.systemGrants.isAdministrator(user) ||
      this.packageGrants.mayExecute(this.systemGrants.namesOf(user), packageName)
    )
  }

  mayExecuteUnit(user: string, { owner, name }: StoredUnit): boolean {
    return this.mayChange(user, owner) || this.#may(user, owner, name, 'EXECUTE')
  }

  /** Whether a user may take numbers from a sequence. */
  mayUseSequence(user: string, { owner, name }: Sequence): boolean {
    return this.mayChange(user, owner) || this.#may(user, owner, name, 'SELECT')
  }

  /** Tells of objects that are kept elsewhere and on which EXECUTE can be granted. */
  addGrantables(objects: GrantableObjects): void {
    this.#grantables.push(objects)
  }

  /** Tells of what is kept elsewhere and goes with the user it belongs to. */
  addBelongings(...belongings: readonly UserBelongings[]): void {
    this.#belongings.push(...belongings)
  }

  /** Who keeps an object of that name on which EXECUTE can be granted. */
  findGrantables(owner: string, name: string): GrantableObjects | undefined {
    return this.#grantables.find((objects) => objects.has(owner, name))
  }

  /** What a public synonym stands for. */
  publicSynonym(name: string): ObjectName | undefined {
    return this.#publicSynonyms.get(name)
  }

  publicSynonyms(): ReadonlyMap<string, ObjectName> {
    return this.#publicSynonyms
  }

  putPublicSynonym(name: string, target: ObjectName): void {
    this.#publicSynonyms.set(name, target)
    this.version += 1
  }

  removePublicSynonym(name: string): void {
    this.#publicSynonyms.delete(name)
    this.version += 1
  }

  find(owner: string, name: string): CatalogObject | undefined {
    return this.#objects.get(keyOf(owner, name))
  }

  findIndex(owner: string, name: string): CatalogIndex | undefined {
    return this.#indexes.get(keyOf(owner, name))
  }

  findUnit(owner: string, name: string): StoredUnit | undefined {
    return this.#units.get(keyOf(owner, name))
  }

  units(): readonly StoredUnit[] {
    return [...this.#units.values()]
  }

  putUnit(unit: StoredUnit): void {
    this.#units.set(keyOf(unit.owner, unit.name), unit)
    this.version += 1
  }

  removeUnit(unit: StoredUnit): void {
    this.#units.delete(keyOf(unit.owner, unit.name))
    this.objectGrants.forgetObject(unit.owner, unit.name)
    this.version += 1
  }

  findSequence(owner: string, name: string): Sequence | undefined {
    return this.#sequences.get(keyOf(owner, name))
  }

  sequences(): readonly Sequence[] {
    return [...this.#sequences.values()]
  }

  putSequence(sequence: Sequence): void {
    this.#sequences.set(keyOf(sequence.owner, sequence.name), sequence)
    this.version += 1
  }

  removeSequence({ owner, name }: Sequence): void {
    this.#sequences.delete(keyOf(owner, name))
    this.objectGrants.forgetObject(owner, name)
    this.version += 1
  }

  put(object: CatalogObject): void {
    this.#objects.set(keyOf(object.owner, object.name), object)
    this.version += 1
  }

  putIndex(index: CatalogIndex): void {
    this.#indexes.set(keyOf(index.owner, index.name), index)
    this.version += 1
  }

  remove(owner: string, name: string): void {
    this.#objects.delete(keyOf(owner, name))
    this.objectGrants.forgetObject(owner, name)
    for (const [key, index] of this.#indexes) {
      if (index.tableOwner === owner && index.table === name) this.#indexes.delete(key)
    }
    this.version += 1
  }

  /** A table, its indexes and what was granted on it get another name. */
  rename(table: CatalogTable, name: string): void {
    this.#objects.delete(keyOf(table.owner, table.name))
    for (const index of this.indexes()) {
      const isOfTable = index.tableOwner === table.owner && index.table === table.name
      if (isOfTable) this.putIndex({ ...index, table: name })
    }
    this.objectGrants.renameObject(table.owner, table.name, name)
    this.put({ ...table, name })
  }

  removeIndex(owner: string, name: string): void {
    this.#indexes.delete(keyOf(owner, name))
    this.version += 1
  }

  objects(): readonly CatalogObject[] {
    return [...this.#objects.values()]
  }

  indexes(): readonly CatalogIndex[] {
    return [...this.#indexes.values()]
  }

  tables(): readonly CatalogTable[] {
    return this.objects().filter((object) => object.kind === 'table')
  }

  /** The table that the engine knows by a name of ours. */
  byStoredName(stored: string): CatalogTable | undefined {
    return this.tables().find((table) => table.stored === stored)
  }
}

/** Quoted names may contain any character but a double quote, which keeps the parts apart. */
function keyOf(owner: string, name: string): string {
  return `${owner}"${name}`
}
