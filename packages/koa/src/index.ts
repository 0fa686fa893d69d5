/**
 * Oracle Select AI for Koa: a pool that is opened and closed with the process, on the typed state of the context; routes that
 * the application lists; and a signal that ends a call whose client has gone.
 *
 * @module
 */
export type { SelectAIOptions } from '@select-ai/core/routes'
export { createSelectAIHandler } from './handler.ts'
export { requestSignal } from './request-signal.ts'
export { type SelectAIKoa, type SelectAIKoaOptions, type SelectAIState, selectAI } from './select-ai.ts'
