import { disconnectSignal } from '@select-ai/core/routes'
import type { Context } from 'koa'

/**
 * A signal that aborts when the client disconnects before it has its answer, and never after a normal completion. Pass it to
 * every call made for the request.
 *
 * @example
 * ```ts
 * app.use(async (ctx) => {
 *   const { selectAI } = ctx.state
 *   ctx.body = await selectAI.profile('SALES').narrate('Sum up the week', { signal: requestSignal(ctx) })
 * })
 * ```
 */
export function requestSignal({ res }: Pick<Context, 'res'>): AbortSignal {
  return disconnectSignal(res)
}
