import { disconnectSignal } from '@select-ai/core/routes'
import type { FastifyReply } from 'fastify'

/**
 * A signal that aborts when the client disconnects before it has its answer, or when Fastify's `handlerTimeout` runs
 * out. It never aborts after a normal completion. Pass it to every call made for the request.
 *
 * @example
 * ```ts
 * app.get('/summary', async (_request, reply) => {
 *   const summary = await getSelectAI(app).profile('SALES').narrate('Sum up the week', { signal: requestSignal(reply) })
 *   return { summary }
 * })
 * ```
 */
export function requestSignal(reply: FastifyReply): AbortSignal {
  const { request, raw } = reply
  // Fastify's own signal also fires when all went well, so only its timeout counts; without one it is not even made.
  if (!request.routeOptions.handlerTimeout) return disconnectSignal(raw)
  const controller = new AbortController()
  const { signal } = request
  signal.addEventListener('abort', () => {
    if (signal.reason?.code === 'FST_ERR_HANDLER_TIMEOUT' && !raw.writableEnded) controller.abort()
  })
  return disconnectSignal(raw, controller)
}
