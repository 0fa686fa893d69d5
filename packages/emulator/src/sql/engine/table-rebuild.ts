import { OracleError } from '../../oracle-error.ts'
import type { CatalogColumn, CatalogTable } from '../catalog/catalog-entry.ts'
import { parseExpressionText } from '../parse/parse-statement.ts'
import { translateValue } from '../translate/expression.ts'
import { defaultScope } from '../translate/scope.ts'
import type { Translation } from '../translate/translation.ts'
import type { DefinitionContext } from './definition-context.ts'
import { tableText } from './table-text.ts'

/** Makes a table anew with other columns or constraints, and copies its rows. */
export function rebuild(before: CatalogTable, table: CatalogTable, context: DefinitionContext): void {
  const { catalog } = context
  catalog.put(table)
  try {
    copyTable(before, table, context)
    const orphan = context.storage.rows(`PRAGMA foreign_key_check(${table.stored})`)[0]
    if (orphan !== undefined)
      throw new OracleError(2298, `cannot validate (${constraintLabel(table)}) - parent keys not found`)
  } catch (error) {
    catalog.put(before)
    throw validationError(error, table)
  }
}

function copyTable(before: CatalogTable, table: CatalogTable, context: DefinitionContext): void {
  const { catalog, storage, translation, running } = context
  const temporary = `n${table.id}`
  storage.change(tableText(table, temporary, catalog, translation), [], running)
  const names = table.columns.map((column) => column.stored).join(', ')
  const values = table.columns.map((column) => copiedValue(column, before, table, translation)).join(', ')
  storage.change(`INSERT INTO ${temporary} (${names}) SELECT ${values} FROM ${table.stored}`, [], running)
  storage.execute('PRAGMA legacy_alter_table = ON')
  storage.change(`DROP TABLE ${table.stored}`, [], running)
  storage.change(`ALTER TABLE ${temporary} RENAME TO ${table.stored}`, [], running)
  for (const index of catalog.indexes()) {
    if (index.tableOwner !== table.owner || index.table !== table.name) continue
    const unique = index.unique ? 'UNIQUE ' : ''
    storage.change(`CREATE ${unique}INDEX i${index.id} ON ${table.stored} (${index.terms})`, [], running)
  }
}

/** The constraint added last, which is the one that existing rows may violate. */
function constraintLabel(table: CatalogTable): string {
  return `${table.owner}.${table.constraints.at(-1)?.name ?? table.name}`
}

function validationError(error: unknown, table: CatalogTable): unknown {
  if (!(error instanceof Error) || error instanceof OracleError) return error
  const label = constraintLabel(table)
  if (error.message.startsWith('UNIQUE')) {
    const primary = table.constraints.at(-1)?.kind === 'primary'
    if (primary) return new OracleError(2437, `cannot validate (${label}) - primary key violated`)
    return new OracleError(2299, `cannot validate (${label}) - duplicate keys found`)
  }
  if (error.message.startsWith('CHECK'))
    return new OracleError(2293, `cannot validate (${label}) - check constraint violated`)
  if (error.message.startsWith('NOT NULL')) return new OracleError(2296, `cannot enable (${label}) - null values found`)
  return error
}

function copiedValue(
  column: CatalogColumn,
  before: CatalogTable,
  table: CatalogTable,
  translation: Translation,
): string {
  const old = before.columns.find((candidate) => candidate.stored === column.stored)
  if (old === undefined) return addedValue(column, table, translation)
  return old.type === column.type ? column.stored : `ora_store(${column.stored}, '${table.stored}.${column.stored}')`
}

function addedValue(column: CatalogColumn, table: CatalogTable, translation: Translation): string {
  if (column.identity !== undefined) return `ora_identity('${table.stored}.${column.stored}')`
  if (column.defaultText === undefined) return 'NULL'
  const value = translateValue(parseExpressionText(column.defaultText), defaultScope(), translation)
  return `ora_store(${value.sql}, '${table.stored}.${column.stored}')`
}
