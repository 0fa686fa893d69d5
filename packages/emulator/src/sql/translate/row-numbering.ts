import type { Expression, SelectBlock } from '../parse/syntax-tree.ts'
import { translateTest } from './expression.ts'
import type { Scope } from './scope.ts'
import type { Translation } from './translation.ts'
import { isBareName, someExpression } from './visit.ts'

/** True when a block reads ROWNUM itself, not only in its subqueries. */
export function usesRownum(body: SelectBlock): boolean {
  const { from: _, ...rest } = body
  return someExpression(rest, (part) => isBareName(part, 'ROWNUM'))
}

/**
 * ROWNUM counts the rows that passed the other conditions, before they are grouped or ordered. The block's tables move into
 * a subquery that numbers them; a row is taken while the conditions on ROWNUM hold, and after the first failure no number
 * is given out any more, which is why `ROWNUM > 1` finds nothing.
 */
export class RowNumbering {
  readonly #passed: { alias: string; columns: Map<string, string>; active: boolean }
  readonly #inner: string
  readonly #test: string

  constructor(
    conjuncts: readonly Expression[],
    from: string,
    tests: readonly string[],
    scope: Scope,
    translation: Translation,
  ) {
    const alias = translation.alias('n')
    this.#passed = { alias, columns: new Map(), active: true }
    this.#inner = `${from === '' ? '(SELECT 1)' : from}${tests.length > 0 ? ` WHERE ${tests.join(' AND ')}` : ''}`
    const limits = conjuncts.filter((conjunct) => someExpression(conjunct, (part) => isBareName(part, 'ROWNUM')))
    scope.rownum = 'ora_int(number)'
    for (const limit of limits) refuseColumns(limit, scope, translation)
    this.#test = limits.map((limit) => translateTest(limit, scope, translation)).join(' AND ')
    scope.rownum = `ora_int(${alias}.number)`
    scope.passed = this.#passed
  }

  /** The numbered rows; called last, when all columns that the block reads are known. */
  from(): string {
    const columns = [...this.#passed.columns].map(([sql, name]) => `${sql} AS ${name}`)
    const numbered = `SELECT ${[...columns, 'row_number() OVER () AS number'].join(', ')} FROM ${this.#inner}`
    const { alias } = this.#passed
    if (this.#test === '') return `(${numbered}) AS ${alias}`
    const flagged = `SELECT *, min(CASE WHEN ${this.#test} THEN 1 ELSE 0 END) OVER (ORDER BY number ROWS UNBOUNDED PRECEDING) AS taken FROM (${numbered})`
    return `(SELECT * FROM (${flagged}) WHERE taken = 1) AS ${alias}`
  }
}

/** A condition that mixes ROWNUM with columns would have to be tried row by row. */
function refuseColumns(limit: Expression, scope: Scope, translation: Translation): void {
  const names = new Set(scope.sources.flatMap((source) => source.columns.map((column) => column.name)))
  const mixed = someExpression(limit, (part) => part.kind === 'name' && names.has(part.path.at(-1)?.name ?? ''))
  if (mixed) throw translation.error(limit.start, 3001, 'unimplemented feature: ROWNUM with columns in one condition')
}
