import type { ResolvedPoolOptions } from '../config/pool-options.ts'
import { ConnectionSource } from './connection-source.ts'
import type { Driver } from './driver-contract.ts'
import { HealthMonitor } from './health-monitor.ts'
import { loadDriver } from './load-driver.ts'

/** What a pool is made of; `probe` is filled in by the pool. */
export interface PoolParts {
  readonly driver: Driver
  readonly options: ResolvedPoolOptions
  readonly source: ConnectionSource
  readonly health: HealthMonitor
  probe: () => Promise<unknown>
}

/** Loads the driver and prepares everything that must be awaited before a pool exists. Opens no connection. */
export async function preparePool(options: ResolvedPoolOptions): Promise<PoolParts> {
  const driver = await loadDriver(options.driver)
  const health: HealthMonitor = new HealthMonitor(() => parts.probe())
  const source = await ConnectionSource.create(driver, options, health)
  const parts: PoolParts = { driver, options, source, health, probe: async () => {} }
  return parts
}
