/**
 * The HTTP routes as plain data, and the service that adapters are made of. Import it to write an adapter, or to answer errors
 * of your own routes as the mounted ones do; otherwise an adapter is all you need.
 *
 * @module
 */
export { type RouteAction, routeActions } from './actions.ts'
export { type CarriedResponse, connectionSignal } from './connection-signal.ts'
export { createRoutes } from './create-routes.ts'
export { disconnectSignal, type NodeResponse } from './disconnect-signal.ts'
export { errorResponse } from './error-response.ts'
export type { JsonSchema } from './json-schema.ts'
export { type FailureLogger, logFailuresTo } from './log-failures-to.ts'
export { type OpenApiDocument, type OpenApiInfo, type OpenApiOperation, openApiDocument } from './open-api-document.ts'
export type {
  ChunkedBody,
  CompleteBody,
  CompleteResponse,
  Route,
  RouteRequest,
  RouteResponse,
  Routes,
} from './route.ts'
export type { RouteCallOptions, RouteHealthState, RoutePool, RouteProfile } from './route-pool.ts'
export type { RouteSchemas, StreamEvent } from './route-schemas.ts'
export type { ProfilePolicy, RouteErrorContext, RoutesOptions } from './routes-options.ts'
export { type SelectAIOptions, SelectAIService } from './select-ai-service.ts'
export { unreadableBodyResponse } from './unreadable-body-response.ts'
