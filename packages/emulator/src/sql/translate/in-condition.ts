import type { Expression } from '../parse/syntax-tree.ts'
import { condition } from './condition.ts'
import { translateValue } from './expression.ts'
import { comparable } from './operand.ts'
import type { Operand, Scope } from './scope.ts'
import type { PlanColumn, Translation } from './translation.ts'

type InCondition = Extract<Expression, { kind: 'in' }>

/** Translates IN with a list or a subquery, for one value or several. @throws OracleError ORA-00913, ORA-00947 */
export function translateIn(node: InCondition, scope: Scope, translation: Translation): Operand {
  const values = node.value.kind === 'list' ? node.value.items : [node.value]
  const operands = values.map((value) => translateValue(value, scope, translation))
  const sql =
    node.choices.kind === 'subquery'
      ? inSubquery(operands, node.choices, scope, translation)
      : inList(operands, node.choices, scope, translation)
  return condition(node.negated ? `(NOT ${sql})` : sql)
}

function inList(operands: readonly Operand[], choices: Expression, scope: Scope, translation: Translation): string {
  const items = choices.kind === 'list' ? choices.items : [choices]
  const tests = items.map((item) => {
    const parts = operands.length > 1 && item.kind === 'list' ? item.items : [item]
    checkWidth(operands.length, parts.length, item.start, translation)
    const pairs = operands.map((operand, index) => {
      const part = parts[index] as Expression
      const [left, right] = comparable(operand, translateValue(part, scope, translation), translation, part.start)
      return `${left} = ${right}`
    })
    return pairs.join(' AND ')
  })
  return joinTests(operands, tests)
}

/** Plain equality with one text on the left is written as IN, which the engine can search an index with. */
function joinTests(operands: readonly Operand[], tests: readonly string[]): string {
  const prefix = `${operands[0]?.sql} = `
  if (operands.length === 1 && tests.every((test) => test.startsWith(prefix))) {
    return `(${operands[0]?.sql} IN (${tests.map((test) => test.slice(prefix.length)).join(', ')}))`
  }
  return `(${tests.map((test) => `(${test})`).join(' OR ')})`
}

function inSubquery(
  operands: readonly Operand[],
  choices: Extract<Expression, { kind: 'subquery' }>,
  scope: Scope,
  translation: Translation,
): string {
  const plan = translation.translateQuery(choices.query, translation, scope)
  checkWidth(operands.length, plan.columns.length, choices.start, translation)
  const alias = translation.alias('q')
  const pairs = operands.map((operand, index) => {
    const column = plan.columns[index] as PlanColumn
    const other = { sql: `${alias}.c${index + 1}`, type: column.type, nullable: column.nullable }
    return comparable(operand, other, translation, choices.start)
  })
  const left = pairs.map((pair) => pair[0]).join(', ')
  const right = pairs.map((pair) => pair[1]).join(', ')
  const values = operands.length === 1 ? left : `(${left})`
  return `(${values} IN (SELECT ${right} FROM (${plan.sql}) AS ${alias}))`
}

function checkWidth(expected: number, actual: number, position: number, translation: Translation): void {
  if (actual > expected) throw translation.error(position, 913, 'too many values')
  if (actual < expected) throw translation.error(position, 947, 'not enough values')
}
