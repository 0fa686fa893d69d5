import type { TypedValue } from '../../execution/sql-executor.ts'
import type { StoredUnit, UnitCompilation } from '../../execution/stored-unit.ts'
import type { ReadObject, Subprogram } from '../../execution/subprogram.ts'
import { errorAt } from '../../language/lexer.ts'
import type { OracleError } from '../../oracle-error.ts'
import type { Catalog } from '../catalog/catalog.ts'
import type { Dictionary, DictionaryView } from '../catalog/dictionary.ts'
import type { ScalarFunction } from '../functions/scalar-function.ts'
import type { Query } from '../parse/syntax-tree.ts'
import type { SqlType } from '../values/sql-value.ts'
import type { Scope, SourceColumn } from './scope.ts'

/** What names outside the statement mean. */
export interface Environment {
  readonly catalog: Catalog
  readonly dictionary: Dictionary
  readonly user: string
  readonly schema: string
  findFunction(name: string): ScalarFunction | undefined
  findSubprograms(name: string): readonly Subprogram[]
  compileUnit(unit: StoredUnit): UnitCompilation
  /** The type of a bind, by its occurrence. */
  bindType(index: number, name: string): SqlType
  /** A name that is no column, asked of PL/SQL. */
  variable?(path: readonly string[]): TypedValue | undefined
}

/** A value that the engine's statement takes, in the order of its numbers. */
export type StatementParameter =
  | { readonly kind: 'bind'; readonly index: number }
  | { readonly kind: 'variable'; readonly value: TypedValue }

/** What a call in SQL calls: a subprogram written in TypeScript, or a function that a user created. */
export type Callee = { readonly subprogram: Subprogram } | { readonly unit: StoredUnit }

/** A call of a subprogram in SQL, with one argument per parameter that is given. */
export type CallSite = Callee & { readonly given: readonly string[] }

export interface PlanColumn {
  readonly name: string
  readonly type: SqlType
  readonly nullable: boolean
}

/** A translated query: its columns are named c1, c2 and so on in the engine's text. */
export interface QueryPlan {
  readonly sql: string
  readonly columns: readonly PlanColumn[]
  /** True when the query cannot yield a second row. */
  readonly single: boolean
}

export interface CommonTablePlan {
  readonly name: string
  readonly stored: string
  readonly columns: readonly PlanColumn[]
}

/** The state of one statement's translation. */
export class Translation {
  readonly environment: Environment
  readonly parameters: StatementParameter[] = []
  readonly calls: CallSite[] = []
  readonly dictionaryViews: Set<DictionaryView> = new Set()
  /** Tables and views that the statement itself names, not those inside of views. */
  readonly objects: ReadObject[] = []
  /** The schema in which unqualified names are looked up: the owner's while a view is translated. */
  schema: string
  /** The user whose rights count: the owner's while a view is translated. */
  reader: string
  /** Common tables in reach, innermost last. */
  commonTables: readonly CommonTablePlan[] = []
  usesVariables = false
  #text: string
  #aliases = 0
  #viewDepth = 0
  readonly #parameterNumbers = new Map<string, number>()
  readonly #callNumbers = new Map<object, number>()
  readonly translateQuery: (query: Query, translation: Translation, parent: Scope | undefined) => QueryPlan

  constructor(
    text: string,
    environment: Environment,
    translateQuery: (query: Query, translation: Translation, parent: Scope | undefined) => QueryPlan,
  ) {
    this.#text = text
    this.environment = environment
    this.schema = environment.schema
    this.reader = environment.user
    this.translateQuery = translateQuery
  }

  error(position: number, number: number, message: string): OracleError {
    return errorAt(this.#viewDepth === 0 ? this.#text : '', position, number, message)
  }

  alias(prefix: string): string {
    this.#aliases += 1
    return `${prefix}${this.#aliases}`
  }

  bind(index: number): string {
    return this.#parameter(`b${index}`, { kind: 'bind', index })
  }

  variable(path: readonly string[], value: TypedValue): string {
    this.usesVariables = true
    return this.#parameter(`v${path.join('"')}`, { kind: 'variable', value })
  }

  /** Notes a table or view that is read. */
  reads({ owner, name }: ReadObject): void {
    if (this.#viewDepth > 0) return
    if (this.objects.some((known) => known.owner === owner && known.name === name)) return
    this.objects.push({ owner, name })
  }

  #parameter(key: string, parameter: StatementParameter): string {
    let number = this.#parameterNumbers.get(key)
    if (number === undefined) {
      this.parameters.push(parameter)
      number = this.parameters.length
      this.#parameterNumbers.set(key, number)
    }
    return `?${number}`
  }

  /** The number of a call; an expression that is translated twice keeps its number. */
  callNumber(node: object, site: CallSite): number {
    const known = this.#callNumbers.get(node)
    if (known !== undefined) return known
    this.calls.push(site)
    this.#callNumbers.set(node, this.calls.length - 1)
    return this.calls.length - 1
  }

  /** Translates a view's query with its owner's names and rights; its offsets say nothing about the statement. */
  insideView<Result>(owner: string, work: () => Result): Result {
    const { schema, reader, commonTables } = this
    Object.assign(this, { schema: owner, reader: owner, commonTables: [] })
    this.#viewDepth += 1
    try {
      return work()
    } finally {
      Object.assign(this, { schema, reader, commonTables })
      this.#viewDepth -= 1
    }
  }

  /** Runs `work` with more common tables in reach. */
  withCommonTables<Result>(tables: readonly CommonTablePlan[], work: () => Result): Result {
    const before = this.commonTables
    this.commonTables = [...before, ...tables]
    try {
      return work()
    } finally {
      this.commonTables = before
    }
  }
}

/** Columns of a plan as a source of the given alias shows them. */
export function planSourceColumns(columns: readonly PlanColumn[], alias: string): readonly SourceColumn[] {
  return columns.map((column, index) => ({
    name: column.name,
    type: column.type,
    nullable: column.nullable,
    sql: `${alias}.c${index + 1}`,
  }))
}
