import type { CommonTable, Query, QueryBody } from '../parse/syntax-tree.ts'
import { translateBody, translateQuery } from './query.ts'
import type { Scope } from './scope.ts'
import type { CommonTablePlan, PlanColumn, QueryPlan, Translation } from './translation.ts'
import { visitTables } from './visit-tables.ts'

/** Translates WITH: each table may use those before it, and itself when it is a UNION ALL with a list of columns. */
export function translateCommonTables(
  definitions: readonly CommonTable[],
  translation: Translation,
  parent: Scope | undefined,
): { tables: readonly CommonTablePlan[]; text: string } {
  const tables: CommonTablePlan[] = []
  const texts: string[] = []
  for (const definition of definitions) {
    const { table, text } = translation.withCommonTables(tables, () => translateOne(definition, translation, parent))
    tables.push(table)
    texts.push(text)
  }
  return { tables, text: `WITH RECURSIVE ${texts.join(', ')}` }
}

function translateOne(
  definition: CommonTable,
  translation: Translation,
  parent: Scope | undefined,
): { table: CommonTablePlan; text: string } {
  const stored = translation.alias('w')
  const { body } = definition.query
  if (body.kind === 'set' && body.operator === 'UNION ALL' && refersTo(body.right, definition.name.name)) {
    return translateRecursive(definition, body, stored, translation, parent)
  }
  const plan = translateQuery(definition.query, translation, parent)
  const columns = renamed(plan.columns, definition, translation)
  return { table: { name: definition.name.name, stored, columns }, text: `${stored} AS (${plan.sql})` }
}

function translateRecursive(
  definition: CommonTable,
  body: Extract<QueryBody, { kind: 'set' }>,
  stored: string,
  translation: Translation,
  parent: Scope | undefined,
): { table: CommonTablePlan; text: string } {
  if (definition.columns.length === 0) {
    throw translation.error(definition.name.start, 32039, 'recursive WITH clause must have column alias list')
  }
  const anchor = translateBody(body.left, translation, parent)
  const columns = renamed(anchor.columns, definition, translation).map((column) => ({ ...column, nullable: true }))
  const table = { name: definition.name.name, stored, columns }
  const whole: Query = { ...definition.query, with: [], body: body.right }
  const step: QueryPlan = translation.withCommonTables([table], () => translateQuery(whole, translation, parent))
  if (step.columns.length !== columns.length) {
    throw translation.error(body.right.start, 1789, 'query block has incorrect number of result columns')
  }
  const names = columns.map((_, index) => `c${index + 1}`).join(', ')
  return { table, text: `${stored}(${names}) AS (${anchor.select([])} UNION ALL ${step.sql})` }
}

function renamed(
  columns: readonly PlanColumn[],
  definition: CommonTable,
  translation: Translation,
): readonly PlanColumn[] {
  if (definition.columns.length === 0) return columns
  if (definition.columns.length !== columns.length) {
    throw translation.error(
      definition.name.start,
      32038,
      'number of WITH clause column names does not match number of elements in select list',
    )
  }
  return columns.map((column, index) => ({ ...column, name: definition.columns[index]?.name ?? column.name }))
}

function refersTo(body: QueryBody, name: string): boolean {
  let found = false
  visitTables(body, (path) => {
    found ||= path.length === 1 && path[0]?.name === name
  })
  return found
}
