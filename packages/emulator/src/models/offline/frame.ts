import type { Expression, Query, SelectItem } from './query-form.ts'
import type { ColumnFacts, TableFacts } from './table-facts.ts'

/** What an answer shows, before it is settled which rows it is about. */
export interface Frame {
  readonly base: TableFacts
  readonly select: readonly SelectItem[]
  readonly groupBy: readonly Expression[]
  readonly order: Query['order']
  readonly distinct: boolean
  readonly having?: Query['having']
  readonly partition?: Query['partition'] | undefined
}

/** Columns of the primary key. */
export function keyColumns(facts: TableFacts): ColumnFacts[] {
  return facts.columns.filter(({ column }) => facts.table.primaryKey.includes(column.name))
}

export function columnExpression(facts: TableFacts, column: ColumnFacts | undefined): Expression {
  if (column === undefined) throw new RangeError('a column is missing')
  return { kind: 'column', facts, column }
}

/** An order without what an earlier part of it decides already. */
export function withoutRepeats(order: Query['order']): Query['order'] {
  const columnOf = (expression: Expression): unknown => (expression.kind === 'column' ? expression.column : expression)
  return order.filter(
    ({ expression }, index) =>
      order.findIndex((other) => columnOf(other.expression) === columnOf(expression)) === index,
  )
}
