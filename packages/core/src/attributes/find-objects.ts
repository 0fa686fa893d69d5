import { SelectAIArgumentError } from '../errors/select-ai-argument-error.ts'
import type { Binds } from '../pool/bind-values.ts'
import { callDatabase, type DatabaseCall, readRows } from '../pool/call-database.ts'
import { type CallOptions, callOptionNames, checkCallOptions } from '../pool/call-options.ts'
import type { ConnectionPool } from '../pool/connection-pool.ts'
import { shortTextCharacters } from '../sql/short-texts.ts'
import type { ObjectRow } from './describe-objects.ts'

/** A query for objects with their attributes. */
export interface ObjectQuery {
  readonly statement: string
  /** The same query for when some text is too long for the first. */
  readonly withLongTexts: string
  readonly binds: Binds
}

const anyName = '.*'

/** The rows of a query, with all texts: one round trip, and two more when one is long. */
export function findObjects<Row extends ObjectRow>(
  pool: ConnectionPool,
  call: DatabaseCall,
  { statement, withLongTexts, binds }: ObjectQuery,
): Promise<readonly Row[]> {
  return callDatabase(pool, call, async (lease) => {
    const rows = await readRows<Row>(lease, statement, binds)
    if (!rows.some(({ LONGEST_TEXT = 0 }) => LONGEST_TEXT > shortTextCharacters)) return rows
    // A break that came a moment too late must not be followed by another round trip.
    if (lease.deadline.error) throw lease.deadline.error
    return readRows<Row>(lease, withLongTexts, binds)
  })
}

/** Takes `pattern` out of the options of a list. @throws SelectAIArgumentError for an option that is unknown or unusable. */
export function readPattern(options: CallOptions & { readonly pattern?: string | undefined }): {
  readonly pattern: string
  readonly options: CallOptions
} {
  checkCallOptions(options, [...callOptionNames, 'pattern'])
  const { pattern = anyName, ...others } = options
  if (typeof pattern === 'string' && pattern !== '') return { pattern, options: others }
  throw new SelectAIArgumentError({ argument: 'options.pattern', message: 'must be a text that is not empty.' })
}
