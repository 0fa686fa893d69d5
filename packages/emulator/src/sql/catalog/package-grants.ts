/** The administrator, who may run and grant everything. */
export const ADMINISTRATOR = 'ADMIN'

/** Stands for all users in grants. */
export const PUBLIC = 'PUBLIC'

/** Who may run the packages that need a grant; all others may be run by everybody. */
export class PackageGrants {
  /** Grows with each change; blocks that were compiled before are stale. */
  version = 1
  readonly #grantees = new Map<string, Set<string>>()

  /** From now on the package needs a grant. */
  restrict(packageName: string): void {
    this.#grantees.set(packageName, new Set())
  }

  isRestricted(packageName: string): boolean {
    return this.#grantees.has(packageName)
  }

  mayExecute(user: string, packageName: string): boolean {
    if (user === ADMINISTRATOR || !this.isRestricted(packageName)) return true
    return this.isGranted(user, packageName) || this.isGranted(PUBLIC, packageName)
  }

  isGranted(user: string, packageName: string): boolean {
    return this.#grantees.get(packageName)?.has(user) ?? false
  }

  grant(user: string, packageName: string): void {
    this.#grantees.get(packageName)?.add(user)
    this.version += 1
  }

  revoke(user: string, packageName: string): void {
    this.#grantees.get(packageName)?.delete(user)
    this.version += 1
  }
}
