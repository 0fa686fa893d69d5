import { setTimeout } from 'node:timers/promises'
import { SelectAIArgumentError, type SelectAIPool } from '@select-ai/core'
import { logFailuresTo, type Routes, type SelectAIOptions, SelectAIService } from '@select-ai/core/routes'
import type { FastifyInstance, FastifyPluginAsync } from 'fastify'
import fastifyPlugin from 'fastify-plugin'
import { answerParserError, createSelectAIHandler } from './handler.ts'

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
export const selectAI: FastifyPluginAsync<SelectAIOptions> = fastifyPlugin(register, {
  name: '@select-ai/fastify',
  fastify: '5.x',
})

async function register(fastify: FastifyInstance, options: SelectAIOptions): Promise<void> {
  const { name = 'default', routes } = options
  const key = decoratorKey(name)
  if (fastify.hasDecorator(key)) throw mistake('name', `a pool '${name}' is registered already; give this one a name`)

  const onError = logFailuresTo(fastify.log)
  const service = new SelectAIService({ ...options, ...(routes && { routes: { onError, ...routes } }) })
  fastify.decorate(key, service.pool)
  mountRoutes(fastify, service.routes)
  // Fastify answers the requests in flight between the two, so the drain time has to begin with the first.
  fastify.addHook('preClose', async () => service.startClosing())
  fastify.addHook('onClose', () => service.close())
  try {
    await openWithin(service, fastify.initialConfig.pluginTimeout ?? 0)
  } catch (error) {
    void service.close()
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
async function openWithin(service: SelectAIService, pluginTimeoutMs: number): Promise<void> {
  const opening = service.open().then(() => true)
  if (pluginTimeoutMs === 0) return void (await opening)
  const limitMs = Math.floor(pluginTimeoutMs * 0.9)
  if (await Promise.race([opening, setTimeout(limitMs, false, { ref: false })])) return
  opening.catch(() => {})
  throw mistake('connection', `no answer within ${limitMs} ms; check connectString, or raise Fastify's pluginTimeout`)
}

function mountRoutes(fastify: FastifyInstance, { list }: Routes): void {
  for (const route of list) {
    const handler = createSelectAIHandler(route)
    const common = { url: route.path, exposeHeadRoute: false, errorHandler: answerParserError, handler }
    fastify.route({ ...common, bodyLimit: route.maxBodyBytes, method: [...route.methods] })
    // Refused before the body is read, so that no parser of the host has to understand it.
    const refused = methods.filter((method) => !route.methods.includes(method))
    fastify.route({ ...common, method: refused, onRequest: handler })
  }
}
