import type { Connection, PipelineConnection } from './driver-contract.ts'
import { qualifyStatement } from './qualify-statement.ts'

/** A connection for the statements of this package. */
export type StatementConnection = Pick<Connection, 'execute' | 'isHealthy' | 'oracleServerVersion'> & PipelineConnection

/** The connection, on which packages and views are named by their owners. */
export function statementConnection(connection: Connection, packageSchema: string): StatementConnection {
  const execute = (statement: string, ...rest: readonly unknown[]): unknown =>
    Reflect.apply(connection.execute, connection, [qualifyStatement(statement, packageSchema), ...rest])
  return {
    execute: execute as Connection['execute'],
    isHealthy: () => connection.isHealthy(),
    oracleServerVersion: connection.oracleServerVersion,
    runPipeline: (...pipeline) => (connection as unknown as PipelineConnection).runPipeline(...pipeline),
  }
}
