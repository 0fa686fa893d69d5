import type { Comparison } from './english.ts'
import type { Condition } from './query-form.ts'
import type { Reading } from './reading.ts'
import type { ColumnFacts, TableFacts } from './table-facts.ts'

/** Understands how many rows are asked for: `top 5`, `the 3 cheapest`, `list 10 customers`. */
export function readLimits(reading: Reading): void {
  for (const index of [...reading.open()]) {
    const number = reading.number(index)
    if (number === undefined || reading.isUsed(index) || !isLimit(reading, index)) continue
    if (!Number.isInteger(number) || number < 1) reading.fail(`${number} is no number of rows`)
    reading.limit = number
    reading.use(index)
    if (reading.role(index - 1, 'first') !== undefined) reading.use(index - 1)
  }
  for (const index of [...reading.open()]) {
    if (reading.role(index, 'first') === undefined) continue
    reading.limit ??= 1
    reading.use(index)
    readFirstInTime(reading, index)
  }
}

/** `the first member who joined`: the earliest of the dates that the question speaks about. */
function readFirstInTime(reading: Reading, index: number): void {
  for (const place of reading.open(index + 1)) {
    const meaning = reading.meaning(place, 'columns')
    const [date] = meaning?.columns.filter(({ isDate }) => isDate) ?? []
    if (meaning === undefined || date === undefined) continue
    reading.rank = { by: { ...meaning, columns: [date] }, direction: 'ASC' }
    reading.use(place)
    return
  }
}

function isLimit(reading: Reading, index: number): boolean {
  if (isYear(reading.number(index) ?? 0) && reading.before(index).some((word) => ['in', 'of', 'for'].includes(word))) {
    return false
  }
  const previousRole = ['top', 'first', 'rank', 'best seller'] as const
  if (previousRole.some((kind) => reading.role(index - 1, kind) !== undefined)) return true
  if (reading.role(index + 1, 'rank') !== undefined || reading.role(index + 1, 'best seller') !== undefined) return true
  const counted = reading.meaning(index + 1, 'table') !== undefined || reading.meaning(index + 1, 'value') !== undefined
  const opens = index === 0 || reading.role(index - 1, 'opener') !== undefined
  const ranked = reading.marks.some((_, place) => place > index && reading.role(place, 'rank') !== undefined)
  return counted && (opens || ranked) && !reading.before(index).some((word) => ['in', 'with', 'of'].includes(word))
}

/** Understands comparisons with a number: `more than 100`, `between 5 and 10`, `5000 or more`, `with more than 3 orders`. */
export function readComparisons(reading: Reading): void {
  for (const index of [...reading.open()]) {
    if (reading.isUsed(index)) continue
    if (reading.role(index, 'between') !== undefined) readBetween(reading, index)
    const compare = reading.role(index, 'compare')
    if (compare !== undefined) readCompare(reading, index, compare.comparison, compare.hints)
    const number = reading.number(index)
    if (number === undefined || reading.isUsed(index)) continue
    const period = isYear(number) && /later|earlier/i.test(reading.text(index + 1))
    if (period) continue
    const afterMoney = skipMoney(reading, index + 1)
    if (reading.role(afterMoney, 'or more') !== undefined) attach(reading, index, index, '>=', number, [afterMoney])
    if (reading.role(afterMoney, 'or less') !== undefined) attach(reading, index, index, '<=', number, [afterMoney])
  }
}

function readCompare(
  reading: Reading,
  index: number,
  comparison: Comparison,
  hints: readonly string[] | undefined,
): void {
  const at = skipMoney(reading, index + 1)
  const number = reading.number(at)
  if (number === undefined) return
  attach(reading, index, at, comparison, number, [index], hints)
}

/** Finds what is compared, and notes the condition. `start` is the first mark of the comparison, `at` the number's. */
function attach(
  reading: Reading,
  start: number,
  at: number,
  comparison: Comparison,
  value: number,
  marks: readonly number[],
  hints?: readonly string[],
): void {
  const previous = skipMoneyBack(reading, skipVerb(reading, start - 1))
  const next = skipMoney(reading, Math.max(at, ...marks) + 1)
  const money = next !== at + 1 || reading.role(start - 1, 'money') !== undefined
  const finish = (...more: number[]): void => reading.use(at, ...marks, ...more)
  const after = reading.meaning(next, 'columns')
  const before = reading.meaning(previous, 'columns')
  if (before?.columns.some(({ isNumber }) => isNumber) && !reading.isUsed(previous) && hints === undefined) {
    finish(previous)
    const column = before.columns[0] as ColumnFacts
    const aggregate = reading.role(previous - 1, 'aggregate')?.aggregate
    if (aggregate !== undefined && reading.previousNoun(previous - 1) !== undefined) {
      reading.use(previous - 1)
      const expression = { kind: 'aggregate', aggregate, of: { facts: before.facts, column } } as const
      reading.groupConditions.push({ facts: before.facts, expression, comparison, value })
      return
    }
    reading.conditions.push({ kind: 'compare', facts: before.facts, column, comparison, value })
    return
  }
  if (after?.columns.some(({ isMeasure }) => isMeasure) && hints === undefined) {
    finish(next)
    reading.conditions.push({
      kind: 'compare',
      facts: after.facts,
      column: after.columns[0] as ColumnFacts,
      comparison,
      value,
    })
    return
  }
  const done = reading.role(next, 'times') === undefined ? undefined : reading.previousNoun(start)
  const doneFacts = done === undefined ? undefined : reading.noun(done)?.facts
  if (done !== undefined && doneFacts !== undefined) {
    finish(next, done)
    reading.groupConditions.push({ facts: doneFacts, expression: COUNT_ROWS, comparison, value })
    return
  }
  const counted = reading.meaning(next, 'table')
  if (counted !== undefined && !money && hints === undefined) {
    finish(next)
    reading.groupConditions.push({ facts: counted.facts, expression: COUNT_ROWS, comparison, value })
    return
  }
  const table = reading.meaning(previous, 'table')
  if (table !== undefined && reading.role(previous - 1, 'count') !== undefined) {
    if (reading.previousNoun(previous - 1) !== undefined) {
      finish(previous, previous - 1)
      reading.groupConditions.push({ facts: table.facts, expression: COUNT_ROWS, comparison, value })
      return
    }
  }
  const target =
    implicitColumn(reading, previous + 1, hints) ?? reading.fail(`it is not clear what is compared with ${value}`)
  finish()
  reading.conditions.push({ kind: 'compare', ...target, comparison, value })
}

/** In `products cost more than 100` the word is a verb unless the table itself has a column of that name. */
function skipVerb(reading: Reading, index: number): number {
  const table = reading.meaning(index - 1, 'table')
  const isVerb = /^(?:costs?|costing|priced)$/i.test(reading.text(index))
  if (!isVerb || table === undefined || reading.anyMeaning(index)?.facts === table.facts) return index
  reading.use(index)
  return index - 1
}

const COUNT_ROWS = { kind: 'aggregate', aggregate: 'COUNT' } as const

/** The column that a bare number speaks about: the amount or price of the table named last. */
function implicitColumn(
  reading: Reading,
  start: number,
  hints: readonly string[] = ['amount', 'price', 'cost', 'total', 'value'],
): { facts: TableFacts; column: ColumnFacts } | undefined {
  const places = reading.marks.map((_, index) => index)
  const byNearness = [...places.filter((index) => index < start).reverse(), ...places.filter((index) => index > start)]
  for (const index of byNearness) {
    const facts = reading.anyMeaning(index)?.facts
    if (facts === undefined) continue
    const column = hintedColumn(facts, hints)
    if (column !== undefined) return { facts, column }
  }
  return undefined
}

/** The first number or date of a table whose name has one of the words; a word that stands earlier wins. */
export function hintedColumn(facts: TableFacts, hints: readonly string[]): ColumnFacts | undefined {
  for (const hint of hints) {
    const found = facts.columns.find(
      ({ isKey, isNumber, isDate, nameStems }) => !isKey && (isNumber || isDate) && nameStems.includes(hint),
    )
    if (found !== undefined) return found
  }
  return undefined
}

function readBetween(reading: Reading, index: number): void {
  const first = skipMoney(reading, index + 1)
  const and = skipMoney(reading, first + 1)
  const second = skipMoney(reading, and + 1)
  const low = reading.number(first)
  const high = reading.number(second)
  if (low === undefined || high === undefined || reading.role(and, 'and') === undefined) return
  const before = reading.meaning(index - 1, 'columns')
  const number = before?.columns.find(({ isNumber }) => isNumber)
  const years = isYear(low) && isYear(high)
  if (years && number === undefined) return
  const after = reading.meaning(skipMoney(reading, second + 1), 'columns')
  const afterNumber = after?.columns.find(({ isMeasure }) => isMeasure)
  const target =
    before !== undefined && number !== undefined
      ? { facts: before.facts, column: number }
      : after !== undefined && afterNumber !== undefined
        ? { facts: after.facts, column: afterNumber }
        : (implicitColumn(reading, index) ?? reading.fail(`it is not clear what lies between ${low} and ${high}`))
  if (number !== undefined) reading.use(index - 1)
  else if (afterNumber !== undefined) reading.use(skipMoney(reading, second + 1))
  reading.use(index, first, and, second)
  reading.conditions.push({ kind: 'between', ...target, low: Math.min(low, high), high: Math.max(low, high) })
}

/** Understands numbers that say which: `customer 17`, `promotion id 5`, `a credit limit of 9000`. */
export function readEqualities(reading: Reading): void {
  for (const index of [...reading.open()]) {
    const value = reading.number(index)
    if (value === undefined) continue
    const not = reading.role(index - 1, 'not') === undefined ? undefined : index - 1
    const previous = skipMoneyBack(reading, (not ?? index) - 1)
    const condition = equality(reading, previous, index, value)
    if (condition === undefined) continue
    reading.use(index)
    if (condition.used) reading.use(previous)
    if (not !== undefined) reading.use(not)
    reading.conditions.push({ ...condition.condition, negated: not !== undefined })
  }
}

function equality(
  reading: Reading,
  previous: number,
  index: number,
  value: number,
): { condition: Extract<Condition, { kind: 'in' }>; used: boolean } | undefined {
  const columns = reading.meaning(previous, 'columns')
  const column = columns?.columns.find(({ isNumber }) => isNumber)
  const inTime = ['in', 'for', 'during'].some((word) => reading.before(index).includes(word))
  if (columns !== undefined && column !== undefined && !(isYear(value) && inTime && column.isMeasure)) {
    const condition = { kind: 'in', facts: columns.facts, column, values: [value], negated: false } as const
    return { condition, used: true }
  }
  const table = reading.meaning(previous, 'table')
  if (table === undefined || reading.isPlural(previous) || isYear(value)) return undefined
  const [key, ...others] = table.facts.columns.filter((facts) =>
    table.facts.table.primaryKey.includes(facts.column.name),
  )
  if (key === undefined || others.length > 0 || !key.isNumber) return undefined
  return { condition: { kind: 'in', facts: table.facts, column: key, values: [value], negated: false }, used: false }
}

export function isYear(value: number): boolean {
  return Number.isInteger(value) && value >= 1900 && value <= 2100
}

function skipMoney(reading: Reading, index: number): number {
  return reading.role(index, 'money') === undefined ? index : index + 1
}

function skipMoneyBack(reading: Reading, index: number): number {
  return reading.role(index, 'money') === undefined ? index : index - 1
}
