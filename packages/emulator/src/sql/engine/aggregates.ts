import { OracleError } from '../../oracle-error.ts'
import { OracleNumber } from '../../values/oracle-number.ts'
import { joinLimbs, splitNumber } from '../functions/number-limbs.ts'
import { limited } from '../values/number-format.ts'
import type { SqlValue } from '../values/sql-value.ts'
import { decodeValue } from '../values/stored-value.ts'
import { collectedNumbers, type EngineFunction } from './engine-functions.ts'

const ZERO = new OracleNumber(0)

function median(numbers: readonly OracleNumber[]): OracleNumber | null {
  const sorted = [...numbers].sort((left, right) => left.comparedTo(right))
  const upper = sorted[Math.floor(sorted.length / 2)]
  if (upper === undefined) return null
  if (sorted.length % 2 === 1) return upper
  return upper.plus(sorted[sorted.length / 2 - 1] as OracleNumber).dividedBy(2)
}

/** @param sample - whether to divide by n - 1; @param single - the result for one value. */
function variance(numbers: readonly OracleNumber[], sample: boolean, single: OracleNumber | null): OracleNumber | null {
  const count = numbers.length
  if (count === 0) return null
  if (count === 1) return sample ? single : ZERO
  const mean = numbers.reduce((sum, value) => sum.plus(value), ZERO).dividedBy(count)
  const squares = numbers.reduce((sum, value) => sum.plus(value.minus(mean).pow(2)), ZERO)
  return squares.dividedBy(sample ? count - 1 : count)
}

function overNumbers(run: (numbers: readonly OracleNumber[]) => OracleNumber | null): EngineFunction {
  return {
    run: ([collected]) => {
      const result = run(collectedNumbers(collected as string))
      return result === null ? null : limited(result)
    },
  }
}

function sum(numbers: readonly OracleNumber[]): OracleNumber | null {
  return numbers.length === 0 ? null : numbers.reduce((total, value) => total.plus(value), ZERO)
}

function average(numbers: readonly OracleNumber[]): OracleNumber | null {
  return sum(numbers)?.dividedBy(numbers.length) ?? null
}

/** The engine asks for one limb after the other of the same number. */
function limbReader(): EngineFunction {
  let last: OracleNumber | undefined
  let limbs: readonly number[] = []
  return {
    native: true,
    run: ([value, index]) => {
      const number = value as OracleNumber
      if (last === undefined || !number.equals(last)) {
        last = number
        limbs = splitNumber(number)
      }
      return limbs[(index as OracleNumber).toNumber()] ?? 0
    },
  }
}

function windowTotal(values: readonly SqlValue[]): { total: OracleNumber; count: OracleNumber } | undefined {
  const [count, ...sums] = values as readonly (OracleNumber | null)[]
  if (count === undefined || count === null || count.isZero()) return undefined
  return { count, total: joinLimbs(sums.map((each) => BigInt(each?.toFixed(0) ?? 0))) }
}

/** A value with its sort key, in hexadecimal and with a letter for its kind: text, bytes or NULL. */
interface Collected {
  readonly key: string
  readonly kind: string
  readonly hex: string
}

function readCollected(entry: string): Collected {
  const [key = '', value = ''] = entry.split(':')
  return { key, kind: value.slice(0, 1), hex: value.slice(1) }
}

function storedValue({ kind, hex }: Collected): SqlValue {
  const bytes = Buffer.from(hex, 'hex')
  return decodeValue(kind === 't' ? bytes.toString('utf8') : bytes)
}

/** One of the collected values: counted from 1, or from the end when the number is negative. */
function present([collected, number]: readonly SqlValue[]): SqlValue {
  if (typeof collected !== 'string') return null
  const position = (number as OracleNumber).toNumber()
  const entry = collected.split(',').at(position > 0 ? position - 1 : position)
  return entry === undefined ? null : storedValue(readCollected(`:${entry}`))
}

const ON_NUMBERS: Readonly<Record<string, (numbers: readonly OracleNumber[]) => OracleNumber | null>> = {
  SUM: sum,
  AVG: average,
  VARIANCE: (numbers) => variance(numbers, true, ZERO),
  STDDEV: (numbers) => variance(numbers, true, ZERO)?.sqrt() ?? null,
}

/** An aggregate over those of the values, which come in order, whose key is that of the first or the last. */
function keep([name, position, collected]: readonly SqlValue[]): SqlValue {
  if (typeof collected !== 'string') return name === 'COUNT' ? ZERO : null
  const all = collected.split(',').map(readCollected)
  const key = (position === 'FIRST' ? all[0] : all.at(-1))?.key
  const kept = all.filter((entry) => entry.key === key && entry.kind !== 'n')
  if (name === 'COUNT') return new OracleNumber(kept.length)
  if (name === 'MIN' || name === 'MAX') {
    // Stored values sort by their bytes, and hexadecimal does as well.
    const sorted = [...kept].sort((left, right) => (left.hex < right.hex ? -1 : 1))
    const found = name === 'MIN' ? sorted[0] : sorted.at(-1)
    return found === undefined ? null : storedValue(found)
  }
  const result = ON_NUMBERS[name as string]?.(kept.map((entry) => storedValue(entry) as OracleNumber))
  return result === undefined || result === null ? null : limited(result)
}

/** The value below which a share of the numbers lies, between two of them or the first that is not below it. */
function percentile([name, direction, share, collected]: readonly SqlValue[]): SqlValue {
  const fraction = share as OracleNumber
  if (fraction.lessThan(0) || fraction.greaterThan(1))
    throw new OracleError(1428, `argument '${fraction}' is out of range`)
  const sign = direction === 'DESC' ? -1 : 1
  const sorted = [...collectedNumbers(collected as string)].sort((left, right) => left.comparedTo(right) * sign)
  if (name === 'PERCENTILE_DISC') {
    return sorted[Math.max(0, fraction.times(sorted.length).ceil().toNumber() - 1)] ?? null
  }
  const place = fraction.times(sorted.length - 1)
  const low = sorted[place.floor().toNumber()]
  const high = sorted[place.ceil().toNumber()]
  if (low === undefined || high === undefined) return null
  return limited(low.plus(high.minus(low).times(place.minus(place.floor()))))
}

/** The scalar functions that finish numeric aggregates. */
export const aggregateFunctions: Readonly<Record<string, EngineFunction>> = {
  ora_sum: overNumbers(sum),
  ora_avg: overNumbers(average),
  ora_median: overNumbers(median),
  ora_percentile: { run: percentile },
  ora_variance: overNumbers((numbers) => variance(numbers, true, ZERO)),
  ora_var_samp: overNumbers((numbers) => variance(numbers, true, null)),
  ora_var_pop: overNumbers((numbers) => variance(numbers, false, ZERO)),
  ora_stddev: overNumbers((numbers) => variance(numbers, true, ZERO)?.sqrt() ?? null),
  ora_stddev_samp: overNumbers((numbers) => variance(numbers, true, null)?.sqrt() ?? null),
  ora_stddev_pop: overNumbers((numbers) => variance(numbers, false, ZERO)?.sqrt() ?? null),
  ora_present: { acceptsNull: true, run: present },
  ora_keep: { acceptsNull: true, run: keep },
  ora_limb: limbReader(),
  ora_window_sum: { acceptsNull: true, run: (values) => windowTotal(values)?.total ?? null },
  ora_window_avg: {
    acceptsNull: true,
    run: (values) => {
      const window = windowTotal(values)
      return window === undefined ? null : window.total.dividedBy(window.count)
    },
  },
}
