import type { Comparison, TimeUnit } from './english.ts'
import type { Condition, Period } from './query-form.ts'
import { isYear } from './read-numbers.ts'
import type { Reading } from './reading.ts'
import type { ColumnFacts, TableFacts } from './table-facts.ts'

interface Found {
  readonly period: Period
  /** Index after the period. */
  readonly end: number
}

/** Understands years, quarters, months and days, alone or in a range, and what they belong to. */
export function readPeriods(reading: Reading): void {
  for (const index of [...reading.open()]) {
    if (reading.isUsed(index)) continue
    const found = periodAt(reading, index)
    if (found === undefined) continue
    const range = rangeEnd(reading, index, found)
    const start = openingMark(reading, index, found.period)
    const owner = ownerOf(reading, start - 1)
    const near = nearestDated(reading, start)
    const open = openEnd(reading, range?.end ?? found.end)
    if (range !== undefined) {
      note(reading, '>=', withYearOf(found.period, range.period), owner, near)
      note(reading, '<=', range.period, owner, near)
    } else {
      note(reading, open ?? reading.role(index - 1, 'time')?.comparison ?? '=', found.period, owner, near)
    }
    const end = (range?.end ?? found.end) + (open === undefined ? 0 : 1)
    for (let used = start; used < end; used += 1) reading.use(used)
    if (owner !== undefined) {
      reading.use(start - 1)
      if (range === undefined) shareWithOther(reading, start - 2, owner, found.period)
    }
    readFurther(reading, end, owner, near)
  }
}

/** `1990 or later` */
function openEnd(reading: Reading, index: number): Comparison | undefined {
  if (reading.role(index, 'or more') !== undefined) return '>='
  return reading.role(index, 'or less') === undefined ? undefined : '<='
}

/** In `from April to June 2023` the year belongs to both months. */
function withYearOf(period: Period, { year }: Period): Period {
  return period.year === undefined && year !== undefined ? { ...period, year } : period
}

/** `started and ended in March`: both in the same time. */
function shareWithOther(reading: Reading, and: number, { facts }: Owner, period: Period): void {
  const other = reading.role(and, 'and') === undefined ? undefined : ownerOf(reading, and - 1)
  if (other?.facts !== facts || !other.column.isDate) return
  note(reading, '=', period, other, undefined)
  reading.use(and, and - 1)
}

/** `2022 and 2023`: the second year belongs to what the first one does. */
function readFurther(reading: Reading, start: number, owner: Owner | undefined, near: TableFacts | undefined): void {
  let index = start
  while (reading.role(index, 'and') !== undefined) {
    const found = periodAt(reading, index + 1)
    if (found === undefined) return
    note(reading, '=', found.period, owner, near)
    for (let used = index; used < found.end; used += 1) reading.use(used)
    index = found.end
  }
}

/** The table with dates that is named last before the period. */
function nearestDated(reading: Reading, start: number): TableFacts | undefined {
  for (let index = start - 1; index >= 0; index -= 1) {
    const facts = reading.anyMeaning(index)?.facts
    if (facts !== undefined && facts.dates.length > 0) return facts
  }
  return undefined
}

/** The first mark that belongs to the period: `between`, `since` or `the year` before it. */
function openingMark(reading: Reading, index: number, period: Period): number {
  let start = index
  while (
    start > 0 &&
    !reading.isUsed(start - 1) &&
    (reading.role(start - 1, 'time') ?? reading.role(start - 1, 'between') ?? plainUnit(reading, start - 1, period)) !==
      undefined
  ) {
    start -= 1
  }
  return start
}

/** `the year 2023`; but in `the best month of 2023` the month is what is asked for. */
function plainUnit(reading: Reading, index: number, period: Period): object | undefined {
  const unit = reading.role(index, 'unit')
  return unit?.grouping === false && unit.unit === finestUnit(period) ? unit : undefined
}

/** Day for 1 May 2023, quarter for Q2. */
export function finestUnit({ quarter, month, day }: Period): TimeUnit {
  if (day !== undefined) return 'day'
  if (month !== undefined) return 'month'
  return quarter === undefined ? 'year' : 'quarter'
}

function rangeEnd(reading: Reading, index: number, first: Found): Found | undefined {
  const between = reading.role(index - 1, 'between') !== undefined
  const joined = between && reading.role(first.end, 'and') !== undefined ? first.end + 1 : first.end
  const until = reading.role(joined, 'time')?.comparison === '<='
  const second = until ? joined + 1 : joined
  const to = reading.before(second).some((word) => word === 'to' || word === 'through')
  const from = reading.before(index).includes('from')
  return between || to || (from && until) ? periodAt(reading, second) : undefined
}

function periodAt(reading: Reading, index: number): Found | undefined {
  const mark = reading.marks[index]
  if (mark === undefined || reading.isUsed(index)) return undefined
  if (mark.kind === 'date') {
    const [year, month, day] = mark.date.split('-').map(Number) as [number, number, number]
    if (!isDay(year, month, day)) reading.fail(`${mark.date} is no date`)
    return { period: { year, month, day }, end: index + 1 }
  }
  const month = reading.role(index, 'month')?.month
  if (month !== undefined) return afterMonth(reading, index + 1, month, undefined)
  const quarter = reading.role(index, 'quarter')?.quarter
  if (quarter !== undefined) return withYear(reading, index + 1, { quarter })
  const number = reading.number(index)
  if (number === undefined) return undefined
  const following = reading.role(index + 1, 'month')?.month
  if (number >= 1 && number <= 31 && following !== undefined) return afterMonth(reading, index + 2, following, number)
  if (!isYear(number)) return undefined
  const yearQuarter = reading.role(index + 1, 'quarter')?.quarter
  if (yearQuarter !== undefined) return { period: { year: number, quarter: yearQuarter }, end: index + 2 }
  return { period: { year: number }, end: index + 1 }
}

function afterMonth(reading: Reading, index: number, month: number, day: number | undefined): Found {
  if (day !== undefined) return withYear(reading, index, { month, day })
  const number = reading.number(index)
  const comma = reading.role(index + 1, 'and') === undefined ? index + 1 : index + 2
  if (number !== undefined && number >= 1 && number <= 31 && isYear(reading.number(comma) ?? 0)) {
    return withYear(reading, comma, { month, day: number })
  }
  return withYear(reading, index, { month })
}

function withYear(reading: Reading, index: number, period: Period): Found {
  const number = reading.number(index)
  if (number === undefined || !isYear(number)) {
    if (period.day !== undefined) reading.fail('a day needs a year')
    return { period, end: index }
  }
  if (period.day !== undefined && !isDay(number, period.month ?? 0, period.day)) reading.fail('there is no such day')
  return { period: { ...period, year: number }, end: index + 1 }
}

function isDay(year: number, month: number, day: number): boolean {
  const date = new Date(Date.UTC(year, month - 1, day))
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day
}

interface Owner {
  readonly facts: Condition['facts']
  readonly column: ColumnFacts
}

/** The column right before a period when it can hold one: `born in 1980`, `ended in March 2023`. */
function ownerOf(reading: Reading, index: number): Owner | undefined {
  const columns = reading.meaning(index, 'columns')
  if (columns === undefined || reading.isUsed(index)) return undefined
  const column = columns.columns.find(({ isDate, isNumber, isMeasure }) => isDate || (isNumber && !isMeasure))
  return column === undefined ? undefined : { facts: columns.facts, column }
}

function note(
  reading: Reading,
  comparison: Comparison,
  period: Period,
  owner: Owner | undefined,
  near: TableFacts | undefined,
): void {
  if (owner === undefined) reading.periods.push({ comparison, period, near })
  else reading.conditions.push(ownedCondition(reading, owner, comparison, period))
}

/** What a period says about a date, or about a number that is a year. */
export function ownedCondition(reading: Reading, owner: Owner, comparison: Comparison, period: Period): Condition {
  if (owner.column.isDate) return periodCondition(owner, comparison, period)
  const { year, quarter, month } = period
  const value = quarter === undefined && month === undefined ? year : undefined
  if (value === undefined) return reading.fail('a month or a day needs a date to belong to')
  if (comparison === '=') return { kind: 'in', ...owner, values: [value], negated: false }
  return { kind: 'compare', ...owner, comparison, value }
}

function periodCondition(owner: Owner, comparison: Comparison, period: Period): Condition {
  if (comparison === '=') return { kind: 'in periods', ...owner, periods: [period] }
  if (period.year === undefined) return { kind: 'in periods', ...owner, periods: [period] }
  return { kind: 'compare period', ...owner, comparison, period }
}
