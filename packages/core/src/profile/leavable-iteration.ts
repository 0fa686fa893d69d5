import { lastingSignal } from '../pool/lasting-signal.ts'

/** An iteration that its reader may leave at any time, also while it waits: what runs for it is aborted then. */
export class LeavableIteration<T> implements AsyncIterableIterator<T, undefined> {
  readonly #controller = lastingSignal()
  readonly #items: AsyncGenerator<T, void>
  #left = false

  /** @param run - begins with the first `next`; what it starts ends with the controller, which it may also abort itself. */
  constructor(run: (controller: AbortController) => AsyncGenerator<T, void>) {
    this.#items = run(this.#controller)
  }

  async next(): Promise<IteratorResult<T, undefined>> {
    try {
      const { value, done } = await this.#items.next()
      return done || this.#left ? { value: undefined, done: true } : { value }
    } catch (error) {
      if (this.#left) return { value: undefined, done: true }
      throw error
    }
  }

  /** A generator alone would come to its end only after what it waits for. */
  async return(): Promise<IteratorResult<T, undefined>> {
    this.#left = true
    this.#controller.abort()
    await this.#items.return()
    return { value: undefined, done: true }
  }

  [Symbol.asyncIterator](): this {
    return this
  }
}
