import { unifyTypes } from '../functions/result-type.ts'
import type { OrderItem, Query, QueryBody } from '../parse/syntax-tree.ts'
import { familyOf, NULL_TYPE } from '../values/sql-value.ts'
import { translateCommonTables } from './common-tables.ts'
import { convertOperand } from './operand.ts'
import { orderTerm } from './order-term.ts'
import { limitText, withTies } from './row-limit.ts'
import type { Scope } from './scope.ts'
import { type Block, translateSelect } from './select-block.ts'
import type { PlanColumn, QueryPlan, Translation } from './translation.ts'

/** Translates a query with WITH, set operators, ORDER BY and row limit. */
export function translateQuery(query: Query, translation: Translation, parent: Scope | undefined): QueryPlan {
  if (query.with.length === 0) return translateOrdered(query, translation, parent)
  const { tables, text } = translateCommonTables(query.with, translation, parent)
  const plan = translation.withCommonTables(tables, () => translateOrdered(query, translation, parent))
  const main = plan.sql.startsWith('SELECT') ? plan.sql : `SELECT * FROM (${plan.sql})`
  return { ...plan, sql: `${text} ${main}` }
}

function translateOrdered(query: Query, translation: Translation, parent: Scope | undefined): QueryPlan {
  const block = translateBody(query.body, translation, parent)
  const terms = query.orderBy.map((item) => orderTerm(item, block.order(item)))
  if (query.fetch?.ties === true || query.fetch?.percent === true) {
    return { columns: block.columns, single: false, sql: withTies(query, block, terms, translation) }
  }
  const limit = limitText(query, translation)
  // The engine may drop the order of a subquery, but never when it has a limit.
  const ordered = terms.length > 0 ? ` ORDER BY ${terms.join(', ')}${limit === '' ? ' LIMIT -1' : ''}` : ''
  const single = block.single || (query.fetch !== undefined && query.fetch.rows === undefined)
  return { columns: block.columns, single, sql: `${block.select([])}${ordered}${limit}` }
}

/** Translates a query block or a combination of them, without order. */
export function translateBody(body: QueryBody, translation: Translation, parent: Scope | undefined): Block {
  if (body.kind === 'select') return translateSelect(body, translation, parent)
  if (body.kind === 'nested') {
    const plan = translateQuery(body.query, translation, parent)
    return blockOf(plan.columns, plan.sql, plan.single, translation)
  }
  const left = translateBody(body.left, translation, parent)
  const right = translateBody(body.right, translation, parent)
  return combine(body, left, right, translation)
}

function combine(
  body: Extract<QueryBody, { kind: 'set' }>,
  left: Block,
  right: Block,
  translation: Translation,
): Block {
  if (left.columns.length !== right.columns.length) {
    throw translation.error(body.right.start, 1789, 'query block has incorrect number of result columns')
  }
  const columns = left.columns.map((column, index): PlanColumn => {
    const other = right.columns[index] as PlanColumn
    const type = unifyTypes([column.type, other.type])
    if (type === undefined) {
      throw translation.error(body.left.start, 1790, 'expression must have same datatype as corresponding expression')
    }
    return { name: column.name, type, nullable: column.nullable || other.nullable }
  })
  const sql = `${convertColumns(left, columns, translation)} ${body.operator} ${convertColumns(right, columns, translation)}`
  return blockOf(columns, sql, false, translation)
}

function convertColumns(block: Block, columns: readonly PlanColumn[], translation: Translation): string {
  const items = block.columns.map((column, index) => {
    const target = (columns[index] as PlanColumn).type
    const operand = { ...column, sql: `c${index + 1}` }
    const converted = column.type === NULL_TYPE ? operand : convertOperand(operand, familyOf(target), translation, 0)
    return `${converted.sql} AS c${index + 1}`
  })
  return `SELECT ${items.join(', ')} FROM (${block.select([])})`
}

/** A block that stands for finished text; its rows are ordered by position or column name only. */
function blockOf(columns: readonly PlanColumn[], sql: string, single: boolean, translation: Translation): Block {
  return {
    columns,
    single,
    select: (extra) => (extra.length === 0 ? sql : `SELECT *, ${extra.join(', ')} FROM (${sql})`),
    order: (item) => `c${orderPosition(item, columns, translation) + 1}`,
  }
}

/** The column that an ORDER BY term names, counted from 0. @throws OracleError ORA-01785, ORA-00904 */
function orderPosition(item: OrderItem, columns: readonly PlanColumn[], translation: Translation): number {
  const { value } = item
  if (value.kind === 'number') {
    const position = Number(value.value)
    if (Number.isInteger(position) && position >= 1 && position <= columns.length) return position - 1
  } else if (value.kind === 'name') {
    const index = columns.findIndex((column) => column.name === value.path.at(-1)?.name)
    if (index !== -1) return index
    const text = value.path.map((part) => `"${part.name}"`).join('.')
    throw translation.error(value.start, 904, `${text}: invalid identifier`)
  }
  throw translation.error(value.start, 1785, 'ORDER BY item must be the number of a SELECT-list expression')
}
