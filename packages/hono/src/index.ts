/**
 * Oracle Select AI for Hono on Node: a pool that is opened and closed with the process, as a typed variable of the context;
 * routes that the application lists; and a signal that ends a call whose client has gone.
 *
 * @module
 */
export type { SelectAIOptions } from '@select-ai/core/routes'
export { createSelectAIHandler } from './handler.ts'
export { requestSignal } from './request-signal.ts'
export { type SelectAIHono, type SelectAIHonoOptions, type SelectAIVariables, selectAI } from './select-ai.ts'
