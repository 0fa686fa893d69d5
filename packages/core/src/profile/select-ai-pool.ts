import type { PoolOptions } from '../config/pool-options.ts'
import { resolvePoolOptions } from '../config/resolve-pool-options.ts'
import { ConnectionPool } from '../pool/connection-pool.ts'
import { preparePool } from '../pool/pool-parts.ts'
import { Profile } from './profile.ts'

/** The client of one database: profiles, and the connections on which their questions are asked. Made by `createPool`. */
export class SelectAIPool extends ConnectionPool {
  /** @internal */
  static async create(options: PoolOptions | undefined): Promise<SelectAIPool> {
    const pool = new SelectAIPool(await preparePool(resolvePoolOptions(options)))
    await pool.open()
    return pool
  }

  /**
   * The profile of that name. Asks nothing of the database; an unknown profile shows when it is used.
   * @throws SelectAIArgumentError for what cannot be the name of a profile.
   */
  profile(name: string): Profile {
    return new Profile(name, this)
  }
}
