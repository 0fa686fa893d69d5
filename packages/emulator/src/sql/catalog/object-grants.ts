/** What may be granted on a table, view, function or procedure. */
export const OBJECT_PRIVILEGES = [
  'ALTER',
  'DEBUG',
  'DELETE',
  'EXECUTE',
  'INDEX',
  'INSERT',
  'READ',
  'REFERENCES',
  'SELECT',
  'UPDATE',
] as const

export type ObjectPrivilege = (typeof OBJECT_PRIVILEGES)[number]

/** One privilege of one user on one object. */
export interface ObjectGrant {
  readonly owner: string
  readonly name: string
  readonly grantee: string
  readonly privilege: ObjectPrivilege
}

/** What owners let others do with their objects. */
export class ObjectGrants {
  #grants: readonly ObjectGrant[] = []

  /** Whether one of the privileges was granted under one of the names, which are those of one user. */
  has(names: readonly string[], owner: string, name: string, ...anyOf: readonly ObjectPrivilege[]): boolean {
    return this.#grants.some(
      (grant) =>
        grant.owner === owner &&
        grant.name === name &&
        names.includes(grant.grantee) &&
        anyOf.includes(grant.privilege),
    )
  }

  /** Whether exactly this was granted. */
  includes(wanted: ObjectGrant): boolean {
    return this.#grants.some((grant) => isSame(grant, wanted))
  }

  grant(given: ObjectGrant): void {
    if (!this.includes(given)) this.#grants = [...this.#grants, given]
  }

  revoke(taken: ObjectGrant): void {
    this.#grants = this.#grants.filter((grant) => !isSame(grant, taken))
  }

  /** Nothing remains of an object that was dropped. */
  forgetObject(owner: string, name: string): void {
    this.#grants = this.#grants.filter((grant) => grant.owner !== owner || grant.name !== name)
  }

  /** What was granted on an object stays granted under its new name. */
  renameObject(owner: string, name: string, newName: string): void {
    this.#grants = this.#grants.map((grant) =>
      grant.owner === owner && grant.name === name ? { ...grant, name: newName } : grant,
    )
  }

  /** Nothing that a user was granted remains when the user is dropped. */
  forgetGrantee(grantee: string): void {
    this.#grants = this.#grants.filter((grant) => grant.grantee !== grantee)
  }

  all(): readonly ObjectGrant[] {
    return this.#grants
  }
}

function isSame(left: ObjectGrant, right: ObjectGrant): boolean {
  return (
    left.owner === right.owner &&
    left.name === right.name &&
    left.grantee === right.grantee &&
    left.privilege === right.privilege
  )
}
