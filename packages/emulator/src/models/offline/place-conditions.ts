import type { Comparison } from './english.ts'
import { keyColumns } from './frame.ts'
import type { ColumnReference, Condition, Link } from './query-form.ts'
import { ownedCondition } from './read-periods.ts'
import type { FloatingPeriod, GroupCondition, Reading } from './reading.ts'
import type { TableFacts } from './table-facts.ts'

/** Sorts the conditions by where they apply: to rows of the base, or to rows of a table that leads to it. */
export function placeConditions(
  reading: Reading,
  base: TableFacts,
  found: readonly Condition[],
): { conditions: Condition[]; links: Link[] } {
  const placement = new Placement(reading, base)
  placement.requireAbsent()
  placement.requireMentioned()
  const totals = found.filter((condition) => placement.isTotal(condition))
  for (const condition of found) if (!totals.includes(condition)) placement.place(condition)
  for (const condition of [...reading.groupConditions, ...totals.flatMap(asTotal)]) placement.placeGroup(condition)
  for (const period of reading.periods) placement.placePeriod(period)
  return placement.result()
}

class Placement {
  readonly #reading: Reading
  readonly #base: TableFacts
  readonly #conditions: Condition[] = []
  readonly #links = new Map<TableFacts, Link>()

  constructor(reading: Reading, base: TableFacts) {
    this.#reading = reading
    this.#base = base
  }

  /** Tables of which there must be no row. */
  requireAbsent(): void {
    for (const facts of this.#reading.absent) {
      if (this.#leadsTo(facts)) this.#reading.fail(`every row of ${this.#base.table.name} has its ${facts.table.name}`)
      this.#linkTo(facts)
    }
  }

  /** Tables that are named and not used otherwise: there must be a row, as in `customers who bought`. */
  requireMentioned(): void {
    for (const facts of this.#reading.through()) if (!this.#leadsTo(facts)) this.#linkTo(facts)
    for (const index of [...this.#reading.open()]) {
      const facts = this.#reading.noun(index)?.facts
      if (facts === undefined) continue
      if (this.#reading.absent.has(facts)) this.#reading.fail('with and without at once is more than I can read')
      this.#reading.use(index)
      if (!this.#leadsTo(facts)) this.#linkTo(facts)
    }
  }

  /** `customers who spent more than 100`: not one sale, but all sales of the customer together. */
  isTotal(condition: Condition): boolean {
    const elsewhere = condition.kind === 'compare' && !this.#leadsTo(condition.facts)
    return elsewhere && condition.column.isMeasure && this.#base.display.length > 0
  }

  place(condition: Condition): void {
    if (this.#leadsTo(condition.facts) && !this.#isMeantElsewhere(condition.facts)) {
      this.#conditions.push(condition)
      return
    }
    const link = this.#linkTo(condition.facts)
    this.#links.set(link.from, { ...link, conditions: [...link.conditions, condition] })
  }

  placePeriod({ comparison, period, near }: FloatingPeriod): void {
    const facts = this.#dated(near)
    const owner = facts?.dates[0] === undefined ? this.#mentionedYear() : { facts, column: facts.dates[0] }
    if (owner === undefined) this.#reading.fail(`${this.#base.table.name} has no date`)
    this.place(ownedCondition(this.#reading, owner, comparison, period))
  }

  /** In `films released per year since 2015` the year is a number. */
  #mentionedYear(): ColumnReference | undefined {
    const column = this.#base.columns.find(({ isNumber, nameStems }) => isNumber && nameStems.includes('year'))
    if (column === undefined) return undefined
    const named = this.#reading.marks.some((_, index) =>
      this.#reading.meaning(index, 'columns')?.columns.includes(column),
    )
    return named ? { facts: this.#base, column } : undefined
  }

  placeGroup(condition: GroupCondition): void {
    const { facts, expression, comparison, value } = leadingTo(this.#reading, this.#base, condition)
    const link = this.#links.get(facts) ?? { from: facts, to: this.#base, negated: false, conditions: [] }
    if (link.having !== undefined) this.#reading.fail('two such comparisons at once are more than I can read')
    // Whoever has no rows at all has few of them, too.
    const opposite = expression.aggregate === 'COUNT' ? opposites[comparison] : undefined
    const having = { expression, comparison: opposite ?? comparison, value }
    this.#links.set(facts, { ...link, negated: link.negated !== (opposite !== undefined), having })
  }

  result(): { conditions: Condition[]; links: Link[] } {
    const links = [...this.#links.values()].map((link) => ({ ...link, conditions: mergeEqual(link.conditions) }))
    const both = this.#reading.marks.some((_, index) => this.#reading.role(index, 'both') !== undefined)
    const merged = [...this.#links.values()].some(({ conditions }) => mergeEqual(conditions).length < conditions.length)
    // One row has one value: what has both needs two rows.
    if (both && merged) this.#reading.fail('two things at once of one kind are more than I can read')
    return { conditions: mergeEqual(this.#conditions), links }
  }

  #leadsTo(facts: TableFacts): boolean {
    return this.#reading.graph.path(this.#base, facts) !== undefined
  }

  /** In `films in which Swedes act` they are those of the cast, although a film leads to its director, too. */
  #isMeantElsewhere(facts: TableFacts): boolean {
    const { graph } = this.#reading
    const isByRole = graph.path(this.#base, facts)?.some(({ role }) => role !== undefined) ?? false
    return isByRole && [...this.#links.values()].some(({ from }) => graph.path(from, facts)?.length === 1)
  }

  #linkTo(facts: TableFacts): Link {
    const { absent, graph } = this.#reading
    const leads = (table: TableFacts): boolean => graph.path(table, facts) !== undefined
    const known = [...absent].find(leads) ?? [...this.#links.keys()].find(leads)
    const way = known === undefined ? this.#wayTo(facts) : { from: known, to: this.#base }
    if (way === undefined || way.from === way.to || graph.path(way.from, way.to) === undefined) {
      return this.#reading.fail(`${this.#base.table.name} and ${facts.table.name} are not connected`)
    }
    const link = this.#links.get(way.from) ?? { ...way, negated: absent.has(way.from), conditions: [] }
    this.#links.set(way.from, link)
    return link
  }

  /** A table that leads both there and to the base, or else to the nearest table to which the base leads. */
  #wayTo(facts: TableFacts): { from: TableFacts; to: TableFacts } | undefined {
    const { graph } = this.#reading
    for (const to of graph.reachable(this.#base)) {
      const from = graph.linkBetween(to, facts)
      if (from !== undefined) return { from, to }
    }
    return undefined
  }

  /** Whose date a period is about: that of the rows named last before it, or else of the base. */
  #dated(near: TableFacts | undefined): TableFacts | undefined {
    if (near !== undefined && this.#links.has(near)) return near
    if (this.#base.dates.length > 0) return this.#base
    if (near !== undefined && this.#leadsTo(near)) return near
    return [...this.#links.keys()].find(({ dates }) => dates.length > 0)
  }
}

const opposites: Partial<Record<Comparison, Comparison>> = { '<': '>=', '<=': '>' }

function asTotal(condition: Condition): GroupCondition[] {
  if (condition.kind !== 'compare') return []
  const { facts, column, comparison, value } = condition
  return [{ facts, expression: { kind: 'aggregate', aggregate: 'SUM', of: { facts, column } }, comparison, value }]
}

/** Products are counted for each customer by way of the sales, each product once. */
function leadingTo(reading: Reading, base: TableFacts, condition: GroupCondition): GroupCondition {
  const { facts, expression } = condition
  const { graph } = reading
  const named = reading
    .through()
    .find((table) => table !== base && graph.path(table, facts) !== undefined && graph.path(table, base) !== undefined)
  const direct = facts === base ? undefined : graph.path(facts, base)
  if (direct !== undefined && (named === undefined || direct.every(({ role }) => role === undefined))) return condition
  const link = named ?? graph.linkBetween(base, facts)
  const [key] = keyColumns(facts)
  if (facts === base || link === undefined || link === base || key === undefined || expression.of !== undefined) {
    return reading.fail(`${facts.table.name} cannot be counted for each of ${base.table.name}`)
  }
  return { ...condition, facts: link, expression: { ...expression, of: { facts, column: key }, distinct: true } }
}

/** Two values or years of one column are alternatives. */
function mergeEqual(conditions: readonly Condition[]): Condition[] {
  const merged: Condition[] = []
  for (const condition of conditions) {
    const index = merged.findIndex((other) => other.column === condition.column && other.kind === condition.kind)
    const other = merged[index]
    if (other?.kind === 'in' && condition.kind === 'in' && other.negated === condition.negated) {
      merged[index] = { ...other, values: [...new Set([...other.values, ...condition.values])] }
    } else if (other?.kind === 'in periods' && condition.kind === 'in periods') {
      merged[index] = { ...other, periods: [...other.periods, ...condition.periods] }
    } else merged.push(condition)
  }
  return merged
}
