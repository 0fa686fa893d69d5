import type { SessionSequences } from '../catalog/sequence.ts'
import type { SqlType, SqlValue } from '../values/sql-value.ts'

/** What a parameter wants; arguments of other types are converted as the database does implicitly. */
export type ParameterKind = 'text' | 'number' | 'datetime' | 'raw' | 'any'

/** What a function may know about the session that calls it. */
export interface FunctionContext {
  /** The session's user. */
  readonly user: string
  /** Whose rights count: the owner's inside a stored unit. */
  readonly currentUser: string
  readonly settings: SessionSettings
  readonly sequences: SessionSequences
  /** The time of the statement: the same for each row. */
  readonly now: Date
  /** SYS_CONTEXT: undefined for a namespace that does not exist, null for a value that is not set. */
  contextValue(namespace: string, attribute: string): string | null | undefined
}

/** What ALTER SESSION sets. */
export interface SessionSettings {
  currentSchema: string
  dateFormat: string
  timestampFormat: string
  timestampZoneFormat: string
  /** Minutes east of UTC. */
  timeZoneMinutes: number
}

/** A function of SQL that needs only its arguments and the session. */
export interface ScalarFunction {
  /** Upper case. */
  readonly name: string
  readonly parameters: readonly ParameterKind[]
  /** How many of the last parameters may be left out; 0 when absent. */
  readonly optional?: number
  /** Whether the last parameter takes any number of arguments. */
  readonly variadic?: boolean
  /** Whether the function sees NULL arguments; otherwise one NULL argument makes the result NULL. */
  readonly acceptsNull?: boolean
  /** Whether the function may stand without parentheses, as SYSDATE does. */
  readonly bare?: boolean
  returns(types: readonly SqlType[]): SqlType
  run(values: readonly SqlValue[], context: FunctionContext): SqlValue
}
