/**
 * Oracle Select AI for Node's own `http` server, and for everything that speaks its `(request, response)`, such as Express:
 * a pool that is opened and closed with the process, routes that the application lists, and a signal that ends a call
 * whose client has gone.
 *
 * @module
 */
export type { SelectAIOptions } from '@select-ai/core/routes'
export { createSelectAIHandler, type NodeRequest, type NodeServerResponse, type SelectAIHandler } from './handler.ts'
export { requestSignal } from './request-signal.ts'
export { type SelectAIHttp, selectAI } from './select-ai.ts'
