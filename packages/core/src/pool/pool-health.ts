import type { PoolStats } from '../errors/pool-snapshot.ts'
import type { SelectAIError } from '../errors/select-ai-error.ts'

/** Whether the pool can serve a call, as far as it knows without asking the database. */
export interface PoolHealth {
  /** `saturated` means that the next call would be refused; `database-down` that the last attempt to reach it failed. */
  readonly state: 'ready' | 'saturated' | 'draining' | 'closed' | 'database-down'
  /** One sentence for the operator, without hosts, names of users or other secrets. */
  readonly reason: string
}

/** The verdict on a pool from its numbers and the last failure of its database. */
export function judge(stats: PoolStats, full: boolean, failure: SelectAIError | undefined): PoolHealth {
  if (stats.state === 'closed') return verdict('closed', 'The pool is closed.')
  if (stats.state === 'draining') return verdict('draining', 'The pool is closing and takes no new calls.')
  if (failure) return verdict('database-down', `The database cannot be used (${failure.code}).`)
  if (full) {
    const reason = `All ${stats.max} connections are in use and ${stats.waiting} calls wait; one more would be refused.`
    return verdict('saturated', reason)
  }
  return verdict('ready', 'The pool takes calls.')
}

function verdict(state: PoolHealth['state'], reason: string): PoolHealth {
  return Object.freeze({ state, reason })
}
