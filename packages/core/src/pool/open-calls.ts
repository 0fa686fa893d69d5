import type { SelectAIError } from '../errors/select-ai-error.ts'
import type { Deadline } from './deadline.ts'
import { settleWithin } from './settle-within.ts'
import { takeOut } from './take-out.ts'

/** The deadlines of the calls that are under way, so that closing can wait for them or end them. */
export class OpenCalls {
  readonly #deadlines: Deadline[] = []
  #allEnded: (() => void) | undefined

  begin(deadline: Deadline): void {
    this.#deadlines.push(deadline)
  }

  /** The call has settled, so its deadline does not matter any more. */
  end(deadline: Deadline): void {
    deadline.dispose()
    takeOut(this.#deadlines, deadline)
    if (this.#deadlines.length === 0) this.#allEnded?.()
  }

  /** Ends the time of every call. */
  expire(error: SelectAIError): void {
    for (const deadline of [...this.#deadlines]) deadline.expire(error)
  }

  /** Resolves to whether all calls ended within that time. */
  async ended(milliseconds: number): Promise<boolean> {
    if (this.#deadlines.length === 0) return true
    const allEnded = new Promise<void>((resolve) => {
      this.#allEnded = resolve
    })
    return (await settleWithin(allEnded, milliseconds)).kind !== 'pending'
  }
}
