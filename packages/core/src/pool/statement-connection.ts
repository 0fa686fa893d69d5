import type { Connection } from './driver-contract.ts'
import { qualifyStatement } from './qualify-statement.ts'

/** A connection for the statements of this package. */
export type StatementConnection = Pick<Connection, 'execute' | 'isHealthy'>

/** The connection, on which packages and views are named by their owners when there is a schema for them. */
export function statementConnection(connection: Connection, packageSchema: string | undefined): StatementConnection {
  if (packageSchema === undefined) return connection
  const execute = (statement: string, ...rest: readonly unknown[]): unknown =>
    Reflect.apply(connection.execute, connection, [qualifyStatement(statement, packageSchema), ...rest])
  return { execute: execute as Connection['execute'], isHealthy: () => connection.isHealthy() }
}
