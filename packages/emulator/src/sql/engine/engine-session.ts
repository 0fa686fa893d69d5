import type { Bind, ExecutionResult, PreparedStatement } from '../../execution/database-session.ts'
import type { TypedValue } from '../../execution/sql-executor.ts'
import type { CallContext, QueryDescription, QueryResult } from '../../execution/subprogram.ts'
import { OracleError } from '../../oracle-error.ts'
import type { Column } from '../../values/column.ts'
import type { OracleValue } from '../../values/oracle-value.ts'
import type { SessionSettings } from '../functions/scalar-function.ts'
import type { ParsedStatement } from '../parse/parse-statement.ts'
import type { Statement } from '../parse/syntax-tree.ts'
import type { SqlSession } from '../sql-session.ts'
import { typeOfValue } from './bind-value.ts'
import { callScalarFunction } from './call-function.ts'
import { statementContext } from './session-context.ts'
import { alterSession, defaultSettings } from './session-settings.ts'
import {
  type ExecutorParts,
  StatementExecutor,
  type StatementInput,
  type StatementResult,
} from './statement-executor.ts'
import { Transaction } from './transaction.ts'
import { cancelled, type WriteLock } from './write-lock.ts'

export interface SessionParts extends ExecutorParts {
  readonly lock: WriteLock
  readonly user: string
  readonly sessionId: number
  parse(text: string): ParsedStatement
}

const KINDS: Readonly<Record<string, PreparedStatement['kind']>> = {
  query: 'query',
  insert: 'dml',
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
  readonly #settings: SessionSettings
  readonly #transaction: Transaction
  readonly #executor: StatementExecutor
  #closed = false

  constructor(parts: SessionParts) {
    this.#parts = parts
    this.#settings = defaultSettings(parts.user)
    this.#transaction = new Transaction(parts.storage, parts.lock)
    this.#executor = new StatementExecutor(parts, this.#transaction)
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
  ): Promise<QueryResult> {
    return this.#run(this.#parts.parse(sql), { bind: named(binds), variable }, signal)
  }

  async describeQuery(sql: string): Promise<QueryDescription> {
    const parsed = this.#parts.parse(sql)
    const { statement } = parsed
    if (statement.kind !== 'query') throw new OracleError(900, 'invalid SQL statement')
    const { user } = this.#parts
    return this.#executor.describe(parsed, statement.query, positional([]), user, this.#settings.currentSchema)
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

  close(): void {
    if (this.#closed) return
    this.#closed = true
    if (this.#parts.storage.isOpen) this.#transaction.rollback()
  }

  #context(): ReturnType<typeof statementContext> {
    const { user, sessionId } = this.#parts
    return statementContext({ user, sessionId, settings: this.#settings, packageState: this.packageState })
  }

  #describe(parsed: ParsedStatement, input: StatementInput): readonly Column[] {
    const { statement } = parsed
    if (statement.kind !== 'query') return []
    const { user } = this.#parts
    return this.#executor.describe(parsed, statement.query, input, user, this.#settings.currentSchema).columns
  }

  async #run(parsed: ParsedStatement, input: StatementInput, signal: AbortSignal): Promise<StatementResult> {
    if (this.#closed) throw new OracleError(1012, 'not logged on')
    if (signal.aborted) throw cancelled()
    const result = await this.#dispatch(parsed, input, signal)
    if (signal.aborted && parsed.statement.kind === 'query') throw cancelled()
    return result
  }

  async #dispatch(parsed: ParsedStatement, input: StatementInput, signal: AbortSignal): Promise<StatementResult> {
    const { statement } = parsed
    const context = this.#context()
    const calls = this.#callContext(signal)
    switch (statement.kind) {
      case 'query':
        if (statement.lock) await this.#transaction.begin(signal)
        return this.#executor.query(parsed, statement.query, input, context, calls)
      case 'insert':
      case 'update':
      case 'delete':
        return this.#changing(signal, () => this.#executor.change(parsed, statement, input, context, calls))
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
        await this.#transaction.define(signal, () => this.#executor.define(parsed, statement, context))
        return NOTHING
    }
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

  #callContext(signal: AbortSignal): CallContext {
    return {
      user: this.#parts.user,
      packageState: this.packageState,
      signal,
      query: (sql, binds = {}) => {
        const typed = Object.entries(binds).map(([name, value]) => [name, { type: typeOfValue(value), value }])
        return this.execute(sql, Object.fromEntries(typed), () => undefined, signal)
      },
      describeQuery: (sql) => this.describeQuery(sql),
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
  if (kind !== 'dml') return { kind: 'done' }
  if (returningBinds.length === 0) return { kind, rowCount: result.rowCount }
  const returned = returningBinds.map((_, index) => result.rows.map((row): OracleValue => row[index] ?? null))
  return { kind, rowCount: result.rowCount, returned }
}
