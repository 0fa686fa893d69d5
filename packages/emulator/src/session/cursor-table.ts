import type { ExecutionResult, PreparedStatement } from '../execution/database-session.ts'
import { OracleError } from '../oracle-error.ts'
import type { Column } from '../values/column.ts'
import type { OracleValue } from '../values/oracle-value.ts'
import type { DataDescriptor } from './data-descriptor.ts'

/** A statement that the client may run again by number, or the rows of a REF CURSOR. */
export interface Cursor {
  readonly id: number
  sql: string
  /** Absent for a REF CURSOR. */
  statement: PreparedStatement | undefined
  binds: readonly DataDescriptor[]
  /** The directions that the client was told, by bind; RETURNING binds count as `out`. */
  directions: readonly ('in' | 'out' | 'inOut')[]
  /** How the client wants the columns, once it has said so. */
  defines: readonly DataDescriptor[] | undefined
  /** The columns that the client knows. */
  columns: readonly Column[] | undefined
  rows: readonly (readonly OracleValue[])[]
  /** How many of `rows` were sent. */
  position: number
}

/** A result whose columns were not the ones that the client knew: it waits for the client to parse again. */
interface PendingResult {
  readonly sql: string
  readonly result: ExecutionResult
}

const REMEMBERED_DEFINES = 100

/** The open cursors of one session. */
export class CursorTable {
  readonly #cursors = new Map<number, Cursor>()
  readonly #definesBySql = new Map<string, readonly DataDescriptor[]>()
  readonly #limit: number
  #pending: PendingResult | undefined
  #lastId = 0

  constructor(limit: number) {
    this.#limit = limit
  }

  get size(): number {
    return this.#cursors.size
  }

  /** @throws OracleError ORA-01000 when too many are open. */
  open(sql: string, statement: PreparedStatement | undefined): Cursor {
    if (this.#cursors.size >= this.#limit) throw new OracleError(1000, 'maximum open cursors exceeded')
    const cursor: Cursor = {
      id: this.#freeId(),
      sql,
      statement,
      binds: [],
      directions: [],
      defines: undefined,
      columns: undefined,
      rows: [],
      position: 0,
    }
    this.#cursors.set(cursor.id, cursor)
    return cursor
  }

  /** Ids stay below 65536, because the protocol gives them two bytes. */
  #freeId(): number {
    do this.#lastId = (this.#lastId % 65_535) + 1
    while (this.#cursors.has(this.#lastId))
    return this.#lastId
  }

  /** @throws OracleError ORA-01001 when there is no such cursor. */
  get(id: number): Cursor {
    const cursor = this.#cursors.get(id)
    if (!cursor) throw new OracleError(1001, 'invalid cursor')
    return cursor
  }

  find(id: number): Cursor | undefined {
    return this.#cursors.get(id)
  }

  close(id: number): void {
    this.#cursors.delete(id)
  }

  /** Drops the rows that wait to be fetched; the statement stays. */
  cancel(id: number): void {
    const cursor = this.#cursors.get(id)
    if (!cursor) return
    cursor.rows = []
    cursor.position = 0
  }

  /** The defines stay, because clients go on to expect them after their session was exchanged. */
  closeAll(): void {
    this.#cursors.clear()
    this.#pending = undefined
  }

  /** Keeps how a statement's columns were wanted, for clients that do not say it again when they parse the same text again. */
  rememberDefines(sql: string, defines: readonly DataDescriptor[]): void {
    this.#definesBySql.delete(sql)
    this.#definesBySql.set(sql, defines)
    if (this.#definesBySql.size <= REMEMBERED_DEFINES) return
    const oldest = this.#definesBySql.keys().next().value
    if (oldest !== undefined) this.#definesBySql.delete(oldest)
  }

  rememberedDefines(sql: string): readonly DataDescriptor[] | undefined {
    return this.#definesBySql.get(sql)
  }

  /** Keeps a result for the client's next parse of the same text, so that the statement does not run twice. */
  keepForReparse(sql: string, result: ExecutionResult): void {
    this.#pending = { sql, result }
  }

  /** Hands the kept result over when the text is the same, and forgets it either way. */
  takeForReparse(sql: string): ExecutionResult | undefined {
    const pending = this.#pending
    this.#pending = undefined
    return pending?.sql === sql ? pending.result : undefined
  }
}
