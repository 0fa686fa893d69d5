import type { PoolOptions, SelectAIPool } from '@select-ai/core'
import { untilAborted } from '../terminal/interruption.ts'
import { loadDriver } from './load-driver.ts'

/**
 * Opens a pool, lends it to `work`, and closes it in every case.
 * @param signal - ends the wait for the database; what `work` asks of the pool has to watch it too.
 */
export async function withPool<T>(
  options: PoolOptions,
  signal: AbortSignal,
  work: (pool: SelectAIPool) => Promise<T>,
): Promise<T> {
  const pool = await openPool(options, signal)
  try {
    return await work(pool)
  } finally {
    await pool.close({ drainTimeoutMs: 0 })
  }
}

/** @throws the reason of the signal, or the errors of `createPool`. */
export async function openPool(options: PoolOptions, signal: AbortSignal): Promise<SelectAIPool> {
  const driver = await loadDriver()
  // Loaded late, so that help and complaints about the command line come at once.
  const { createPool } = await import('@select-ai/core')
  const opening = createPool({ ...options, driver })
  try {
    return await untilAborted(opening, signal)
  } catch (error) {
    opening.then(
      (pool) => pool.close({ drainTimeoutMs: 0 }),
      () => {},
    )
    throw error
  }
}
