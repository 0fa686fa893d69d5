/**
 * An A2A (Agent2Agent) server for an agent team of Oracle Select AI: a handler for `node:http` and Express, or a server of its own.
 *
 * @module
 */
export type { A2AErrorContext, A2AOptions } from './a2a-options.ts'
export { type A2AProtocolVersion, type AgentCardOptions, createAgentCard } from './agent-card.ts'
export { ConsulError } from './cluster/consul-error.ts'
export { type ServeA2AGatewayOptions, serveA2AGateway } from './cluster/serve-a2a-gateway.ts'
export { type ServeA2AWorkerOptions, serveA2AWorker } from './cluster/serve-a2a-worker.ts'
export { createA2AHandler } from './handler.ts'
export type { A2AServer, ListenOptions } from './listen-with.ts'
export type { ReadableRequest } from './read-body.ts'
export type { A2AHandler } from './rpc-handler.ts'
export { type ServeA2AOptions, serveA2A } from './serve-a2a.ts'
export type { A2AConversationStore, A2AState, A2ATask, A2ATaskStore } from './state/a2a-state.ts'
export { type DatabaseStateOptions, databaseState } from './state/database-state.ts'
export { memoryState } from './state/memory-state.ts'
