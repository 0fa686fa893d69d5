import type { PoolStats } from '../errors/pool-snapshot.ts'
import type { PoolTimeoutDiagnosis } from '../errors/pool-timeout-error.ts'

/** Why nobody gave a connection back in time: judged by the age of the holders against the budget of a call. */
export function diagnoseWait(stats: PoolStats, callTimeoutMs: number): PoolTimeoutDiagnosis {
  const opening = stats.inUse - stats.holders.length
  if (stats.holders.some(({ ageMs }) => ageMs > callTimeoutMs)) return 'leak'
  const slow = stats.holders.filter(({ ageMs }) => ageMs > callTimeoutMs / 2).length
  return opening + slow >= stats.max ? 'database stuck' : 'undersized'
}
