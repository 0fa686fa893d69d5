import type { SelectAIPool } from '@select-ai/core'
import { type SelectAIOptions, SelectAIService } from '@select-ai/core/routes'
import type { MiddlewareHandler } from 'hono'
import { createSelectAIHandler } from './handler.ts'

/** What the middleware adds to `c.var`: the pool, as `selectAI` or under the name that it was given. */
export type SelectAIVariables<Name extends string = 'selectAI'> = { [Key in Name]: SelectAIPool }

/** The options of every adapter, with the name as a type. */
export interface SelectAIHonoOptions<Name extends string = 'selectAI'> extends SelectAIOptions {
  /** Name of the pool, and of its variable in `c.var`. Default: `default`, and `c.var.selectAI`. */
  readonly name?: Name
}

/** A pool and its routes, as a middleware. */
export interface SelectAIHono<Name extends string = 'selectAI'> extends SelectAIService {
  /** Sets the variable and serves the mounted routes, below the base path of the app that uses it. */
  readonly middleware: MiddlewareHandler<{ Variables: SelectAIVariables<Name> }>
}

/**
 * Makes the pool and a middleware of the routes that the options list. Nothing is opened yet: call `open` when the process
 * starts, `startClosing` when it begins to stop, and `close` when the server has closed.
 *
 * @example
 * ```ts
 * const ai = selectAI({ routes: { actions: ['chat', 'show_sql'], profiles: ['SALES'] } })
 * const app = new Hono<{ Variables: SelectAIVariables }>()
 * app.use(ai.middleware)
 * await ai.open()
 * serve({ fetch: app.fetch, port: 3000 })
 * ```
 *
 * @throws SelectAIArgumentError for a wrong option, ConfigurationError for a missing setting.
 */
export function selectAI<const Name extends string = 'selectAI'>(
  options: SelectAIHonoOptions<Name> = {},
): SelectAIHono<Name> {
  const service = new SelectAIService(options)
  const handle = createSelectAIHandler(service.routes)
  const key = options.name ?? 'selectAI'
  const middleware: MiddlewareHandler = (c, next) => {
    c.set(key, service.pool)
    return handle(c, next)
  }
  return Object.assign(service, { middleware })
}
