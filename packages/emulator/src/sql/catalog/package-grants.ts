import { PUBLIC } from '../../execution/public-grantee.ts'

/** The administrator, who may do everything. */
export const ADMINISTRATOR = 'ADMIN'

/** Who may run the packages that need a grant; all others may be run by everybody. */
export class PackageGrants {
  readonly #grantees = new Map<string, Set<string>>()

  /** From now on the package needs a grant. */
  restrict(packageName: string): void {
    this.#grantees.set(packageName, new Set())
  }

  isRestricted(packageName: string): boolean {
    return this.#grantees.has(packageName)
  }

  mayExecute(user: string, packageName: string): boolean {
    if (!this.isRestricted(packageName)) return true
    return this.isGranted(user, packageName) || this.isGranted(PUBLIC, packageName)
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
