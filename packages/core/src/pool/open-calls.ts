import type { SelectAIError } from '../errors/select-ai-error.ts'
import type { Deadline } from './deadline.ts'
import { settleWithin } from './settle-within.ts'

/** The calls that are under way, so that closing can wait for them or end them. */
export class OpenCalls {
  readonly #calls = new Map<Deadline, Promise<unknown>>()

  begin(deadline: Deadline, call: Promise<unknown>): void {
    this.#calls.set(deadline, call)
  }

  /** The call has settled, so its deadline does not matter any more. */
  end(deadline: Deadline): void {
    deadline.dispose()
    this.#calls.delete(deadline)
  }

  /** Ends the time of every call. */
  expire(error: SelectAIError): void {
    for (const deadline of this.#calls.keys()) deadline.expire(error)
  }

  /** Resolves to whether all calls ended within that time. */
  async ended(milliseconds: number): Promise<boolean> {
    const ended = await settleWithin(Promise.allSettled([...this.#calls.values()]), milliseconds)
    return ended.kind !== 'pending'
  }
}
