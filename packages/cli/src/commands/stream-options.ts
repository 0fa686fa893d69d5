import type { Command } from 'commander'
import { wholeNumber } from './whole-number.ts'

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
