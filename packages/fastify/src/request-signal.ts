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
  const controller = new AbortController()
  // Fastify's own signal also fires when a body has been read, so only its timeout counts. Fastify 5.0 had none.
  const ofFastify: AbortSignal | undefined = reply.request.signal
  ofFastify?.addEventListener('abort', () => {
    if (ofFastify.reason?.code === 'FST_ERR_HANDLER_TIMEOUT' && !reply.raw.writableEnded) controller.abort()
  })
  return disconnectSignal(reply.raw, controller)
}
