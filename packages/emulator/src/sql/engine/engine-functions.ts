import { addDays, addInterval, daysBetween, intervalBetween } from '../../language/calendar.ts'
import { matchesLike } from '../../language/like.ts'
import { OracleError } from '../../oracle-error.ts'
import { Interval } from '../../values/interval.ts'
import type { OracleDateTime } from '../../values/oracle-date-time.ts'
import { OracleNumber } from '../../values/oracle-number.ts'
import { rowAddress, rowIdText } from '../../values/row-address.ts'
import { convertValue } from '../functions/conversion.ts'
import { extractField } from '../functions/date-functions.ts'
import { MAXIMUM_TEXT } from '../functions/result-type.ts'
import type { FunctionContext } from '../functions/scalar-function.ts'
import { limited } from '../values/number-format.ts'
import type { Family, SqlValue } from '../values/sql-value.ts'
import { decodeValue, withOffset } from '../values/stored-value.ts'
import { fitValue } from './fit-value.ts'

/** What the translator's text calls besides SQL's own functions. NULL arguments give NULL unless `acceptsNull` is set. */
export interface EngineFunction {
  readonly acceptsNull?: boolean
  /** Whether the result is the engine's own integer or condition. */
  readonly native?: boolean
  run(values: readonly SqlValue[], context: FunctionContext): SqlValue | number
}

type Pair = readonly [OracleNumber, OracleNumber]

function arithmetic(run: (left: OracleNumber, right: OracleNumber) => OracleNumber): EngineFunction {
  return { run: (values) => limited(run(...(values as unknown as Pair))) }
}

function divide(left: OracleNumber, right: OracleNumber): OracleNumber {
  if (right.isZero()) throw new OracleError(1476, 'divisor is equal to zero')
  return left.dividedBy(right)
}

function plain(value: SqlValue | undefined): OracleDateTime {
  return withOffset(value as OracleDateTime, undefined)
}

function scale(values: readonly SqlValue[]): SqlValue {
  const [interval, factor, operator] = values as readonly [Interval, OracleNumber, string]
  const amount = new OracleNumber(String(interval.kind === 'months' ? interval.months : interval.nanoseconds))
  const scaled = operator === '*' ? amount.times(factor) : divide(amount, factor)
  return new Interval(interval.kind, BigInt(scaled.toFixed(0, OracleNumber.ROUND_DOWN)))
}

function sumIntervals(values: readonly SqlValue[]): SqlValue {
  const [left, right, operator] = values as readonly [Interval, Interval, string]
  const amount = (value: Interval) => (value.kind === 'months' ? BigInt(value.months) : value.nanoseconds)
  return new Interval(left.kind, operator === '+' ? amount(left) + amount(right) : amount(left) - amount(right))
}

const ERRORS: Readonly<Record<string, string>> = {
  1436: 'CONNECT BY loop in user data',
  1427: 'single-row subquery returns more than one row',
}

function raise(number: string): never {
  throw new OracleError(Number(number), ERRORS[number] ?? 'internal error')
}

/** The engine's limits take whole numbers: fractions are cut, NULL and negatives are no rows. */
function rows(value: SqlValue | undefined): number {
  if (!(value instanceof OracleNumber)) return 0
  return Math.min(Math.max(value.trunc().toNumber(), 0), Number.MAX_SAFE_INTEGER)
}

/** Joins texts that came as hexadecimal, separated by commas; NULLs came as nothing. */
function join([collected, separator, indicator, withCount]: readonly SqlValue[]): SqlValue {
  if (typeof collected !== 'string') return null
  const encoded = collected.split(',').filter((part) => part !== '')
  const values = encoded.map((part) => Buffer.from(part, 'hex').toString('utf8'))
  const between = (separator as string | null) ?? ''
  const text = values.join(between)
  if (Buffer.byteLength(text) <= MAXIMUM_TEXT) return text
  if (withCount === undefined) throw new OracleError(1489, 'result of string concatenation is too long')
  return truncated(values, between, (indicator as string | null) ?? '', withCount === 'Y')
}

/** Bytes that are kept free for the number of values that were left out. */
const COUNT_LENGTH = 24

/** As many values as fit, then the mark of what is missing and, if wanted, how many that are. */
function truncated(values: readonly string[], separator: string, indicator: string, withCount: boolean): string {
  const room = MAXIMUM_TEXT - Buffer.byteLength(indicator) - (withCount ? COUNT_LENGTH : 0)
  let size = 0
  let count = 0
  for (const value of values) {
    size += Buffer.byteLength(value) + Buffer.byteLength(separator)
    if (size > room) break
    count += 1
  }
  const missing = withCount ? `(${values.length - count})` : ''
  return `${values
    .slice(0, count)
    .map((value) => value + separator)
    .join('')}${indicator}${missing}`
}

export const engineFunctions: Readonly<Record<string, EngineFunction>> = {
  ora_add: arithmetic((left, right) => left.plus(right)),
  ora_subtract: arithmetic((left, right) => left.minus(right)),
  ora_multiply: arithmetic((left, right) => left.times(right)),
  ora_divide: arithmetic(divide),
  ora_negate: { run: ([value]) => (value as OracleNumber).negated() },
  ora_int: { run: ([value]) => value as OracleNumber },
  ora_real: { run: ([value]) => value as OracleNumber },
  ora_native: { native: true, run: ([value]) => (value as OracleNumber).trunc().toNumber() },
  ora_rows: { native: true, acceptsNull: true, run: ([value]) => rows(value) },
  ora_percent: {
    native: true,
    acceptsNull: true,
    run: ([percent, total]) => {
      if (!(percent instanceof OracleNumber) || percent.isNegative()) return 0
      return percent
        .times(total as OracleNumber)
        .dividedBy(100)
        .ceil()
        .toNumber()
    },
  },
  ora_add_days: {
    run: ([date, days, sign]) =>
      addDays(plain(date), sign === '-' ? (days as OracleNumber).negated() : (days as OracleNumber)),
  },
  ora_days_between: { run: ([left, right]) => daysBetween(plain(left), plain(right)) },
  ora_interval_between: { run: ([left, right]) => intervalBetween(left as OracleDateTime, right as OracleDateTime) },
  ora_add_interval: {
    run: ([time, interval, sign]) => addInterval(time as OracleDateTime, interval as Interval, sign === '-' ? -1 : 1),
  },
  ora_scale_interval: { run: scale },
  ora_sum_intervals: { run: sumIntervals },
  ora_convert: {
    run: ([value, code], context) => {
      const [from, to] = (code as string).split('>') as [Family, Family]
      return convertValue(value ?? null, from, to, context)
    },
  },
  ora_fit: { run: ([value, code]) => fitValue(value ?? null, code as string) },
  ora_extract: { run: ([value, field]) => extractField(value as OracleDateTime | Interval, field as string) },
  ora_like: {
    native: true,
    run: ([text, pattern, mark]) =>
      matchesLike(text as string, pattern as string, (mark as string | null | undefined) ?? null) ? 1 : 0,
  },
  ora_limit: {
    run: ([text]) => {
      if (Buffer.byteLength(text as string) > MAXIMUM_TEXT)
        throw new OracleError(1489, 'result of string concatenation is too long')
      return text as string
    },
  },
  ora_nextval: { run: ([id], { sequences }) => sequences.next(Number(id)) },
  ora_currval: { run: ([id], { sequences }) => sequences.current(Number(id)) },
  ora_raise: { run: ([number]) => raise(number as string) },
  ora_rowid: {
    run([address]) {
      const [object, row] = (address as string).split(':')
      return rowIdText(rowAddress(Number(object), Number(row)))
    },
  },
  ora_join: { acceptsNull: true, run: join },
}

/** Numbers collected as the hexadecimal form of what the engine stores; NULLs come as nothing. */
export function collectedNumbers(collected: string): readonly OracleNumber[] {
  const numbers: OracleNumber[] = []
  for (const part of collected.split(',')) {
    if (part !== '') numbers.push(decodeValue(Buffer.from(part, 'hex')) as OracleNumber)
  }
  return numbers
}
