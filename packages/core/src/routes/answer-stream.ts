import { onAbort } from '../pool/lasting-signal.ts'
import { splitText } from '../profile/split-text.ts'

/** How a streamed call ended: with its answer, or with the problem document that the client gets. */
export type StreamOutcome = { readonly text: string } | { readonly problem: object }

export interface AnswerStreamOptions {
  readonly requestId: string
  /** Milliseconds of silence after which a comment is sent, so that no proxy takes the stream for dead. */
  readonly heartbeatMs: number
  /** Milliseconds that a reader may leave a piece of the stream unread. */
  readonly stallTimeoutMs: number
  /** Aborts when the reader has gone. */
  readonly clientSignal: AbortSignal | undefined
  /** Ends the call; used when the reader leaves before the answer is there. */
  readonly abandon: () => void
}

/** UTF-16 code units in one `chunk` event. */
const chunkLength = 2048

/**
 * The server-sent events of one call: `status` and heartbeats until its outcome is known, then `chunk` events and `done`,
 * or `error`. Nothing is made before the reader asks for it, so a slow reader holds one answer in memory, and one who stops reading is given up.
 */
export class AnswerStream implements AsyncIterableIterator<string> {
  readonly #options: AnswerStreamOptions
  readonly #statuses = ['waiting']
  readonly #phases: { readonly name: string; readonly since: number }[] = [
    { name: 'waiting', since: performance.now() },
  ]
  #closing: Iterator<string> | undefined
  #ended = false
  #wake: (() => void) | undefined
  #stall: NodeJS.Timeout | undefined
  readonly #stalled = new AbortController()
  readonly #forgetClient: (() => void) | undefined

  constructor(options: AnswerStreamOptions) {
    this.#options = options
    const { clientSignal } = options
    this.#forgetClient = clientSignal && onAbort(clientSignal, () => void this.return())
  }

  /** Aborts when the reader has not asked for more for too long. */
  get stalled(): AbortSignal {
    return this.#stalled.signal
  }

  /** The call has come to its next phase. */
  enter(phase: string): void {
    this.#phases.push({ name: phase, since: performance.now() })
    this.tell(phase)
  }

  /** Sends a `status` event ahead of the outcome. */
  tell(status: string): void {
    this.#statuses.push(status)
    this.#wake?.()
  }

  /** The call is over, and so is the use of its connection. */
  settle(outcome: StreamOutcome): void {
    this.#closing = 'text' in outcome ? this.#answer(outcome.text, this.#timings()) : this.#failure(outcome.problem)
    this.#wake?.()
  }

  /** Nobody reads any more. */
  end(): void {
    this.#ended = true
    this.#forgetClient?.()
    clearTimeout(this.#stall)
    this.#wake?.()
  }

  async next(): Promise<IteratorResult<string, undefined>> {
    clearTimeout(this.#stall)
    const piece = await this.#piece()
    if (piece === undefined) return { value: undefined, done: true }
    this.#stall = setTimeout(() => this.#giveUp(), this.#options.stallTimeoutMs)
    return { value: piece }
  }

  async return(): Promise<IteratorResult<string, undefined>> {
    this.end()
    this.#options.abandon()
    return { value: undefined, done: true }
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  async #piece(): Promise<string | undefined> {
    while (!this.#ended) {
      const status = this.#statuses.shift()
      if (status !== undefined) return event('status', { status })
      if (this.#closing) {
        const { value, done } = this.#closing.next()
        if (!done) return value
        this.end()
      } else if (!(await this.#news())) return ': heartbeat\n\n'
    }
    return undefined
  }

  #giveUp(): void {
    this.end()
    this.#options.abandon()
    this.#stalled.abort()
  }

  *#answer(text: string, timings: object): Generator<string, void> {
    for (const piece of splitText(text, chunkLength)) yield event('chunk', { text: piece })
    yield event('done', { requestId: this.#options.requestId, timings })
  }

  *#failure(problem: object): Generator<string, void> {
    yield event('error', problem)
  }

  /** How long each phase took that the pool told of, and the whole call, in whole milliseconds. */
  #timings(): Record<string, number> {
    const now = performance.now()
    const first = this.#phases[0]?.since ?? now
    const timings: Record<string, number> = {}
    if (this.#phases.length > 1) {
      for (const [index, { name, since }] of this.#phases.entries()) {
        timings[`${name}Ms`] = Math.round((this.#phases[index + 1]?.since ?? now) - since)
      }
    }
    return { ...timings, totalMs: Math.round(now - first) }
  }

  /** True as soon as there is something to tell, false when the heartbeat is due first. */
  #news(): Promise<boolean> {
    return new Promise((resolve) => {
      const settle = (news: boolean): void => {
        clearTimeout(timer)
        this.#wake = undefined
        resolve(news)
      }
      const timer = setTimeout(() => settle(false), this.#options.heartbeatMs)
      this.#wake = () => settle(true)
    })
  }
}

// JSON has no line ends of its own, so one `data` line is always enough.
function event(name: string, data: object): string {
  return `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`
}
