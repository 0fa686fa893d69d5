import type { SeededRandom } from '../demo/seeded-random.ts'
import { OracleError } from '../oracle-error.ts'
import { OracleDateTime } from '../values/oracle-date-time.ts'
import { OracleNumber } from '../values/oracle-number.ts'
import type { OracleValue } from '../values/oracle-value.ts'
import type { ColumnHint } from './column-hint.ts'
import { stepOf } from './column-step.ts'
import { isDate, isNumber, isText } from './prompt-hints.ts'
import type { ColumnShape } from './table-shape.ts'
import { makeText } from './text-maker.ts'

const NO_HINT: ColumnHint = {}
const FIRST_YEAR = 2020
const LAST_YEAR = 2024

/** By what a column's name contains: the usual least and largest number. */
const numberRanges: readonly (readonly [pattern: RegExp, low: number, high: number])[] = [
  [/YEAR/, 1990, LAST_YEAR],
  [/MONTH/, 1, 12],
  [/(?:^|_)DAY$/, 1, 28],
  [/(?:^|_)AGE$/, 18, 80],
  [/SALARY/, 30_000, 120_000],
  [/PRICE|COST|AMOUNT|BALANCE|FEE|TOTAL/, 5, 500],
  [/REVENUE|BUDGET/, 10_000, 1_000_000],
  [/RATING|STARS/, 1, 5],
  [/QUANTITY|QTY|COUNT/, 1, 20],
  [/PERCENT|DISCOUNT|RATE/, 0, 100],
  [/DURATION|MINUTES|RUNTIME/, 60, 180],
  [/LATITUDE/, -90, 90],
  [/LONGITUDE/, -180, 180],
]

/** A value for a column that is bound to no other. @throws OracleError ORA-20000 for a type that no values are made for. */
export function makeValue(
  tableName: string,
  column: ColumnShape,
  hint: ColumnHint | undefined,
  random: SeededRandom,
): OracleValue {
  if (hint?.values !== undefined && hint.values.length > 0) return random.pick(hint.values)
  if (isText(column)) return makeText(tableName, column.name, column.length, random)
  if (isNumber(column)) return makeNumber(column, hint ?? NO_HINT, random)
  if (isDate(column)) return makeDate(column, hint ?? NO_HINT, random)
  if (column.type === 'BOOLEAN') return random.integer(0, 1) === 1
  if (column.type === 'RAW') return bytes(Math.min(column.length, 16), random)
  if (column.nullable) return null
  if (column.type === 'BLOB') return bytes(16, random)
  throw new OracleError(20000, `No values of type ${column.type} can be made for column ${column.name}`)
}

/** The largest number that a column holds, for whole numbers. */
export function largestNumber({ precision, scale }: ColumnShape): number {
  return precision === undefined ? Number.MAX_SAFE_INTEGER : 10 ** Math.min(precision - (scale ?? 0), 15) - 1
}

function makeNumber(column: ColumnShape, hint: ColumnHint, random: SeededRandom): OracleNumber {
  const [, usualLow, usualHigh] = numberRanges.find(([pattern]) => pattern.test(column.name)) ?? [/./, 1, 1000]
  const width = usualHigh - usualLow
  const largest = largestNumber(column)
  const low = hint.low ?? Math.min(usualLow, hint.high === undefined ? usualLow : hint.high - width)
  const high = Math.min(hint.high ?? Math.max(usualHigh, low + width), largest)
  const step = stepOf(column)
  const steps = Math.max(0, Math.floor((high - Math.min(low, high)) / step + 1e-9))
  return new OracleNumber(Math.min(low, high)).plus(new OracleNumber(step).times(random.integer(0, steps)))
}

function makeDate(column: ColumnShape, hint: ColumnHint, random: SeededRandom): OracleDateTime {
  const isBirth = /BIRTH|BORN/.test(column.name)
  const low = hint.low ?? Math.min(isBirth ? 1955 : FIRST_YEAR, hint.high ?? LAST_YEAR)
  const high = hint.high ?? Math.max(isBirth ? 2005 : LAST_YEAR, low)
  const date = [random.integer(low, high), random.integer(1, 12), random.integer(1, 28)] as const
  if (column.type === 'DATE') return new OracleDateTime(...date)
  const offset = column.type === 'TIMESTAMP' ? undefined : 0
  return new OracleDateTime(...date, random.integer(0, 23), random.integer(0, 59), random.integer(0, 59), 0, offset)
}

function bytes(length: number, random: SeededRandom): Uint8Array {
  return Uint8Array.from({ length }, () => random.integer(0, 255))
}
