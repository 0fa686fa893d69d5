import type { UserBelongings } from '../execution/user-belongings.ts'
import { OracleDateTime } from '../values/oracle-date-time.ts'

/** A load of data that a package runs, as USER_LOAD_OPERATIONS tells of it. */
export interface LoadOperation {
  readonly id: number
  /** Upper case, for example `SYNTHETIC_DATA`. */
  readonly type: string
  readonly owner: string
  /** The table that is loaded; null when there are several. */
  readonly table: string | null
  /** Where the operation tells of each table. */
  readonly statusTable: string
  readonly status: 'RUNNING' | 'COMPLETED' | 'FAILED'
  readonly rowsLoaded: number
  /** In UTC. */
  readonly started: OracleDateTime
  /** In UTC. */
  readonly updated: OracleDateTime
}

/** All load operations of the database. */
export class LoadOperationStore implements UserBelongings {
  readonly #operations = new Map<number, LoadOperation>()
  #nextId = 1

  /** Operations of a user, oldest first. */
  list(user: string): readonly LoadOperation[] {
    return this.all().filter(({ owner }) => owner === user)
  }

  /** Operations of all users, oldest first. */
  all(): readonly LoadOperation[] {
    return [...this.#operations.values()]
  }

  /** Notes that an operation starts. */
  start(owner: string, type: string, table: string | null): LoadOperation {
    const id = this.#nextId++
    const started = OracleDateTime.fromUtc(new Date())
    const statusTable = `${type}$${id}_STATUS`
    const status = 'RUNNING'
    const operation = { id, type, owner, table, statusTable, status, rowsLoaded: 0, started, updated: started } as const
    this.#operations.set(id, operation)
    return operation
  }

  /** Notes how an operation ended. */
  end({ id }: LoadOperation, status: 'COMPLETED' | 'FAILED', rowsLoaded: number): void {
    const operation = this.#operations.get(id)
    if (operation === undefined) return
    this.#operations.set(id, { ...operation, status, rowsLoaded, updated: OracleDateTime.fromUtc(new Date()) })
  }

  forgetUser(user: string): void {
    for (const { id } of this.list(user)) this.#operations.delete(id)
  }
}
