import type { TableReference } from '../parse/syntax-tree.ts'
import { comparable } from './operand.ts'
import type { Scope, Source, SourceColumn } from './scope.ts'
import type { Translation } from './translation.ts'

/** The condition of JOIN ... USING and NATURAL JOIN; the columns merge into one of each name. */
export function joinByColumns(
  reference: Extract<TableReference, { kind: 'join' }>,
  scope: Scope,
  first: number,
  second: number,
  translation: Translation,
): string {
  const left = scope.sources.slice(first, second)
  const right = scope.sources.slice(second)
  const names = reference.using?.map((column) => column.name) ?? commonNames(left, right)
  const tests = names.map((name) => {
    const a = findColumn(name, left, scope)
    const b = findColumn(name, right, scope)
    if (a === undefined || b === undefined) {
      throw translation.error(reference.start, 904, `"${name}": invalid identifier`)
    }
    const pair = comparable(a, b, translation, reference.start)
    merge(scope, mergedColumn(reference.join, a, b))
    return `${pair[0]} = ${pair[1]}`
  })
  return tests.join(' AND ')
}

function commonNames(left: readonly Source[], right: readonly Source[]): readonly string[] {
  const others = new Set(right.flatMap((source) => source.columns.map((column) => column.name)))
  const names = left.flatMap((source) => source.columns.map((column) => column.name))
  return [...new Set(names.filter((name) => others.has(name)))]
}

function findColumn(name: string, sources: readonly Source[], scope: Scope): SourceColumn | undefined {
  const merged = scope.merged.find((column) => column.name === name)
  const own = sources.flatMap((source) => source.columns).find((column) => column.name === name)
  return own === undefined ? undefined : ((sources.length > 1 ? merged : undefined) ?? own)
}

function mergedColumn(join: string, left: SourceColumn, right: SourceColumn): SourceColumn {
  if (join === 'RIGHT') return { ...right, merged: true }
  if (join !== 'FULL') return { ...left, merged: true }
  return { ...left, sql: `coalesce(${left.sql}, ${right.sql})`, nullable: true, merged: true }
}

function merge(scope: Scope, column: SourceColumn): void {
  const index = scope.merged.findIndex((known) => known.name === column.name)
  if (index === -1) scope.merged.push(column)
  else scope.merged[index] = column
}
