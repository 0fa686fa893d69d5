/** The administrator, who may do everything. */
export const ADMINISTRATOR = 'ADMIN'

/** Who may run the packages that need a grant; all others may be run by everybody. */
export class PackageGrants {
  readonly #grantees = new Map<string, Set<string>>()

  /** From now on the package needs a grant. */
  restrict(packageName: string): void {
    this.#grantees.set(packageName, new Set())
  }

  /** The packages that need a grant. */
  packages(): readonly string[] {
    return [...this.#grantees.keys()]
  }

  isRestricted(packageName: string): boolean {
    return this.#grantees.has(packageName)
  }

  /** @param names - those under which something can be granted to a user */
  mayExecute(names: readonly string[], packageName: string): boolean {
    return !this.isRestricted(packageName) || names.some((name) => this.isGranted(name, packageName))
  }

  isGranted(user: string, packageName: string): boolean {
    return this.#grantees.get(packageName)?.has(user) ?? false
  }

  grant(user: string, packageName: string): void {
    this.#grantees.get(packageName)?.add(user)
  }

  forgetUser(user: string): void {
    for (const grantees of this.#grantees.values()) grantees.delete(user)
  }

  revoke(user: string, packageName: string): void {
    this.#grantees.get(packageName)?.delete(user)
  }
}
