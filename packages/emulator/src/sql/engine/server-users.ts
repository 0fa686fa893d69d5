import type { OpenSession } from '../../execution/open-session.ts'
import type { UserAccounts } from '../../execution/user-accounts.ts'
import { OracleError } from '../../oracle-error.ts'

/** What an engine knows of the users of its server: who is connected, and where passwords are kept. */
export class ServerUsers {
  #accounts: UserAccounts | undefined
  readonly #sessions = new Set<OpenSession>()

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

  connect(session: OpenSession): void {
    this.#sessions.add(session)
  }

  disconnect(session: OpenSession): void {
    this.#sessions.delete(session)
  }

  isConnected(user: string): boolean {
    return this.sessions().some((session) => session.user === user)
  }

  /** In the order in which they began. */
  sessions(): readonly OpenSession[] {
    return [...this.#sessions]
  }
}
