import type { OracleType } from '../values/oracle-type.ts'
import type { OracleValue } from '../values/oracle-value.ts'
import type { QueryDescription, QueryResult } from './subprogram.ts'

/** What the PL/SQL interpreter needs from SQL. */
export interface SqlExecutor {
  /**
   * Runs one SQL statement (query, DML, DDL, COMMIT or ROLLBACK) that stands in a PL/SQL block or was built for EXECUTE IMMEDIATE.
   * @param binds - values of `:name` placeholders, by upper-case name, or by number as text for EXECUTE IMMEDIATE ... USING.
   * @param variable - asked for a name that is no column in scope; its answer takes part as a bind. A name that neither knows is ORA-00904.
   * @param authority - whose names and rights count, when they are not the session user's: those of a stored unit's owner.
   */
  execute(
    sql: string,
    binds: Readonly<Record<string, TypedValue>>,
    variable: (qualifiedName: readonly string[]) => TypedValue | undefined,
    signal: AbortSignal,
    authority?: string,
  ): Promise<QueryResult>
  /**
   * What a query without binds says about itself before it runs.
   * @param authority - as for `execute`
   * @throws OracleError ORA-00900 for another statement
   */
  describeQuery(sql: string, authority?: string): QueryDescription
  /**
   * Calls a SQL scalar function (UPPER, NVL, TO_CHAR, SUBSTR, SYSDATE ...) outside any statement, as PL/SQL expressions do.
   * Undefined when there is no such function.
   */
  callFunction(name: string, values: readonly TypedValue[]): TypedValue | undefined
}

export interface TypedValue {
  readonly type: OracleType
  readonly value: OracleValue
}
