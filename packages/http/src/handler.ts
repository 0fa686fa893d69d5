import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Http2ServerRequest, Http2ServerResponse } from 'node:http2'
import { parse } from 'node:querystring'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { connectionSignal, type RouteRequest, type Routes } from '@select-ai/core/routes'

/** A request of Node's `http` or `http2`; `body` is what a parser such as `express.json()` has made of it. */
export type NodeRequest = (IncomingMessage | Http2ServerRequest) & { readonly body?: unknown }

/** A response of Node's `http` or `http2`. */
export type NodeServerResponse = ServerResponse | Http2ServerResponse

/** A listener for requests and, with its third argument, a middleware of Express. */
export type SelectAIHandler = (
  request: NodeRequest,
  response: NodeServerResponse,
  next?: (error?: unknown) => void,
) => void

/**
 * Makes a handler of the routes, for those who open and close the pool themselves. A request for any other path goes to
 * `next` where there is one, and gets a 404 where there is none.
 *
 * @example
 * ```ts
 * const routes = createRoutes({ pool, actions: ['chat'], profiles: ['SALES'] })
 * createServer(createSelectAIHandler(routes)).listen(3000)
 * ```
 */
export function createSelectAIHandler(routes: Pick<Routes, 'find' | 'handle'>): SelectAIHandler {
  return (request, response, next) => {
    const { method = 'GET', url = '/' } = request
    const mark = url.indexOf('?')
    const path = mark < 0 ? url : url.slice(0, mark)
    const owner = routes.find({ method, path }) ?? routes
    if (next && owner === routes) return next()
    const routeRequest: RouteRequest = {
      method,
      path,
      query: mark < 0 ? {} : parse(url.slice(mark + 1)),
      headers: request.headers,
      // What somebody has read is not in the request any more.
      body: request.readableDidRead ? request.body : request,
      signal: connectionSignal(response),
    }
    void answer(owner, routeRequest, response, next)
  }
}

async function answer(
  owner: Pick<Routes, 'handle'>,
  request: RouteRequest,
  response: NodeServerResponse,
  next: ((error?: unknown) => void) | undefined,
): Promise<void> {
  try {
    const { status, headers, body } = await owner.handle(request)
    if (body.kind === 'complete') {
      const length = Buffer.byteLength(body.text)
      response.writeHead(status, { ...headers, 'content-length': length }).end(body.text)
      return
    }
    response.writeHead(status, headers)
    // A client that leaves, or stops reading, ends the stream; there is nobody left to be told.
    await pipeline(Readable.from(body.chunks, { signal: body.stalled }), response).catch(() => {})
  } catch (error) {
    if (next) next(error)
    else response.destroy(error as Error)
  }
}
