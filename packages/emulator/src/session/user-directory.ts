import { randomBytes } from 'node:crypto'
import type { UserAccounts } from '../execution/user-accounts.ts'
import { PasswordVerifier } from './password-verifier.ts'

/** Who may log on. Holds verifiers, never passwords. */
export class UserDirectory implements UserAccounts {
  readonly #verifiers = new Map<string, PasswordVerifier>()
  readonly #secret = randomBytes(32)

  /** Adds a user, or gives it a new password. The name is folded to upper case unless it is quoted. */
  add(name: string, password: string): void {
    this.#verifiers.set(foldName(name), PasswordVerifier.forPassword(password))
  }

  setPassword(user: string, password: string): void {
    this.add(`"${user}"`, password)
  }

  remove(user: string): void {
    this.#verifiers.delete(user)
  }

  knows(name: string): boolean {
    return this.#verifiers.has(foldName(name))
  }

  /** A verifier for any name: an unknown user gets one that no password satisfies, so that both look alike. */
  verifier(name: string): PasswordVerifier {
    const folded = foldName(name)
    return this.#verifiers.get(folded) ?? PasswordVerifier.unsatisfiable(folded, this.#secret)
  }
}

/** An identifier's stored form: upper case, or as written between quotes. */
export function foldName(name: string): string {
  const quoted = /^"([^"]+)"$/.exec(name)
  return quoted?.[1] ?? name.toUpperCase()
}
