import { createHash } from 'node:crypto'
import type { PoolOptions, ResolvedPoolOptions } from '../config/pool-options.ts'
import { resolvePoolOptions } from '../config/resolve-pool-options.ts'
import { SelectAIPool } from './select-ai-pool.ts'

/** The pool of one name, and who made it or took it over last. */
interface Entry {
  readonly settings: string
  readonly driver: object | undefined
  readonly pool: SelectAIPool
  readonly owner: object
}

// On the global object, because a reload gives every module new copies of the modules that it imports.
const registryKey = Symbol.for('@select-ai/core/pools')

/**
 * The open pool that was made before under the same name and with the same settings, now the new owner's, or else a new one.
 * A pool of that name with other settings is closed as soon as its calls have ended.
 */
export function takeOverPool(owner: object, options: PoolOptions): SelectAIPool {
  const resolved = resolvePoolOptions(options)
  const settings = fingerprintOf(resolved)
  const before = registry().get(resolved.name)
  const isSame = before?.settings === settings && before.driver === resolved.driver
  const pool = isSame && before.pool.stats().state === 'open' ? before.pool : new SelectAIPool(options)
  registry().set(resolved.name, { settings, driver: resolved.driver, pool, owner })
  if (before && before.pool !== pool) void before.pool.close()
  return pool
}

/** Whether nobody has taken the pool over since. */
export function ownsPool(owner: object, { name }: SelectAIPool): boolean {
  return registry().get(name)?.owner === owner
}

function registry(): Map<string, Entry> {
  const holder = globalThis as { [registryKey]?: Map<string, Entry> }
  holder[registryKey] ??= new Map()
  return holder[registryKey]
}

/** Tells settings apart, the secret ones included, without keeping them. */
function fingerprintOf({ driver: _, password, walletPassword, ...others }: ResolvedPoolOptions): string {
  const text = JSON.stringify([others, password, walletPassword])
  return createHash('sha256').update(text).digest('hex')
}
