import type { OrderItem } from '../parse/syntax-tree.ts'

/** One term of an ORDER BY in the engine's text: NULL is greater than all values unless said otherwise. */
export function orderTerm(item: OrderItem, sql: string): string {
  const nulls = item.nulls ?? (item.descending ? 'FIRST' : 'LAST')
  return `${sql} ${item.descending ? 'DESC' : 'ASC'} NULLS ${nulls}`
}
