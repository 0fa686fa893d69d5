import type { SelectAIError } from '../errors/select-ai-error.ts'
import type { Deadline } from './deadline.ts'
import { settleWithin } from './settle-within.ts'

/** The deadlines of the calls that are under way, so that closing can wait for them or end them. */
export class OpenCalls {
  readonly #deadlines = new Set<Deadline>()
  #allEnded: (() => void) | undefined

  begin(deadline: Deadline): void {
    this.#deadlines.add(deadline)
  }

  /** The call has settled, so its deadline does not matter any more. */
  end(deadline: Deadline): void {
    deadline.dispose()
    this.#deadlines.delete(deadline)
    if (this.#deadlines.size === 0) this.#allEnded?.()
  }

  /** Ends the time of every call. */
  expire(error: SelectAIError): void {
    for (const deadline of this.#deadlines) deadline.expire(error)
  }

  /** Resolves to whether all calls ended within that time. */
  async ended(milliseconds: number): Promise<boolean> {
    if (this.#deadlines.size === 0) return true
    const allEnded = new Promise<void>((resolve) => {
      this.#allEnded = resolve
    })
    return (await settleWithin(allEnded, milliseconds)).kind !== 'pending'
  }
}
