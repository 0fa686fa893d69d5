import type { Direction } from './english.ts'
import { columnExpression, type Frame, keyColumns, withoutRepeats } from './frame.ts'
import { bestMeaning, type Meaning } from './meanings.ts'
import type { Expression, Query } from './query-form.ts'
import { isMoney, measureOf } from './read-measures.ts'
import type { Dimension, Measure, Reading } from './reading.ts'
import { itemFor } from './result-names.ts'
import type { TableFacts } from './table-facts.ts'

/** Whether the question asks for numbers over rows; settles which ones when it only implies them. */
export function hasMeasure(reading: Reading): boolean {
  const { rank } = reading
  if (rank !== undefined && 'expression' in rank.by) {
    const { by } = rank
    const known = reading.measures.find((measure) => isSameMeasure(measure, by))
    if (known === undefined) reading.measures.push(by)
    else reading.rank = { ...rank, by: known }
  }
  if (reading.measures.length > 0) return true
  // Rows as they are, ranked within groups.
  if (rank !== undefined && 'columns' in rank.by && reading.dimensions.every((one) => reading.singled.has(one))) {
    return false
  }
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

/** Numbers over rows, for all of them or for each group. */
export function measuredFrame(reading: Reading): Frame {
  const { base, measures } = commonBase(reading)
  // `per sale` says no more than what a row is.
  const averages = measures.every(({ expression }) => expression.aggregate === 'AVG')
  const dimensions = reading.dimensions.filter(
    (dimension) => dimension.kind !== 'table' || !isNameless(dimension.facts, base, averages),
  )
  for (const dimension of dimensions) if (dimension.kind !== 'unit') requirePath(reading, base, dimension.facts)
  const groups = dimensions.map((dimension) => groupOf(reading, dimension, base))
  const measureItems = measures.map(({ facts, expression }) => itemFor(expression, facts))
  const shown = groups.flatMap(({ shown: expressions }) => expressions)
  return {
    base,
    select: [...shown.map((expression) => itemFor(expression, base)), ...measureItems],
    groupBy: groups.flatMap(({ by }) => by),
    order: groupOrder(reading, base, groups, measures),
    distinct: false,
    partition: partitionOf(reading, dimensions, groups),
  }
}

function requirePath(reading: Reading, base: TableFacts, facts: TableFacts): void {
  if (reading.graph.path(base, facts) !== undefined) return
  reading.fail(`${base.table.name} cannot be added up by ${facts.table.name}`)
}

/** `the top 3 products in each category`: all groups but that of what is ranked. */
function partitionOf(
  reading: Reading,
  dimensions: readonly Dimension[],
  groups: readonly Group[],
): readonly Expression[] | undefined {
  const singled = groups.filter((_, index) => reading.singled.has(dimensions[index] as Dimension))
  const ranks = reading.rank !== undefined && reading.limit !== undefined
  if (!ranks || singled.length === 0 || singled.length === groups.length) return undefined
  return singled.flatMap(({ shown, by }) => [...shown, ...by.filter((expression) => !shown.includes(expression))])
}

/** An average for each row would be no average. */
function isNameless(facts: TableFacts, base: TableFacts, averages: boolean): boolean {
  return facts === base && facts.display.length === 0 && (averages || facts.table.primaryKey.length === 0)
}

interface Group {
  readonly shown: readonly Expression[]
  readonly by: readonly Expression[]
  /** Groups that follow each other by themselves, such as years. */
  readonly natural: boolean
}

function groupOrder(
  reading: Reading,
  base: TableFacts,
  groups: readonly Group[],
  measures: readonly Measure[],
): Query['order'] {
  if (groups.length === 0) return []
  const ties = groups.flatMap(({ by }) => by).map((expression) => ({ expression, direction: 'ASC' as const }))
  const { rank } = reading
  if (rank !== undefined) {
    if ('columns' in rank.by) requirePath(reading, base, rank.by.facts)
    const expression =
      'expression' in rank.by
        ? (measures[reading.measures.indexOf(rank.by)] ?? (measures[0] as Measure)).expression
        : rankOfGroup(rank.by, rank.direction, ties)
    return withoutRepeats([{ expression, direction: rank.direction }, ...ties])
  }
  const natural = groups.length > 1 || groups.some((group) => group.natural)
  const first = measures[0] as Measure
  return natural ? ties : [{ expression: first.expression, direction: 'DESC' }, ...ties]
}

/** Groups have a column's value in common, or else they are ranked by the best of their values. */
function rankOfGroup(
  { facts, columns }: Extract<Meaning, { kind: 'columns' }>,
  direction: Direction,
  keys: Query['order'],
): Expression {
  const [column] = columns
  const common = keys.some(({ expression }) => expression.kind === 'column' && expression.column === column)
  if (common || column === undefined) return columnExpression(facts, column)
  return { kind: 'aggregate', aggregate: direction === 'DESC' ? 'MAX' : 'MIN', of: { facts, column } }
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
  // The year of another table is something else, unless that table is a calendar.
  const near = candidates.filter(
    ({ facts }) =>
      facts === base ||
      (keyColumns(facts).some(({ isDate }) => isDate) && reading.graph.path(base, facts)?.length === 1),
  )
  if (near.length > 0) {
    const meaning = bestMeaning(near, unit, new Set([base]), [], reading.graph)
    if (meaning.kind === 'columns') return { ...groupOf(reading, meaning, base), natural: true }
  }
  const column = base.dates[0]
  if (column === undefined) return reading.fail(`${base.table.name} has no date to group by`)
  const part: Expression = { kind: 'date part', unit, facts: base, column }
  return { shown: [part], by: [part], natural: true }
}
