import { CallAbortedError } from '../errors/call-aborted-error.ts'
import { CallTimeoutError } from '../errors/call-timeout-error.ts'
import { PoolClosedError } from '../errors/pool-closed-error.ts'
import { PoolQueueFullError } from '../errors/pool-queue-full-error.ts'
import type { PoolHolder, PoolTotals } from '../errors/pool-snapshot.ts'
import { PoolTimeoutError } from '../errors/pool-timeout-error.ts'

/** Who holds a connection, without the time. */
export type HolderDescription = Omit<PoolHolder, 'ageMs'>

/** Who holds connections, and what has happened so far. */
export class PoolActivity {
  readonly #holders = new Map<HolderDescription, number>()
  readonly #totals = { borrowed: 0, returned: 0, dropped: 0, timedOut: 0, rejected: 0, aborted: 0 }

  lent(holder: HolderDescription): void {
    this.#totals.borrowed += 1
    this.#holders.set(holder, performance.now())
  }

  back(holder: HolderDescription, reusable: boolean): void {
    this.#totals[reusable ? 'returned' : 'dropped'] += 1
    this.#holders.delete(holder)
  }

  failed(error: unknown): void {
    if (CallTimeoutError.isInstance(error) || PoolTimeoutError.isInstance(error)) this.#totals.timedOut += 1
    else if (CallAbortedError.isInstance(error)) this.#totals.aborted += 1
    else if (PoolQueueFullError.isInstance(error) || PoolClosedError.isInstance(error)) this.#totals.rejected += 1
  }

  holders(): readonly PoolHolder[] {
    const now = performance.now()
    return Object.freeze([...this.#holders].map(([holder, since]) => Object.freeze({ ...holder, ageMs: now - since })))
  }

  totals(): PoolTotals {
    return Object.freeze({ ...this.#totals })
  }
}
