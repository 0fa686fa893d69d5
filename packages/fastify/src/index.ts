/**
 * Oracle Select AI for Fastify: a pool that lives and dies with the server, routes that the application lists, and a
 * signal that ends a call whose client has gone.
 *
 * @module
 */
export type { SelectAIOptions } from '@select-ai/core/routes'
export { createSelectAIHandler, type SelectAIHandler } from './handler.ts'
export { getSelectAI, selectAI } from './plugin.ts'
export { requestSignal } from './request-signal.ts'
