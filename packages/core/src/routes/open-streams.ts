import type { AnswerStream } from './answer-stream.ts'

/** The streams whose calls are not over yet, and whether the service has begun to stop. */
export class OpenStreams {
  readonly #streams = new Set<AnswerStream>()
  #closing = false

  get closing(): boolean {
    return this.#closing
  }

  add(stream: AnswerStream): void {
    this.#streams.add(stream)
    if (this.#closing) stream.tell('closing')
  }

  delete(stream: AnswerStream): void {
    this.#streams.delete(stream)
  }

  /** Tells every open stream, once. */
  startClosing(): void {
    if (this.#closing) return
    this.#closing = true
    for (const stream of this.#streams) stream.tell('closing')
  }
}
