/** A table of a demo schema: what CREATE TABLE says between its brackets, and the comments. */
export interface DemoTable {
  readonly name: string
  readonly comment: string
  readonly columns: readonly DemoColumn[]
  /** Keys, as they stand in CREATE TABLE. */
  readonly constraints: readonly string[]
}

interface DemoColumn {
  readonly name: string
  /** Type and NOT NULL, for example `NUMBER(6) NOT NULL`. */
  readonly definition: string
  readonly comment: string
}

export function column(name: string, definition: string, comment: string): DemoColumn {
  return { name, definition, comment }
}

/** The table and its comments, one statement each. */
export function tableStatements(table: DemoTable): string[] {
  const lines = [...table.columns.map(({ name, definition }) => `${name} ${definition}`), ...table.constraints]
  return [
    `CREATE TABLE ${table.name} (\n  ${lines.join(',\n  ')}\n)`,
    `COMMENT ON TABLE ${table.name} IS ${literal(table.comment)}`,
    ...table.columns.map(({ name, comment }) => `COMMENT ON COLUMN ${table.name}.${name} IS ${literal(comment)}`),
  ]
}

function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}
