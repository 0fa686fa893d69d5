/** A small deterministic number generator: the same seed gives the same sequence on every machine and Node version. */
export class SeededRandom {
  #state: number

  constructor(seed: number) {
    this.#state = seed >>> 0
  }

  /** A number from 0 up to, not including, 1. */
  next(): number {
    // A 32-bit counter run through an integer hash: no floating-point step that could differ between engines.
    this.#state = (this.#state + 0x9e3779b9) >>> 0
    let mixed = this.#state
    mixed = Math.imul(mixed ^ (mixed >>> 16), 0x21f0aaad)
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97)
    return ((mixed ^ (mixed >>> 15)) >>> 0) / 0x1_0000_0000
  }

  /** A whole number between both bounds, bounds included. */
  integer(lowest: number, highest: number): number {
    return lowest + Math.floor(this.next() * (highest - lowest + 1))
  }

  pick<Item>(items: readonly Item[]): Item {
    const item = items[Math.floor(this.next() * items.length)]
    if (item === undefined) throw new RangeError('nothing to pick from')
    return item
  }

  /** Picks an item in proportion to its weight. */
  pickWeighted<Item>(items: readonly { readonly item: Item; readonly weight: number }[]): Item {
    let rest = this.next() * items.reduce((sum, entry) => sum + entry.weight, 0)
    for (const entry of items) {
      rest -= entry.weight
      if (rest < 0) return entry.item
    }
    throw new RangeError('nothing to pick from')
  }
}
