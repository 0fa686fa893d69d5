import { InvalidArgumentError } from 'commander'

/** Reads a whole number that is not less than `least`. */
export function wholeNumber(least: number): (text: string) => number {
  return (text) => {
    const number = /^\d+$/.test(text) ? Number(text) : Number.NaN
    if (Number.isSafeInteger(number) && number >= least) return number
    throw new InvalidArgumentError(`It must be a whole number, at least ${least}.`)
  }
}
