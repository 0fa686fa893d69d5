import type { OracleType } from '../values/oracle-type.ts'
import type { OracleValue } from '../values/oracle-value.ts'

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
  /** Present, possibly null, when the argument may be left out. */
  readonly default?: OracleValue
}

export interface SubprogramResult {
  /** The function's result. */
  readonly value?: OracleValue
  /** New values of OUT and IN OUT parameters, by name. */
  readonly out?: Readonly<Record<string, OracleValue>>
}

/** What a subprogram may know and do about the session that calls it. */
export interface CallContext {
  /** The session user, upper case. */
  readonly user: string
  /** Session-scoped state of packages, keyed by package: gone with the session. */
  readonly packageState: Map<string, unknown>
  readonly signal: AbortSignal
  /** Runs a query or DML as the calling user, in the caller's transaction. Binds by name, without colon, upper case. */
  query(sql: string, binds?: Readonly<Record<string, OracleValue>>): Promise<QueryResult>
}

export interface QueryResult {
  readonly columns: readonly import('../values/column.ts').Column[]
  readonly rows: readonly (readonly OracleValue[])[]
  readonly rowCount: number
}

/** Finds subprograms by qualified name. Overloads are tried in the order in which they were registered. */
export class SubprogramRegistry {
  readonly #byName = new Map<string, Subprogram[]>()

  register(...subprograms: Subprogram[]): void {
    for (const subprogram of subprograms) {
      const overloads = this.#byName.get(subprogram.name) ?? []
      overloads.push(subprogram)
      this.#byName.set(subprogram.name, overloads)
    }
  }

  /** Overloads for an upper-case name such as `DBMS_CLOUD_AI.GENERATE`; empty when there is none. */
  find(name: string): readonly Subprogram[] {
    return this.#byName.get(name) ?? []
  }
}
