import { CallAbortedError } from '../errors/call-aborted-error.ts'
import type { CallPhase } from '../errors/call-phase.ts'
import { CallTimeoutError } from '../errors/call-timeout-error.ts'
import type { SelectAIError } from '../errors/select-ai-error.ts'
import type { CallOptions } from './call-options.ts'

/** One time budget for a whole call: waiting, the call and reading the answer. Ends early with the caller's signal. */
export class Deadline {
  readonly timeoutMs: number
  #phase: CallPhase = 'waiting'
  readonly #onPhase: CallOptions['onPhase']
  readonly #controller = new AbortController()
  readonly #callerSignal: AbortSignal | undefined
  readonly #timer: NodeJS.Timeout
  readonly #onCallerAbort = (): void => {
    this.expire(new CallAbortedError({ phase: this.phase, cause: this.#callerSignal?.reason }))
  }

  constructor({ timeoutMs, signal, onPhase }: Pick<CallOptions, 'signal' | 'onPhase'> & { timeoutMs: number }) {
    this.timeoutMs = timeoutMs
    this.#callerSignal = signal
    this.#onPhase = onPhase
    this.#timer = setTimeout(() => this.expire(new CallTimeoutError({ timeoutMs, phase: this.phase })), timeoutMs)
    if (signal?.aborted) this.#onCallerAbort()
    else signal?.addEventListener('abort', this.#onCallerAbort, { once: true })
  }

  /** Where the call is; becomes part of the error. */
  get phase(): CallPhase {
    return this.#phase
  }

  /** The call goes on to its next phase, and its caller is told. */
  enter(phase: Exclude<CallPhase, 'waiting'>): void {
    this.#phase = phase
    try {
      this.#onPhase?.(phase)
    } catch {
      // What an observer does wrong must not end the call that it observes.
    }
  }

  /** Aborts when the budget is used up; `reason` is the error that the call ends with. */
  get signal(): AbortSignal {
    return this.#controller.signal
  }

  /** The error that the call ends with, once the budget is used up. */
  get error(): SelectAIError | undefined {
    return this.signal.aborted ? this.signal.reason : undefined
  }

  /** Ends the budget now. The first reason stays. */
  expire(error: SelectAIError): void {
    if (this.signal.aborted) return
    this.#release()
    this.#controller.abort(error)
  }

  /** Calls `listener` when the budget ends, at once if it has ended. Returns a function that takes the listener back. */
  onExpire(listener: (error: SelectAIError) => void): () => void {
    const { signal } = this
    if (signal.aborted) {
      listener(signal.reason)
      return () => {}
    }
    const call = (): void => listener(signal.reason)
    signal.addEventListener('abort', call, { once: true })
    return () => signal.removeEventListener('abort', call)
  }

  /** Must be called when the call is over, so that no timer or listener stays. */
  dispose(): void {
    this.#release()
  }

  #release(): void {
    clearTimeout(this.#timer)
    this.#callerSignal?.removeEventListener('abort', this.#onCallerAbort)
  }
}
