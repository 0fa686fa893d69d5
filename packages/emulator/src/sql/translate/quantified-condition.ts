import type { Expression } from '../parse/syntax-tree.ts'
import { condition } from './condition.ts'
import { translateValue } from './expression.ts'
import { comparable } from './operand.ts'
import type { Operand, Scope } from './scope.ts'
import type { PlanColumn, Translation } from './translation.ts'

type Comparison = Extract<Expression, { kind: 'comparison' }>

/** Translates `x > ALL (...)` and `x = ANY (...)`, with a list or a subquery. */
export function translateQuantified(node: Comparison, scope: Scope, translation: Translation): Operand {
  const left = translateValue(node.left, scope, translation)
  if (node.right.kind !== 'subquery') {
    const items = node.right.kind === 'list' ? node.right.items : [node.right]
    const tests = items.map((item) => {
      const [a, b] = comparable(left, translateValue(item, scope, translation), translation, item.start)
      return `${a} ${node.operator} ${b}`
    })
    return condition(`(${tests.join(node.quantifier === 'ALL' ? ' AND ' : ' OR ')})`)
  }
  const plan = translation.translateQuery(node.right.query, translation, scope)
  if (plan.columns.length !== 1) throw translation.error(node.right.start, 913, 'too many values')
  const column = plan.columns[0] as PlanColumn
  const alias = translation.alias('q')
  const [a, b] = comparable(left, { ...column, sql: `${alias}.c1` }, translation, node.right.start)
  const test = `(${a} ${node.operator} ${b})`
  const [decisive, result] = node.quantifier === 'ALL' ? [`NOT ${test}`, 0] : [test, 1]
  const rows = `FROM (${plan.sql}) AS ${alias}`
  return condition(
    `(SELECT CASE WHEN count(*) FILTER (WHERE ${decisive}) > 0 THEN ${result} ` +
      `WHEN count(*) FILTER (WHERE ${test} IS NULL) > 0 THEN NULL ELSE ${1 - result} END ${rows})`,
  )
}
