import { fromDriverError } from '../errors/from-driver-error.ts'
import type { SelectAIError } from '../errors/select-ai-error.ts'
import type { Binds } from './bind-values.ts'
import { type ConnectionPool, type Lease, type LendRequest, lend } from './connection-pool.ts'
import type { ExecuteOptions } from './driver-contract.ts'

/** One call of a subprogram, or one query of a dictionary view, which leave the session as they found it. */
export interface DatabaseCall extends LendRequest {
  /** The error for a code that means something else in this call than elsewhere. */
  readonly errorOf?: (error: unknown) => SelectAIError | undefined
}

/** Lends a connection for one call; whatever fails becomes an error of this package. */
export function callDatabase<T>(
  pool: ConnectionPool,
  call: DatabaseCall,
  work: (lease: Lease) => Promise<T>,
): Promise<T> {
  const explain = (error: unknown) =>
    call.errorOf?.(error) ?? fromDriverError(error, { phase: 'call', profile: call.profile })
  return lend(pool, call, work, explain)
}

/** Runs a block that returns nothing; one round trip. */
export async function runBlock(
  pool: ConnectionPool,
  call: DatabaseCall,
  statement: string,
  binds: (lease: Lease) => Binds,
): Promise<void> {
  await callDatabase(pool, call, (lease) => lease.connection.execute(statement, binds(lease)))
}

/** Reads all rows of a query as objects by column name, CLOBs as text. */
export function queryDatabase<Row>(
  pool: ConnectionPool,
  call: DatabaseCall,
  statement: string,
  binds: (lease: Lease) => Binds,
): Promise<readonly Row[]> {
  return callDatabase(pool, call, (lease) => readRows<Row>(lease, statement, binds(lease)))
}

/**
 * Reads all rows of a query on a connection that is lent already. One round trip when the statement is known to the
 * connection, and one more when there are CLOBs among the columns.
 */
export async function readRows<Row>(
  { connection, driver }: Lease,
  statement: string,
  binds: Binds,
): Promise<readonly Row[]> {
  const { DB_TYPE_CLOB, DB_TYPE_VARCHAR, OUT_FORMAT_OBJECT } = driver
  const { rows } = await connection.execute<Row>(statement, binds, {
    outFormat: OUT_FORMAT_OBJECT,
    fetchArraySize: rowsPerRoundTrip,
    prefetchRows: rowsPerRoundTrip,
    // Text within the row; a locator would cost a round trip each.
    fetchTypeHandler: ({ dbType }) => (dbType === DB_TYPE_CLOB ? { type: DB_TYPE_VARCHAR } : undefined),
  } as ExecuteOptions)
  return rows ?? []
}

const rowsPerRoundTrip = 1000
