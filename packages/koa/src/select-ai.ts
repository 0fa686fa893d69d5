import type { SelectAIPool } from '@select-ai/core'
import { type SelectAIOptions, SelectAIService } from '@select-ai/core/routes'
import type { Middleware } from 'koa'
import { createSelectAIHandler } from './handler.ts'

/** What the middleware adds to `ctx.state`: the pool, as `selectAI` or under the name that it was given. */
export type SelectAIState<Name extends string = 'selectAI'> = { [Key in Name]: SelectAIPool }

/** The options of every adapter, with the name as a type. */
export interface SelectAIKoaOptions<Name extends string = 'selectAI'> extends SelectAIOptions {
  /** Name of the pool, and its place in `ctx.state`. Default: `default`, and `ctx.state.selectAI`. */
  readonly name?: Name
}

/** A pool and its routes, as a middleware. */
export interface SelectAIKoa<Name extends string = 'selectAI'> extends SelectAIService {
  /** Puts the pool on `ctx.state` and serves the mounted routes. Mount it before parsers of bodies. */
  readonly middleware: Middleware<SelectAIState<Name>>
}

/**
 * Makes the pool and a middleware of the routes that the options list. Nothing is opened yet: call `open` when the process
 * starts, `startClosing` when it begins to stop, and `close` when the server has closed.
 *
 * @example
 * ```ts
 * const ai = selectAI({ routes: { actions: ['chat', 'show_sql'], profiles: ['SALES'] } })
 * const app = new Koa<SelectAIState>()
 * app.use(ai.middleware)
 * await ai.open()
 * app.listen(3000)
 * ```
 *
 * @throws SelectAIArgumentError for a wrong option, ConfigurationError for a missing setting.
 */
export function selectAI<const Name extends string = 'selectAI'>(
  options: SelectAIKoaOptions<Name> = {},
): SelectAIKoa<Name> {
  const service = new SelectAIService(options)
  const handle = createSelectAIHandler(service.routes)
  const key = options.name ?? 'selectAI'
  const middleware: Middleware = (ctx, next) => {
    ctx.state[key] = service.pool
    return handle(ctx, next)
  }
  return Object.assign(service, { middleware: middleware as SelectAIKoa<Name>['middleware'] })
}
