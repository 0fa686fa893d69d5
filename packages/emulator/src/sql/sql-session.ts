import type { SqlExecutor } from '../plsql/sql-executor.ts'
import type { DatabaseSession, PreparedStatement } from '../session/database-session.ts'

/** One session's view of the SQL engine: everything a database session does, but for PL/SQL blocks. */
export interface SqlSession extends SqlExecutor, Omit<DatabaseSession, 'setClientAttributes'> {
  /** `kind` is never `plsql`; a block is ORA-00900 here. */
  prepare(sql: string): PreparedStatement
}
