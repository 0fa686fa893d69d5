import { deepFreeze } from '../pool/deep-freeze.ts'
import { groupRows } from '../pool/group-rows.ts'
import type { TextRow } from '../pool/query-texts.ts'
import { type AttributeTypes, readValue } from './attribute-types.ts'

/** An object with one of its attributes, as the dictionary views have them. */
export interface ObjectRow extends TextRow {
  readonly OWNER?: string
  readonly STATUS: string
  readonly DESCRIPTION: string | null
  readonly CREATED: Date
  readonly LAST_MODIFIED: Date
  /** Null for an object without attributes. */
  readonly ATTRIBUTE_NAME: string | null
  readonly ATTRIBUTE_VALUE: string | null
}

/** An object as the database has it. */
export interface ObjectDescription<Attributes> {
  readonly name: string
  readonly owner?: string
  readonly status: 'enabled' | 'disabled'
  readonly description?: string
  readonly created: Date
  readonly lastModified: Date
  readonly attributes: Attributes
}

/**
 * The objects of rows that have one attribute each, in the order of the rows; frozen. Attributes have their lower-case names: those
 * of known types as values, others as text.
 */
export function describeObjects<Row extends ObjectRow, Attributes>(
  rows: readonly Row[],
  nameOf: (row: Row) => string,
  types: AttributeTypes,
): readonly ObjectDescription<Attributes>[] {
  return Object.freeze(
    groupRows(rows, nameOf).map((ofObject) => describeObject<Attributes>(nameOf(ofObject[0] as Row), ofObject, types)),
  )
}

function describeObject<Attributes>(
  name: string,
  rows: readonly ObjectRow[],
  types: AttributeTypes,
): ObjectDescription<Attributes> {
  const [first] = rows as [ObjectRow]
  const attributes = rows.flatMap(({ ATTRIBUTE_NAME, ATTRIBUTE_VALUE }) => {
    if (ATTRIBUTE_NAME === null || ATTRIBUTE_VALUE === null) return []
    const attribute = ATTRIBUTE_NAME.toLowerCase()
    return [[attribute, readValue(types, attribute, ATTRIBUTE_VALUE)] as const]
  })
  return Object.freeze({
    name,
    ...(first.OWNER === undefined ? {} : { owner: first.OWNER }),
    status: first.STATUS.toUpperCase() === 'ENABLED' ? 'enabled' : 'disabled',
    ...(first.DESCRIPTION === null ? {} : { description: first.DESCRIPTION }),
    created: first.CREATED,
    lastModified: first.LAST_MODIFIED,
    attributes: deepFreeze(Object.fromEntries(attributes)) as Attributes,
  })
}
