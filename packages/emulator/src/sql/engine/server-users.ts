import type { UserAccounts } from '../../execution/user-accounts.ts'
import { OracleError } from '../../oracle-error.ts'

/** What an engine knows of the users of its server: who is connected, and where passwords are kept. */
export class ServerUsers {
  #accounts: UserAccounts | undefined
  readonly #connected = new Map<string, number>()

  /** Says where passwords are kept; until then nobody can be given one. */
  useAccounts(accounts: UserAccounts): void {
    this.#accounts = accounts
  }

  /** @throws OracleError ORA-03001 where nobody logs on */
  setPassword(user: string, password: string): void {
    if (this.#accounts === undefined) throw new OracleError(3001, 'unimplemented feature (passwords)')
    this.#accounts.setPassword(user, password)
  }

  /** Nobody is let in under the name any more. */
  remove(user: string): void {
    this.#accounts?.remove(user)
  }

  connect(user: string): void {
    this.#connected.set(user, (this.#connected.get(user) ?? 0) + 1)
  }

  disconnect(user: string): void {
    this.#connected.set(user, Math.max(0, (this.#connected.get(user) ?? 0) - 1))
  }

  isConnected(user: string): boolean {
    return (this.#connected.get(user) ?? 0) > 0
  }
}
