import { OracleError } from '../oracle-error.ts'

interface Failure {
  readonly matches: (sql: string) => boolean
  readonly error: OracleError
}

/** Failures that somebody asked for, in the order in which they were asked for; one list for all sessions. */
export class StatementFailures {
  readonly #waiting = new Set<Failure>()

  /**
   * @returns takes the failure back; does nothing once it was met.
   * @throws TypeError or RangeError that names the argument.
   */
  add(match: string | RegExp, error: OracleError): () => void {
    checkError(error)
    const failure: Failure = { matches: matcherOf(match), error }
    this.#waiting.add(failure)
    return () => {
      this.#waiting.delete(failure)
    }
  }

  /** Takes out the first failure that waits for a statement of this text. */
  take(sql: string): OracleError | undefined {
    for (const failure of this.#waiting) {
      if (!failure.matches(sql)) continue
      this.#waiting.delete(failure)
      return failure.error
    }
    return undefined
  }
}

/** A pattern is searched for without its state, so that the flags `g` and `y` do not carry over from one statement to the next. */
function matcherOf(match: unknown): (sql: string) => boolean {
  if (match instanceof RegExp) return (sql) => sql.search(match) !== -1
  if (typeof match !== 'string' || match.trim() === '') {
    throw new TypeError('match must be a piece of the text of a statement, or a RegExp')
  }
  const piece = match.toUpperCase()
  return (sql) => sql.toUpperCase().includes(piece)
}

function checkError(error: unknown): void {
  if (!(error instanceof OracleError)) {
    throw new TypeError("error must be an OracleError, for example new OracleError(1555, 'snapshot too old')")
  }
  if (Number.isInteger(error.number) && error.number >= 1 && error.number <= 65_535) return
  throw new RangeError(`error.number must be a whole number from 1 to 65535, not ${error.number}`)
}
