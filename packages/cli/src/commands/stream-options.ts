import { type Command, InvalidArgumentError } from 'commander'

/** How an answer is printed. */
export interface StreamOptions {
  /** In pieces, as a reader of pieces gets them, instead of at once. */
  readonly stream: boolean
  /** Longest piece, in characters. */
  readonly chunkSize: number
}

/** Gives a command the options of printing an answer in pieces. */
export function addStreamOptions(command: Command): Command {
  return command
    .option('--no-stream', 'print the answer at once instead of in pieces')
    .option('--chunk-size <number>', 'longest piece, in characters', wholeNumber(2), 8192)
}

/** Reads a whole number that is not less than `least`. */
export function wholeNumber(least: number): (text: string) => number {
  return (text) => {
    const number = /^\d+$/.test(text) ? Number(text) : Number.NaN
    if (Number.isSafeInteger(number) && number >= least) return number
    throw new InvalidArgumentError(`It must be a whole number, at least ${least}.`)
  }
}
