import type { DatabaseSession } from '../execution/database-session.ts'
import { CursorTable } from './cursor-table.ts'
import type { SessionEnd, SessionEntry } from './ledger.ts'
import { type LobLimits, LobStore } from './lob-store.ts'
import type { StatementFailures } from './statement-failures.ts'

export interface SessionLimits {
  /** Open cursors per session; one more is ORA-01000. */
  readonly cursors: number
  readonly lobs: LobLimits
}

/** What a session is part of. */
export interface SessionSurroundings {
  /** The ledger's page about it. */
  readonly entry: SessionEntry
  /** The server's, which any of its sessions may meet. */
  readonly failures: StatementFailures
  readonly limits: SessionLimits
}

/** Everything that belongs to one logged-on session. */
export class Session {
  readonly entry: SessionEntry
  readonly failures: StatementFailures
  readonly cursors: CursorTable
  readonly lobs: LobStore

  readonly #createDatabase: () => DatabaseSession
  #database: DatabaseSession

  constructor(createDatabase: () => DatabaseSession, { entry, failures, limits }: SessionSurroundings) {
    this.#createDatabase = createDatabase
    this.#database = createDatabase()
    this.entry = entry
    this.failures = failures
    this.cursors = new CursorTable(limits.cursors)
    this.lobs = new LobStore(limits.lobs)
  }

  /** Changes when the session is released. */
  get database(): DatabaseSession {
    return this.#database
  }

  /** What happens when a client gives the session back to a server-side pool: nothing of its work remains. */
  release(): void {
    this.close()
    this.#database = this.#createDatabase()
  }

  /** Notes the end; the work itself is undone by `close`, when nothing runs any more. */
  end(how: SessionEnd): void {
    this.entry.end(how)
  }

  close(): void {
    this.cursors.closeAll()
    this.lobs.freeAll()
    this.#database.close()
  }
}
