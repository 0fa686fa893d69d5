import type { Catalog } from '../catalog/catalog.ts'
import type { CatalogConstraint, CatalogTable } from '../catalog/catalog-entry.ts'
import { parseExpressionText } from '../parse/parse-statement.ts'
import { translateTest } from '../translate/expression.ts'
import { Scope } from '../translate/scope.ts'
import type { Translation } from '../translate/translation.ts'

/** The engine's CREATE TABLE for a table of the catalog. */
export function tableText(table: CatalogTable, stored: string, catalog: Catalog, translation: Translation): string {
  const columns = table.columns.map((column) => `${column.stored}${column.nullable ? '' : ' NOT NULL'}`)
  const constraints = table.constraints.flatMap((constraint) => {
    const text = constraintText(constraint, table, catalog, translation)
    return text === undefined ? [] : [text]
  })
  return `CREATE TABLE ${stored} (${[...columns, ...constraints].join(', ')})`
}

function constraintText(
  constraint: CatalogConstraint,
  table: CatalogTable,
  catalog: Catalog,
  translation: Translation,
): string | undefined {
  const columns = storedNames(table, constraint.columns)
  switch (constraint.kind) {
    case 'primary':
      return `PRIMARY KEY (${columns})`
    case 'unique':
      return `UNIQUE (${columns})`
    case 'check':
      return `CONSTRAINT "${constraint.name}" CHECK (${checkText(constraint, table, translation)})`
    case 'foreign': {
      const { references } = constraint
      if (references === undefined) return undefined
      // A table that refers to itself may not be in the catalog yet.
      const own = references.table === table.name && references.owner === table.owner
      const parent = own ? table : catalog.find(references.owner, references.table)
      if (parent?.kind !== 'table') return undefined
      const onDelete = constraint.onDelete === undefined ? '' : ` ON DELETE ${constraint.onDelete}`
      return `FOREIGN KEY (${columns}) REFERENCES ${parent.stored} (${storedNames(parent, references.columns)})${onDelete}`
    }
    case 'not-null':
      return undefined
  }
}

function checkText(constraint: CatalogConstraint, table: CatalogTable, translation: Translation): string {
  const scope = new Scope(undefined)
  const columns = table.columns.map((column) => ({
    name: column.name,
    type: column.type,
    nullable: column.nullable,
    sql: column.stored,
  }))
  scope.sources.push({ alias: '', name: table.name, owner: table.owner, columns, rowid: undefined })
  return translateTest(parseExpressionText(constraint.condition ?? ''), scope, translation)
}

function storedNames(table: CatalogTable, names: readonly string[]): string {
  return names.map((name) => table.columns.find((column) => column.name === name)?.stored ?? name).join(', ')
}
