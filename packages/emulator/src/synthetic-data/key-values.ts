import type { SeededRandom } from '../demo/seeded-random.ts'
import { OracleDateTime } from '../values/oracle-date-time.ts'
import { OracleNumber } from '../values/oracle-number.ts'
import type { OracleValue } from '../values/oracle-value.ts'
import type { ColumnHint } from './column-hint.ts'
import { keyText, type Row } from './key-text.ts'
import { isDate, isNumber, isText } from './prompt-hints.ts'
import { type Query, quotedName } from './query.ts'
import type { ColumnShape, TableShape } from './table-shape.ts'
import { largestNumber, makeValue } from './value-maker.ts'

const DAY_MS = 86_400_000
/** So often another value is tried for a text or a date. */
const MOST_TRIES = 100_000

/** One primary or unique key of a table: which combinations of values are taken, and the next ones that are not. */
export class KeyValues {
  readonly columns: readonly string[]
  readonly #table: TableShape
  readonly #used = new Set<string>()
  /** The column that makes a combination a new one. */
  readonly #counter: ColumnShape | undefined
  readonly #hint: ColumnHint
  /** The number that was given last beside the same other values. */
  readonly #last = new Map<string, number>()

  private constructor(
    table: TableShape,
    columns: readonly string[],
    counter: ColumnShape | undefined,
    hint: ColumnHint,
  ) {
    this.#table = table
    this.columns = columns
    this.#counter = counter
    this.#hint = hint
  }

  /** @param free - Columns of the key whose values nothing else decides. */
  static async read(
    table: TableShape,
    columns: readonly string[],
    free: readonly ColumnShape[],
    hintOf: (column: string) => ColumnHint | undefined,
    query: Query,
  ): Promise<KeyValues> {
    const counter = free.find(isNumber) ?? free.find(isText) ?? free.find(isDate)
    const key = new KeyValues(table, columns, counter, hintOf(counter?.name ?? '') ?? {})
    const list = columns.map(quotedName).join(', ')
    const { rows } = await query(`SELECT ${list} FROM ${quotedName(table.owner)}.${quotedName(table.name)}`)
    for (const row of rows) key.add(new Map(columns.map((column, index) => [column, row[index] ?? null])))
    return key
  }

  isTaken(row: Row): boolean {
    const text = keyText(this.columns.map((column) => row.get(column) ?? null))
    return text !== undefined && this.#used.has(text)
  }

  /** Notes that a row is there. */
  add(row: Row): void {
    const text = keyText(this.columns.map((column) => row.get(column) ?? null))
    if (text !== undefined) this.#used.add(text)
    if (this.#counter === undefined || !isNumber(this.#counter)) return
    const number = Math.floor(Number(row.get(this.#counter.name) ?? 0))
    const beside = this.#beside(row)
    this.#last.set(beside, Math.max(number, this.#last.get(beside) ?? number))
  }

  /** Sets the column that counts, so that the key is a new one; false when there is no such column, or nothing is left for it. */
  complete(row: Row, random: SeededRandom): boolean {
    const counter = this.#counter
    if (counter === undefined || row.has(counter.name)) return false
    for (const value of this.#candidates(counter, row, random)) {
      row.set(counter.name, value)
      if (!this.isTaken(row)) return true
    }
    row.delete(counter.name)
    return false
  }

  /** Whether the key is a single column for which no value was left. */
  isUsedUp(row: Row): boolean {
    return this.columns.length === 1 && this.#counter !== undefined && !row.has(this.#counter.name)
  }

  #candidates(counter: ColumnShape, row: Row, random: SeededRandom): Iterable<OracleValue> {
    if (isNumber(counter)) return this.#numbers(counter, row)
    const first = makeValue(this.#table.name, counter, this.#hint, random)
    return first instanceof OracleDateTime ? days(first) : texts(String(first), counter.length)
  }

  /** The numbers after the last one, and then those that were left out before. */
  *#numbers(counter: ColumnShape, row: Row): Iterable<OracleNumber> {
    const low = this.#hint.low ?? 1
    const high = Math.min(this.#hint.high ?? Number.MAX_SAFE_INTEGER, largestNumber(counter))
    const last = Math.max(this.#last.get(this.#beside(row)) ?? low - 1, low - 1)
    for (let number = last + 1; number <= high; number += 1) yield new OracleNumber(number)
    for (let number = low; number <= Math.min(last, high); number += 1) yield new OracleNumber(number)
  }

  #beside(row: Row): string {
    const others = this.columns.filter((column) => column !== this.#counter?.name)
    return keyText(others.map((column) => row.get(column) ?? null)) ?? ''
  }
}

function* days(first: OracleDateTime): Iterable<OracleDateTime> {
  yield first
  for (let count = 1; count < MOST_TRIES; count += 1) {
    const day = OracleDateTime.fromUtc(new Date(first.toUtcMilliseconds() + count * DAY_MS))
    const { year, month, day: date, hour, minute, second } = day
    yield new OracleDateTime(year, month, date, hour, minute, second, 0, first.offsetMinutes)
  }
}

/** A text, and then the same with a number behind, which stands before the sign of an address. */
function* texts(first: string, length: number): Iterable<string> {
  yield first
  const [name = '', ...domain] = first.split('@')
  const rest = domain.length === 0 ? '' : `@${domain.join('@')}`
  for (let count = 2; count < MOST_TRIES; count += 1) {
    const end = `${count}${rest}`
    if (end.length <= length) yield `${name.slice(0, length - end.length)}${end}`
    else if (String(count).length <= length) yield String(count)
    else return
  }
}
