import { shortTextCharacters } from '../sql/short-texts.ts'
import type { Binds } from './bind-values.ts'
import { callDatabase, type DatabaseCall, readRows } from './call-database.ts'
import type { ConnectionPool } from './connection-pool.ts'

/** A query that leaves long texts out, which saves a round trip. */
export interface TextQuery {
  readonly statement: string
  /** The same query for when some text is too long for the first. */
  readonly withLongTexts: string
  readonly binds: Binds
}

/** A row of such a query. */
export interface TextRow {
  /** Characters of the longest text, where long ones are left out. */
  readonly LONGEST_TEXT?: number
}

/** Reads all rows, with the second query only when the first had to leave something out. */
export function queryTexts<Row extends TextRow>(
  pool: ConnectionPool,
  call: DatabaseCall,
  { statement, withLongTexts, binds }: TextQuery,
): Promise<readonly Row[]> {
  return callDatabase(pool, call, async (lease) => {
    const rows = await readRows<Row>(lease, statement, binds)
    if (!rows.some(({ LONGEST_TEXT = 0 }) => LONGEST_TEXT > shortTextCharacters)) return rows
    // A break that came a moment too late must not be followed by another round trip.
    if (lease.deadline.error) throw lease.deadline.error
    return readRows<Row>(lease, withLongTexts, binds)
  })
}
