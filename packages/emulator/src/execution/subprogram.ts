import type { OracleType } from '../values/oracle-type.ts'
import type { OracleValue } from '../values/oracle-value.ts'
import type { TypedValue } from './sql-executor.ts'

/** A procedure or function that is written in TypeScript and called from PL/SQL or SQL by its qualified name. */
export interface Subprogram {
  /** Upper-case qualified name, for example `DBMS_LOB.GETLENGTH`. */
  readonly name: string
  readonly parameters: readonly Parameter[]
  /** The result's type; absent for a procedure. */
  readonly returns?: OracleType
  /**
   * Runs with one argument per parameter, by parameter name, defaults filled in and IN values converted to the declared type.
   * @throws OracleError
   */
  run(values: Readonly<Record<string, OracleValue>>, context: CallContext): Promise<SubprogramResult> | SubprogramResult
}

export interface Parameter {
  /** Upper case, for example `LOB_LOC`. */
  readonly name: string
  readonly mode: 'in' | 'out' | 'inOut'
  readonly type: OracleType
  /** Set for an OUT parameter that is an index-by table of `type`; its elements come back in `outTables`. */
  readonly isTable?: boolean
  /** Present, possibly null, when the argument may be left out. */
  readonly default?: OracleValue
}

export interface SubprogramResult {
  /** The function's result. */
  readonly value?: OracleValue
  /** New values of OUT and IN OUT parameters, by name. */
  readonly out?: Readonly<Record<string, OracleValue>>
  /** Elements, from subscript 1, of OUT parameters that are tables, by name. */
  readonly outTables?: Readonly<Record<string, readonly OracleValue[]>>
}

/** What a subprogram may know and do about the session that calls it. */
export interface CallContext {
  /** The session user, upper case. */
  readonly user: string
  /** Session-scoped state of packages, keyed by package: gone with the session. */
  readonly packageState: Map<string, unknown>
  readonly signal: AbortSignal
  /** The variable or bind that stands as an argument, to tell one LOB from another; undefined for other expressions. */
  placeOf?(parameter: string): object | undefined
  /** Runs a query or DML as the calling user, in the caller's transaction. Binds by name, without colon, upper case. */
  query(sql: string, binds?: Readonly<Record<string, OracleValue>>): Promise<QueryResult>
  /** Checks a query without running it. @throws OracleError as running it would for its names and its grammar. */
  describeQuery(sql: string): Promise<QueryDescription>
  /**
   * Runs a block as the calling user, as EXECUTE IMMEDIATE does, and resolves with the values that its binds then have. Binds by name,
   * without colon, upper case. Absent in calls from SQL.
   */
  runBlock?(
    text: string,
    binds: Readonly<Record<string, string | null>>,
  ): Promise<Readonly<Record<string, OracleValue>>>
}

/** What a query says about itself before it runs. */
export interface QueryDescription {
  readonly columns: readonly import('../values/column.ts').Column[]
  /** Tables and views that the query names, with their owners, upper case unless quoted; DUAL is none. */
  readonly objects: readonly ReadObject[]
}

export interface ReadObject {
  readonly owner: string
  readonly name: string
}

export interface QueryResult {
  readonly columns: readonly import('../values/column.ts').Column[]
  readonly rows: readonly (readonly OracleValue[])[]
  readonly rowCount: number
}

/** Finds subprograms by qualified name. Overloads are tried in the order in which they were registered. */
export class SubprogramRegistry {
  readonly #byName = new Map<string, Subprogram[]>()
  readonly #constants = new Map<string, TypedValue>()
  readonly #exceptions = new Map<string, number>()
  readonly #packages = new Set<string>()

  register(...subprograms: Subprogram[]): void {
    for (const subprogram of subprograms) {
      const overloads = this.#byName.get(subprogram.name) ?? []
      overloads.push(subprogram)
      this.#byName.set(subprogram.name, overloads)
      this.#remember(subprogram.name)
    }
  }

  /** Adds a package's constant, for example `DBMS_LOB.CALL`. */
  registerConstant(name: string, value: TypedValue): void {
    this.#constants.set(name, value)
    this.#remember(name)
  }

  /** Adds a package's exception with its ORA number, for example `DBMS_LOB.INVALID_ARGVAL` and 21560. */
  registerException(name: string, number: number): void {
    this.#exceptions.set(name, number)
    this.#remember(name)
  }

  /** Overloads for an upper-case name such as `DBMS_CLOUD_AI.GENERATE`; empty when there is none. */
  find(name: string): readonly Subprogram[] {
    return this.#byName.get(name) ?? []
  }

  findConstant(name: string): TypedValue | undefined {
    return this.#constants.get(name)
  }

  /** The ORA number of a package's exception. */
  findException(name: string): number | undefined {
    return this.#exceptions.get(name)
  }

  /** Whether anything was registered under the package's name. */
  hasPackage(name: string): boolean {
    return this.#packages.has(name)
  }

  #remember(qualifiedName: string): void {
    const dot = qualifiedName.lastIndexOf('.')
    if (dot !== -1) this.#packages.add(qualifiedName.slice(0, dot))
  }
}
