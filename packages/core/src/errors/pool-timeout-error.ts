import type { PoolStats } from './pool-snapshot.ts'
import { SelectAIError } from './select-ai-error.ts'

/** Why no connection came free in time, as far as the pool can tell. */
export type PoolTimeoutDiagnosis = 'leak' | 'undersized' | 'database stuck'

/** No connection came free within the waiting time. */
export class PoolTimeoutError extends SelectAIError {
  /** The `code` of every error of this class. */
  static readonly code = 'POOL_TIMEOUT'
  /** The pool at the moment of giving up. */
  readonly stats: PoolStats
  /** Why no connection came free, judged by who held the connections and for how long. */
  readonly diagnosis: PoolTimeoutDiagnosis
  /** Milliseconds waited. */
  readonly waitedMs: number

  constructor({ stats, waitedMs, diagnosis }: { stats: PoolStats; waitedMs: number; diagnosis: PoolTimeoutDiagnosis }) {
    super({ message: describe(stats, waitedMs, diagnosis), code: PoolTimeoutError.code, retryable: true })
    this.stats = stats
    this.waitedMs = waitedMs
    this.diagnosis = diagnosis
  }
}

const advice: Readonly<Record<PoolTimeoutDiagnosis, string>> = {
  leak: 'some holders are older than any call may be: look for work in withConnection() that never ends.',
  undersized: 'the holders are young, so there are simply more calls than connections: raise poolMax or shed load.',
  'database stuck':
    'no connection could be lent or finished its call in that time: the database or the network does not answer.',
}

function describe(stats: PoolStats, waitedMs: number, diagnosis: PoolTimeoutDiagnosis): string {
  const holders = stats.holders.slice(0, 3).map(({ label, action, profile, ageMs }) => {
    const who = [label, action, profile].filter((part) => part !== undefined).join(' ')
    return `${who} for ${Math.round(ageMs)} ms`
  })
  return (
    `No connection of pool '${stats.name}' came free within ${Math.round(waitedMs)} ms ` +
    `(in use ${stats.inUse}, open ${stats.open}, max ${stats.max}, waiting ${stats.waiting}` +
    `${holders.length > 0 ? `; longest holders: ${holders.join(', ')}` : ''}). ` +
    `Diagnosis: ${diagnosis}; ${advice[diagnosis]}`
  )
}
