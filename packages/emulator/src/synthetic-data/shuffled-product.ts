import type { SeededRandom } from '../demo/seeded-random.ts'

/** Goes through all combinations of choices from several lists, each once, in a scattered order. */
export class ShuffledProduct {
  readonly #sizes: readonly number[]
  readonly #total: number
  readonly #step: number
  #at: number
  #left: number

  constructor(sizes: readonly number[], random: SeededRandom) {
    this.#sizes = sizes
    this.#total = sizes.reduce((product, size) => product * size, 1)
    this.#left = this.#total
    this.#at = this.#total === 0 ? 0 : Math.floor(random.next() * this.#total)
    this.#step = coprime(Math.max(1, Math.floor(this.#total * 0.618)), this.#total)
  }

  /** One index for each list; undefined after the last combination. */
  next(): readonly number[] | undefined {
    if (this.#left === 0) return undefined
    this.#left -= 1
    let rest = this.#at
    this.#at = (this.#at + this.#step) % this.#total
    return this.#sizes.map((size) => {
      const index = rest % size
      rest = Math.floor(rest / size)
      return index
    })
  }
}

/** The first number from `start` on that has no divisor in common with `total`, so that steps of it meet every place. */
function coprime(start: number, total: number): number {
  let step = start
  while (greatestDivisor(step, total) > 1) step += 1
  return step
}

function greatestDivisor(left: number, right: number): number {
  return right === 0 ? left : greatestDivisor(right, left % right)
}
