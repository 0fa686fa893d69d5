import { columnExpression, type Frame, keyColumns, withoutRepeats } from './frame.ts'
import type { ColumnReference, Condition, Expression, GroupTest, Query } from './query-form.ts'
import type { Noun, Reading } from './reading.ts'
import { itemFor } from './result-names.ts'
import type { ColumnFacts, TableFacts } from './table-facts.ts'

/** Rows of a table, or the different values of its columns. */
export function listFrame(reading: Reading, values: readonly Condition[]): Frame {
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
  const having = distinct ? takeOwnGroupConditions(reading, base) : []
  const shown = distinct ? requested : shownColumns(reading, base, requested, wantsAll)
  const partition = partitionOf(reading, base)
  const rows = shown.map(({ facts, column }) => columnExpression(facts, column))
  const expressions = [
    ...(partition ?? []),
    ...rows.filter((row) => !partition?.some((other) => isSameColumn(row, other))),
  ]
  const keys = orderingColumns(base).map((column) => columnExpression(base, column))
  const ties = (distinct ? expressions : keys).map((expression) => ({ expression, direction: 'ASC' as const }))
  return {
    base,
    select: expressions.map((expression) => itemFor(expression, base)),
    groupBy: having.length > 0 ? expressions : [],
    order: withoutRepeats([...order, ...ties]),
    distinct: distinct && having.length === 0,
    having,
    partition,
  }
}

/** `cities with more than 20 members`: the members are the rows that have the cities. */
function takeOwnGroupConditions(reading: Reading, base: TableFacts): GroupTest[] {
  const own = reading.groupConditions.filter(({ facts }) => facts === base)
  for (const condition of own) reading.groupConditions.splice(reading.groupConditions.indexOf(condition), 1)
  return own.map(({ expression, comparison, value }) => ({ expression, comparison, value }))
}

/** `the longest film of each age rating`: what the rows are ranked within. */
function partitionOf(reading: Reading, base: TableFacts): readonly Expression[] | undefined {
  if (reading.singled.size === 0 || reading.rank === undefined) return undefined
  return [...reading.singled].flatMap((dimension) => {
    if (dimension.kind === 'unit') return reading.fail('ranking within stretches of time is more than I can read')
    const { facts } = dimension
    if (reading.graph.path(base, facts) === undefined) {
      reading.fail(`${base.table.name} cannot be ranked within ${facts.table.name}`)
    }
    const columns = dimension.kind === 'columns' ? dimension.columns : facts.display
    return columns.map((column) => columnExpression(facts, column))
  })
}

function isSameColumn(one: Expression, other: Expression): boolean {
  return one.kind === 'column' && other.kind === 'column' && one.column === other.column
}

/** The primary key, or for a table without one the keys that it refers to, dates first. */
function orderingColumns(facts: TableFacts): readonly ColumnFacts[] {
  const own = keyColumns(facts)
  return own.length > 0 ? own : [...facts.dates, ...facts.columns.filter(({ isKey, isDate }) => isKey && !isDate)]
}

interface NounAt {
  readonly index: number
  readonly meaning: Noun
}

function listBase(reading: Reading, nouns: readonly NounAt[], values: readonly Condition[]): TableFacts {
  const table = nouns.find(({ meaning }) => meaning.kind === 'table')
  const columns = nouns.find(({ meaning }) => meaning.kind === 'columns')
  // `cities of customers with sales`: what is asked for comes first, so its table is the one to list.
  const first = columns !== undefined && (table === undefined || columns.index < table.index) ? columns : table
  const facts =
    first?.meaning.facts ??
    reading.rank?.by.facts ??
    reading.subject ??
    values[0]?.facts ??
    reading.conditions[0]?.facts
  if (facts === undefined) return reading.fail('I found no table or column that it asks for')
  const people = /^who$/i.test(reading.text(0)) ? peopleOf(reading, facts) : undefined
  if (people !== undefined) return people
  if (table !== undefined && reading.graph.path(table.meaning.facts, facts) !== undefined) return table.meaning.facts
  return facts
}

/** `who borrowed the film` asks for the members, not for the loans. */
function peopleOf(reading: Reading, facts: TableFacts): TableFacts | undefined {
  return reading.graph.reachable(facts).find(({ isPeople }) => isPeople)
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
