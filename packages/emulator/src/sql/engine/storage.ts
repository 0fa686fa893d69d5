import sqlite from 'node-sqlite3-wasm'
import { OracleError } from '../../oracle-error.ts'
import type { Catalog } from '../catalog/catalog.ts'
import type { CatalogColumn, CatalogTable } from '../catalog/catalog-entry.ts'
import type { FunctionContext } from '../functions/scalar-function.ts'
import { scalarFunctions } from '../functions/scalar-functions.ts'
import type { SqlValue } from '../values/sql-value.ts'
import { decodeValue, encodeValue, type StoredValue } from '../values/stored-value.ts'
import { aggregateFunctions } from './aggregates.ts'
import { type EngineFunction, engineFunctions } from './engine-functions.ts'
import { fitColumn } from './fit-value.ts'
import { jsonFunctions } from './json-functions.ts'

export type NativeValue = StoredValue | number | bigint
type Row = Record<string, NativeValue>

/** What the functions of a running statement work with. The engine runs one statement at a time. */
export interface Running {
  readonly context: FunctionContext
  /** Answers a call of a subprogram from its stored arguments; undefined while the answer is not known yet. */
  call(site: number, values: readonly SqlValue[]): SqlValue | undefined
}

/** The embedded engine with our functions in it. */
export class Storage {
  readonly #database = new sqlite.Database(':memory:')
  readonly #catalog: Catalog
  readonly #columns = new Map<string, { readonly table: CatalogTable; readonly column: CatalogColumn }>()
  #columnsVersion = 0
  #running: Running | undefined
  #raised: unknown

  constructor(catalog: Catalog) {
    this.#catalog = catalog
    this.#database.exec('PRAGMA foreign_keys = ON; PRAGMA recursive_triggers = ON')
    for (const [name, scalar] of scalarFunctions) this.#register(`f_${name.toLowerCase()}`, scalar)
    for (const [name, definition] of Object.entries({ ...engineFunctions, ...aggregateFunctions, ...jsonFunctions })) {
      this.#register(name, definition)
    }
    this.#registerNative('ora_store', (value, key) => this.#store(value ?? null, key as string))
    this.#registerNative('ora_identity', (key) => this.#nextIdentity(key as string))
    this.#registerNative('ora_call', (site, ...values) => {
      const answer = this.#current().call(
        Number(site),
        values.map((value) => decodeValue(value)),
      )
      return answer === undefined ? null : encodeValue(answer)
    })
  }

  get isOpen(): boolean {
    return this.#database.isOpen
  }

  close(): void {
    if (this.#database.isOpen) this.#database.close()
  }

  /** Runs text without parameters and without our functions' session, such as BEGIN. */
  execute(sql: string): void {
    try {
      this.#database.exec(sql)
    } catch (error) {
      throw this.#translateError(error)
    }
  }

  /** Runs a query, or a change with RETURNING, and gives its rows with columns in order. */
  query(sql: string, values: readonly StoredValue[], running: Running): readonly (readonly NativeValue[])[] {
    return this.#with(running, () => {
      const statement = this.#database.prepare(sql)
      try {
        return (statement.all(values as StoredValue[]) as Row[]).map((row) => Object.values(row))
      } finally {
        finalize(statement)
      }
    })
  }

  /** Runs a change and gives the number of rows it touched. */
  change(sql: string, values: readonly StoredValue[], running: Running): number {
    return this.insert(sql, values, running).count
  }

  /** Runs a change and gives the number of rows it touched, and the row that was inserted last. */
  insert(
    sql: string,
    values: readonly StoredValue[],
    running: Running,
  ): { readonly count: number; readonly lastRow: number } {
    return this.#with(running, () => {
      const statement = this.#database.prepare(sql)
      try {
        const { changes, lastInsertRowid } = statement.run(values as StoredValue[])
        return { count: changes, lastRow: Number(lastInsertRowid) }
      } finally {
        finalize(statement)
      }
    })
  }

  /** Rows of an internal query, by column name. */
  rows(sql: string): readonly Row[] {
    return this.#database.all(sql) as Row[]
  }

  #with<Result>(running: Running, work: () => Result): Result {
    const before = this.#running
    this.#running = running
    try {
      return work()
    } catch (error) {
      throw this.#translateError(error)
    } finally {
      this.#running = before
    }
  }

  /** An error that one of our functions raised comes back from the engine as text only, so it is kept aside. */
  #translateError(error: unknown): unknown {
    const raised = this.#raised
    this.#raised = undefined
    return raised ?? error
  }

  #current(): Running {
    if (this.#running === undefined) throw new TypeError('no statement is running')
    return this.#running
  }

  #register(name: string, definition: EngineFunction): void {
    const { acceptsNull = false, native = false } = definition
    this.#registerNative(name, (...stored) => {
      const values: SqlValue[] = []
      for (const value of stored) {
        if (value === null && !acceptsNull) return null
        values.push(decodeValue(value))
      }
      const result = definition.run(values, this.#current().context)
      return native && typeof result === 'number' ? result : encodeValue(result as SqlValue)
    })
  }

  #registerNative(name: string, run: (...values: NativeValue[]) => NativeValue): void {
    const guarded = (...values: NativeValue[]): NativeValue => {
      try {
        return run(...values)
      } catch (error) {
        this.#raised ??= error
        throw error
      }
    }
    // The engine takes the number of arguments from the function's length; -1 stands for any number.
    Object.defineProperty(guarded, 'length', { value: -1 })
    this.#database.function(name, guarded, { deterministic: DETERMINISTIC.test(name) })
  }

  #column(key: string): { readonly table: CatalogTable; readonly column: CatalogColumn } {
    if (this.#columnsVersion !== this.#catalog.version) {
      this.#columns.clear()
      for (const table of this.#catalog.tables()) {
        for (const column of table.columns) this.#columns.set(`${table.stored}.${column.stored}`, { table, column })
      }
      this.#columnsVersion = this.#catalog.version
    }
    const found = this.#columns.get(key)
    if (found === undefined) throw new OracleError(942, 'table or view does not exist')
    return found
  }

  #store(value: NativeValue, key: string): NativeValue {
    const { table, column } = this.#column(key)
    return encodeValue(fitColumn(decodeValue(value), table, column))
  }

  #nextIdentity(key: string): NativeValue {
    const { table } = this.#column(key)
    return encodeValue(table.identity?.take() ?? null)
  }
}

/** Results that depend on nothing but the arguments and the session: these the engine may compute once per statement. */
const DETERMINISTIC = /^(?:f_(?!sys_guid)|ora_(?!call|store|identity|raise|nextval|currval))/

/** A statement that failed reports its error once more when it ends. */
function finalize(statement: { finalize(): void }): void {
  try {
    statement.finalize()
  } catch {
    return
  }
}
