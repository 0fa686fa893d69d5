import { BOOLEAN } from '../../values/oracle-type.ts'
import type { Expression } from '../parse/syntax-tree.ts'
import { familyOf } from '../values/sql-value.ts'
import { literalOf } from '../values/stored-value.ts'
import { translateExpression, translateTest, translateValue } from './expression.ts'
import { translateIn } from './in-condition.ts'
import { asCondition, asValue, comparable, convertOperand } from './operand.ts'
import { translateQuantified } from './quantified-condition.ts'
import type { Operand, Scope } from './scope.ts'
import type { Translation } from './translation.ts'

type Condition = Extract<
  Expression,
  { kind: 'comparison' | 'and' | 'or' | 'not' | 'is-null' | 'is-boolean' | 'like' | 'between' | 'in' | 'exists' }
>

export function condition(sql: string): Operand {
  return { sql, type: BOOLEAN, nullable: true, condition: true }
}

/** Translates comparisons and their combinations to conditions of the engine, which knows three-valued logic too. */
export function translateCondition(node: Condition, scope: Scope, translation: Translation): Operand {
  switch (node.kind) {
    case 'and':
    case 'or': {
      const left = translateTest(node.left, scope, translation)
      const right = translateTest(node.right, scope, translation)
      return condition(`(${left} ${node.kind === 'and' ? 'AND' : 'OR'} ${right})`)
    }
    case 'not':
      return condition(`(NOT ${translateTest(node.value, scope, translation)})`)
    case 'comparison':
      return translateComparison(node, scope, translation)
    case 'is-null': {
      const value = translateValue(node.value, scope, translation)
      return condition(`(${value.sql} IS ${node.negated ? 'NOT ' : ''}NULL)`)
    }
    case 'is-boolean': {
      const value = asValue(translateExpression(node.value, scope, translation))
      asCondition(value, translation, node.value.start)
      return condition(`(${value.sql} IS ${node.negated ? 'NOT ' : ''}${literalOf(node.expected)})`)
    }
    case 'like':
      return translateLike(node, scope, translation)
    case 'between': {
      const value = translateValue(node.value, scope, translation)
      const low = comparable(value, translateValue(node.low, scope, translation), translation, node.low.start)
      const high = comparable(value, translateValue(node.high, scope, translation), translation, node.high.start)
      const sql = `(${low[0]} >= ${low[1]} AND ${high[0]} <= ${high[1]})`
      return condition(node.negated ? `(NOT ${sql})` : sql)
    }
    case 'in':
      return translateIn(node, scope, translation)
    case 'exists': {
      const plan = translation.translateQuery(node.query, translation, scope)
      return condition(`(EXISTS (${plan.sql}))`)
    }
  }
}

function translateComparison(
  node: Extract<Condition, { kind: 'comparison' }>,
  scope: Scope,
  translation: Translation,
): Operand {
  if (node.quantifier !== undefined) return translateQuantified(node, scope, translation)
  if (node.left.kind === 'list') {
    const choices = node.right.kind === 'list' ? { ...node.right, items: [node.right] } : node.right
    if (node.operator !== '=' && node.operator !== '<>') {
      throw translation.error(node.start, 1796, 'this operator cannot be used with lists')
    }
    const negated = node.operator === '<>'
    return translateIn({ ...node, kind: 'in', value: node.left, choices, negated }, scope, translation)
  }
  const left = translateValue(node.left, scope, translation)
  const right = translateValue(node.right, scope, translation)
  const pair = comparable(left, right, translation, node.right.start)
  return condition(`(${pair[0]} ${node.operator} ${pair[1]})`)
}

function translateLike(node: Extract<Condition, { kind: 'like' }>, scope: Scope, translation: Translation): Operand {
  const parts = [node.value, node.pattern, ...(node.escape === undefined ? [] : [node.escape])].map((part) => {
    const operand = translateValue(part, scope, translation)
    const text = familyOf(operand.type) === 'clob' ? operand : convertOperand(operand, 'text', translation, part.start)
    return text.sql
  })
  const sql = `ora_like(${parts.join(', ')})`
  return condition(node.negated ? `(NOT ${sql})` : sql)
}
