import type { Expression } from '../parse/syntax-tree.ts'
import { Scope, type Source, type SourceColumn, sourcesNamed } from './scope.ts'
import { visitExpressions } from './visit.ts'

/** Whose columns: those of the row itself, of its parent, or of the row at the root. */
export type HierarchyRow = 'p' | 'q' | 'r'

/** The tables of a hierarchical query as one, with a number for each row and columns p1, p2 and so on. */
export class HierarchyBase {
  readonly text: string
  readonly #parent: Scope | undefined
  readonly #sources: readonly Source[]
  readonly #merged: readonly SourceColumn[]
  /** The engine's expressions of the columns, whose positions are their numbers. */
  readonly #columns: readonly string[]

  /**
   * @param from - the tables, in the engine's text
   * @param tests - the conditions that join them
   */
  constructor(from: string, tests: readonly string[], scope: Scope) {
    this.#parent = scope.parent
    this.#sources = [...scope.sources]
    this.#merged = [...scope.merged]
    const columns = [...this.#merged, ...this.#sources.flatMap((source) => source.columns)].map(({ sql }) => sql)
    const rowids = this.#sources.flatMap(({ rowid }) => (rowid === undefined ? [] : [rowid]))
    this.#columns = [...new Set([...columns, ...rowids])].filter((sql) => sql !== '')
    const items = this.#columns.map((sql, index) => `, ${sql} AS p${index + 1}`).join('')
    const where = tests.length > 0 ? ` WHERE ${tests.join(' AND ')}` : ''
    this.text = `SELECT row_number() OVER () AS id${items} FROM ${from === '' ? '(SELECT 1)' : from}${where}`
  }

  get size(): number {
    return this.#columns.length
  }

  /** What names mean when they are read from the rows of an alias. */
  scopeOf(alias: string, row: HierarchyRow = 'p'): Scope {
    const scope = new Scope(this.#parent)
    this.readFrom(alias, scope, row)
    return scope
  }

  /** Lets a scope read all columns from the rows of an alias. */
  readFrom(alias: string, scope: Scope, row: HierarchyRow = 'p'): void {
    const renamed = (sql: string): string => {
      const index = this.#columns.indexOf(sql)
      return index === -1 ? sql : `${alias}.${row}${index + 1}`
    }
    const column = (each: SourceColumn): SourceColumn => ({ ...each, sql: renamed(each.sql) })
    const sources = this.#sources.map((source) => ({
      ...source,
      columns: source.columns.map(column),
      rowid: source.rowid === undefined ? undefined : renamed(source.rowid),
    }))
    scope.sources.splice(0, scope.sources.length, ...sources)
    scope.merged.splice(0, scope.merged.length, ...this.#merged.map(column))
  }
}

/** Whether a condition names columns of several tables, and therefore joins them. */
export function joinsTables(condition: Expression, scope: Scope): boolean {
  const named = new Set<Source>()
  visitExpressions(condition, (part) => {
    if (part.kind !== 'name') return
    const sources = part.path.length > 1 ? sourcesNamed(scope, part.path.slice(0, -1)) : scope.sources
    const source = sources.find((each) => each.columns.some(({ name }) => name === part.path.at(-1)?.name))
    if (source !== undefined) named.add(source)
  })
  return named.size > 1
}
