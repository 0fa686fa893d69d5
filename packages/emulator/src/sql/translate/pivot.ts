import type {
  CallExpression,
  Expression,
  Identifier,
  PivotReference,
  Query,
  QueryBody,
  SelectBlock,
  SelectItem,
  TableReference,
  UnpivotReference,
} from '../parse/syntax-tree.ts'
import { translateTable } from './from.ts'
import { Scope } from './scope.ts'
import type { Translation } from './translation.ts'
import { visitExpressions } from './visit.ts'

/** PIVOT as the query that it stands for: grouped by what it does not name, with one aggregate for each value. */
export function pivotQuery(node: PivotReference, scope: Scope, translation: Translation): Query {
  const used = new Set(node.columns.map(({ name }) => name))
  visitExpressions(node.aggregates, (part) => {
    if (part.kind === 'name') used.add(part.path.at(-1)?.name ?? '')
  })
  const kept = columnsOf(node.source, scope, translation).filter((name) => !used.has(name))
  const groups = kept.map((name) => named(name, node.start))
  const items = node.values.flatMap((value) =>
    node.aggregates.map((aggregate): SelectItem => {
      const suffix = aggregate.alias === undefined ? '' : `_${aggregate.alias.name}`
      const name = `${value.alias?.name ?? value.heading}${suffix}`
      const call = aggregateOf(aggregate.value, testOf(node, value.value, translation), translation)
      return { kind: 'value', value: call, heading: name, alias: quoted(name, node.start) }
    }),
  )
  return queryOf({
    ...blockOf(node.source, node.start),
    items: [...groups.map(itemOf), ...items],
    groupBy: groups.map((value) => ({ kind: 'expression', value })),
  })
}

/** UNPIVOT as the query that it stands for: the rows once for each column that becomes a value. */
export function unpivotQuery(node: UnpivotReference, scope: Scope, translation: Translation): Query {
  const turned = new Set(node.columns.map(({ column }) => column.name))
  const known = columnsOf(node.source, scope, translation)
  const kept = known.filter((name) => !turned.has(name)).map((name) => itemOf(named(name, node.start)))
  const blocks = node.columns.map(({ column, label }): SelectBlock => {
    const { start } = column
    const value: Expression = { kind: 'name', path: [column], outer: false, start, end: start }
    const text: Expression = label ?? { kind: 'string', value: column.name, start, end: start }
    const isThere: Expression = { kind: 'is-null', value, negated: true, start, end: start }
    return {
      ...blockOf(node.source, start),
      items: [
        ...kept,
        { kind: 'value', value: text, heading: node.name.name, alias: node.name },
        { kind: 'value', value, heading: node.value.name, alias: node.value },
      ],
      ...(node.includesNulls ? {} : { where: isThere }),
    }
  })
  const [first, ...others] = blocks
  return queryOf(others.reduce<QueryBody>(union, first as SelectBlock))
}

/** The names of a table's columns, found by translating it for nothing. */
function columnsOf(source: TableReference, scope: Scope, translation: Translation): readonly string[] {
  const probe = new Scope(scope.parent)
  translateTable(source, probe, translation)
  return probe.sources.flatMap((each) => each.columns.map(({ name }) => name))
}

/** Whether a row belongs to a value of the list, which has as many parts as there are columns. @throws OracleError ORA-56901 */
function testOf({ columns, start }: PivotReference, value: Expression, translation: Translation): Expression {
  const parts = columns.length > 1 && value.kind === 'list' ? value.items : [value]
  if (parts.length !== columns.length) {
    throw translation.error(value.start, 56901, 'non-constant expression is not allowed for pivot|unpivot values')
  }
  const tests = columns.map((column, index): Expression => {
    const right = parts[index] as Expression
    return { kind: 'comparison', operator: '=', left: named(column.name, start), right, start, end: start }
  })
  return tests.reduce((left, right) => ({ kind: 'and', left, right, start, end: start }))
}

/** The aggregate over those rows only. @throws OracleError ORA-56902 */
function aggregateOf(value: Expression, test: Expression, translation: Translation): CallExpression {
  const { start, end } = value
  if (value.kind !== 'call') {
    throw translation.error(start, 56902, 'expect aggregate function inside pivot operation')
  }
  const [first, ...others] = value.arguments
  const counted: Expression = { kind: 'number', value: '1', start, end }
  const chosen = first === undefined ? counted : first.value
  const only: Expression = { kind: 'case', branches: [{ when: test, value: chosen }], start, end }
  return { ...value, star: false, arguments: [{ value: only }, ...others] }
}

function named(name: string, start: number): Extract<Expression, { kind: 'name' }> {
  return { kind: 'name', path: [quoted(name, start)], outer: false, start, end: start }
}

function quoted(name: string, start: number): Identifier {
  return { name, quoted: true, start }
}

function itemOf(value: Extract<Expression, { kind: 'name' }>): SelectItem {
  return { kind: 'value', value, heading: value.path[0]?.name ?? '' }
}

function blockOf(source: TableReference, start: number): SelectBlock {
  return { kind: 'select', start, distinct: false, items: [], from: [source], groupBy: [] }
}

function union(left: QueryBody, right: SelectBlock): QueryBody {
  return { kind: 'set', operator: 'UNION ALL', left, right, start: right.start }
}

function queryOf(body: QueryBody): Query {
  return { with: [], body, orderBy: [] }
}
