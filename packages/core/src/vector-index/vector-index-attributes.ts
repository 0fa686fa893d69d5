import {
  type AttributeType,
  type AttributeTypes,
  number,
  text,
  truth,
  wholeNumber,
} from '../attributes/attribute-types.ts'

/** How the distance of two vectors is measured. */
export type VectorDistanceMetric = 'EUCLIDEAN' | 'L2_SQUARED' | 'COSINE' | 'DOT' | 'MANHATTAN' | 'HAMMING'

/**
 * Attributes of a vector index that can be changed, by Oracle's names.
 *
 * @example
 * await pool.vectorIndex('HANDBOOK').setAttributes({ match_limit: 10, refresh_rate: 60 })
 */
export interface VectorIndexAttributeChanges {
  /** Tell the sources of an answer. */
  readonly enable_sources?: boolean | undefined
  /** The most chunks that are found for a question, 0 to 8192. Default of the database: 5. */
  readonly match_limit?: number | undefined
  /** The credential for a location that is not public. */
  readonly object_storage_credential_name?: string | undefined
  /** The profile whose provider and `embedding_model` make the embeddings. */
  readonly profile_name?: string | undefined
  /** Minutes from one load of new documents to the next. Default of the database: 1440, a day. */
  readonly refresh_rate?: number | undefined
  /** How near a chunk must be to a question to be found, 0 to 1. Default of the database: 0. */
  readonly similarity_threshold?: number | undefined
  /** Any other attribute that the database takes. */
  readonly [attribute: string]: unknown
}

/**
 * The attributes of a vector index, by Oracle's names. What is set is what is sent; for the rest the defaults of the database
 * apply. Attributes that this package does not know are sent as they are and read back as text.
 *
 * @example
 * const attributes: VectorIndexAttributes = {
 *   location: 'https://objectstorage.us-ashburn-1.oraclecloud.com/n/my_namespace/b/my_bucket/o/handbook/',
 *   object_storage_credential_name: 'OCI$RESOURCE_PRINCIPAL',
 *   profile_name: 'HANDBOOK',
 *   vector_db_provider: 'oracle',
 * }
 */
export interface VectorIndexAttributes extends VectorIndexAttributeChanges {
  /** Where the documents are: the URI of a folder or of files in an object store. */
  readonly location: string
  /** The profile whose provider and `embedding_model` make the embeddings. */
  readonly profile_name: string
  /** Characters that a chunk repeats of the one before. Default of the database: 128. */
  readonly chunk_overlap?: number | undefined
  /** The most characters of a chunk. Default of the database: 1024. */
  readonly chunk_size?: number | undefined
  /** The pipeline that loads the documents; told by the database, and not to be set. */
  readonly pipeline_name?: string | undefined
  /** The credential of a vector database of its own. */
  readonly vector_db_credential_name?: string | undefined
  /** The address of a vector database of its own. */
  readonly vector_db_endpoint?: string | undefined
  /** Where vectors are kept; `oracle` is this database. */
  readonly vector_db_provider?: 'oracle' | (string & {}) | undefined
  /** Numbers in a vector; those of the embedding model when left out. */
  readonly vector_dimension?: number | undefined
  /** How the distance of two vectors is measured. Default of the database: `COSINE`. */
  readonly vector_distance_metric?: VectorDistanceMetric | Lowercase<VectorDistanceMetric> | undefined
  /** The table for the chunks. Default of the database: the name of the index with `$VECTAB`. */
  readonly vector_table_name?: string | undefined
}

const metrics = ['EUCLIDEAN', 'L2_SQUARED', 'COSINE', 'DOT', 'MANHATTAN', 'HAMMING']

const metric: AttributeType = {
  fits: (value) => typeof value === 'string' && metrics.includes(value.toUpperCase()),
  expected: `one of ${metrics.join(', ')}`,
  read: (value) => value,
}

/** The attributes of vector indexes that are known here. Others stay as they are. */
export const vectorIndexAttributeTypes: AttributeTypes = new Map(
  Object.entries({
    chunk_overlap: wholeNumber,
    chunk_size: wholeNumber,
    enable_sources: truth,
    location: text,
    match_limit: wholeNumber,
    object_storage_credential_name: text,
    pipeline_name: text,
    profile_name: text,
    refresh_rate: number,
    similarity_threshold: number,
    vector_db_credential_name: text,
    vector_db_endpoint: text,
    vector_db_provider: text,
    vector_dimension: wholeNumber,
    vector_distance_metric: metric,
    vector_table_name: text,
  }),
)
