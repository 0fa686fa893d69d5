import { setTimeout } from 'node:timers/promises'
import { createPool, type PoolOptions, SelectAIArgumentError, type SelectAIPool } from '@select-ai/core'
import { createRoutes, logFailuresTo, type RoutesOptions } from '@select-ai/core/routes'
import type { FastifyInstance, FastifyPluginAsync } from 'fastify'
import fastifyPlugin from 'fastify-plugin'
import { answerParserError, createSelectAIHandler } from './handler.ts'

/** Options of the plugin. All of them may be left out: the pool's settings then come from the environment. */
export interface SelectAIPluginOptions {
  /** Name of the pool, for several in one application; see `getSelectAI`. Default: `default`. */
  readonly name?: string
  /** A pool that the application opened. The plugin uses it and never closes it. Excludes `connection`. */
  readonly pool?: SelectAIPool
  /** Settings of a pool that the plugin opens while it registers and closes with the server. */
  readonly connection?: Omit<PoolOptions, 'name'>
  /** The routes to mount. Default: none. Failed calls go to Fastify's logger unless `onError` is given. */
  readonly routes?: Omit<RoutesOptions, 'pool'>
  /** Milliseconds that calls in flight get once the server closes; then they are aborted. Default: 10000. */
  readonly drainTimeoutMs?: number
}

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE']

/**
 * Opens a Select AI pool with the server, closes it with the server, and mounts the routes that the options list.
 * The pool is `fastify.selectAI`, typed by `getSelectAI(fastify)`.
 *
 * @example
 * ```ts
 * const app = Fastify()
 * await app.register(selectAI, { routes: { actions: ['chat', 'show_sql'], profiles: ['SALES'] } })
 * await app.listen({ port: 3000 })
 * ```
 *
 * @throws SelectAIArgumentError for a wrong option, and the real reason when the pool cannot be opened.
 */
export const selectAI: FastifyPluginAsync<SelectAIPluginOptions> = fastifyPlugin(register, {
  name: '@select-ai/fastify',
  fastify: '5.x',
})

async function register(fastify: FastifyInstance, options: SelectAIPluginOptions): Promise<void> {
  const { name = 'default', pool: supplied, connection, routes, drainTimeoutMs = 10_000 } = options
  const key = decoratorKey(name)
  if (fastify.hasDecorator(key)) throw mistake('name', `a pool '${name}' is registered already; give this one a name`)
  if (supplied && connection) throw mistake('connection', 'must be left out when a pool is supplied')

  const pool = supplied ?? (await openPool({ ...connection, name }, fastify.initialConfig.pluginTimeout ?? 0))
  if (!supplied) closeWithServer(fastify, pool, drainTimeoutMs)
  try {
    fastify.decorate(key, pool)
    if (routes) mountRoutes(fastify, { ...routes, pool })
  } catch (error) {
    if (!supplied) await pool.close()
    throw error
  }
}

/**
 * The pool that the plugin registered under this name.
 * @throws SelectAIArgumentError when the plugin was not registered here or further up.
 */
export function getSelectAI(fastify: Pick<FastifyInstance, 'hasDecorator'>, name = 'default'): SelectAIPool {
  const key = decoratorKey(name)
  if (!fastify.hasDecorator(key)) throw mistake('name', `no pool '${name}'; await app.register(selectAI, ...) first`)
  return (fastify as unknown as Record<PropertyKey, SelectAIPool>)[key] as SelectAIPool
}

function decoratorKey(name: string): string | symbol {
  return name === 'default' ? 'selectAI' : Symbol.for(`select-ai.fastify.${name}`)
}

function mistake(argument: string, message: string): SelectAIArgumentError {
  return new SelectAIArgumentError({ argument, message })
}

/** Gives up shortly before Fastify does, whose own message could not say what was being waited for. */
async function openPool(options: PoolOptions, pluginTimeoutMs: number): Promise<SelectAIPool> {
  const opening = createPool(options)
  if (pluginTimeoutMs === 0) return opening
  const limitMs = Math.floor(pluginTimeoutMs * 0.9)
  const pool = await Promise.race([opening, setTimeout(limitMs, undefined, { ref: false })])
  if (pool) return pool
  opening.then((late) => late.close()).catch(() => {})
  throw mistake('connection', `no answer within ${limitMs} ms; check connectString, or raise Fastify's pluginTimeout`)
}

function closeWithServer(fastify: FastifyInstance, pool: SelectAIPool, drainTimeoutMs: number): void {
  let endOfDrain: number | undefined
  let timer: NodeJS.Timeout | undefined
  // Fastify answers the requests in flight before it runs onClose, so a call that outlasts the drain is ended from here.
  fastify.addHook('preClose', async () => {
    endOfDrain = performance.now() + drainTimeoutMs
    timer = globalThis.setTimeout(() => void pool.close({ drainTimeoutMs: 0 }), drainTimeoutMs)
  })
  fastify.addHook('onClose', async () => {
    clearTimeout(timer)
    const remaining = endOfDrain === undefined ? drainTimeoutMs : Math.max(0, endOfDrain - performance.now())
    await pool.close({ drainTimeoutMs: Math.ceil(remaining) })
  })
}

function mountRoutes(fastify: FastifyInstance, options: RoutesOptions): void {
  const routes = createRoutes({ onError: logFailuresTo(fastify.log), ...options })
  fastify.addHook('preClose', async () => routes.startClosing())
  for (const route of routes.list) {
    const handler = createSelectAIHandler(route)
    const common = { url: route.path, exposeHeadRoute: false, errorHandler: answerParserError, handler }
    fastify.route({ ...common, bodyLimit: route.maxBodyBytes, method: [...route.methods] })
    // Refused before the body is read, so that no parser of the host has to understand it.
    const refused = methods.filter((method) => !route.methods.includes(method))
    fastify.route({ ...common, method: refused, onRequest: handler })
  }
}
