import type { Identifier, SelectItem } from '../parse/syntax-tree.ts'
import type { SqlType } from '../values/sql-value.ts'

/** A translated expression. */
export interface Operand {
  /** The engine's expression. */
  readonly sql: string
  readonly type: SqlType
  readonly nullable: boolean
  /** Set when `sql` is a condition of the engine (1, 0 or NULL), not a stored BOOLEAN. */
  readonly condition?: boolean
}

export interface SourceColumn extends Operand {
  readonly name: string
  /** Set for columns that a join with USING or NATURAL has merged: they stand in no qualified star and clash with nothing. */
  readonly merged?: boolean
}

/** A table, view or subquery in FROM. */
export interface Source {
  /** The engine's alias, unique in the statement. */
  readonly alias: string
  /** The name by which columns are qualified; undefined for an unnamed subquery. */
  readonly name: string | undefined
  readonly owner: string | undefined
  readonly columns: readonly SourceColumn[]
  /** The engine's expression for the row's address; undefined where there is none. */
  readonly rowid: string | undefined
}

/** How a grouped block limits its expressions. */
export interface Grouping {
  /** The engine's text of the expressions grouped by. */
  readonly keys: ReadonlySet<string>
  /** Keys that the current grouping set leaves out: they are NULL. */
  readonly absent: ReadonlySet<string>
  readonly hasGroupBy: boolean
}

/** What a row of a hierarchical query knows of the rows above it. */
export interface Hierarchy {
  readonly prior: Scope
  /** Absent in CONNECT BY itself. */
  readonly root?: Scope
  /** The engine's expression of each call of SYS_CONNECT_BY_PATH. */
  readonly paths: ReadonlyMap<object, string>
  /** The engine's expressions of CONNECT_BY_ISLEAF and CONNECT_BY_ISCYCLE. */
  readonly flags?: ReadonlyMap<string, string>
}

/** What names mean in one query block. */
export class Scope {
  readonly parent: Scope | undefined
  readonly sources: Source[] = []
  /** Columns merged by USING or NATURAL, found before all others. */
  readonly merged: SourceColumn[] = []
  grouping: Grouping | undefined
  /** Where the translator is in the block: decides whether aggregates may stand here. */
  aggregates: 'forbidden' | 'allowed' | 'inside' | 'unchecked' = 'forbidden'
  /** Whether analytic functions may stand here: in the select list and in ORDER BY. */
  analytics = false
  /** The engine's expression for ROWNUM, when the block counts its rows. */
  rownum: string | undefined
  /** The engine's expression for LEVEL, in a hierarchical query. */
  level: string | undefined
  /** In a hierarchical query, what is above its rows. */
  hierarchy: Hierarchy | undefined
  /** When rows are numbered, the columns that the numbering subquery must pass on. */
  passed: { readonly alias: string; readonly columns: Map<string, string>; active: boolean } | undefined
  /** Whether NEXTVAL and CURRVAL may stand here: in a select list, in VALUES and in SET. */
  takesSequences: boolean | undefined
  /** The sequences that have already moved on for the row. */
  readonly advancedSequences: Set<number> = new Set()
  /** The select list by alias, seen by ORDER BY only. */
  aliases: ReadonlyMap<string, Operand> | undefined

  constructor(parent: Scope | undefined) {
    this.parent = parent
  }

  /** Runs `work` with other settings and restores them, also after an error. */
  within<Result>(
    settings: Partial<Pick<Scope, 'aggregates' | 'analytics' | 'grouping' | 'aliases' | 'takesSequences'>>,
    work: () => Result,
  ): Result {
    const { aggregates, analytics, grouping, aliases, takesSequences } = this
    Object.assign(this, settings)
    try {
      return work()
    } finally {
      Object.assign(this, { aggregates, analytics, grouping, aliases, takesSequences })
    }
  }

  /** The text by which a column's value is read here: through the numbering subquery when there is one. */
  read(sql: string): string {
    const passed = this.passed
    if (passed === undefined || !passed.active) return sql
    const known = passed.columns.get(sql)
    if (known !== undefined) return `${passed.alias}.${known}`
    const name = `p${passed.columns.size + 1}`
    passed.columns.set(sql, name)
    return `${passed.alias}.${name}`
  }
}

/** The scope of values that belong to no query: defaults, and the rows of VALUES. */
export function defaultScope(): Scope {
  const scope = new Scope(undefined)
  scope.takesSequences = true
  return scope
}

export function sourcesNamed(scope: Scope, path: readonly Identifier[]): readonly Source[] {
  const [first, second] = path
  return scope.sources.filter((source) =>
    second === undefined ? source.name === first?.name : source.owner === first?.name && source.name === second.name,
  )
}

/** Columns of a star in the select list. */
export function starColumns(
  scope: Scope,
  item: Extract<SelectItem, { kind: 'all' }>,
): readonly SourceColumn[] | undefined {
  if (item.qualifier.length > 0) {
    const [source] = sourcesNamed(scope, item.qualifier)
    return source?.columns
  }
  const merged = new Set(scope.merged.map((column) => column.name))
  const rest = scope.sources.flatMap((source) => source.columns.filter((column) => !merged.has(column.name)))
  return [...scope.merged, ...rest]
}
