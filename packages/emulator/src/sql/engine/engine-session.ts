import type { Bind, ExecutionResult, PreparedStatement } from '../../execution/database-session.ts'
import type { OpenSession } from '../../execution/open-session.ts'
import { noteSessionId } from '../../execution/session-attributes.ts'
import type { TypedValue } from '../../execution/sql-executor.ts'
import type { StoredUnit, UnitHost } from '../../execution/stored-unit.ts'
import type { CallContext, QueryDescription, QueryResult } from '../../execution/subprogram.ts'
import { OracleError } from '../../oracle-error.ts'
import type { Column } from '../../values/column.ts'
import type { OracleValue } from '../../values/oracle-value.ts'
import { SessionSequences } from '../catalog/sequence.ts'
import type { SessionSettings } from '../functions/scalar-function.ts'
import type { ParsedStatement } from '../parse/parse-statement.ts'
import type { Query, Statement } from '../parse/syntax-tree.ts'
import type { SqlSession } from '../sql-session.ts'
import { typeOfValue } from './bind-value.ts'
import { callScalarFunction } from './call-function.ts'
import { noUnitHost } from './no-unit-host.ts'
import { statementContext } from './session-context.ts'
import { alterSession, defaultSettings } from './session-settings.ts'
import {
  type ExecutorParts,
  StatementExecutor,
  type StatementInput,
  type StatementResult,
} from './statement-executor.ts'
import type { StatementCalls } from './statement-runner.ts'
import { Transaction } from './transaction.ts'
import type { UndoLog } from './undo-log.ts'
import { cancelled, type WriteLock } from './write-lock.ts'

export interface SessionParts extends Omit<ExecutorParts, 'units'> {
  readonly lock: WriteLock
  readonly undo: UndoLog
  readonly user: string
  readonly sessionId: number
  parse(text: string): ParsedStatement
}

const KINDS: Readonly<Record<string, PreparedStatement['kind']>> = {
  query: 'query',
  insert: 'dml',
  'insert-all': 'dml',
  update: 'dml',
  delete: 'dml',
  merge: 'dml',
  commit: 'transaction',
  rollback: 'transaction',
  savepoint: 'transaction',
  'set-transaction': 'transaction',
}
const NOTHING: StatementResult = { columns: [], rows: [], rowCount: 0 }

/** One session's view of the engine. */
export class EngineSession implements SqlSession {
  readonly packageState: Map<string, unknown> = new Map()
  readonly #parts: SessionParts
  readonly #open: OpenSession
  readonly #settings: SessionSettings
  readonly #sequences: SessionSequences
  readonly #transaction: Transaction
  readonly #executor: StatementExecutor
  #units: () => UnitHost = noUnitHost
  #closed = false

  constructor(parts: SessionParts) {
    this.#parts = parts
    this.#settings = defaultSettings(parts.user)
    this.#sequences = new SessionSequences((id) => parts.catalog.sequences().find((sequence) => sequence.id === id))
    this.#transaction = new Transaction(parts.storage, parts.lock, parts.undo)
    const { user, sessionId: id } = parts
    this.#open = { id, user, started: new Date(), packageState: this.packageState }
    noteSessionId(this.packageState, id)
    parts.serverUsers.connect(this.#open)
    this.#executor = new StatementExecutor({ ...parts, units: () => this.#units() }, this.#transaction)
  }

  get namesVersion(): number {
    return this.#parts.catalog.version
  }

  get currentSchema(): string {
    return this.#settings.currentSchema
  }

  useUnits(host: UnitHost): void {
    this.#units = () => host
  }

  findUnit(path: readonly string[], authority?: string): StoredUnit | undefined {
    const { catalog, user } = this.#parts
    const owner = path.length > 1 ? (path[0] ?? '') : (authority ?? this.#settings.currentSchema)
    const unit = catalog.findUnit(owner, path.at(-1) ?? '')
    return unit !== undefined && catalog.mayExecuteUnit(authority ?? user, unit) ? unit : undefined
  }

  get inTransaction(): boolean {
    return this.#transaction.isOpen
  }

  prepare(sql: string): PreparedStatement {
    const parsed = this.#parts.parse(sql)
    const { statement } = parsed
    const returningBinds = 'returning' in statement ? (statement.returning?.into ?? []) : []
    return {
      kind: KINDS[statement.kind] ?? 'ddl',
      bindNames: parsed.bindNames,
      returningBinds,
      describe: async (binds) => this.#describe(parsed, positional(binds)),
      execute: async (binds, signal) => {
        const result = await this.#run(parsed, positional(binds), signal)
        return executionResult(statement, result, returningBinds)
      },
    }
  }

  async execute(
    sql: string,
    binds: Readonly<Record<string, TypedValue>>,
    variable: (qualifiedName: readonly string[]) => TypedValue | undefined,
    signal: AbortSignal,
    authority?: string,
  ): Promise<QueryResult> {
    const result = await this.#run(this.#parts.parse(sql), { bind: named(binds), variable }, signal, authority)
    if (result.hasCompilationErrors) throw new OracleError(24344, 'success with compilation error')
    return result
  }

  describeQuery(sql: string, authority?: string): QueryDescription {
    const parsed = this.#parts.parse(sql)
    const { statement } = parsed
    if (statement.kind !== 'query') throw new OracleError(900, 'invalid SQL statement')
    return this.#descriptionOf(parsed, statement.query, positional([]), authority)
  }

  callFunction(name: string, values: readonly TypedValue[]): TypedValue | undefined {
    return callScalarFunction(name, values, this.#context())
  }

  async commit(): Promise<void> {
    this.#transaction.commit()
  }

  async rollback(): Promise<void> {
    this.#transaction.rollback()
  }

  setCurrentSchema(schema: string): void {
    alterSession(this.#settings, 'CURRENT_SCHEMA', schema, this.#parts.catalog)
  }

  callContext(signal: AbortSignal): CallContext {
    return this.#calls('query', signal, undefined)
  }

  close(): void {
    if (this.#closed) return
    this.#closed = true
    this.#parts.serverUsers.disconnect(this.#open)
    if (this.#parts.storage.isOpen) this.#transaction.rollback()
  }

  /** @param authority - whose names and rights count, when they are not the session user's */
  #context(authority?: string): ReturnType<typeof statementContext> {
    const { user, sessionId } = this.#parts
    const { packageState } = this
    const settings = authority === undefined ? this.#settings : { ...this.#settings, currentSchema: authority }
    const sequences = this.#sequences
    return statementContext({ user, currentUser: authority ?? user, sessionId, settings, sequences, packageState })
  }

  #describe(parsed: ParsedStatement, input: StatementInput): readonly Column[] {
    const { statement } = parsed
    if (statement.kind !== 'query') return []
    return this.#descriptionOf(parsed, statement.query, input, undefined).columns
  }

  #descriptionOf(
    parsed: ParsedStatement,
    query: Query,
    input: StatementInput,
    authority: string | undefined,
  ): QueryDescription {
    const { currentUser, settings } = this.#context(authority)
    return this.#executor.describe(parsed, query, input, currentUser, settings.currentSchema)
  }

  async #run(
    parsed: ParsedStatement,
    input: StatementInput,
    signal: AbortSignal,
    authority?: string,
  ): Promise<StatementResult> {
    if (this.#closed) throw new OracleError(1012, 'not logged on')
    if (signal.aborted) throw cancelled()
    const result = await this.#dispatch(parsed, input, signal, authority)
    if (signal.aborted && parsed.statement.kind === 'query') throw cancelled()
    return result
  }

  async #dispatch(
    parsed: ParsedStatement,
    input: StatementInput,
    signal: AbortSignal,
    authority: string | undefined,
  ): Promise<StatementResult> {
    const { statement } = parsed
    const context = this.#context(authority)
    const calls = this.#calls(statement.kind === 'query' ? 'query' : 'change', signal, authority)
    switch (statement.kind) {
      case 'query':
        if (statement.lock) await this.#transaction.begin(signal)
        return this.#executor.query(parsed, statement.query, input, context, calls)
      case 'insert':
      case 'update':
      case 'delete':
        return this.#changing(signal, () => this.#executor.change(parsed, statement, input, context, calls))
      case 'insert-all':
        return this.#changing(signal, () =>
          this.#transaction.together(async () => {
            let all = NOTHING
            for (const insert of statement.inserts) {
              const one = await this.#executor.change(parsed, insert, input, context, calls)
              all = { ...all, ...one, rowCount: all.rowCount + one.rowCount }
            }
            return all
          }),
        )
      case 'merge':
        return this.#changing(signal, () => this.#executor.merge(parsed, statement, input, context, calls))
      case 'commit':
        this.#transaction.commit()
        return NOTHING
      case 'rollback':
        if (statement.savepoint === undefined) this.#transaction.rollback()
        else this.#transaction.rollbackTo(statement.savepoint)
        return NOTHING
      case 'savepoint':
        this.#transaction.savepoint(statement.name)
        return NOTHING
      case 'set-transaction':
        return NOTHING
      case 'alter-session':
        for (const { name, value } of statement.settings) alterSession(this.#settings, name, value, this.#parts.catalog)
        return NOTHING
      case 'lock-table':
        this.#executor.checkTarget(parsed, statement, context)
        await this.#transaction.begin(signal)
        return NOTHING
      default:
        return this.#define(signal, () => this.#executor.define(parsed, statement, context))
    }
  }

  async #define(signal: AbortSignal, work: () => boolean): Promise<StatementResult> {
    let hasCompilationErrors = false
    await this.#transaction.define(signal, () => {
      hasCompilationErrors = work()
    })
    return { ...NOTHING, hasCompilationErrors }
  }

  /** A change that fails leaves a transaction open only when there was one before. */
  async #changing(signal: AbortSignal, work: () => Promise<StatementResult>): Promise<StatementResult> {
    const before = this.#transaction.isOpen
    await this.#transaction.begin(signal)
    try {
      return await work()
    } catch (error) {
      if (!before) this.#transaction.rollback()
      throw error
    }
  }

  #calls(from: 'query' | 'change', signal: AbortSignal, authority: string | undefined): StatementCalls {
    return {
      user: authority ?? this.#parts.user,
      packageState: this.packageState,
      signal,
      query: (sql, binds = {}) => {
        const typed = Object.entries(binds).map(([name, value]) => [name, { type: typeOfValue(value), value }])
        return this.execute(sql, Object.fromEntries(typed), () => undefined, signal, authority)
      },
      describeQuery: async (sql) => this.describeQuery(sql, authority),
      callUnit: (unit, values) => this.#units().call(unit, { values, from, authority, signal }),
    }
  }
}

function positional(binds: readonly Bind[]): StatementInput {
  return {
    bind: (index) => {
      const bind = binds[index]
      if (bind === undefined) throw new OracleError(1008, 'not all variables bound')
      return bind
    },
  }
}

/** Binds by name; EXECUTE IMMEDIATE gives them by position. */
function named(binds: Readonly<Record<string, TypedValue>>): StatementInput['bind'] {
  return (index, name) => {
    const bind = binds[name] ?? binds[String(index + 1)]
    if (bind === undefined) throw new OracleError(1008, `not all variables bound: ${name}`)
    return bind
  }
}

function executionResult(
  statement: Statement,
  result: StatementResult,
  returningBinds: readonly number[],
): ExecutionResult {
  const kind = KINDS[statement.kind]
  if (kind === 'query') return { kind, columns: result.columns, rows: result.rows }
  if (kind !== 'dml') return { kind: 'done', ...(result.hasCompilationErrors ? { hasCompilationErrors: true } : {}) }
  const { rowCount, lastRow } = result
  const changed = { kind, rowCount, ...(lastRow && { lastRow }) }
  if (returningBinds.length === 0) return changed
  const returned = returningBinds.map((_, index) => result.rows.map((row): OracleValue => row[index] ?? null))
  return { ...changed, returned }
}
