import type { Expression } from './syntax-tree.ts'

/** DEFAULT in a list of values is kept as a name that no column can have. */
export function defaultValue(start: number, end: number): Expression {
  return { kind: 'name', path: [{ name: '', quoted: false, start }], outer: false, start, end }
}

export function isDefault(expression: Expression): boolean {
  return expression.kind === 'name' && expression.path[0]?.name === ''
}
