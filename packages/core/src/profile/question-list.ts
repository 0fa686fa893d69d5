import { CallAbortedError } from '../errors/call-aborted-error.ts'
import type { Question, Questions } from './ask-many-options.ts'

/** The questions of a round: taken one at a time, and let go of when nobody wants more. */
export class QuestionList {
  readonly #iterator: Iterator<string | Question> | AsyncIterator<string | Question>
  #looking = false
  #exhausted = false
  #failure: { readonly error: unknown } | undefined

  constructor(questions: Questions) {
    this.#iterator =
      Symbol.asyncIterator in questions ? questions[Symbol.asyncIterator]() : questions[Symbol.iterator]()
  }

  /** Whether there is nothing more to take: the list has ended, or failed. */
  get exhausted(): boolean {
    return this.#exhausted
  }

  /** The next question. A list that fails has come to its end; `check` tells why. */
  async next(): Promise<IteratorResult<string | Question, unknown>> {
    this.#looking = true
    try {
      const next = await this.#iterator.next()
      if (next.done) this.#exhausted = true
      return next
    } catch (error) {
      this.#failure = { error }
      this.#exhausted = true
      return { done: true, value: undefined }
    } finally {
      this.#looking = false
    }
  }

  /** For the end of a round, when all that was asked is told. @throws CallAbortedError, or what the list failed with */
  check(signal: AbortSignal): void {
    if (signal.aborted) throw new CallAbortedError({ phase: 'waiting', cause: signal.reason })
    if (this.#failure) throw this.#failure.error
  }

  /** Tells the list that nobody takes more of it. Never rejects. */
  async letGo(): Promise<void> {
    if (this.#exhausted) return
    const closed = this.#close()
    // A list that is still looking for its next question may never come to its end.
    if (!this.#looking) await closed
  }

  async #close(): Promise<void> {
    try {
      await this.#iterator.return?.()
    } catch {
      // The reader has left, or gets an error that says more.
    }
  }
}
