import type { CallExpression, Expression } from '../parse/syntax-tree.ts'

/** Visits an expression and those inside it, but none of a subquery. */
export function visitExpressions(node: unknown, visit: (expression: Expression) => void): void {
  if (Array.isArray(node)) {
    for (const item of node) visitExpressions(item, visit)
    return
  }
  if (typeof node !== 'object' || node === null) return
  if ('kind' in node && 'start' in node) visit(node as Expression)
  for (const [key, value] of Object.entries(node)) {
    if (key !== 'query' && typeof value === 'object') visitExpressions(value, visit)
  }
}

export function someExpression(node: unknown, test: (expression: Expression) => boolean): boolean {
  let found = false
  visitExpressions(node, (expression) => {
    found ||= test(expression)
  })
  return found
}

/** True for the unquoted, unqualified name given. */
export function isBareName(expression: Expression, name: string): boolean {
  if (expression.kind !== 'name' || expression.path.length !== 1) return false
  return expression.path[0]?.name === name && !expression.path[0].quoted
}

/** The name of a call without qualifier. */
export function callName(call: CallExpression): string | undefined {
  return call.path.length === 1 ? call.path[0]?.name : undefined
}

/** The operands of a chain of ANDs. */
export function conjunctsOf(condition: Expression | undefined): readonly Expression[] {
  if (condition === undefined) return []
  if (condition.kind !== 'and') return [condition]
  return [...conjunctsOf(condition.left), ...conjunctsOf(condition.right)]
}
