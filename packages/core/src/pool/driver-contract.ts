import type { BindParameters, Connection, ExecuteOptions, Lob } from 'oracledb'

export type { BindParameters, Connection, ExecuteOptions, Lob }

/** What this package uses of the `oracledb` module. */
export interface Driver {
  readonly BIND_IN: number
  readonly BIND_OUT: number
  readonly DB_TYPE_VARCHAR: unknown
  readonly DB_TYPE_NUMBER: unknown
  readonly DB_TYPE_CLOB: unknown
  readonly DB_TYPE_BOOLEAN: unknown
  readonly OUT_FORMAT_OBJECT: number
  /** Absent in drivers without pipelines. */
  readonly Pipeline?: new () => Pipeline
  createPool(attributes: DriverPoolAttributes): Promise<DriverConnectionPool>
}

/** Statements that go to the database together. */
export interface Pipeline {
  addExecute(statement: string, binds: BindParameters): void
}

/** What a connection does with a pipeline; not all versions of the driver's types tell. */
export interface PipelineConnection {
  runPipeline(pipeline: Pipeline, continueOnError: boolean): Promise<readonly PipelineResult[]>
}

/** What became of one statement of a pipeline. */
export interface PipelineResult {
  readonly error?: unknown
  readonly outBinds?: unknown
}

/** Everything is passed for each pool, so that the settings of the module count for nothing. */
export interface DriverPoolAttributes {
  readonly [attribute: string]: string | number | boolean
}

/** What this package uses of the driver's pool. */
export interface DriverConnectionPool {
  readonly connectionsOpen: number
  readonly connectionsInUse: number
  getConnection(): Promise<Connection>
  close(drainTimeSeconds: number): Promise<void>
}
