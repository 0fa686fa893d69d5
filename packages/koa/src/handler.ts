import { Readable } from 'node:stream'
import { connectionSignal, type RouteRequest, type RouteResponse, type Routes } from '@select-ai/core/routes'
import type { Context, Middleware } from 'koa'

/**
 * Makes a Koa middleware of the routes, for those who open and close the pool themselves. A request for any other path goes on
 * to the next middleware.
 *
 * @example
 * ```ts
 * const routes = createRoutes({ pool, actions: ['chat'], profiles: ['SALES'] })
 * app.use(createSelectAIHandler(routes))
 * ```
 */
export function createSelectAIHandler(routes: Pick<Routes, 'find'>): Middleware {
  return async (ctx, next) => {
    const route = routes.find(ctx)
    if (!route) return next()
    send(ctx, await route.handle(toRouteRequest(ctx)))
  }
}

function toRouteRequest(ctx: Context): RouteRequest {
  return {
    method: ctx.method,
    path: ctx.path,
    headers: ctx.headers,
    query: ctx.query,
    // What a parser has read is not in the request any more.
    body: ctx.req.readableDidRead ? (ctx.request as { readonly body?: unknown }).body : ctx.req,
    signal: connectionSignal(ctx.res),
  }
}

function send(ctx: Context, { status, headers, body }: RouteResponse): void {
  ctx.status = status
  ctx.set(headers)
  if (body.kind === 'complete') {
    ctx.body = body.text
    return
  }
  // Koa reports a stream that fails and leaves its connection open, so the connection is cut from here.
  body.stalled.addEventListener('abort', () => ctx.res.destroy())
  ctx.body = Readable.from(body.chunks)
}
