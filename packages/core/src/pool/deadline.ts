import { CallAbortedError } from '../errors/call-aborted-error.ts'
import type { CallPhase } from '../errors/call-phase.ts'
import { CallTimeoutError } from '../errors/call-timeout-error.ts'
import type { SelectAIError } from '../errors/select-ai-error.ts'
import type { CallOptions } from './call-options.ts'
import { onAbort } from './lasting-signal.ts'
import { takeOut } from './take-out.ts'

/** One time budget for a whole call: waiting, the call and reading the answer. Ends early with the caller's signal. */
export class Deadline {
  readonly timeoutMs: number
  #phase: CallPhase = 'waiting'
  readonly #onPhase: CallOptions['onPhase']
  #listeners: ((error: SelectAIError) => void)[] = []
  #controller: AbortController | undefined
  #error: SelectAIError | undefined
  readonly #timer: NodeJS.Timeout
  readonly #forgetCaller: (() => void) | undefined

  constructor({ timeoutMs, signal, onPhase }: Pick<CallOptions, 'signal' | 'onPhase'> & { timeoutMs: number }) {
    this.timeoutMs = timeoutMs
    this.#onPhase = onPhase
    this.#timer = setTimeout(() => this.expire(new CallTimeoutError({ timeoutMs, phase: this.phase })), timeoutMs)
    this.#forgetCaller =
      signal && onAbort(signal, () => this.expire(new CallAbortedError({ phase: this.phase, cause: signal.reason })))
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

  /** For code that wants a signal: aborts when the budget is used up; `reason` is the error that the call ends with. */
  get signal(): AbortSignal {
    // Made when it is asked for, since most calls need none.
    if (this.#controller === undefined) {
      this.#controller = new AbortController()
      if (this.#error) this.#controller.abort(this.#error)
    }
    return this.#controller.signal
  }

  /** The error that the call ends with, once the budget is used up. */
  get error(): SelectAIError | undefined {
    return this.#error
  }

  /** Ends the budget now. The first reason stays. */
  expire(error: SelectAIError): void {
    if (this.#error) return
    this.#error = error
    this.#release()
    this.#controller?.abort(error)
    const listeners = this.#listeners
    this.#listeners = []
    for (const listener of listeners) listener(error)
  }

  /** Calls `listener` when the budget ends, at once if it has ended. Returns a function that takes the listener back. */
  onExpire(listener: (error: SelectAIError) => void): () => void {
    if (this.#error) {
      listener(this.#error)
      return () => {}
    }
    this.#listeners.push(listener)
    return () => takeOut(this.#listeners, listener)
  }

  /** Waits until `before` has settled, either way. @throws the error that the call ends with, when the budget ends first. */
  outlast(before: Promise<unknown>): Promise<void> {
    return new Promise((resolve, reject) => {
      const forget = this.onExpire(reject)
      const goOn = (): void => {
        forget()
        resolve()
      }
      before.then(goOn, goOn)
    })
  }

  /** Must be called when the call is over, so that no timer or listener stays. */
  dispose(): void {
    this.#release()
  }

  #release(): void {
    clearTimeout(this.#timer)
    this.#forgetCaller?.()
  }
}
