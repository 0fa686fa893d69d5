import { describeObjects, type ObjectRow } from '../attributes/describe-objects.ts'
import { type VectorIndexAttributes, vectorIndexAttributeTypes } from './vector-index-attributes.ts'

/** A vector index as the database has it; frozen. */
export interface VectorIndexDescription {
  /** The name as the database spells it, in upper case. */
  readonly name: string
  /** The owner, when the index was looked for by its owner's name. */
  readonly owner?: string
  /** Only an enabled index is kept up to date and answers. */
  readonly status: 'enabled' | 'disabled'
  /** The description, when there is one. */
  readonly description?: string
  /** When it was created; to the millisecond. */
  readonly created: Date
  /** When it was changed last; to the millisecond. */
  readonly lastModified: Date
  /** All its attributes, with those that the database adds: those that are known as typed values, others as text. */
  readonly attributes: VectorIndexAttributes
}

/** A vector index with one of its attributes, as the dictionary views have them. */
export interface VectorIndexRow extends ObjectRow {
  readonly INDEX_NAME: string
}

/** The indexes of rows that have one attribute each, in the order of the rows. */
export function readVectorIndexes(rows: readonly VectorIndexRow[]): readonly VectorIndexDescription[] {
  return describeObjects(rows, ({ INDEX_NAME }) => INDEX_NAME, vectorIndexAttributeTypes)
}
