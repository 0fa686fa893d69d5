import type { SelectAIError } from '../errors/select-ai-error.ts'
import type { Deadline } from './deadline.ts'

/** The right to use one connection. */
export interface Slot {
  /** Gives the right to the first in the line. Calling it again does nothing. */
  release(): void
}

interface Waiter {
  readonly since: number
  admit(slot: Slot): void
  refuse(error: SelectAIError): void
}

/** How a wait may end without a slot; the errors are made by the pool, which knows what to tell. */
export interface AdmissionRequest {
  readonly deadline: Deadline
  readonly queueTimeoutMs: number
  timedOut(waitedMs: number): SelectAIError
  queueFull(): SelectAIError
}

/**
 * The waiting line in front of the connections: first come, first served, bounded, with a limit for each wait.
 * Knows nothing of databases.
 */
export class AdmissionQueue {
  readonly #capacity: number
  readonly #queueMax: number
  readonly #waiters = new Set<Waiter>()
  #inUse = 0

  constructor({ capacity, queueMax }: { capacity: number; queueMax: number }) {
    this.#capacity = capacity
    this.#queueMax = queueMax
  }

  get inUse(): number {
    return this.#inUse
  }

  get waiting(): number {
    return this.#waiters.size
  }

  /** True when the next call would be refused at once. */
  get full(): boolean {
    return this.#inUse >= this.#capacity && this.#waiters.size >= this.#queueMax
  }

  get oldestWaiterMs(): number {
    const [oldest] = this.#waiters
    return oldest === undefined ? 0 : performance.now() - oldest.since
  }

  /** A slot if one is free and nobody waits for it. */
  tryEnter(): Slot | undefined {
    if (this.#inUse >= this.#capacity || this.#waiters.size > 0) return undefined
    this.#inUse += 1
    return this.#slot()
  }

  /** Resolves with a slot; rejects when the line is full, the wait too long or the call's deadline over. */
  enter(request: AdmissionRequest): Promise<Slot> {
    if (request.deadline.error) return Promise.reject(request.deadline.error)
    const slot = this.tryEnter()
    if (slot) return Promise.resolve(slot)
    if (this.#waiters.size >= this.#queueMax) return Promise.reject(request.queueFull())
    return this.#wait(request)
  }

  /** Sends everybody in the line away. */
  refuseAll(error: SelectAIError): void {
    for (const waiter of [...this.#waiters]) waiter.refuse(error)
  }

  #wait({ deadline, queueTimeoutMs, timedOut }: AdmissionRequest): Promise<Slot> {
    return new Promise((resolve, reject) => {
      const since = performance.now()
      const leave = (): void => {
        this.#waiters.delete(waiter)
        clearTimeout(timer)
        forget()
      }
      const waiter: Waiter = {
        since,
        admit(slot) {
          leave()
          resolve(slot)
        },
        refuse(error) {
          leave()
          reject(error)
        },
      }
      this.#waiters.add(waiter)
      // The error looks at the pool while this waiter is still in the line.
      const timer = setTimeout(() => waiter.refuse(timedOut(performance.now() - since)), queueTimeoutMs)
      const forget = deadline.onExpire((error) => waiter.refuse(error))
    })
  }

  #slot(): Slot {
    let held = true
    return {
      release: () => {
        if (!held) return
        held = false
        const [next] = this.#waiters
        if (next) next.admit(this.#slot())
        else this.#inUse -= 1
      },
    }
  }
}
