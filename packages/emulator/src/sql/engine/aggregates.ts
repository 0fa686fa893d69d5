import { OracleNumber } from '../../values/oracle-number.ts'
import { limited } from '../values/number-format.ts'
import { collectedNumbers, type EngineFunction } from './engine-functions.ts'

const ZERO = new OracleNumber(0)

/**
 * A running sum asks for the same text again and again, each time a little longer. Remembering the last sum makes a
 * window over n rows take n additions instead of n².
 */
class RunningSum {
  #text = ''
  #sum: OracleNumber | undefined
  #count = 0

  add(text: string): { sum: OracleNumber; count: number } | undefined {
    const extends_ = this.#sum !== undefined && text.length > this.#text.length && text.startsWith(`${this.#text},`)
    const numbers = collectedNumbers(extends_ ? text.slice(this.#text.length + 1) : text)
    const start = extends_ ? (this.#sum as OracleNumber) : ZERO
    this.#count = (extends_ ? this.#count : 0) + numbers.length
    this.#sum = numbers.reduce((sum, value) => sum.plus(value), start)
    this.#text = text
    return this.#count === 0 ? undefined : { sum: this.#sum, count: this.#count }
  }
}

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

/** The scalar functions that finish numeric aggregates; one set per engine, since sums remember the last one. */
export function aggregateFunctions(): Readonly<Record<string, EngineFunction>> {
  const sum = new RunningSum()
  const average = new RunningSum()
  return {
    ora_sum: {
      run: ([collected]) => {
        const result = sum.add(collected as string)
        return result === undefined ? null : limited(result.sum)
      },
    },
    ora_avg: {
      run: ([collected]) => {
        const result = average.add(collected as string)
        return result === undefined ? null : result.sum.dividedBy(result.count)
      },
    },
    ora_median: overNumbers(median),
    ora_variance: overNumbers((numbers) => variance(numbers, true, ZERO)),
    ora_var_samp: overNumbers((numbers) => variance(numbers, true, null)),
    ora_var_pop: overNumbers((numbers) => variance(numbers, false, ZERO)),
    ora_stddev: overNumbers((numbers) => variance(numbers, true, ZERO)?.sqrt() ?? null),
    ora_stddev_samp: overNumbers((numbers) => variance(numbers, true, null)?.sqrt() ?? null),
    ora_stddev_pop: overNumbers((numbers) => variance(numbers, false, ZERO)?.sqrt() ?? null),
  }
}
