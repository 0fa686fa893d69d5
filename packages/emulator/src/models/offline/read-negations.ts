import type { Meaning } from './meanings.ts'
import type { Condition } from './query-form.ts'
import type { Reading } from './reading.ts'
import type { ColumnFacts } from './table-facts.ts'

/** Understands `not from Germany`, `without an email` and `never bought`. */
export function readNegations(reading: Reading): void {
  for (const index of [...reading.open()]) {
    if (reading.role(index, 'not') === undefined) continue
    const next = index + 1
    const value = reading.meaning(next, 'value')
    const columns = reading.meaning(next, 'columns')
    const table = reading.meaning(next, 'table')
    if (value !== undefined) readExcluded(reading, next)
    else if (columns !== undefined) {
      const column = columns.columns[0] as ColumnFacts
      reading.conditions.push({ kind: 'null', facts: columns.facts, column, negated: false })
    } else if (table !== undefined) reading.absent.add(table.facts)
    else reading.fail(`it is not clear what "${reading.text(index)}" refers to`)
    reading.use(index, next)
  }
}

/** Understands `members who have a phone`: there must be a value. */
export function readPossessions(reading: Reading): void {
  for (const index of [...reading.open()]) {
    const columns = reading.meaning(index, 'columns')
    const [column] = columns?.columns ?? []
    if (columns === undefined || column === undefined || !column.isText || reading.isPlural(index)) continue
    const has = reading.before(index).some((word) => word === 'have' || word === 'has')
    const valued = [index - 1, index + 1].some((beside) => reading.meaning(beside, 'value')?.column === column)
    const owned = [...reading.open(0, index)].some((place) => reading.meaning(place, 'table')?.facts === columns.facts)
    if (!has || valued || !owned) continue
    reading.use(index)
    reading.conditions.push({ kind: 'null', facts: columns.facts, column, negated: true })
  }
}

function readExcluded(reading: Reading, start: number): void {
  for (let index = start; ; index += 2) {
    const value = reading.meaning(index, 'value') as Extract<Meaning, { kind: 'value' }>
    reading.conditions.push(valueCondition(value, true))
    reading.use(index)
    const next = reading.meaning(index + 2, 'value')
    if (reading.role(index + 1, 'and') === undefined || next?.column !== value.column) return
    reading.use(index + 1)
  }
}

export function valueCondition(
  { facts, column, values }: Extract<Meaning, { kind: 'value' }>,
  negated: boolean,
): Condition {
  return { kind: 'in', facts, column, values, negated }
}

/** Understands `the Photo category` and `the Internet channel`: the noun beside a value only says what it is a value of. */
export function readLabels(reading: Reading): void {
  for (const index of [...reading.open()]) {
    const value = reading.meaning(index, 'value')
    if (value === undefined) continue
    for (const beside of [index - 1, index + 1]) {
      if (!reading.isUsed(beside) && isLabel(reading, beside, value)) reading.use(beside)
    }
  }
}

function isLabel(reading: Reading, index: number, { facts, column }: Extract<Meaning, { kind: 'value' }>): boolean {
  if (reading.isPlural(index)) return false
  if (reading.meaning(index, 'columns')?.columns.includes(column)) return true
  return reading.meaning(index, 'table')?.facts === facts && facts.display.includes(column)
}
