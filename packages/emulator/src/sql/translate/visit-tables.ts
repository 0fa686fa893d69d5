import type { Identifier } from '../parse/syntax-tree.ts'

/** Visits the names of all tables that a part of a statement reads, those in subqueries included. */
export function visitTables(node: unknown, visit: (path: readonly Identifier[]) => void): void {
  if (Array.isArray(node)) {
    for (const item of node) visitTables(item, visit)
    return
  }
  if (typeof node !== 'object' || node === null) return
  if ('kind' in node && node.kind === 'table' && 'path' in node) visit(node.path as readonly Identifier[])
  for (const value of Object.values(node)) if (typeof value === 'object') visitTables(value, visit)
}
