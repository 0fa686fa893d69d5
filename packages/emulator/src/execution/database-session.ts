import type { Column } from '../values/column.ts'
import type { OracleType } from '../values/oracle-type.ts'
import type { OracleCursor, OracleValue } from '../values/oracle-value.ts'
import type { RowAddress } from '../values/row-address.ts'

/** What the protocol needs from whatever executes statements. One object per logged-on session. */
export interface DatabaseSession {
  /** True between the first change and the commit or rollback that ends it. */
  readonly inTransaction: boolean
  /**
   * Reads a statement without running it.
   * @throws OracleError for text that is no statement (ORA-00900, ORA-01756 and the like).
   */
  prepare(sql: string): PreparedStatement
  commit(): Promise<void>
  rollback(): Promise<void>
  /** Sets CURRENT_SCHEMA, as the set-schema piggyback does. */
  setCurrentSchema(schema: string): void
  /** Client identifier, module, action and client info, as the end-to-end piggyback sends them. */
  setClientAttributes(attributes: ClientAttributes): void
  /** Rolls back and forgets everything the session holds. Never throws. */
  close(): void
}

export interface ClientAttributes {
  clientIdentifier?: string
  module?: string
  action?: string
  clientInfo?: string
}

export interface PreparedStatement {
  readonly kind: 'query' | 'dml' | 'ddl' | 'plsql' | 'transaction'
  /** Names of the binds in the order in which the client sends them: each occurrence for SQL, each distinct name for PL/SQL. Upper case unless quoted; positional binds are named by their number. */
  readonly bindNames: readonly string[]
  /** The binds of a RETURNING ... INTO clause, as indexes into `bindNames`. */
  readonly returningBinds: readonly number[]
  /** The result's columns, found without running the query. @throws OracleError */
  describe(binds: readonly Bind[]): Promise<readonly Column[]>
  /**
   * Runs the statement once.
   * @throws OracleError; when `signal` aborts, the promise rejects soon with ORA-01013 and nothing of the statement remains.
   */
  execute(binds: readonly Bind[], signal: AbortSignal): Promise<ExecutionResult>
}

export interface Bind {
  readonly type: OracleType
  /** The value sent by the client; null for a pure OUT bind. Arrays arrive as `elements`. */
  readonly value: OracleValue
  readonly elements?: readonly OracleValue[]
}

export type ExecutionResult =
  | { readonly kind: 'query'; readonly columns: readonly Column[]; readonly rows: readonly (readonly OracleValue[])[] }
  | {
      readonly kind: 'dml'
      readonly rowCount: number
      /** The row that was changed last. */
      readonly lastRow?: RowAddress
      /** For each RETURNING bind the values of the affected rows. */
      readonly returned?: readonly (readonly OracleValue[])[]
    }
  /** A stored unit is created even when it does not compile; the client is warned. */
  | { readonly kind: 'done'; readonly hasCompilationErrors?: boolean }
  | {
      readonly kind: 'plsql'
      readonly binds: readonly BindOutcome[]
      /** Results that the block hands to the client beside its binds. */
      readonly results?: readonly OracleCursor[]
    }

/** How a PL/SQL block used a bind, and the value it left there. `value` is in the bind's declared type. */
export interface BindOutcome {
  readonly direction: 'in' | 'out' | 'inOut'
  readonly value: OracleValue
  readonly elements?: readonly OracleValue[]
}
