import type { SqlExecutor, TypedValue } from '../execution/sql-executor.ts'
import type { QueryResult, SubprogramRegistry } from '../execution/subprogram.ts'
import { OracleError } from '../oracle-error.ts'
import type { Column } from '../values/column.ts'
import type { OracleType } from '../values/oracle-type.ts'
import type { OracleValue } from '../values/oracle-value.ts'
import type { Eventual } from './eventual.ts'
import { ExecutionCancelled, type PlsqlException } from './plsql-exception.ts'
import type { PlsqlType } from './plsql-type.ts'
import type { CursorVariable, PlsqlValue } from './plsql-value.ts'
import type { CompiledUnit } from './stored/compile-unit.ts'

/** What blocks of one session share. */
export interface PlsqlSession {
  /** The session user, upper case. */
  readonly user: string
  readonly registry: SubprogramRegistry
  /** Whether the user may run a package, by its upper-case name. */
  mayExecute(packageName: string): boolean
  readonly sql: SqlExecutor
  /** Whether changes wait for a commit. */
  inTransaction(): boolean
  readonly packageState: Map<string, unknown>
  /** The columns of a query, found without running it. @throws OracleError */
  describeQuery(sql: string): readonly Column[]
  /** The stored function or procedure that a name stands for, compiled; undefined when there is none that the user may call. */
  findUnit(path: readonly string[]): CompiledUnit | undefined
  /** The same session with the names and rights of another user, whose stored unit is compiled. */
  withAuthorityOf(owner: string): PlsqlSession
}

/** A variable's place. Cursor parameters, loop variables and formal parameters have one too. */
export interface Variable {
  readonly type: PlsqlType
  value: PlsqlValue
}

/** A bind's place: the client's type and value, replaced by what the block assigns. */
export interface BindVariable {
  readonly type: OracleType
  value: PlsqlValue
}

/** The state of SQL%ROWCOUNT and its like. */
export interface ImplicitCursor {
  rowCount: OracleValue
  found: boolean | null
}

/** Variables of one activation of a block or subprogram. */
export interface Frame {
  readonly execution: Execution
  readonly slots: (Variable | CursorVariable | undefined)[]
  /** The activation of the enclosing subprogram or block. */
  readonly parent: Frame | undefined
  /** The owner of the stored unit whose rights count; undefined for those of the session's user. */
  readonly authority: string | undefined
}

/** Where the package state keeps the exceptions whose handlers run. */
export const HANDLED_EXCEPTIONS: string = 'HANDLED_EXCEPTIONS'

const STEPS_BETWEEN_CLOCK_READINGS = 200
const MILLISECONDS_BETWEEN_PAUSES = 10
const DEEPEST_CALL = 10_000
const CALLS_BETWEEN_FRESH_STACKS = 32
const SAVEPOINT = 'PLSQL$BLOCK'
/** So many blocks may run one in another before their savepoints meet those of a function that SQL calls. */
const LEVELS_BETWEEN_CALLS = 1000
const ENDS_TRANSACTION = /^\s*(?:COMMIT|ROLLBACK|CREATE|ALTER|DROP|TRUNCATE|COMMENT|GRANT|REVOKE)\b/i

/** The SQL statement that calls a stored function. */
export interface SqlCaller {
  readonly kind: 'query' | 'change'
  /** How many statements call functions one within the other. */
  readonly depth: number
}

/** One run of a block. */
export class Execution {
  readonly session: PlsqlSession
  readonly signal: AbortSignal
  readonly binds: ReadonlyMap<string, BindVariable>
  /** The block that runs this one by EXECUTE IMMEDIATE. */
  readonly #outer: Execution | undefined
  readonly #within: SqlCaller | undefined
  readonly #level: number
  readonly implicitCursor: ImplicitCursor = { rowCount: null, found: null }
  /** The exceptions whose handlers run now, the innermost last. */
  readonly handled: PlsqlException[] = []
  #depth = 0
  #steps = 0
  #pausedAt = performance.now()
  /** How the block's changes are undone; undefined while there are none. */
  #undo: string | undefined

  constructor(
    session: PlsqlSession,
    binds: ReadonlyMap<string, BindVariable>,
    signal: AbortSignal,
    { outer, within }: { readonly outer?: Execution; readonly within?: SqlCaller } = {},
  ) {
    this.#outer = outer
    this.#within = outer === undefined ? within : outer.#within
    this.#level = outer === undefined ? (within?.depth ?? 0) * LEVELS_BETWEEN_CALLS + 1 : outer.#level + 1
    this.session = session
    this.binds = binds
    this.signal = signal
  }

  /** Called before each statement: ends a broken block, and lets other work of the process happen now and then. */
  step(): Promise<void> | undefined {
    this.#steps += 1
    if (this.#steps % STEPS_BETWEEN_CLOCK_READINGS !== 0) return this.signal.aborted ? this.#cancel() : undefined
    if (this.signal.aborted) return this.#cancel()
    return performance.now() - this.#pausedAt < MILLISECONDS_BETWEEN_PAUSES ? undefined : this.#pause()
  }

  /** Goes one call deeper while a subprogram of the block runs. @throws OracleError ORA-06500 when that goes on and on */
  async nested<Value>(call: () => Eventual<Value>): Promise<Value> {
    if (this.#depth >= DEEPEST_CALL) throw new OracleError(6500, 'PL/SQL: storage error')
    this.#depth += 1
    try {
      // The call stack of the process is shorter than what blocks may use: waiting starts a new one.
      if (this.#depth % CALLS_BETWEEN_FRESH_STACKS === 0) await undefined
      return await call()
    } finally {
      this.#depth -= 1
    }
  }

  /** Waits for outside work, but not longer than until the client breaks the call. */
  async unlessBroken<Value>(work: Eventual<Value>): Promise<Value> {
    if (!(work instanceof Promise)) return work
    if (this.signal.aborted) this.#cancel()
    let stop: (() => void) | undefined
    const broken = new Promise<never>((_resolve, reject) => {
      stop = () => reject(new ExecutionCancelled())
      this.signal.addEventListener('abort', stop, { once: true })
    })
    try {
      return await Promise.race([work, broken])
    } catch (error) {
      if (this.signal.aborted) throw new ExecutionCancelled()
      throw error
    } finally {
      if (stop !== undefined) this.signal.removeEventListener('abort', stop)
      // The loser of the race may still reject, and nobody listens to it any more.
      work.catch(() => {})
    }
  }

  /** Runs SQL for the block. Before the first change a savepoint is set, so that a failing block leaves nothing behind. */
  async runSql(
    sql: string,
    binds: Readonly<Record<string, TypedValue>>,
    variable: (qualifiedName: readonly string[]) => TypedValue | undefined,
    changes: boolean,
    authority?: string,
  ): Promise<QueryResult> {
    this.#checkPurity(sql, changes)
    if (changes) await this.#prepareUndo()
    try {
      // SQL stops by itself when the signal aborts: what is undone afterwards must not race with it.
      return await this.session.sql.execute(sql, binds, variable, this.signal, authority)
    } catch (error) {
      if (this.signal.aborted) throw new ExecutionCancelled()
      throw error
    }
  }

  /** A COMMIT or ROLLBACK inside the block ends what its failure can undo. */
  forgetSavepoint(): void {
    this.#undo = undefined
    this.#outer?.forgetSavepoint()
  }

  /** Undoes the block's changes. */
  async undo(): Promise<void> {
    const undo = this.#undo
    if (undo === undefined) return
    this.#undo = undefined
    await this.session.sql.execute(undo, {}, () => undefined, new AbortController().signal)
  }

  /** A transaction that the block itself starts ends with its failure, so that nothing stays locked. */
  async #prepareUndo(): Promise<void> {
    if (this.#outer !== undefined) await this.#outer.#prepareUndo()
    if (this.#undo !== undefined) return
    const { sql } = this.session
    const savepoint = `${SAVEPOINT}${this.#level}`
    if (!this.session.inTransaction()) {
      this.#undo = 'ROLLBACK'
      return
    }
    await sql.execute(`SAVEPOINT ${savepoint}`, {}, () => undefined, this.signal)
    this.#undo = `ROLLBACK TO SAVEPOINT ${savepoint}`
  }

  /** @throws OracleError ORA-14551 or ORA-14552 for what a function may not do while a statement runs that calls it */
  #checkPurity(sql: string, changes: boolean): void {
    const within = this.#within
    if (within === undefined) return
    if (changes && within.kind === 'query') {
      throw new OracleError(14551, 'cannot perform a DML operation inside a query')
    }
    if (!changes && ENDS_TRANSACTION.test(sql)) {
      throw new OracleError(14552, 'cannot perform a DDL, commit or rollback inside a query or DML')
    }
  }

  #cancel(): never {
    throw new ExecutionCancelled()
  }

  async #pause(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve))
    this.#pausedAt = performance.now()
    if (this.signal.aborted) this.#cancel()
  }
}

/** The frame of the activation at a level, counted from the outermost block, which has level 0. */
export function frameAtLevel(frame: Frame, level: number): Frame {
  const frames = [frame]
  for (let outer = frame.parent; outer !== undefined; outer = outer.parent) frames.unshift(outer)
  return frames[level] as Frame
}

/** The frame that lies `levels` activations further out. */
export function outerFrame(frame: Frame, levels: number): Frame {
  let found = frame
  for (let level = 0; level < levels; level += 1) found = found.parent as Frame
  return found
}
