import type { CatalogColumn, CatalogTable } from '../catalog/catalog-entry.ts'
import { isDefault } from '../parse/default-value.ts'
import { parseExpressionText } from '../parse/parse-statement.ts'
import type { Expression, Identifier, Returning, Statement, TableName } from '../parse/syntax-tree.ts'
import { familyOf } from '../values/sql-value.ts'
import { translateTest, translateValue } from './expression.ts'
import { findObject, missingTable } from './from.ts'
import { quotedPath } from './names.ts'
import { convertOperand } from './operand.ts'
import { translateQuery } from './query.ts'
import { RowNumbering } from './row-numbering.ts'
import { defaultScope, type Operand, Scope, type Source } from './scope.ts'
import type { PlanColumn, Translation } from './translation.ts'
import { conjunctsOf, isBareName, someExpression } from './visit.ts'

/** A translated INSERT, UPDATE or DELETE. */
export interface ChangePlan {
  readonly kind: 'insert' | 'update' | 'delete'
  readonly table: CatalogTable
  readonly sql: string
  /** The columns of RETURNING. */
  readonly returning: readonly PlanColumn[]
}

type Insert = Extract<Statement, { kind: 'insert' }>
type Update = Extract<Statement, { kind: 'update' }>
type Delete = Extract<Statement, { kind: 'delete' }>

/** Finds a table whose rows the user may change in all the ways wanted. @throws OracleError ORA-00942, ORA-01031, ORA-01732 */
export function resolveTarget(
  target: TableName,
  translation: Translation,
  ...privileges: readonly ('INSERT' | 'UPDATE' | 'DELETE')[]
): CatalogTable {
  const owner = target.path.length > 1 ? target.path[0]?.name : undefined
  const name = target.path.at(-1)?.name ?? ''
  const object = target.path.length > 2 ? undefined : findObject(owner, name, translation)
  const start = target.path[0]?.start ?? 0
  if (object === undefined) throw missingTable(target.path, translation)
  if (object.kind === 'view') throw translation.error(start, 1732, 'data manipulation operation not legal on this view')
  const { catalog, user } = translation.environment
  if (!privileges.every((privilege) => catalog.mayChangeRows(user, object.owner, object.name, privilege))) {
    throw translation.error(start, 1031, 'insufficient privileges')
  }
  if (privileges.includes('INSERT') && !catalog.systemGrants.hasQuota(object.owner)) {
    throw translation.error(start, 1950, "no privileges on tablespace 'USERS'")
  }
  return object
}

export function findTargetColumn(table: CatalogTable, name: Identifier, translation: Translation): CatalogColumn {
  const column = table.columns.find((candidate) => candidate.name === name.name)
  if (column === undefined) throw translation.error(name.start, 904, `${quotedPath([name])}: invalid identifier`)
  return column
}

/** The column's stored form of a value: converted to its type and checked against its length. */
function storeText(
  operand: Operand,
  table: CatalogTable,
  column: CatalogColumn,
  position: number,
  translation: Translation,
): string {
  const value = convertOperand(operand, familyOf(column.type), translation, position)
  return value.sql === 'NULL' ? 'NULL' : `ora_store(${value.sql}, '${table.stored}.${column.stored}')`
}

function defaultText(table: CatalogTable, column: CatalogColumn, translation: Translation): string {
  if (column.identity !== undefined) return `ora_identity('${table.stored}.${column.stored}')`
  if (column.defaultText === undefined) return 'NULL'
  const value = translateValue(parseExpressionText(column.defaultText), defaultScope(), translation)
  return storeText(value, table, column, 0, translation)
}

export function sourceOf(table: CatalogTable, target: TableName, prefix: string): Source {
  const columns = table.columns.map((column) => ({
    name: column.name,
    type: column.type,
    nullable: column.nullable,
    sql: `${prefix}${column.stored}`,
  }))
  const name = target.alias?.name ?? table.name
  const owner = target.alias === undefined ? table.owner : undefined
  return { alias: '', name, owner, columns, rowid: `'${table.id}:' || ${prefix}rowid` }
}

export function translateInsert(node: Insert, translation: Translation): ChangePlan {
  const table = resolveTarget(node.table, translation, 'INSERT')
  const columns =
    node.columns.length === 0 ? table.columns : node.columns.map((name) => findTargetColumn(table, name, translation))
  const duplicate = node.columns.find(
    (name, index) => node.columns.findIndex((other) => other.name === name.name) !== index,
  )
  if (duplicate !== undefined) throw translation.error(duplicate.start, 957, 'duplicate column name')
  const place = (given: (index: number) => string): string =>
    table.columns
      .map((column) => {
        const index = columns.indexOf(column)
        return index === -1 ? defaultText(table, column, translation) : given(index)
      })
      .join(', ')
  const stored = table.columns.map((column) => column.stored).join(', ')
  const head = `INSERT INTO ${table.stored} (${stored})`
  const returning = translateReturning(node.returning, table, node.table, translation)
  if ('kind' in node.source) {
    const rows = node.source.values.map((values) => {
      checkWidth(columns.length, values.length, node.table.path[0]?.start ?? 0, translation)
      const stored = insertedValues(columns, values, table, defaultScope(), translation)
      return `(${stored.map(({ sql }) => sql).join(', ')})`
    })
    return {
      kind: 'insert',
      table,
      sql: `${head} VALUES ${rows.join(', ')}${returning.text}`,
      returning: returning.columns,
    }
  }
  const plan = translateQuery(node.source, translation, undefined)
  checkWidth(columns.length, plan.columns.length, node.table.path[0]?.start ?? 0, translation)
  const items = place((index) => {
    const operand = { ...(plan.columns[index] as PlanColumn), sql: `q.c${index + 1}` }
    const column = columns[index] as CatalogColumn
    if (column.identity?.always) throw generatedAlways(node.table.path[0]?.start ?? 0, translation)
    return orGenerated(storeText(operand, table, column, 0, translation), table, column, translation)
  })
  // WHERE true keeps the engine from reading ON CONFLICT into the join.
  const sql = `${head} SELECT ${items} FROM (${plan.sql}) AS q WHERE true${returning.text}`
  return { kind: 'insert', table, sql, returning: returning.columns }
}

/** A NULL takes a number in a column that is GENERATED BY DEFAULT ON NULL. */
function orGenerated(sql: string, table: CatalogTable, column: CatalogColumn, translation: Translation): string {
  return column.identity?.onNull ? `coalesce(${sql}, ${defaultText(table, column, translation)})` : sql
}

function generatedAlways(position: number, translation: Translation): Error {
  return translation.error(position, 32795, 'cannot insert into a generated always identity column')
}

function checkWidth(expected: number, actual: number, position: number, translation: Translation): void {
  if (actual > expected) throw translation.error(position, 913, 'too many values')
  if (actual < expected) throw translation.error(position, 947, 'not enough values')
}

export function translateUpdate(node: Update, translation: Translation): ChangePlan {
  const table = resolveTarget(node.table, translation, 'UPDATE')
  const alias = translation.alias('t')
  const scope = new Scope(undefined)
  scope.sources.push(sourceOf(table, node.table, `${alias}.`))
  const assignments = scope.within({ takesSequences: true }, () =>
    translateAssignments(node.assignments, table, scope, translation),
  )
  const where = changeWhere(node.where, node.table, table, alias, scope, translation)
  const returning = translateReturning(node.returning, table, node.table, translation)
  const sql = `UPDATE ${table.stored} AS ${alias} SET ${assignments}${where}${returning.text}`
  return { kind: 'update', table, sql, returning: returning.columns }
}

function translateAssignments(
  nodes: Update['assignments'],
  table: CatalogTable,
  scope: Scope,
  translation: Translation,
): string {
  checkAssignedOnce(nodes, translation)
  return nodes
    .map((node) => {
      const columns = node.columns.map((name) => findTargetColumn(table, name, translation))
      if (columns.length > 1) return assignSubquery(columns, node.value, table, scope, translation)
      return assignedValues([node], table, scope, translation)
        .map(({ column, sql }) => `${column.stored} = ${sql}`)
        .join(', ')
    })
    .join(', ')
}

function checkAssignedOnce(nodes: Update['assignments'], translation: Translation): void {
  const seen = new Set<string>()
  for (const name of nodes.flatMap(({ columns }) => columns)) {
    if (seen.has(name.name)) throw translation.error(name.start, 957, 'duplicate column name')
    seen.add(name.name)
  }
}

/** The new values of single columns, in the form in which they are stored. */
export function assignedValues(
  nodes: Update['assignments'],
  table: CatalogTable,
  scope: Scope,
  translation: Translation,
): readonly { column: CatalogColumn; sql: string }[] {
  return nodes.map(({ columns: [name, ...others], value }) => {
    if (name === undefined || others.length > 0) throw translation.error(value.start, 3001, 'unimplemented feature')
    const column = findTargetColumn(table, name, translation)
    if (column.identity?.always && !isDefault(value)) {
      throw translation.error(name.start, 32796, 'cannot update a generated always identity column')
    }
    const sql = isDefault(value)
      ? defaultText(table, column, translation)
      : storeText(translateValue(value, scope, translation), table, column, value.start, translation)
    return { column, sql }
  })
}

/** A value for each column of the table: the given ones, and defaults for the rest. */
export function insertedValues(
  columns: readonly CatalogColumn[],
  values: readonly Expression[],
  table: CatalogTable,
  scope: Scope,
  translation: Translation,
): readonly { column: CatalogColumn; sql: string }[] {
  checkWidth(columns.length, values.length, values[0]?.start ?? 0, translation)
  return table.columns.map((column) => {
    const value = values[columns.indexOf(column)]
    if (value === undefined || isDefault(value)) return { column, sql: defaultText(table, column, translation) }
    if (column.identity?.always) throw generatedAlways(value.start, translation)
    const sql = storeText(translateValue(value, scope, translation), table, column, value.start, translation)
    return { column, sql: orGenerated(sql, table, column, translation) }
  })
}

/** SET (a, b) = (SELECT ...): no row makes the columns NULL, a second row is an error. */
function assignSubquery(
  columns: readonly CatalogColumn[],
  value: Expression,
  table: CatalogTable,
  scope: Scope,
  translation: Translation,
): string {
  if (value.kind !== 'subquery')
    throw translation.error(value.start, 1767, 'UPDATE ... SET expression must be a subquery')
  const plan = translateQuery(value.query, translation, scope)
  checkWidth(columns.length, plan.columns.length, value.start, translation)
  const items = columns.map((column, index) => {
    const sql = `CASE WHEN count(*) > 1 THEN ora_raise('1427') ELSE max(q.c${index + 1}) END`
    return storeText({ ...(plan.columns[index] as PlanColumn), sql }, table, column, value.start, translation)
  })
  const names = columns.map((column) => column.stored).join(', ')
  return `(${names}) = (SELECT ${items.join(', ')} FROM (SELECT * FROM (${plan.sql}) LIMIT 2) AS q)`
}

export function translateDelete(node: Delete, translation: Translation): ChangePlan {
  const table = resolveTarget(node.table, translation, 'DELETE')
  const alias = translation.alias('t')
  const scope = new Scope(undefined)
  scope.sources.push(sourceOf(table, node.table, `${alias}.`))
  const where = changeWhere(node.where, node.table, table, alias, scope, translation)
  const returning = translateReturning(node.returning, table, node.table, translation)
  return {
    kind: 'delete',
    table,
    sql: `DELETE FROM ${table.stored} AS ${alias}${where}${returning.text}`,
    returning: returning.columns,
  }
}

/** The WHERE of a change; with ROWNUM in it, the rows are found by a numbering subquery. */
function changeWhere(
  where: Expression | undefined,
  target: TableName,
  table: CatalogTable,
  alias: string,
  scope: Scope,
  translation: Translation,
): string {
  if (where === undefined) return ''
  const numbered = (part: Expression) => someExpression(part, (inner) => isBareName(inner, 'ROWNUM'))
  if (!numbered(where)) return ` WHERE ${translateTest(where, scope, translation)}`
  const inner = new Scope(undefined)
  const innerAlias = translation.alias('t')
  inner.sources.push(sourceOf(table, target, `${innerAlias}.`))
  const conjuncts = conjunctsOf(where)
  const tests = conjuncts.filter((part) => !numbered(part)).map((part) => translateTest(part, inner, translation))
  const numbering = new RowNumbering(conjuncts, `${table.stored} AS ${innerAlias}`, tests, inner, translation)
  const rowid = inner.read(`${innerAlias}.rowid`)
  return ` WHERE ${alias}.rowid IN (SELECT ${rowid} FROM ${numbering.from()})`
}

/** RETURNING sees the table's columns without alias. */
function translateReturning(
  returning: Returning | undefined,
  table: CatalogTable,
  target: TableName,
  translation: Translation,
): { text: string; columns: readonly PlanColumn[] } {
  if (returning === undefined) return { text: '', columns: [] }
  const scope = new Scope(undefined)
  scope.sources.push(sourceOf(table, target, ''))
  const operands = returning.values.map(({ value }) => translateValue(value, scope, translation))
  const items = operands.map((operand, index) => `${operand.sql} AS c${index + 1}`)
  const columns = operands.map((operand, index) => ({
    name: returning.values[index]?.heading ?? '',
    type: operand.type,
    nullable: operand.nullable,
  }))
  return { text: ` RETURNING ${items.join(', ')}`, columns }
}
