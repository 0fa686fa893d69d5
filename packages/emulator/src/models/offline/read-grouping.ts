import type { Meaning } from './meanings.ts'
import { isMoney, measureOf, takeMeasure } from './read-measures.ts'
import type { Reading } from './reading.ts'

/** Understands `by channel and year`, `per country`, `monthly`, and `sorted by price`. */
export function readGrouping(reading: Reading): void {
  for (const index of [...reading.open()]) {
    if (reading.isUsed(index)) continue
    const unit = reading.role(index, 'unit')
    if (unit?.grouping === true) addUnit(reading, index)
    if (reading.role(index, 'by') !== undefined) {
      if (namesDoers(reading, index)) reading.use(index)
      else readBy(reading, index)
    }
    if (reading.role(index, 'order') !== undefined) readOrder(reading, index)
  }
}

/** `paid by members` says who did it; `paid by member` asks for groups. */
function namesDoers(reading: Reading, index: number): boolean {
  const isPassive = /^(?:.*\s)?(?:\w+ed|paid|bought|sold|spent|made)$/i.test(reading.text(index - 1))
  const isDoer = reading.meaning(index + 1, 'table') ?? reading.meaning(index + 1, 'value')
  return isPassive && reading.isPlural(index + 1) && isDoer !== undefined
}

/** In these groups each has rows of its own to rank; `by` alone may also say what to rank by. */
const SINGLING = /\b(?:each|every|per)\b/i

function readBy(reading: Reading, start: number): void {
  reading.use(start)
  let index = start + 1
  for (;;) {
    if (!readDimension(reading, index)) {
      // Values stand beside what they narrow down: `by country in Europe` ends the list.
      reading.fail(`it is not clear what to group by after "${reading.text(start)}"`)
    }
    const dimension = reading.dimensions.at(-1)
    if (dimension !== undefined && SINGLING.test(reading.text(start))) reading.singled.add(dimension)
    const next = index + 1
    if (reading.role(next, 'and') === undefined || !isDimension(reading, next + 1)) return
    reading.use(next)
    index = next + 1
  }
}

function isDimension(reading: Reading, index: number): boolean {
  return reading.role(index, 'unit') !== undefined || reading.noun(index) !== undefined
}

function readDimension(reading: Reading, index: number): boolean {
  if (reading.role(index, 'unit') !== undefined) {
    addUnit(reading, index)
    return true
  }
  const ranks = reading.rank === undefined && isRanking(reading)
  if (reading.role(index, 'count') !== undefined || reading.role(index, 'aggregate') !== undefined) {
    const measure = takeMeasure(reading, index)
    if (measure === undefined) return false
    reading.rank = { by: measure, direction: 'DESC' }
    return true
  }
  const meaning = reading.noun(index)
  if (meaning === undefined) return false
  reading.use(index)
  if (ranks && meaning.kind === 'columns' && meaning.columns.some(({ isMeasure, isDate }) => isMeasure || isDate)) {
    reading.rank = { by: meaning, direction: 'DESC' }
  } else if (ranks && meaning.kind === 'table' && isMoney(reading.text(index))) {
    reading.rank = { by: measureOf(meaning, reading.text(index)), direction: 'DESC' }
  } else {
    reading.dimensions.push(meaning)
  }
  return true
}

function isRanking(reading: Reading): boolean {
  return reading.marks.some(
    (_, index) => reading.role(index, 'top') !== undefined || reading.role(index, 'rank') !== undefined,
  )
}

/** Makes the years, quarters, months or days named at a place what the rows of the answer stand for. */
export function addUnit(reading: Reading, index: number): void {
  const mark = reading.marks[index]
  const unit = reading.role(index, 'unit')
  if (unit === undefined || mark?.kind !== 'role') return
  reading.dimensions.push({ kind: 'unit', unit: unit.unit, candidates: mark.candidates })
  reading.use(index)
}

function readOrder(reading: Reading, index: number): void {
  const next = index + 1
  const meaning = reading.noun(next)
  const measure = meaning === undefined ? takeMeasure(reading, next) : undefined
  const by = meaning?.kind === 'columns' ? meaning : meaning === undefined ? measure : displayOf(meaning)
  if (by === undefined) reading.fail(`it is not clear what to sort by`)
  const places = reading.marks.map((_, place) => place)
  const directed = places.find((place) => place > next && reading.role(place, 'direction') !== undefined)
  const direction = directed === undefined ? undefined : reading.role(directed, 'direction')?.direction
  reading.use(index, next)
  reading.rank = { by, direction: direction ?? 'ASC' }
}

function displayOf(meaning: Extract<Meaning, { kind: 'table' }>): Extract<Meaning, { kind: 'columns' }> | undefined {
  const { facts } = meaning
  return facts.display.length === 0 ? undefined : { kind: 'columns', facts, columns: facts.display }
}
