import { type Aggregate, moneyNouns } from './english.ts'
import { hintedColumn } from './read-numbers.ts'
import type { Measure, Noun, Reading } from './reading.ts'
import type { ColumnFacts } from './table-facts.ts'

/** Understands `how many customers`, `total sales`, `minimum and maximum list price`, `how much revenue`. */
export function readMeasures(reading: Reading): void {
  for (const index of [...reading.open()]) {
    if (reading.isUsed(index)) continue
    if (reading.role(index, 'how much') !== undefined) readHowMuch(reading, index)
    readPairedAggregates(reading, index)
    const measure = takeMeasure(reading, index)
    if (measure === undefined) continue
    reading.measures.push(measure)
    readFurtherColumns(reading, measure)
  }
}

/** In `minimum and maximum price` the first word waits for the noun of the last one. */
function readPairedAggregates(reading: Reading, start: number): void {
  const aggregates: Aggregate[] = []
  let index = start
  for (;;) {
    const first = reading.role(index, 'aggregate')
    if (first === undefined || reading.role(index + 1, 'and') === undefined) break
    if (reading.role(index + 2, 'aggregate') === undefined) break
    aggregates.push(first.aggregate)
    reading.use(index, index + 1)
    index += 2
  }
  if (aggregates.length === 0) return
  const last = takeMeasure(reading, index) ?? reading.fail(`it is not clear of what to take the ${reading.text(index)}`)
  reading.measures.push(
    ...aggregates.map((aggregate) => ({ ...last, expression: { ...last.expression, aggregate } })),
    last,
  )
}

/** `total quantity and revenue`: columns that follow share the total. */
function readFurtherColumns(reading: Reading, { facts, expression }: Measure): void {
  if (expression.aggregate === 'COUNT') return
  for (const index of [...reading.open()]) {
    const columns = reading.meaning(index, 'columns')
    const column = columns?.columns[0]
    if (reading.role(index - 1, 'and') === undefined || columns?.facts !== facts || !column?.isMeasure) continue
    reading.use(index - 1, index)
    reading.measures.push({ facts, expression: { ...expression, of: { facts, column } } })
  }
}

function readHowMuch(reading: Reading, index: number): void {
  reading.use(index)
  const nouns = [...reading.open()].filter((place) => reading.noun(place) !== undefined)
  const place =
    nouns.find((candidate) => reading.meaning(candidate, 'columns')?.columns[0]?.isMeasure) ??
    nouns.find((candidate) => reading.meaning(candidate, 'table')?.facts.amount !== undefined)
  if (place === undefined) {
    readPrices(reading, nouns)
    return
  }
  reading.use(place)
  reading.measures.push(measureOf(reading.noun(place) as Noun, 'sales'))
}

/** `what did we pay for all copies`: their prices together. */
function readPrices(reading: Reading, nouns: readonly number[]): void {
  for (const place of nouns) {
    const facts = reading.meaning(place, 'table')?.facts
    const column = facts === undefined ? undefined : hintedColumn(facts, ['price', 'cost', 'fee'])
    if (facts === undefined || column === undefined) continue
    reading.use(place)
    reading.measures.push({ facts, expression: { kind: 'aggregate', aggregate: 'SUM', of: { facts, column } } })
    return
  }
  reading.fail('I found no amount that "how much" could ask for')
}

/** What a noun counts or adds up to when nothing else is said: sales are an amount, customers a number. */
export function measureOf(meaning: Noun, text: string): Measure {
  const { facts } = meaning
  if (meaning.kind === 'columns') {
    const column = meaning.columns[0] as ColumnFacts
    if (column.isMeasure) return { facts, expression: { kind: 'aggregate', aggregate: 'SUM', of: { facts, column } } }
    return { facts, expression: { kind: 'aggregate', aggregate: 'COUNT', of: { facts, column }, distinct: true } }
  }
  if (facts.amount !== undefined && isMoney(text)) {
    return { facts, expression: { kind: 'aggregate', aggregate: 'SUM', of: { facts, column: facts.amount } } }
  }
  return { facts, expression: { kind: 'aggregate', aggregate: 'COUNT' } }
}

/** Understands `number of customers` or `average list price` at a place, and marks it as understood. */
export function takeMeasure(reading: Reading, index: number): Measure | undefined {
  if (reading.isUsed(index)) return undefined
  const counts = reading.role(index, 'count') !== undefined
  const aggregate = reading.role(index, 'aggregate')?.aggregate
  if (!counts && aggregate === undefined) return undefined
  if (!counts && reading.role(index + 1, 'count') !== undefined) {
    if (aggregate !== 'SUM') reading.fail(`"${reading.text(index)} ${reading.text(index + 1)}" is more than I can read`)
    reading.use(index)
    return takeMeasure(reading, index + 1)
  }
  const counted = counts ? countedValue(reading, index + 1) : undefined
  if (counted !== undefined) {
    reading.use(index)
    return counted
  }
  const place = reading.nextNoun(index + 1)
  if (place === undefined) return undefined
  const meaning = reading.noun(place) as Noun
  reading.use(index, place)
  return counts ? countOf(meaning) : aggregated(reading, meaning, aggregate ?? 'SUM', reading.text(place))
}

/** `how many engineers`: the rows that have the value, unless the value only describes the noun after it. */
function countedValue(reading: Reading, index: number): Measure | undefined {
  const value = reading.meaning(index, 'value')
  if (value === undefined || reading.isUsed(index)) return undefined
  const acts = /^(?:bought|sold|spent|\p{L}+ed)$/iu.test(reading.text(index + 1))
  if (reading.noun(index + 1) !== undefined && !acts) return undefined
  if (!reading.isPlural(index) && reading.nextNoun(index + 1) !== undefined) return undefined
  const facts = reading.isPlural(index) ? (reading.subject ?? value.facts) : value.facts
  return { facts, expression: { kind: 'aggregate', aggregate: 'COUNT' } }
}

function countOf(meaning: Noun): Measure {
  if (meaning.kind === 'columns') return measureOf(meaning, '')
  return { facts: meaning.facts, expression: { kind: 'aggregate', aggregate: 'COUNT' } }
}

export function aggregated(reading: Reading, meaning: Noun, aggregate: Aggregate, text: string): Measure {
  const { facts } = meaning
  if (meaning.kind === 'table') {
    if (facts.amount === undefined || (aggregate === 'SUM' && !isMoney(text))) {
      if (aggregate !== 'SUM')
        reading.fail(`"${text}" has no amount of which I could take the ${aggregateNames[aggregate]}`)
      return { facts, expression: { kind: 'aggregate', aggregate: 'COUNT' } }
    }
    return { facts, expression: { kind: 'aggregate', aggregate, of: { facts, column: facts.amount } } }
  }
  const column = meaning.columns[0] as ColumnFacts
  const extreme = aggregate === 'MIN' || aggregate === 'MAX'
  if (!column.isNumber && !(extreme && column.isDate)) {
    reading.fail(`"${text}" is no number of which I could take the ${aggregateNames[aggregate]}`)
  }
  return { facts, expression: { kind: 'aggregate', aggregate, of: { facts, column } } }
}

const aggregateNames = { SUM: 'total', AVG: 'average', MIN: 'minimum', MAX: 'maximum' } as const

/** Whether a phrase names something that is counted in money. */
export function isMoney(text: string): boolean {
  return text
    .toLowerCase()
    .split(' ')
    .some((word) => moneyNouns.has(word.replace(/s$/, '')))
}
