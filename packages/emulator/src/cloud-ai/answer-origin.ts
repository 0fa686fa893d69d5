import type { QueryResult } from '../execution/subprogram.ts'

/** What an answer was made from; filled in while it is made. */
export interface AnswerOrigin {
  /** The generated SQL. */
  sql?: string
  /** What it found, when that is the whole answer. */
  result?: QueryResult
}
