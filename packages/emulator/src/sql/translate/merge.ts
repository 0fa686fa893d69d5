import { OracleError } from '../../oracle-error.ts'
import type { CatalogColumn, CatalogTable } from '../catalog/catalog-entry.ts'
import type { Expression, MergeStatement } from '../parse/syntax-tree.ts'
import { assignedValues, findTargetColumn, insertedValues, resolveTarget, sourceOf } from './change.ts'
import { translateTest } from './expression.ts'
import { translateTable } from './from.ts'
import { Scope } from './scope.ts'
import type { Translation } from './translation.ts'

type NativeValue = string | number | bigint | Uint8Array | null

interface MergeStep {
  readonly kind: 'insert' | 'update' | 'delete'
  readonly sql: string
  readonly values: readonly NativeValue[]
  /** Whether the row counts as one that was merged; a deleted row was counted when it was updated. */
  readonly counts: boolean
}

/** A MERGE: one query finds what is to be done for each source row, then the rows are changed one by one. */
export interface MergePlan {
  readonly table: CatalogTable
  readonly source: string
  /** The changes for one row of the source query. @throws OracleError ORA-30926 */
  steps(row: readonly NativeValue[]): readonly MergeStep[]
}

export function translateMerge(node: MergeStatement, translation: Translation): MergePlan {
  const table = resolveTarget(
    node.table,
    translation,
    ...(node.update === undefined ? [] : (['UPDATE'] as const)),
    ...(node.insert === undefined ? [] : (['INSERT'] as const)),
  )
  const scope = new Scope(undefined)
  const from = translateTable(node.source, scope, translation)
  const sourceOnly = new Scope(undefined)
  sourceOnly.sources.push(...scope.sources)
  const alias = translation.alias('t')
  scope.sources.push(sourceOf(table, node.table, `${alias}.`))
  const on = translateTest(node.on, scope, translation)
  const update = node.update
  const assigned = update === undefined ? [] : assignedValues(update.assignments, table, scope, translation)
  const { insert } = node
  const inserted =
    insert === undefined
      ? []
      : sourceOnly.within({ takesSequences: true }, () => insertColumns(insert, table, sourceOnly, translation))
  const test = (condition: Expression | undefined, inScope: Scope) =>
    condition === undefined ? '1' : translateTest(condition, inScope, translation)
  const items = [
    `${alias}.rowid`,
    update === undefined ? '0' : test(update.where, scope),
    node.insert === undefined ? '0' : test(node.insert.where, sourceOnly),
    ...assigned.map(({ sql }) => sql),
    ...inserted.map(({ sql }) => sql),
  ].map((sql, index) => `${sql} AS c${index + 1}`)
  const deleteText = deleteStatement(node, table, translation)
  const sets = assigned.map(({ column }, index) => `${column.stored} = ?${index + 2}`).join(', ')
  const names = inserted.map(({ column }) => column.stored).join(', ')
  const marks = inserted.map((_, index) => `?${index + 1}`).join(', ')
  const seen = new Set<NativeValue>()
  return {
    table,
    source: `SELECT ${items.join(', ')} FROM (SELECT 1) JOIN ${from} LEFT JOIN ${table.stored} AS ${alias} ON ${on}`,
    steps: ([rowid = null, updates = 0, inserts = 0, ...values]) => {
      if (rowid === null) {
        if (inserts !== 1) return []
        const sql = `INSERT INTO ${table.stored} (${names}) VALUES (${marks})`
        return [{ kind: 'insert', sql, values: values.slice(assigned.length), counts: true }]
      }
      if (updates !== 1) return []
      if (seen.has(rowid)) throw new OracleError(30926, 'unable to get a stable set of rows in the source tables')
      seen.add(rowid)
      const sql = `UPDATE ${table.stored} SET ${sets} WHERE rowid = ?1`
      const change: MergeStep = {
        kind: 'update',
        sql,
        values: [rowid, ...values.slice(0, assigned.length)],
        counts: true,
      }
      return deleteText === undefined
        ? [change]
        : [change, { kind: 'delete', sql: deleteText, values: [rowid], counts: false }]
    },
  }
}

/** DELETE WHERE looks at the row as it is after the update; it may use the target's columns. */
function deleteStatement(node: MergeStatement, table: CatalogTable, translation: Translation): string | undefined {
  const condition = node.update?.deleteWhere
  if (condition === undefined) return undefined
  const scope = new Scope(undefined)
  scope.sources.push(sourceOf(table, node.table, ''))
  return `DELETE FROM ${table.stored} WHERE rowid = ?1 AND ${translateTest(condition, scope, translation)}`
}

function insertColumns(
  insert: NonNullable<MergeStatement['insert']>,
  table: CatalogTable,
  scope: Scope,
  translation: Translation,
): readonly { column: CatalogColumn; sql: string }[] {
  const columns =
    insert.columns.length === 0
      ? table.columns
      : insert.columns.map((name) => findTargetColumn(table, name, translation))
  return insertedValues(columns, insert.values, table, scope, translation)
}
