import { LoginError } from '../errors/login-error.ts'
import type { SelectAIError } from '../errors/select-ai-error.ts'

/** First and longest pause between two attempts to reach the database again, in milliseconds. */
interface Pauses {
  readonly first: number
  readonly longest: number
}

const pausesAfterFailure: Pauses = { first: 100, longest: 30_000 }

/** Much longer, since databases lock an account after a number of failed logins. */
const pausesAfterRefusedLogin: Pauses = { first: 30_000, longest: 1_800_000 }

/** Remembers whether the database was reachable, and looks again by itself with growing pauses after it was not. */
export class HealthMonitor {
  readonly #probe: () => Promise<unknown>
  #failure: SelectAIError | undefined
  #timer: NodeJS.Timeout | undefined
  #pauseMs = 0
  #probing = false
  #stopped = false

  /** `probe` never rejects, and reports what it finds through `succeeded` and `failed`, as every call does. */
  constructor(probe: () => Promise<unknown>) {
    this.#probe = probe
  }

  /** The failure since which nothing has succeeded. */
  get failure(): SelectAIError | undefined {
    return this.#failure
  }

  /** True while a probe is under way; it alone may try what has just failed. */
  get probing(): boolean {
    return this.#probing
  }

  /** The database answered. */
  succeeded(): void {
    this.#failure = undefined
    this.#pauseMs = 0
    clearTimeout(this.#timer)
    this.#timer = undefined
  }

  /** The database could not be reached, or did not let us in. */
  failed(error: SelectAIError): void {
    this.#failure = error
    this.#schedule()
  }

  /** Something odd happened that need not be the database's fault: have a look soon. */
  suspect(): void {
    this.#schedule()
  }

  stop(): void {
    this.#stopped = true
    clearTimeout(this.#timer)
  }

  #schedule(): void {
    if (this.#stopped || this.#probing || this.#timer !== undefined) return
    const { first, longest } = LoginError.isInstance(this.#failure) ? pausesAfterRefusedLogin : pausesAfterFailure
    this.#pauseMs = Math.min(longest, Math.max(first, this.#pauseMs * 2))
    this.#timer = setTimeout(() => void this.#look(), this.#pauseMs)
    this.#timer.unref()
  }

  async #look(): Promise<void> {
    this.#timer = undefined
    this.#probing = true
    await this.#probe()
    this.#probing = false
    if (this.#failure !== undefined) this.#schedule()
  }
}
