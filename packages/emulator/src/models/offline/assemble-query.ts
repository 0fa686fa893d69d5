import { bestMeaning, type Meaning } from './meanings.ts'
import type { ColumnReference, Condition, Expression, Link, Query, SelectItem } from './query-form.ts'
import { isMoney, measureOf } from './read-measures.ts'
import { valueCondition } from './read-negations.ts'
import { periodCondition } from './read-periods.ts'
import type { Dimension, GroupCondition, Measure, Reading } from './reading.ts'
import { itemFor } from './result-names.ts'
import type { ColumnFacts, TableFacts } from './table-facts.ts'

interface Frame {
  readonly base: TableFacts
  readonly select: readonly SelectItem[]
  readonly groupBy: readonly Expression[]
  readonly order: Query['order']
  readonly distinct: boolean
}

/** Puts together what was understood: which table the rows come from, what is shown, and which rows count. */
export function assembleQuery(reading: Reading): Query {
  const values = takeValues(reading)
  const frame = hasMeasure(reading) ? measuredFrame(reading) : listFrame(reading, values)
  const placed = placeConditions(reading, frame.base, [...reading.conditions, ...values])
  refuseLeftovers(reading)
  return { ...frame, ...placed, limit: reading.limit }
}

function takeValues(reading: Reading): Condition[] {
  return [...reading.open()].flatMap((index) => {
    const value = reading.meaning(index, 'value')
    if (value === undefined) return []
    reading.use(index)
    return [valueCondition(value, false)]
  })
}

function hasMeasure(reading: Reading): boolean {
  const { rank } = reading
  if (rank !== undefined && 'expression' in rank.by) {
    const { by } = rank
    const known = reading.measures.find((measure) => isSameMeasure(measure, by))
    if (known === undefined) reading.measures.push(by)
    else reading.rank = { ...rank, by: known }
  }
  if (reading.measures.length > 0) return true
  if (reading.dimensions.length > 0) {
    reading.measures.push(...impliedMeasures(reading))
    return true
  }
  const total = bareTotal(reading)
  reading.measures.push(...total)
  return total.length > 0
}

function isSameMeasure(one: Measure, other: Measure): boolean {
  const [left, right] = [one.expression, other.expression]
  return one.facts === other.facts && left.aggregate === right.aggregate && left.of?.column === right.of?.column
}

/** `sales by year`, `customers per country`: the noun itself says what is added up or counted. */
function impliedMeasures(reading: Reading): Measure[] {
  const measures: Measure[] = []
  for (const index of [...reading.open()]) {
    const meaning = reading.noun(index)
    if (meaning === undefined) continue
    if (measures.length > 0 && (meaning.kind === 'table' || meaning.facts !== measures[0]?.facts)) continue
    reading.use(index)
    measures.push(measureOf(meaning, reading.text(index)))
  }
  if (measures.length > 0) return measures
  const dependent = reading.conditions[0]?.facts
  if (dependent !== undefined) return [{ facts: dependent, expression: { kind: 'aggregate', aggregate: 'COUNT' } }]
  return reading.fail('it is not clear what to count or add up')
}

/** `the revenue in 2023`: an amount of rows that have no name of their own is meant as a total. */
function bareTotal(reading: Reading): Measure[] {
  const nouns = [...reading.open()].filter((index) => reading.noun(index) !== undefined)
  const [first = -1] = nouns
  const table = reading.meaning(first, 'table')
  if (table?.facts.amount !== undefined && isMoney(reading.text(first)) && /^(?:what|how)$/i.test(reading.text(0))) {
    reading.use(first)
    return [measureOf(table, reading.text(first))]
  }
  const measures = nouns.flatMap((index): { index: number; measure: Measure }[] => {
    const meaning = reading.meaning(index, 'columns')
    const measured = meaning?.columns[0]?.isMeasure === true && meaning.facts.display.length === 0
    return measured ? [{ index, measure: measureOf(meaning, '') }] : []
  })
  if (measures.length === 0) return []
  reading.use(...measures.map(({ index }) => index))
  return measures.map(({ measure }) => measure)
}

function measuredFrame(reading: Reading): Frame {
  const { base, measures } = commonBase(reading)
  // `per sale` says no more than what a row is.
  const dimensions = reading.dimensions.filter(
    (dimension) => dimension.kind !== 'table' || !isNameless(dimension.facts, base),
  )
  const groups = dimensions.map((dimension) => groupOf(reading, dimension, base))
  const measureItems = measures.map(({ facts, expression }) => itemFor(expression, facts))
  const shown = groups.flatMap(({ shown: expressions }) => expressions)
  return {
    base,
    select: [...shown.map((expression) => itemFor(expression, base)), ...measureItems],
    groupBy: groups.flatMap(({ by }) => by),
    order: groupOrder(reading, groups, measures),
    distinct: false,
  }
}

function withoutRepeats(order: Query['order']): Query['order'] {
  const columnOf = (expression: Expression): unknown => (expression.kind === 'column' ? expression.column : expression)
  return order.filter(
    ({ expression }, index) =>
      order.findIndex((other) => columnOf(other.expression) === columnOf(expression)) === index,
  )
}

function isNameless(facts: TableFacts, base: TableFacts): boolean {
  return facts === base && facts.display.length === 0 && facts.table.primaryKey.length === 0
}

interface Group {
  readonly shown: readonly Expression[]
  readonly by: readonly Expression[]
  /** Groups that follow each other by themselves, such as years. */
  readonly natural: boolean
}

function groupOrder(reading: Reading, groups: readonly Group[], measures: readonly Measure[]): Query['order'] {
  if (groups.length === 0) return []
  const ties = groups.flatMap(({ by }) => by).map((expression) => ({ expression, direction: 'ASC' as const }))
  const { rank } = reading
  if (rank !== undefined) {
    const expression =
      'expression' in rank.by
        ? (measures[reading.measures.indexOf(rank.by)] ?? (measures[0] as Measure)).expression
        : columnExpression(rank.by.facts, rank.by.columns[0])
    return withoutRepeats([{ expression, direction: rank.direction }, ...ties])
  }
  const natural = groups.length > 1 || groups.some((group) => group.natural)
  const first = measures[0] as Measure
  return natural ? ties : [{ expression: first.expression, direction: 'DESC' }, ...ties]
}

function commonBase(reading: Reading): { base: TableFacts; measures: readonly Measure[] } {
  const [first, ...others] = reading.measures as [Measure, ...Measure[]]
  if (others.some(({ facts }) => facts !== first.facts)) {
    reading.fail(`numbers of ${first.facts.table.name} and of another table do not go into one answer`)
  }
  const tables = reading.dimensions.flatMap((dimension) => (dimension.kind === 'unit' ? [] : [dimension.facts]))
  const unreachable = tables.find((facts) => reading.graph.path(first.facts, facts) === undefined)
  if (unreachable === undefined) return { base: first.facts, measures: reading.measures }
  return throughLink(reading, first, unreachable)
}

/** Customers by channel: counted once for each channel, through the sales that lead to both. */
function throughLink(
  reading: Reading,
  measure: Measure,
  target: TableFacts,
): { base: TableFacts; measures: readonly Measure[] } {
  const link = reading.graph.linkBetween(measure.facts, target)
  const [key, ...rest] = keyColumns(measure.facts)
  const countsRows = measure.expression.aggregate === 'COUNT' && measure.expression.of === undefined
  if (link === undefined || key === undefined || rest.length > 0 || !countsRows || reading.measures.length > 1) {
    return reading.fail(`${measure.facts.table.name} cannot be added up by ${target.table.name}`)
  }
  const of = { facts: measure.facts, column: key }
  return {
    base: link,
    measures: [{ facts: measure.facts, expression: { kind: 'aggregate', aggregate: 'COUNT', of, distinct: true } }],
  }
}

function keyColumns(facts: TableFacts): ColumnFacts[] {
  return facts.columns.filter(({ column }) => facts.table.primaryKey.includes(column.name))
}

function groupOf(reading: Reading, dimension: Dimension, base: TableFacts): Group {
  if (dimension.kind === 'unit') return timeGroup(reading, dimension, base)
  const { facts } = dimension
  if (dimension.kind === 'columns') {
    const shown = dimension.columns.map((column) => columnExpression(facts, column))
    return { shown, by: shown, natural: dimension.columns.some(({ isNumber, isDate }) => isNumber || isDate) }
  }
  const keys = keyColumns(facts).map((column) => columnExpression(facts, column))
  const names = facts.display.map((column) => columnExpression(facts, column))
  if (names.length + keys.length === 0) reading.fail(`${facts.table.name} has no key to group by`)
  const date = keyColumns(facts).some(({ isDate }) => isDate)
  return { shown: names.length > 0 ? names : keys, by: [...names, ...keys], natural: date }
}

function timeGroup(
  reading: Reading,
  { unit, candidates }: Extract<Dimension, { kind: 'unit' }>,
  base: TableFacts,
): Group {
  const near = candidates.filter(({ facts }) => (reading.graph.path(base, facts)?.length ?? 9) <= 1)
  if (near.length > 0) {
    const meaning = bestMeaning(near, unit, new Set([base]), [], reading.graph)
    if (meaning.kind === 'columns') return { ...groupOf(reading, meaning, base), natural: true }
  }
  const column = base.dates[0]
  if (column === undefined) return reading.fail(`${base.table.name} has no date to group by`)
  const part: Expression = { kind: 'date part', unit, facts: base, column }
  return { shown: [part], by: [part], natural: true }
}

function columnExpression(facts: TableFacts, column: ColumnFacts | undefined): Expression {
  if (column === undefined) throw new RangeError('a column is missing')
  return { kind: 'column', facts, column }
}

function listFrame(reading: Reading, values: readonly Condition[]): Frame {
  const nouns = [...reading.open()].flatMap((index) => {
    const meaning = reading.noun(index)
    return meaning === undefined ? [] : [{ index, meaning }]
  })
  const base = listBase(reading, nouns, values)
  const requested = nouns.flatMap(({ index, meaning }) => requestedColumns(reading, base, index, meaning))
  const everything = [...reading.open()].filter((index) => reading.role(index, 'everything') !== undefined)
  const wantsAll = everything.length > 0
  reading.use(...everything)
  const order = listOrder(reading, base)
  const distinct = !wantsAll && order.length === 0 && isSetOfValues(requested)
  const shown = distinct ? requested : shownColumns(reading, base, requested, wantsAll)
  const expressions = shown.map(({ facts, column }) => columnExpression(facts, column))
  const keys = orderingColumns(base).map((column) => columnExpression(base, column))
  const ties = (distinct ? expressions : keys).map((expression) => ({ expression, direction: 'ASC' as const }))
  return {
    base,
    select: expressions.map((expression) => itemFor(expression, base)),
    groupBy: [],
    order: withoutRepeats([...order, ...ties]),
    distinct,
  }
}

/** The primary key, or for a table without one the keys that it refers to, dates first. */
function orderingColumns(facts: TableFacts): readonly ColumnFacts[] {
  const own = keyColumns(facts)
  return own.length > 0 ? own : [...facts.dates, ...facts.columns.filter(({ isKey, isDate }) => isKey && !isDate)]
}

interface NounAt {
  readonly index: number
  readonly meaning: Extract<Meaning, { kind: 'table' | 'columns' }>
}

function listBase(reading: Reading, nouns: readonly NounAt[], values: readonly Condition[]): TableFacts {
  const table = nouns.find(({ meaning }) => meaning.kind === 'table')
  const columns = nouns.find(({ meaning }) => meaning.kind === 'columns')
  // `cities of customers with sales`: what is asked for comes first, so its table is the one to list.
  const first = columns !== undefined && (table === undefined || columns.index < table.index) ? columns : table
  const facts = first?.meaning.facts ?? reading.rank?.by.facts ?? values[0]?.facts ?? reading.conditions[0]?.facts
  if (facts === undefined) return reading.fail('I found no table or column that it asks for')
  if (table !== undefined && reading.graph.path(table.meaning.facts, facts) !== undefined) return table.meaning.facts
  return facts
}

function requestedColumns(
  reading: Reading,
  base: TableFacts,
  index: number,
  meaning: NounAt['meaning'],
): ColumnReference[] {
  const { facts } = meaning
  if (meaning.kind === 'columns') {
    if (reading.graph.path(base, facts) === undefined) return []
    reading.use(index)
    return meaning.columns.map((column) => ({ facts, column }))
  }
  const joined = reading.before(index).some((word) => ['with', 'their', 'its'].includes(word))
  const alongside = (joined || reading.role(index - 1, 'and') !== undefined) && facts !== base
  if (!alongside || reading.graph.path(base, facts) === undefined) return []
  reading.use(index)
  return facts.display.map((column) => ({ facts, column }))
}

/** Values such as cities are listed once each; what names or measures a row is listed row by row. */
function isSetOfValues(requested: readonly ColumnReference[]): boolean {
  return (
    requested.length > 0 &&
    requested.every(({ facts, column }) => column.isText && !column.isKey && !facts.display.includes(column))
  )
}

function shownColumns(
  reading: Reading,
  base: TableFacts,
  requested: readonly ColumnReference[],
  everything: boolean,
): ColumnReference[] {
  const own = (column: ColumnFacts): ColumnReference => ({ facts: base, column })
  const named = base.display.length > 0 ? base.display : base.columns
  const usedHere = [
    ...reading.conditions.filter(({ facts }) => facts === base).map(({ column }) => column),
    ...(reading.rank !== undefined && 'columns' in reading.rank.by ? reading.rank.by.columns : []),
  ]
  const onlyNames =
    requested.length > 0 && requested.every(({ facts, column }) => facts === base && base.display.includes(column))
  const columns = everything
    ? base.columns.map(own)
    : onlyNames
      ? requested
      : [...named.map(own), ...requested, ...usedHere.filter((column) => base.columns.includes(column)).map(own)]
  return columns.filter(({ column }, index) => columns.findIndex((other) => other.column === column) === index)
}

function listOrder(reading: Reading, base: TableFacts): Query['order'] {
  const { rank } = reading
  if (rank === undefined || 'expression' in rank.by) return []
  const { facts, columns } = rank.by
  if (reading.graph.path(base, facts) === undefined) reading.fail(`${base.table.name} cannot be ranked by that`)
  return columns.map((column) => ({ expression: columnExpression(facts, column), direction: rank.direction }))
}

function placeConditions(
  reading: Reading,
  base: TableFacts,
  found: readonly Condition[],
): { conditions: Condition[]; links: Link[] } {
  const conditions: Condition[] = []
  const links = new Map<TableFacts, Link>()
  const linkFor = (facts: TableFacts): TableFacts => {
    const absent = [...reading.absent].find((table) => reading.graph.path(table, facts) !== undefined)
    const from = absent ?? reading.graph.linkBetween(base, facts)
    if (from === undefined || reading.graph.path(from, base) === undefined) {
      return reading.fail(`${base.table.name} and ${facts.table.name} are not connected`)
    }
    if (!links.has(from)) links.set(from, { from, negated: reading.absent.has(from), conditions: [] })
    return from
  }
  const place = (condition: Condition): void => {
    if (reading.graph.path(base, condition.facts) !== undefined) {
      conditions.push(condition)
      return
    }
    const from = linkFor(condition.facts)
    const link = links.get(from) as Link
    links.set(from, { ...link, conditions: [...link.conditions, condition] })
  }
  for (const facts of reading.absent) {
    if (reading.graph.path(base, facts) !== undefined)
      reading.fail(`every row of ${base.table.name} has its ${facts.table.name}`)
    linkFor(facts)
  }
  for (const index of [...reading.open()]) {
    const facts = reading.noun(index)?.facts
    if (facts === undefined) continue
    reading.use(index)
    if (reading.graph.path(base, facts) === undefined) linkFor(facts)
  }
  const comparedTotals: Condition[] = []
  for (const condition of found) {
    const total = condition.kind === 'compare' && reading.graph.path(base, condition.facts) === undefined
    if (total && condition.column.isMeasure && base.display.length > 0) comparedTotals.push(condition)
    else place(condition)
  }
  placePeriods(reading, base, links, place)
  placeGroupConditions(reading, base, links, comparedTotals)
  return {
    conditions: mergeEqual(conditions),
    links: [...links.values()].map((link) => ({ ...link, conditions: mergeEqual(link.conditions) })),
  }
}

function placePeriods(
  reading: Reading,
  base: TableFacts,
  links: ReadonlyMap<TableFacts, Link>,
  place: (condition: Condition) => void,
): void {
  for (const { comparison, period, near } of reading.periods) {
    const reachable = (facts: TableFacts): boolean => facts === base || links.has(facts)
    const dated =
      near !== undefined && (reachable(near) || reading.graph.path(base, near) !== undefined) ? near : undefined
    const facts =
      base.dates.length > 0 && !(dated !== undefined && links.has(dated))
        ? base
        : (dated ?? [...links.keys()].find(({ dates }) => dates.length > 0))
    const column = facts?.dates[0]
    if (facts === undefined || column === undefined) reading.fail(`${base.table.name} has no date`)
    place(periodCondition({ facts, column }, comparison, period))
  }
}

function placeGroupConditions(
  reading: Reading,
  base: TableFacts,
  links: Map<TableFacts, Link>,
  totals: readonly Condition[],
): void {
  const conditions = [
    ...reading.groupConditions,
    ...totals.flatMap((condition) => {
      if (condition.kind !== 'compare') return []
      const { facts, column, comparison, value } = condition
      return [
        {
          facts,
          expression: { kind: 'aggregate', aggregate: 'SUM', of: { facts, column } } as const,
          comparison,
          value,
        },
      ]
    }),
  ]
  for (const condition of conditions) {
    const { facts, expression, comparison, value } = leadingTo(reading, base, condition)
    const link = links.get(facts) ?? { from: facts, negated: false, conditions: [] }
    if (link.having !== undefined) reading.fail('two such comparisons at once are more than I can read')
    links.set(facts, { ...link, having: { expression, comparison, value } })
  }
}

/** Products are counted for each customer by way of the sales, each product once. */
function leadingTo(reading: Reading, base: TableFacts, condition: GroupCondition): GroupCondition {
  const { facts, expression } = condition
  if (facts !== base && reading.graph.path(facts, base) !== undefined) return condition
  const link = reading.graph.linkBetween(base, facts)
  const [key] = keyColumns(facts)
  if (facts === base || link === undefined || key === undefined || expression.of !== undefined) {
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

const HARMLESS = new Set(['opener', 'and', 'money', 'distinct', 'everything', 'direction'])

function refuseLeftovers(reading: Reading): void {
  for (const index of reading.open()) {
    const mark = reading.marks[index]
    if (mark === undefined || (mark.kind === 'role' && HARMLESS.has(mark.role.kind))) continue
    reading.fail(`it is not clear what "${mark.text}" refers to`)
  }
}
