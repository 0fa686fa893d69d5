import type { Expression, SelectBlock } from '../parse/syntax-tree.ts'
import { translateTest } from './expression.ts'
import { translateTable } from './from.ts'
import type { Scope, Source } from './scope.ts'
import { sourcesNamed } from './scope.ts'
import type { Translation } from './translation.ts'
import { conjunctsOf, someExpression, visitExpressions } from './visit.ts'

interface Joined {
  readonly index: number
  readonly tests: Expression[]
  /** Tables that must come before this one. */
  readonly needs: Set<number>
}

export function usesJoinMarks(where: Expression | undefined): boolean {
  return where !== undefined && someExpression(where, (part) => part.kind === 'name' && part.outer)
}

/**
 * Turns joins written with (+) into LEFT JOINs: each condition with a mark belongs to the join of the table it marks.
 * @throws OracleError ORA-01468, ORA-01719, ORA-01416, ORA-25156 for marks that make no join
 */
export function outerJoin(
  body: SelectBlock,
  scope: Scope,
  translation: Translation,
): { from: string; where: Expression | undefined } {
  const mixed = body.from.find((table) => table.kind === 'join')
  if (mixed !== undefined) {
    throw translation.error(mixed.start, 25156, 'old style outer join (+) cannot be used with ANSI joins')
  }
  const texts = body.from.map((table) => translateTable(table, scope, translation))
  const joined = new Map<number, Joined>()
  const rest: Expression[] = []
  for (const conjunct of conjunctsOf(body.where)) {
    const marked = markedTables(conjunct, scope)
    if (marked.size === 0) {
      if (usesJoinMarks(conjunct))
        throw translation.error(conjunct.start, 30563, 'outer join operator (+) is not allowed here')
      rest.push(conjunct)
    } else addTest(conjunct, marked, joined, scope, translation)
  }
  const from = arrange(texts, joined, body, scope, translation)
  const where = rest.reduce<Expression | undefined>(
    (left, right) => (left === undefined ? right : { kind: 'and', left, right, start: left.start, end: right.end }),
    undefined,
  )
  return { from, where }
}

function addTest(
  conjunct: Expression,
  marked: ReadonlySet<number>,
  joined: Map<number, Joined>,
  scope: Scope,
  translation: Translation,
): void {
  if (marked.size > 1) {
    throw translation.error(conjunct.start, 1468, 'a predicate may reference only one outer-joined table')
  }
  if (conjunct.kind === 'or') {
    throw translation.error(conjunct.start, 1719, 'outer join operator (+) not allowed in operand of OR or IN')
  }
  const [index] = marked as unknown as [number]
  const join = joined.get(index) ?? { index, tests: [], needs: new Set<number>() }
  for (const used of usedTables(conjunct, scope)) if (used !== index) join.needs.add(used)
  join.tests.push(withoutMarks(conjunct))
  joined.set(index, join)
}

/** Indexes of the tables whose columns carry a mark. */
function markedTables(conjunct: Expression, scope: Scope): ReadonlySet<number> {
  const marked = new Set<number>()
  visitExpressions(conjunct, (part) => {
    if (part.kind === 'name' && part.outer) for (const index of tablesOf(part, scope)) marked.add(index)
  })
  return marked
}

function usedTables(conjunct: Expression, scope: Scope): ReadonlySet<number> {
  const used = new Set<number>()
  visitExpressions(conjunct, (part) => {
    if (part.kind === 'name') for (const index of tablesOf(part, scope)) used.add(index)
  })
  return used
}

function tablesOf(name: Extract<Expression, { kind: 'name' }>, scope: Scope): readonly number[] {
  const qualifier = name.path.slice(0, -1)
  const candidates: readonly Source[] = qualifier.length === 0 ? scope.sources : sourcesNamed(scope, qualifier)
  const column = name.path.at(-1)?.name
  return candidates
    .filter((source) => source.columns.some((candidate) => candidate.name === column))
    .map((source) => scope.sources.indexOf(source))
}

function withoutMarks<Node>(node: Node): Node {
  if (Array.isArray(node)) return node.map((item) => withoutMarks(item)) as Node
  if (typeof node !== 'object' || node === null) return node
  const entries = Object.entries(node).map(([key, value]) => [key, key === 'outer' ? false : withoutMarks(value)])
  return Object.fromEntries(entries) as Node
}

/** Tables without marks come first; each marked table follows once those it is joined to are there. */
function arrange(
  texts: readonly string[],
  joined: ReadonlyMap<number, Joined>,
  body: SelectBlock,
  scope: Scope,
  translation: Translation,
): string {
  const placed = new Set<number>([...texts.keys()].filter((index) => !joined.has(index)))
  const parts = [[...placed].map((index) => texts[index]).join(' JOIN ')]
  let waiting = [...joined.values()]
  while (waiting.length > 0) {
    const next = waiting.find((join) => [...join.needs].every((need) => placed.has(need)))
    if (next === undefined || placed.size === 0) {
      throw translation.error(body.where?.start ?? body.start, 1416, 'two tables cannot be outer-joined to each other')
    }
    const source = scope.sources[next.index] as Source
    scope.sources[next.index] = { ...source, columns: source.columns.map((column) => ({ ...column, nullable: true })) }
    const tests = next.tests.map((test) => translateTest(test, scope, translation))
    parts.push(`LEFT JOIN ${texts[next.index]} ON ${tests.join(' AND ')}`)
    placed.add(next.index)
    waiting = waiting.filter((join) => join !== next)
  }
  return parts.join(' ')
}
