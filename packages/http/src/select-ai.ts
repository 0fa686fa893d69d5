import { type SelectAIOptions, SelectAIService } from '@select-ai/core/routes'
import { createSelectAIHandler, type SelectAIHandler } from './handler.ts'

/** A pool and its routes, as a handler of requests. */
export interface SelectAIHttp extends SelectAIService {
  /** Serves the mounted routes. Everything else goes to `next`, or gets a 404 without one. */
  readonly handler: SelectAIHandler
}

/**
 * Makes the pool and a handler of the routes that the options list. Nothing is opened yet: call `open` when the process
 * starts, `startClosing` when it begins to stop, and `close` when the server has closed.
 *
 * @example
 * ```ts
 * const ai = selectAI({ routes: { actions: ['chat', 'show_sql'], profiles: ['SALES'] } })
 * await ai.open()
 * const server = createServer((request, response) => {
 *   ai.handler(request, response, () => response.writeHead(404).end())
 * })
 * server.listen(3000)
 * ```
 *
 * @throws SelectAIArgumentError for a wrong option, ConfigurationError for a missing setting.
 */
export function selectAI(options?: SelectAIOptions): SelectAIHttp {
  const service = new SelectAIService(options)
  return Object.assign(service, { handler: createSelectAIHandler(service.routes) })
}
