import type { Identifier } from './syntax-tree.ts'

/** The path that leads through members of the names given, in the letters in which they were written. */
export function memberPath(names: readonly Identifier[]): string {
  return `$${names.map(({ name, written }) => `.${JSON.stringify(written ?? name)}`).join('')}`
}
