import type { OracleValue } from '../values/oracle-value.ts'
import { keyText, type Row } from './key-text.ts'
import { type Query, quotedName } from './query.ts'
import type { ParentKey, TableShape } from './table-shape.ts'

/** Columns whose values are chosen together from a list: those of a foreign key, or one with few values. */
export interface Choice {
  readonly columns: readonly string[]
  readonly tuples: readonly (readonly OracleValue[])[]
}

/** The parents of a foreign key. */
export interface ParentChoice extends Choice {
  /** Whether a row refers to one of them, or to none because a column is NULL. */
  isKept(row: Row): boolean
}

/** So many parents are enough to choose from. */
const MOST_PARENTS = 10_000

/** The rows that a foreign key may refer to. */
export async function parentChoice(key: ParentKey, query: Query): Promise<ParentChoice> {
  const columns = key.parentColumns.map(quotedName).join(', ')
  const { rows } = await query(
    `SELECT DISTINCT ${columns} FROM ${quotedName(key.owner)}.${quotedName(key.table)}
      ORDER BY ${columns} FETCH FIRST ${MOST_PARENTS} ROWS ONLY`,
  )
  const tuples = rows.filter((row) => keyText(row) !== undefined)
  const known = new Set(tuples.map(keyText))
  const isKept = (row: Row): boolean => {
    const text = keyText(key.columns.map((column) => row.get(column) ?? null))
    return text === undefined || known.has(text)
  }
  return { columns: key.columns, tuples, isKept }
}

export function isOwnParent({ owner, name }: TableShape, key: ParentKey): boolean {
  return key.owner === owner && key.table === name
}

/** Sets the columns of a choice; false, and nothing is set, when some have other values already. */
export function choose(row: Row, { columns }: Choice, tuple: readonly OracleValue[]): boolean {
  if (!agrees(row, columns, tuple)) return false
  for (const [index, column] of columns.entries()) row.set(column, tuple[index] ?? null)
  return true
}

/** The tuples that go with the values that a row has already. */
export function agreeing(row: Row, { columns, tuples }: Choice): readonly (readonly OracleValue[])[] {
  return columns.some((column) => row.has(column)) ? tuples.filter((tuple) => agrees(row, columns, tuple)) : tuples
}

function agrees(row: Row, columns: readonly string[], tuple: readonly OracleValue[]): boolean {
  return columns.every(
    (column, index) => !row.has(column) || keyText([row.get(column) ?? null]) === keyText([tuple[index] ?? null]),
  )
}
