/** The schema that holds the packages and views of Select AI. */
export const CLOUD_SERVICE = 'C##CLOUD$SERVICE'

/** The schema that a package or view of the database's own is in, by its upper-case name. */
export function suppliedOwner(name: string): string {
  return /^(DBMS_CLOUD|(USER|ALL|DBA)_(CLOUD|AI)_|AI_)/.test(name) ? CLOUD_SERVICE : 'SYS'
}

/** The name by which a view is kept, qualified or not: V$SESSION is a synonym, and SYS.V_$SESSION what it stands for. */
export function dictionaryName(owner: string | undefined, name: string): string {
  return owner === undefined ? name : name.replace(/^V_\$/, 'V$')
}

/** A qualified name without the owner, when that is where the database keeps what the next part names. */
export function withoutSuppliedOwner(names: readonly string[]): readonly string[] {
  const [owner, name] = names
  return name !== undefined && owner === suppliedOwner(name) ? names.slice(1) : names
}
