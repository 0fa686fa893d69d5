import type { DatabaseSession, PreparedStatement } from '../execution/database-session.ts'
import type { SqlExecutor } from '../execution/sql-executor.ts'
import type { StoredUnit, UnitHost } from '../execution/stored-unit.ts'
import type { CallContext } from '../execution/subprogram.ts'

/** One session's view of the SQL engine: everything a database session does, but for PL/SQL blocks. */
export interface SqlSession extends SqlExecutor, Omit<DatabaseSession, 'setClientAttributes'> {
  /**
   * State of packages, made with the session and used for its calls from SQL and from PL/SQL alike (`CallContext.packageState`).
   * SYS_CONTEXT finds the client's identifier, module, action and info there: see `plsql/session-attributes.ts`.
   */
  readonly packageState: Map<string, unknown>
  /** `kind` is never `plsql`; a block is ORA-00900 here. */
  prepare(sql: string): PreparedStatement
  /** Changes when a name may mean something else than before. */
  readonly namesVersion: number
  readonly currentSchema: string
  /** A stored function or procedure that the user may call. */
  findUnit(path: readonly string[], authority?: string): StoredUnit | undefined
  /** Says who compiles and calls stored units; until then they do not exist. */
  useUnits(host: UnitHost): void
  /** What the session gives to code that runs on its behalf, for one call. */
  callContext(signal: AbortSignal): CallContext
}
