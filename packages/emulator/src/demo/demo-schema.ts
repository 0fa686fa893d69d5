import type { OracleValue } from '../values/oracle-value.ts'

/** A schema that the emulator creates at start: Oracle DDL and rows, made the same at every start. */
export interface DemoSchema {
  /** Upper case, for example `SH`. */
  readonly owner: string
  /** CREATE TABLE with keys, COMMENT ON TABLE and COMMENT ON COLUMN, one statement each, without owner, in dependency order. */
  readonly statements: readonly string[]
  /** Rows by upper-case table name, in dependency order; each row has its values in column order. */
  readonly rows: ReadonlyMap<string, readonly (readonly OracleValue[])[]>
}
