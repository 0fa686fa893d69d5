import type { OracleType } from '../values/oracle-type.ts'
import type { ColumnDescription, ForeignKey, SchemaDescription, TableDescription } from './schema-description.ts'

/** The schema as a model is told about it: one CREATE TABLE for each table, comments and annotations beside what they explain. */
export function schemaPrompt(schema: SchemaDescription): string {
  return schema.tables.map(tableText).join('\n\n')
}

function tableText(table: TableDescription): string {
  const keys = [
    ...(table.primaryKey.length > 0 ? [`PRIMARY KEY (${names(table.primaryKey)})`] : []),
    ...table.foreignKeys.map(foreignKeyText),
  ]
  const lines = [
    ...table.columns.map((column) => [columnText(column), column.comment] as const),
    ...keys.map((key) => [key, undefined] as const),
  ]
  const body = lines.map(([line, comment], index) => {
    const comma = index < lines.length - 1 ? ',' : ''
    return `  ${line}${comma}${comment === undefined ? '' : ` -- ${comment.replaceAll('\n', ' ')}`}`
  })
  const heading = table.comment === undefined ? '' : `-- ${table.comment.replaceAll('\n', ' ')}\n`
  return `${heading}CREATE TABLE ${qualified(table.owner, table.name)} (\n${body.join('\n')}\n)${annotationText(table)}`
}

function columnText(column: ColumnDescription): string {
  return `"${column.name}" ${typeText(column.type)}${annotationText(column)}`
}

function annotationText({ annotations = [] }: Pick<ColumnDescription, 'annotations'>): string {
  if (annotations.length === 0) return ''
  const parts = annotations.map(({ name, value }) => {
    const text = value === undefined ? '' : ` '${value.replaceAll("'", "''").replaceAll('\n', ' ')}'`
    return `"${name}"${text}`
  })
  return ` ANNOTATIONS (${parts.join(', ')})`
}

function foreignKeyText(key: ForeignKey): string {
  const { owner, table, columns } = key.references
  return `FOREIGN KEY (${names(key.columns)}) REFERENCES ${qualified(owner, table)} (${names(columns)})`
}

function qualified(owner: string, name: string): string {
  return `"${owner}"."${name}"`
}

function names(columns: readonly string[]): string {
  return columns.map((column) => `"${column}"`).join(', ')
}

function typeText(type: OracleType): string {
  if ('length' in type) return `${type.name}(${type.length})`
  if (type.name !== 'NUMBER') return type.name
  if (type.precision === 0) return 'NUMBER'
  return type.scale === 0 ? `NUMBER(${type.precision})` : `NUMBER(${type.precision},${type.scale})`
}
