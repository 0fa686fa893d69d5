import { parse } from 'node:querystring'
import {
  type ChunkedBody,
  connectionSignal,
  type RouteRequest,
  type RouteResponse,
  type Routes,
} from '@select-ai/core/routes'
import type { Context, MiddlewareHandler } from 'hono'
import { basePath, baseRoutePath } from 'hono/route'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { nodeResponseOf } from './request-signal.ts'

/**
 * Makes a Hono middleware of the routes, for those who open and close the pool themselves. A request for any other path goes on
 * to the next handler. In an app below a base path, the routes stand below it too.
 *
 * @example
 * ```ts
 * const routes = createRoutes({ pool, actions: ['chat'], profiles: ['SALES'] })
 * app.use(createSelectAIHandler(routes))
 * ```
 */
export function createSelectAIHandler(routes: Pick<Routes, 'find'>): MiddlewareHandler {
  return async (c, next) => {
    const { method } = c.req
    const path = pathOf(c)
    const route = routes.find({ method, path })
    if (!route) return next()
    const body = method === 'POST' ? await bodyOf(c) : undefined
    return respond(c, await route.handle(toRouteRequest(c, path, body)))
  }
}

/** The path below the base path of the app that uses the middleware. */
function pathOf(c: Context): string {
  // Most apps have none, and finding out what a base path with parameters stands for is not cheap.
  return baseRoutePath(c) === '/' ? c.req.path : c.req.path.slice(basePath(c).length)
}

function toRouteRequest(c: Context, path: string, body: unknown): RouteRequest {
  const { method, url } = c.req
  const start = url.indexOf('?')
  return {
    method,
    path,
    // Those of Node are there already; Hono would copy them.
    headers: c.env?.incoming?.headers ?? c.req.header(),
    query: start < 0 ? {} : parse(url.slice(start + 1)),
    body,
    signal: clientSignal(c),
  }
}

function clientSignal(c: Context): AbortSignal {
  const response = nodeResponseOf(c)
  return response ? connectionSignal(response) : c.req.raw.signal
}

/** What another handler has read through Hono is kept by Hono, unless it was no JSON or was taken from beneath. */
async function bodyOf({ req }: Context): Promise<unknown> {
  return req.raw.bodyUsed ? await req.text().catch(() => undefined) : req.raw.body
}

function respond(c: Context, { status, headers, body }: RouteResponse): Response {
  const payload = body.kind === 'complete' ? body.text : streamOf(c, body)
  // Hono makes a Headers of more than one header, which costs as much as all else here. That is only needed where there are others.
  if (hasHeaders(c.body(null))) return c.body(payload, status as ContentfulStatusCode, { ...headers })
  return new Response(payload, { status, headers: { ...headers } })
}

/** Whether somebody has set headers of the response already, who expects them to be sent. */
function hasHeaders({ headers }: Response): boolean {
  return !headers.keys().next().done
}

/** Nothing is made before the server asks for it. */
function streamOf(c: Context, { chunks, stalled }: ChunkedBody): ReadableStream<Uint8Array> {
  const iterator = chunks[Symbol.asyncIterator]()
  const encoder = new TextEncoder()
  return new ReadableStream(
    {
      start(controller) {
        stalled.addEventListener('abort', () => {
          const response = nodeResponseOf(c)
          // The server would try to write what went wrong to a client that does not read.
          if (response) response.destroy()
          else controller.error(stalled.reason)
        })
      },
      async pull(controller) {
        const { value, done } = await iterator.next()
        if (done) controller.close()
        else controller.enqueue(encoder.encode(value))
      },
      async cancel() {
        await iterator.return?.()
      },
    },
    { highWaterMark: 0 },
  )
}
