import type { CatalogIndex, CatalogObject, CatalogTable } from './catalog-entry.ts'
import type { GrantableObjects } from './grantable-objects.ts'
import { PackageGrants } from './package-grants.ts'

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
  readonly #users = new Map<string, { readonly id: number; readonly created: Date }>()
  readonly #objects = new Map<string, CatalogObject>()
  readonly #indexes = new Map<string, CatalogIndex>()
  readonly #public = new Set<string>()
  readonly #publicSynonyms = new Map<string, ObjectName>()
  readonly #grantables: GrantableObjects[] = []
  #lastId = 0

  newId(): number {
    this.#lastId += 1
    return this.#lastId
  }

  createUser(name: string): void {
    if (!this.#users.has(name)) this.#users.set(name, { id: 100 + this.#users.size, created: new Date() })
    this.version += 1
  }

  hasUser(name: string): boolean {
    return this.#users.has(name)
  }

  users(): readonly { readonly name: string; readonly id: number; readonly created: Date }[] {
    return [...this.#users].map(([name, user]) => ({ name, ...user }))
  }

  /** Lets every user read all objects of an owner, present and future. */
  makeReadable(owner: string): void {
    this.#public.add(owner)
    this.version += 1
  }

  mayRead(user: string, owner: string): boolean {
    return user === owner || this.#public.has(owner)
  }

  /** Tells of objects that are kept elsewhere and on which EXECUTE can be granted. */
  addGrantables(objects: GrantableObjects): void {
    this.#grantables.push(objects)
  }

  /** Who keeps an object of that name on which EXECUTE can be granted. */
  findGrantables(owner: string, name: string): GrantableObjects | undefined {
    return this.#grantables.find((objects) => objects.has(owner, name))
  }

  /** What a public synonym stands for. */
  publicSynonym(name: string): ObjectName | undefined {
    return this.#publicSynonyms.get(name)
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
    for (const [key, index] of this.#indexes) {
      if (index.tableOwner === owner && index.table === name) this.#indexes.delete(key)
    }
    this.version += 1
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
