import { checkOwnName } from '../attributes/object-name.ts'
import { VectorIndexNotFoundError } from '../errors/vector-index-not-found-error.ts'
import { queryDatabase } from '../pool/call-database.ts'
import { type CallOptions, callOptionNames, checkCallOptions } from '../pool/call-options.ts'
import type { ConnectionPool } from '../pool/connection-pool.ts'
import { fetchVectorIndexRefresh } from '../sql/vector-index-statements.ts'

/** When an index loads its documents. */
export interface VectorIndexRefreshTimes {
  /** When they were loaded last; undefined when they were not, or nothing is known. */
  readonly lastRefresh: Date | undefined
  /** When they will be next; undefined when the pipeline is not started, or nothing is known. */
  readonly nextRefresh: Date | undefined
  /** The pipeline that loads them; undefined when there is none. */
  readonly pipeline: string | undefined
  /** Its status, in lower case. */
  readonly pipelineStatus: 'started' | 'stopped' | (string & {}) | undefined
  /** The table that tells of each document whether it was loaded. */
  readonly statusTable: string | undefined
}

interface RefreshRow {
  readonly PIPELINE_NAME: string | null
  readonly STATUS: string | null
  readonly LAST_EXECUTION: Date | null
  readonly STATUS_TABLE: string | null
  readonly REFRESH_RATE: string | null
}

const minuteMs = 60_000

/** @throws VectorIndexNotFoundError */
export async function fetchRefreshTimes(
  pool: ConnectionPool,
  index: string,
  options: CallOptions = {},
): Promise<VectorIndexRefreshTimes> {
  checkCallOptions(options, callOptionNames)
  checkOwnName('vectorIndex', 'vector index', index)
  const call = { action: 'vectorIndex.refreshTimes', options }
  const [row] = await queryDatabase<RefreshRow>(pool, call, fetchVectorIndexRefresh, () => ({ index_name: index }))
  if (row === undefined) throw new VectorIndexNotFoundError({ index })
  const pipelineStatus = row.STATUS?.toLowerCase()
  return Object.freeze({
    lastRefresh: row.LAST_EXECUTION ?? undefined,
    nextRefresh: pipelineStatus === 'started' ? nextRefresh(row) : undefined,
    pipeline: row.PIPELINE_NAME ?? undefined,
    pipelineStatus,
    statusTable: row.STATUS_TABLE ?? undefined,
  })
}

function nextRefresh({ LAST_EXECUTION: last, REFRESH_RATE: minutes }: RefreshRow): Date | undefined {
  const next = new Date((last?.getTime() ?? Number.NaN) + Number(minutes ?? Number.NaN) * minuteMs)
  return Number.isNaN(next.getTime()) ? undefined : next
}
