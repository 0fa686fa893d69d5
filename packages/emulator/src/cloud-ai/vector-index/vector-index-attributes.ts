import { OracleError } from '../../oracle-error.ts'
import { type AttributeReader, numberBetween, oneOf, text, truth, UNFIT } from '../attribute-reader.ts'

/** Attributes by lower-case name, each with the JSON value that the caller gave. */
export type VectorIndexAttributes = Readonly<Record<string, unknown>>

const LONGEST_NAME = 128
const MOST_MATCHES = 8192

/** What the database does when an attribute was not set. Only `refresh_rate` is also written down. */
export const DEFAULTS = {
  chunkSize: 1024,
  chunkOverlap: 128,
  matchLimit: 5,
  refreshRate: 1440,
  similarityThreshold: 0,
  metric: 'cosine',
  dimension: 1024,
} as const

const name: AttributeReader = (value) =>
  typeof value === 'string' && value.length <= LONGEST_NAME && value.trim() !== '' ? value.trim() : UNFIT

const tableName: AttributeReader = (value) =>
  typeof value === 'string' && value.length <= LONGEST_NAME && /^\p{L}[\p{L}\p{N}_$#]*$/u.test(value) ? value : UNFIT

interface Attribute {
  readonly read: AttributeReader
  /** Whether it can be changed after creation. */
  readonly changeable?: boolean
}

const attributes: Readonly<Record<string, Attribute>> = {
  chunk_overlap: { read: numberBetween(0, 1_000_000, true) },
  chunk_size: { read: numberBetween(1, 1_000_000, true) },
  enable_sources: { read: truth, changeable: true },
  location: { read: text },
  match_limit: { read: numberBetween(0, MOST_MATCHES, true), changeable: true },
  object_storage_credential_name: { read: name, changeable: true },
  profile_name: { read: name, changeable: true },
  refresh_rate: { read: numberBetween(1, 1_000_000_000, true), changeable: true },
  similarity_threshold: { read: numberBetween(0, 1, false), changeable: true },
  vector_db_credential_name: { read: name },
  vector_db_endpoint: { read: text },
  vector_db_provider: { read: oneOf('oracle') },
  vector_dimension: { read: numberBetween(1, 65_535, true) },
  vector_distance_metric: { read: oneOf('cosine', 'dot', 'euclidean', 'hamming', 'l2_squared', 'manhattan') },
  vector_table_name: { read: tableName },
}

/**
 * The attributes of a new index as they are kept.
 * @throws OracleError ORA-20048
 */
export function newAttributes(given: Readonly<Record<string, unknown>>): VectorIndexAttributes {
  const checked = checkedAttributes(given)
  for (const needed of ['location', 'profile_name']) {
    if (checked[needed] === undefined) throw new OracleError(20048, `Missing vector index attribute - ${needed}`)
  }
  const { chunk_size: size = DEFAULTS.chunkSize, chunk_overlap: overlap = 0 } = checked
  if (Number(overlap) >= Number(size)) {
    throw new OracleError(20048, 'Invalid value for vector index attribute - chunk_overlap')
  }
  return checked
}

/**
 * Changes of an index as they are kept.
 * @throws OracleError ORA-20048 for an unknown attribute or a value that does not fit, ORA-20047 for one that cannot be changed.
 */
export function changedAttributes(given: Readonly<Record<string, unknown>>): VectorIndexAttributes {
  const checked = checkedAttributes(given)
  const fixed = Object.keys(checked).find((key) => attributes[key]?.changeable !== true)
  if (fixed !== undefined) throw new OracleError(20047, `Vector index attribute cannot be updated - ${fixed}`)
  return checked
}

function checkedAttributes(given: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(given).map(([key, value]) => [key.toLowerCase(), checkedValue(key, value)]))
}

function checkedValue(given: string, value: unknown): unknown {
  const key = given.toLowerCase()
  const attribute = Object.hasOwn(attributes, key) ? attributes[key] : undefined
  if (attribute === undefined) throw new OracleError(20048, `Invalid vector index attribute - ${given}`)
  const kept = attribute.read(value)
  if (kept === UNFIT) throw new OracleError(20048, `Invalid value for vector index attribute - ${key}`)
  return kept
}
