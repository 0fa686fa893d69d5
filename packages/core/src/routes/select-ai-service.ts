import { isProduction } from '../config/is-production.ts'
import type { PoolOptions } from '../config/pool-options.ts'
import { SelectAIArgumentError } from '../errors/select-ai-argument-error.ts'
import { ownsPool, takeOverPool } from '../profile/pool-registry.ts'
import { SelectAIPool } from '../profile/select-ai-pool.ts'
import { createRoutes, noRoutes } from './create-routes.ts'
import { type FailureLogger, logFailuresTo } from './log-failures-to.ts'
import { refuseUnknownOptions } from './refuse-unknown-options.ts'
import type { Routes } from './route.ts'
import type { RoutesOptions } from './routes-options.ts'

/** What every adapter can be told. All of it may be left out: the settings then come from the environment. */
export interface SelectAIOptions {
  /** Name of the pool, for several in one application. Default: `default`. */
  readonly name?: string
  /** A pool that the application made. It is used and never closed. Excludes `connection`. */
  readonly pool?: SelectAIPool
  /** Settings of a pool that is opened and closed with the service. */
  readonly connection?: Omit<PoolOptions, 'name'>
  /** The routes to mount. Default: none. Failed calls are written to standard error unless `onError` is given. */
  readonly routes?: Omit<RoutesOptions, 'pool'>
  /** Milliseconds that calls in flight get once the service closes; then they are aborted. Default: 10000. */
  readonly drainTimeoutMs?: number
  /**
   * For development servers that load changed modules anew in the same process, such as Vite: takes over the open pool that the
   * module made before the change under the same name and settings, instead of opening another one beside it. One with other
   * settings is closed. Nothing happens with `NODE_ENV=production`. Default: false.
   */
  readonly takeOver?: boolean
}

const optionNames: readonly string[] = Object.keys({
  name: true,
  pool: true,
  connection: true,
  routes: true,
  drainTimeoutMs: true,
  takeOver: true,
} satisfies Record<keyof SelectAIOptions, true>)

const standardError: FailureLogger = {
  info() {},
  error: ({ err, ...context }, message) => console.error(message, context, err),
}

/**
 * What an adapter serves: a pool, and the routes over it, from the start of a process to its end. An adapter adds how its
 * framework passes requests on.
 *
 * A pool that was passed in belongs to the application: the service neither opens nor closes it.
 *
 * @example
 * ```ts
 * const service = new SelectAIService({ routes: { actions: ['chat'], profiles: ['SALES'] } })
 * await service.open()
 * // ... serve service.routes
 * await service.close()
 * ```
 */
export class SelectAIService implements AsyncDisposable {
  /** Who answers. It can be used before `open`; the first call then opens the first connection. */
  readonly pool: SelectAIPool
  /** The mounted routes; empty unless the options list some. */
  readonly routes: Routes
  readonly #ownership: 'supplied' | 'own' | 'taken over'
  readonly #drainTimeoutMs: number
  #endOfDrain: number | undefined
  #drainTimer: NodeJS.Timeout | undefined

  /**
   * Checks everything and opens nothing.
   * @throws SelectAIArgumentError for a wrong or unknown option, ConfigurationError for a setting that is missing.
   */
  constructor(options: SelectAIOptions = {}) {
    const { name, pool, connection, routes, drainTimeoutMs = 10_000, takeOver = false } = checked(options)
    this.#drainTimeoutMs = drainTimeoutMs
    const settings = { ...connection, ...(name !== undefined && { name }) }
    if (pool) {
      this.#ownership = 'supplied'
      this.pool = pool
    } else if (takeOver && !isProduction()) {
      this.#ownership = 'taken over'
      this.pool = takeOverPool(this, settings)
    } else {
      this.#ownership = 'own'
      this.pool = new SelectAIPool(settings)
    }
    this.routes = routes
      ? createRoutes({ onError: logFailuresTo(standardError), ...routes, pool: this.pool })
      : noRoutes()
  }

  /**
   * Opens the pool when the process starts, so that a mistake in its settings stops the start. Calls at the same time share one
   * attempt, and after a failed one it may be called again. Without it, the first requests open what they need.
   *
   * @throws LoginError, ConnectError, ConfigurationError with the real reason.
   */
  async open(): Promise<void> {
    if (this.#ownership !== 'supplied') await this.pool.open()
  }

  /**
   * The service begins to stop: `/readyz` says so, open streams are told, and calls may finish until `drainTimeoutMs` is over; the
   * rest are then ended, so that a server that waits for its answers can close. To be called before the server is closed.
   */
  startClosing(): void {
    if (this.#endOfDrain !== undefined) return
    this.#endOfDrain = performance.now() + this.#drainTimeoutMs
    this.routes.startClosing()
    if (!this.#closesPool) return
    this.#drainTimer = setTimeout(() => void this.pool.close({ drainTimeoutMs: 0 }), this.#drainTimeoutMs)
    this.#drainTimer.unref()
  }

  /**
   * Closes the pool: calls in flight get what is left of the drain time. To be called when the server has closed, or when its
   * start failed. Always comes to an end, and may be called again.
   */
  async close(): Promise<void> {
    this.startClosing()
    if (!this.#closesPool) return
    clearTimeout(this.#drainTimer)
    const left = (this.#endOfDrain ?? 0) - performance.now()
    await this.pool.close({ drainTimeoutMs: Math.max(0, Math.ceil(left)) })
  }

  /** A service that was relieved by its successor must not close what that one uses. */
  get #closesPool(): boolean {
    return this.#ownership === 'own' || (this.#ownership === 'taken over' && ownsPool(this, this.pool))
  }

  /** `await using` closes it at the end of the block. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.close()
  }
}

function checked(options: SelectAIOptions): SelectAIOptions {
  if (typeof options !== 'object' || options === null) throw mistake('options', 'must be an object')
  refuseUnknownOptions(options, optionNames, 'options')
  const { pool, connection, drainTimeoutMs: drain, takeOver } = options
  if (pool && connection) throw mistake('connection', 'must be left out when a pool is supplied')
  if (pool && takeOver) throw mistake('takeOver', 'must be left out when a pool is supplied')
  if (takeOver !== undefined && typeof takeOver !== 'boolean') throw mistake('takeOver', 'must be true or false')
  if (drain !== undefined && !(typeof drain === 'number' && drain >= 0 && drain < 2 ** 31)) {
    throw mistake('drainTimeoutMs', 'must be a number of milliseconds that is not negative')
  }
  return options
}

function mistake(argument: string, message: string): SelectAIArgumentError {
  return new SelectAIArgumentError({ argument, message })
}
