import { type CarriedResponse, disconnectSignal } from '@select-ai/core/routes'
import type { Context } from 'hono'

/**
 * A signal that aborts when the client disconnects before it has its answer, and never after a normal completion. Pass it to
 * every call made for the request.
 *
 * With `@hono/node-server` it follows Node's response, over HTTP/1 and HTTP/2 alike; elsewhere it is the signal of the request.
 *
 * @example
 * ```ts
 * app.get('/summary', async (c) => {
 *   const profile = c.var.selectAI.profile('SALES')
 *   return c.text(await profile.narrate('Sum up the week', { signal: requestSignal(c) }))
 * })
 * ```
 */
export function requestSignal(c: Context): AbortSignal {
  const response = nodeResponseOf(c)
  return response ? disconnectSignal(response) : c.req.raw.signal
}

/** The response beneath, where `@hono/node-server` serves. */
export function nodeResponseOf({ env }: Context): (CarriedResponse & { destroy(): unknown }) | undefined {
  return env?.outgoing
}
