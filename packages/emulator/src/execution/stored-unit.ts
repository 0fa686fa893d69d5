import type { OracleType } from '../values/oracle-type.ts'
import type { OracleValue } from '../values/oracle-value.ts'
import type { Parameter } from './subprogram.ts'

/** A function or procedure that a user created. */
export interface StoredUnit {
  readonly id: number
  readonly owner: string
  readonly name: string
  readonly kind: 'FUNCTION' | 'PROCEDURE'
  /** The source from the word FUNCTION or PROCEDURE on. */
  readonly text: string
  readonly created: Date
  changed: Date
  /** What was found when it was compiled last. */
  compilation: UnitCompilation
}

/** What others may know of a unit that was compiled. A unit with errors is invalid and cannot be called. */
export interface UnitCompilation {
  readonly errors: readonly UnitError[]
  /** AUTHID CURRENT_USER: its statements run with the rights of who calls it. */
  readonly invokerRights: boolean
  readonly deterministic: boolean
  readonly parameters: readonly Parameter[]
  /** The result's type as SQL sees it; absent for a procedure. */
  readonly returns?: OracleType
  /** Whether SQL knows the types of all parameters and of the result. */
  readonly callableFromSql: boolean
}

/** What is known of a unit before it is compiled, and of one with errors. */
export const NOT_COMPILED: UnitCompilation = {
  errors: [],
  invokerRights: false,
  deterministic: false,
  parameters: [],
  callableFromSql: false,
}

/** A row of USER_ERRORS. */
export interface UnitError {
  readonly line: number
  readonly position: number
  readonly text: string
}

/** What SQL needs from PL/SQL for the stored units of a session. */
export interface UnitHost {
  /** Compiles a unit with its owner's rights, unless nothing changed since it was compiled last. */
  compile(unit: StoredUnit): UnitCompilation
  /** Calls a stored function from a SQL statement. @throws OracleError */
  call(unit: StoredUnit, call: UnitCall): Promise<OracleValue>
}

/** A call of a stored function in a SQL statement. */
export interface UnitCall {
  /** By parameter; what is left out takes its default. */
  readonly values: Readonly<Record<string, OracleValue>>
  readonly from: 'query' | 'change'
  /** Whose rights count in the calling statement, when they are not the session user's. */
  readonly authority: string | undefined
  readonly signal: AbortSignal
}
