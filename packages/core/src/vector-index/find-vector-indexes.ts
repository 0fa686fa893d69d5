import { checkOwner } from '../attributes/qualified-name.ts'
import { readPattern } from '../attributes/read-pattern.ts'
import { patternErrorOf } from '../errors/pattern-error.ts'
import { VectorIndexNotFoundError } from '../errors/vector-index-not-found-error.ts'
import { type CallOptions, callOptionNames, checkCallOptions } from '../pool/call-options.ts'
import type { ConnectionPool } from '../pool/connection-pool.ts'
import { queryTexts } from '../pool/query-texts.ts'
import {
  fetchVectorIndex,
  fetchVectorIndexOfOwner,
  fetchVectorIndexOfOwnerWithLongTexts,
  fetchVectorIndexWithLongTexts,
  listVectorIndexes as listStatement,
  listVectorIndexesOfOwner,
  listVectorIndexesOfOwnerWithLongTexts,
  listVectorIndexesWithLongTexts,
} from '../sql/vector-index-statements.ts'
import { readVectorIndexes, type VectorIndexDescription, type VectorIndexRow } from './vector-index-description.ts'

/** Options of listing vector indexes. */
export interface ListVectorIndexesOptions extends CallOptions {
  /** A regular expression of the database that names must match, whatever their case; at most 512 bytes. Default: all names. */
  readonly pattern?: string | undefined
  /** Whose indexes; those of another user are found as far as they are shared. Default: those of the pool's database user. */
  readonly owner?: string | undefined
}

/** @throws VectorIndexNotFoundError */
export async function fetchDescription(
  pool: ConnectionPool,
  index: string,
  options: CallOptions = {},
): Promise<VectorIndexDescription> {
  checkCallOptions(options, callOptionNames)
  const [name, owner] = index.split('.').reverse() as [string, string | undefined]
  const call = { action: 'vectorIndex.fetch', options }
  const query =
    owner === undefined
      ? { statement: fetchVectorIndex, withLongTexts: fetchVectorIndexWithLongTexts, binds: { index_name: name } }
      : {
          statement: fetchVectorIndexOfOwner,
          withLongTexts: fetchVectorIndexOfOwnerWithLongTexts,
          binds: { owner, index_name: name },
        }
  const [description] = readVectorIndexes(await queryTexts<VectorIndexRow>(pool, call, query))
  if (description === undefined) throw new VectorIndexNotFoundError({ index })
  return description
}

/** @throws SelectAIArgumentError for a pattern that is no regular expression of the database. */
export async function listVectorIndexes(
  pool: ConnectionPool,
  options: ListVectorIndexesOptions = {},
): Promise<readonly VectorIndexDescription[]> {
  checkCallOptions(options, [...callOptionNames, 'pattern', 'owner'])
  const { owner, ...more } = options
  const { pattern, options: others } = readPattern(more)
  const call = { action: 'listVectorIndexes', options: others, errorOf: patternErrorOf }
  const query =
    owner === undefined
      ? { statement: listStatement, withLongTexts: listVectorIndexesWithLongTexts, binds: { pattern } }
      : {
          statement: listVectorIndexesOfOwner,
          withLongTexts: listVectorIndexesOfOwnerWithLongTexts,
          binds: { owner: checkOwner(owner), pattern },
        }
  return readVectorIndexes(await queryTexts<VectorIndexRow>(pool, call, query))
}
