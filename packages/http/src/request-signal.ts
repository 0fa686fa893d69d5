import { disconnectSignal, type NodeResponse } from '@select-ai/core/routes'

/**
 * A signal that aborts when the client disconnects before it has its answer, and never after a normal completion. Pass it to
 * every call made for the request. It takes the response, of HTTP/1 or HTTP/2, since a request also closes when all went well.
 *
 * @example
 * ```ts
 * createServer(async (request, response) => {
 *   const signal = requestSignal(response)
 *   const summary = await ai.pool.profile('SALES').narrate('Sum up the week', { signal })
 *   response.end(summary)
 * })
 * ```
 */
export function requestSignal(response: NodeResponse): AbortSignal {
  return disconnectSignal(response)
}
