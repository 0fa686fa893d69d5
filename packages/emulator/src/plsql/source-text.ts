import { OracleError } from '../oracle-error.ts'

/** A block's text with its places: offsets into it become lines, columns and byte offsets. */
export class SourceText {
  readonly text: string
  /** What error stacks call the text: `"DEMO.TOTAL", ` for a stored unit, nothing for a block. */
  readonly #unitName: string
  #lineStarts: number[] | undefined
  #statementAt: number | undefined

  constructor(text: string, unit?: { readonly owner: string; readonly name: string }) {
    this.text = text
    this.#unitName = unit === undefined ? '' : `"${unit.owner}.${unit.name}", `
  }

  /** How an error stack names the line of an offset: `line 3`, in a stored unit `"DEMO.TOTAL", line 3`. */
  stackLine(offset: number): string {
    return `${this.#unitName}line ${this.lineOf(offset)}`
  }

  /** The line of an offset, counted from 1. */
  lineOf(offset: number): number {
    return this.#position(offset).line
  }

  /** Does a piece of work on the statement or declaration at an offset: errors name it as what was ignored. */
  within<Result>(statementAt: number, work: () => Result): Result {
    const outer = this.#statementAt
    this.#statementAt = statementAt
    try {
      return work()
    } finally {
      this.#statementAt = outer
    }
  }

  /** An ORA-06550 for the place, with the PLS line and, when `consequence` is given, what was ignored because of it. */
  error(offset: number, text: string, consequence?: string): OracleError {
    const place = this.#placeText(offset)
    const ignored = `\nORA-06550: ${this.#placeText(this.#statementAt ?? offset)}\nPL/SQL: ${consequence}`
    return new OracleError(6550, `${place}\n${text}${consequence === undefined ? '' : ignored}`, {
      offset: Buffer.byteLength(this.text.slice(0, offset)),
    })
  }

  #placeText(offset: number): string {
    const { line, column } = this.#position(offset)
    return `line ${line}, column ${column}:`
  }

  #position(offset: number): { line: number; column: number } {
    this.#lineStarts ??= lineStarts(this.text)
    let low = 0
    let high = this.#lineStarts.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if ((this.#lineStarts[middle] as number) <= offset) low = middle
      else high = middle - 1
    }
    return { line: low + 1, column: offset - (this.#lineStarts[low] as number) + 1 }
  }
}

function lineStarts(text: string): number[] {
  const starts = [0]
  for (let index = text.indexOf('\n'); index !== -1; index = text.indexOf('\n', index + 1)) starts.push(index + 1)
  return starts
}
