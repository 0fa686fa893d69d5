import { parse } from 'node:querystring'
import {
  type ChunkedBody,
  connectionSignal,
  type RouteRequest,
  type RouteResponse,
  type Routes,
} from '@select-ai/core/routes'
import type { Context, MiddlewareHandler } from 'hono'
import { basePath } from 'hono/route'
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
    const address = { method: c.req.method, path: pathOf(c) }
    const route = routes.find(address)
    if (!route) return next()
    return respond(c, await route.handle(await toRouteRequest(c, address)))
  }
}

/** The path below the place where the app is mounted. */
function pathOf(c: Context): string {
  const base = basePath(c)
  return base === '/' ? c.req.path : c.req.path.slice(base.length)
}

async function toRouteRequest(c: Context, address: Pick<RouteRequest, 'method' | 'path'>): Promise<RouteRequest> {
  const { url } = c.req
  const start = url.indexOf('?')
  return {
    ...address,
    // Those of Node are there already; Hono would copy them.
    headers: c.env?.incoming?.headers ?? c.req.header(),
    query: start < 0 ? {} : parse(url.slice(start + 1)),
    ...(address.method === 'POST' && { body: await bodyOf(c) }),
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
  return c.body(payload, status as ContentfulStatusCode, { ...headers })
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
