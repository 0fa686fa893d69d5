import { OracleError } from '../../oracle-error.ts'
import type { CatalogTable } from '../catalog/catalog-entry.ts'
import type { Storage } from './storage.ts'
import type { UndoLog } from './undo-log.ts'
import type { WriteLock } from './write-lock.ts'

/** One session's transaction: it begins with the first change, which takes the lock, and ends with commit or rollback. */
export class Transaction {
  readonly #storage: Storage
  readonly #lock: WriteLock
  readonly #undo: UndoLog
  /** Savepoints of the transaction; those set before the first change mark its beginning. */
  readonly #savepoints = new Map<string, 'beginning' | 'stored'>()
  #open = false

  constructor(storage: Storage, lock: WriteLock, undo: UndoLog) {
    this.#storage = storage
    this.#lock = lock
    this.#undo = undo
  }

  get isOpen(): boolean {
    return this.#open
  }

  async begin(signal: AbortSignal): Promise<void> {
    await this.#lock.acquire(this, signal)
    if (this.#open) return
    this.#storage.execute('BEGIN')
    this.#open = true
  }

  /**
   * Runs definitions in a transaction of their own, after what was open is committed. The engine checks foreign keys only
   * where rows change, so that tables can be replaced.
   */
  async define(signal: AbortSignal, work: () => void): Promise<void> {
    this.commit()
    await this.#lock.acquire(this, signal)
    this.#storage.execute('PRAGMA foreign_keys = OFF; BEGIN')
    this.#open = true
    const { watches } = this.#undo
    try {
      work()
      this.#undo.watchTables()
      this.commit()
    } catch (error) {
      this.#undo.forgetWatches(watches)
      throw error
    } finally {
      this.rollback()
      this.#storage.execute('PRAGMA foreign_keys = ON')
    }
  }

  commit(): void {
    if (this.#open) this.#undo.commit()
    this.#end('COMMIT')
  }

  rollback(): void {
    if (this.#open) this.#undo.rollback()
    this.#end('ROLLBACK')
  }

  /** Must be called before rows of a table are changed. */
  willChange(table: CatalogTable): void {
    this.#undo.willChange(table)
  }

  /** Reads what this transaction did, and of all others only what they committed. */
  reading<Result>(read: () => Result): Result {
    return this.#open ? read() : this.#undo.hideChanges(read)
  }

  #end(command: 'COMMIT' | 'ROLLBACK'): void {
    this.#savepoints.clear()
    if (!this.#open) return
    this.#open = false
    try {
      this.#storage.execute(command)
    } finally {
      this.#lock.release(this)
    }
  }

  savepoint(name: string): void {
    if (!this.#open) {
      this.#savepoints.set(name, 'beginning')
      return
    }
    this.#storage.execute(`SAVEPOINT "s_${name}"`)
    this.#savepoints.delete(name)
    this.#savepoints.set(name, 'stored')
  }

  /** @throws OracleError ORA-01086 */
  rollbackTo(name: string): void {
    const kind = this.#savepoints.get(name)
    if (kind === undefined) {
      throw new OracleError(1086, `savepoint '${name}' never established in this session or is invalid`)
    }
    const names = [...this.#savepoints.keys()]
    for (const later of names.slice(names.indexOf(name) + 1)) this.#savepoints.delete(later)
    if (kind === 'stored') this.#storage.execute(`ROLLBACK TO "s_${name}"`)
    else if (this.#open) {
      const kept = [...this.#savepoints]
      this.rollback()
      for (const [key, value] of kept) this.#savepoints.set(key, value)
    }
  }

  /** Runs several changes so that nothing of them remains when one fails. */
  async together<Result>(work: () => Promise<Result>): Promise<Result> {
    this.#storage.execute('SAVEPOINT together')
    try {
      return await work()
    } catch (error) {
      if (this.#open) this.#storage.execute('ROLLBACK TO together')
      throw error
    } finally {
      if (this.#open) this.#storage.execute('RELEASE together')
    }
  }

  /** Runs one change of a table so that nothing of it remains when it fails, or when `undo` says so afterwards. */
  attempt<Result>(table: CatalogTable, work: () => Result, undo: () => boolean): Result {
    // The session may have been closed while the statement waited for a subprogram.
    if (!this.#open) throw new OracleError(1012, 'not logged on')
    this.willChange(table)
    this.#storage.execute('SAVEPOINT statement')
    let keep = false
    try {
      const result = work()
      keep = !undo()
      return result
    } finally {
      if (!keep) this.#storage.execute('ROLLBACK TO statement')
      this.#storage.execute('RELEASE statement')
    }
  }
}
