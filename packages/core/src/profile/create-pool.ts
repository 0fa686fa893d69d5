import type { PoolOptions } from '../config/pool-options.ts'
import { settleWithin } from '../pool/settle-within.ts'
import { SelectAIPool } from './select-ai-pool.ts'

/** How long a start that failed waits for its own cleaning up. */
const failedStartPatienceMs = 250

/**
 * Opens a pool of connections for Select AI. Make one when the process starts, use it in every request, close it at the end.
 *
 * Each setting comes from the option, else from its environment variable, else from its default. Unless `verify` is `none`,
 * one connection is opened first, so that a wrong password or an unreachable database shows here with its real reason.
 *
 * @throws ConfigurationError for a missing or unusable setting
 * @throws SelectAIArgumentError for an unknown option
 * @throws LoginError, ConnectError when the database cannot be used
 *
 * @example
 * import { createPool } from '@select-ai/core'
 *
 * // SELECT_AI_USER, SELECT_AI_PASSWORD and SELECT_AI_DB_CONNECT_STRING are set in the environment.
 * const pool = await createPool({ poolMax: 8 })
 * try {
 *   const answer = await pool.profile('SALES').narrate('How many promotions are there?', { timeoutMs: 30_000 })
 *   console.log(answer)
 * } finally {
 *   await pool.close({ drainTimeoutMs: 5000 })
 * }
 */
export async function createPool(options?: PoolOptions): Promise<SelectAIPool> {
  const pool = new SelectAIPool(options)
  try {
    await pool.open()
    return pool
  } catch (error) {
    // An attempt that still hangs in the driver must not hold up the news.
    await settleWithin(pool.close({ drainTimeoutMs: 0 }), failedStartPatienceMs)
    throw error
  }
}
