import type { Direction } from './english.ts'
import { addUnit } from './read-grouping.ts'
import { aggregated, isMoney, measureOf, takeMeasure } from './read-measures.ts'
import { hintedColumn } from './read-numbers.ts'
import type { Measure, Noun, Reading } from './reading.ts'
import type { ColumnFacts, TableFacts } from './table-facts.ts'

/** How many rows answer `the best customers` when the question names no number. */
const SEVERAL = 10

/** Understands superlatives: what is ranked, by what, and how many rows are wanted. */
export function readRank(reading: Reading): void {
  const index = [...reading.open()].find(
    (place) =>
      reading.role(place, 'rank') !== undefined ||
      reading.role(place, 'top') !== undefined ||
      reading.role(place, 'best seller') !== undefined,
  )
  if (index === undefined) return
  const role = reading.role(index, 'rank')
  const direction = role?.direction ?? 'DESC'
  reading.use(index)
  if (reading.rank !== undefined) {
    reading.rank.direction = direction
    rankSubject(reading, reading.nextNoun(index + 1) ?? reading.previousNoun(index))
    return
  }
  if (role?.hints !== undefined && !namesNumber(reading, index)) {
    readHintedRank(reading, index, role.hints, direction)
    return
  }
  const firstOpen = [...reading.open(index + 1)][0] ?? -1
  const measure = takeMeasure(reading, firstOpen)
  if (measure !== undefined) {
    const subject = reading.previousNoun(index) ?? reading.nextNoun(index + 1)
    if (subject === undefined) reading.measures.push(measure)
    else rankBy(reading, subject, measure, direction)
    return
  }
  readPlainRank(reading, index, direction)
}

/** `the longest running time`: the noun after the adjective is what is ranked by. */
function namesNumber(reading: Reading, index: number): boolean {
  const next = reading.nextNoun(index + 1)
  const columns = next === undefined ? undefined : reading.meaning(next, 'columns')
  return columns?.columns.some(({ isNumber, isDate }) => isNumber || isDate) ?? false
}

function readHintedRank(reading: Reading, index: number, hints: readonly string[], direction: Direction): void {
  const next = reading.nextNoun(index + 1)
  const subject =
    next !== undefined && reading.meaning(next, 'table') !== undefined ? next : (reading.previousNoun(index) ?? next)
  const value = [...reading.open()].find((place) => reading.meaning(place, 'value') !== undefined)
  const facts = reading.anyMeaning(subject ?? value ?? -1)?.facts
  const column = facts === undefined ? undefined : hintedColumn(facts, hints)
  if (facts === undefined || column === undefined) {
    reading.fail(`I found nothing to rank by for "${reading.text(index)}"`)
  }
  reading.rank = { by: { kind: 'columns', facts, columns: [column] }, direction }
  if (subject !== undefined) rankSubject(reading, subject)
  else reading.limit ??= 1
}

function readPlainRank(reading: Reading, index: number, direction: Direction): void {
  const next = reading.nextNoun(index + 1)
  const previous = subjectBefore(reading, index, next)
  const unit = [...reading.open(0, index)].find((place) => reading.role(place, 'unit') !== undefined)
  if (previous === undefined && unit !== undefined && next !== undefined) {
    rankTimes(reading, unit, next, { direction, text: measuredText(reading, index, next) })
    return
  }
  const columns = next === undefined ? undefined : reading.meaning(next, 'columns')
  if (next !== undefined && columns?.columns.some(({ isNumber, isDate }) => isNumber || isDate)) {
    reading.use(next)
    const following = reading.limit === undefined ? undefined : reading.nextNoun(next + 1)
    const subject = previous ?? following
    const who = reading.text(0).toLowerCase() === 'who' && columns.facts.display.length > 0
    if (subject !== undefined || reading.limit !== undefined || who) {
      reading.rank = { by: columns, direction }
      if (subject === undefined) reading.limit ??= 1
      if (subject !== undefined) rankSubject(reading, subject)
      return
    }
    const aggregate = direction === 'DESC' ? 'MAX' : 'MIN'
    reading.measures.push(aggregated(reading, columns, aggregate, reading.text(next)))
    return
  }
  if (next === undefined) {
    readTrailingRank(reading, previous, direction)
    return
  }
  if (previous !== undefined && reading.meaning(previous, 'columns')?.columns[0]?.isMeasure) {
    const measure = measureOf(reading.noun(previous) as Noun, '')
    reading.use(previous)
    rankBy(reading, next, measure, direction)
    return
  }
  const beside = reading.meaning(next + 1, 'table') === undefined || reading.isUsed(next + 1) ? undefined : next + 1
  const subject = reading.meaning(next, 'table') !== undefined && beside !== undefined ? beside : previous
  if (subject === undefined) {
    rankBy(reading, next, defaultMeasure(reading, next), direction)
    return
  }
  const measure = measureOf(reading.noun(next) as Noun, measuredText(reading, index, next))
  reading.use(next)
  rankBy(reading, subject, measure, direction)
}

/** In `which channel sold the most units` the verb names the table of the units: what is ranked stands before it. */
function subjectBefore(reading: Reading, index: number, ranked: number | undefined): number | undefined {
  const nearest = reading.previousNoun(index)
  if (nearest === undefined || ranked === undefined) return nearest
  const facts = reading.meaning(nearest, 'table')?.facts
  const earlier = reading.previousNoun(nearest)
  if (facts === undefined || facts !== reading.noun(ranked)?.facts || earlier === undefined) return nearest
  reading.use(nearest)
  return earlier
}

/** The fewest sales are a number of rows, the highest sales an amount. */
function measuredText(reading: Reading, rank: number, measured: number): string {
  return /fewest/i.test(reading.text(rank)) ? '' : reading.text(measured)
}

/** `Which month had the highest sales?` */
function rankTimes(
  reading: Reading,
  unit: number,
  measured: number,
  { direction, text }: { readonly direction: Direction; readonly text: string },
): void {
  const by = measureOf(reading.noun(measured) as Noun, text)
  reading.use(measured)
  addUnit(reading, unit)
  reading.rank = { by, direction }
  reading.limit ??= reading.text(unit).endsWith('s') ? SEVERAL : 1
}

/** `Which customer spent the most?`: what is ranked by stands before. */
function readTrailingRank(reading: Reading, previous: number | undefined, direction: Direction): void {
  if (previous === undefined) reading.fail('it is not clear what to rank')
  const often = reading.marks.findIndex(
    (_, place) => reading.role(place, 'times') !== undefined && !reading.isUsed(place),
  )
  if (often !== -1) reading.use(often)
  const subject = reading.previousNoun(previous)
  if (subject === undefined) {
    rankBy(reading, previous, defaultMeasure(reading, previous), direction)
    return
  }
  // Those who spend most spend the largest amount; those who borrow most do so most often.
  const { facts } = reading.noun(previous) as Noun
  const counts = often !== -1 || (reading.meaning(previous, 'table') !== undefined && !isMoney(facts.stems.join(' ')))
  const measure = counts ? countOfRows(facts) : measureOf(reading.noun(previous) as Noun, 'sales')
  reading.use(previous)
  rankBy(reading, subject, measure, direction)
}

function countOfRows(facts: TableFacts): Measure {
  return { facts, expression: { kind: 'aggregate', aggregate: 'COUNT' } }
}

/** For `the best products`: the amount of the rows that lead to them. */
function defaultMeasure(reading: Reading, subject: number): Measure {
  const facts = reading.anyMeaning(subject)?.facts
  const dependent =
    facts === undefined ? undefined : reading.graph.dependents(facts).find(({ amount }) => amount !== undefined)
  if (dependent === undefined) reading.fail(`it is not clear by what to rank "${reading.text(subject)}"`)
  return measureOf({ kind: 'table', facts: dependent }, 'sales')
}

function rankBy(reading: Reading, subject: number, measure: Measure, direction: Direction): void {
  reading.rank = { by: measure, direction }
  rankSubject(reading, subject)
}

function rankSubject(reading: Reading, subject: number | undefined): void {
  if (subject === undefined) return
  const meaning = reading.noun(subject) as Noun
  reading.limit ??= reading.isPlural(subject) ? SEVERAL : 1
  const by = reading.rank?.by
  if (by !== undefined && 'kind' in by && by.facts === meaning.facts && isRowOf(meaning)) return
  reading.use(subject)
  if (by !== undefined && 'kind' in by) {
    const column = by.columns[0] as ColumnFacts
    const extreme = reading.rank?.direction === 'ASC' ? 'MIN' : 'MAX'
    const aggregate = by.facts === meaning.facts || !column.isNumber ? extreme : 'SUM'
    const measure = { kind: 'aggregate', aggregate, of: { facts: by.facts, column } } as const
    reading.rank = { by: { facts: by.facts, expression: measure }, direction: reading.rank?.direction ?? 'DESC' }
  }
  const known = reading.dimensions.some((other) => other.kind === 'table' && other.facts === meaning.facts)
  if (!known) reading.dimensions.push(meaning)
}

/** Whether a noun stands for single rows of its table, so that they can be ranked as they are. */
function isRowOf(meaning: Noun): boolean {
  return meaning.kind === 'table' || meaning.columns.every((column) => meaning.facts.display.includes(column))
}
