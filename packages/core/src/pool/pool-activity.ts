import { CallAbortedError } from '../errors/call-aborted-error.ts'
import { CallTimeoutError } from '../errors/call-timeout-error.ts'
import { PoolClosedError } from '../errors/pool-closed-error.ts'
import { PoolQueueFullError } from '../errors/pool-queue-full-error.ts'
import type { PoolHolder, PoolTotals } from '../errors/pool-snapshot.ts'
import { PoolTimeoutError } from '../errors/pool-timeout-error.ts'
import { takeOut } from './take-out.ts'

/** Who holds a connection, and since when by `performance.now()`. */
export interface Holder extends Omit<PoolHolder, 'ageMs'> {
  readonly since: number
}

/** Who holds connections, and what has happened so far. */
export class PoolActivity {
  readonly #holders: Holder[] = []
  readonly #totals = { borrowed: 0, returned: 0, dropped: 0, timedOut: 0, rejected: 0, aborted: 0 }

  lent({ label, action, profile }: Omit<Holder, 'since'>): Holder {
    this.#totals.borrowed += 1
    const holder = { label, action, profile, since: performance.now() }
    this.#holders.push(holder)
    return holder
  }

  back(holder: Holder, reusable: boolean): void {
    this.#totals[reusable ? 'returned' : 'dropped'] += 1
    takeOut(this.#holders, holder)
  }

  failed(error: unknown): void {
    if (CallTimeoutError.isInstance(error) || PoolTimeoutError.isInstance(error)) this.#totals.timedOut += 1
    else if (CallAbortedError.isInstance(error)) this.#totals.aborted += 1
    else if (PoolQueueFullError.isInstance(error) || PoolClosedError.isInstance(error)) this.#totals.rejected += 1
  }

  holders(): readonly PoolHolder[] {
    const now = performance.now()
    const oldestFirst = this.#holders.toSorted((one, other) => one.since - other.since)
    return Object.freeze(oldestFirst.map(({ since, ...holder }) => Object.freeze({ ...holder, ageMs: now - since })))
  }

  totals(): PoolTotals {
    return Object.freeze({ ...this.#totals })
  }
}
