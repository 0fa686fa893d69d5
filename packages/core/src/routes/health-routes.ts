import { type JsonSchema, objectSchema } from './json-schema.ts'
import { requestIdOf } from './request-id.ts'
import { jsonResponse } from './response.ts'
import type { Route } from './route.ts'
import type { RouteHealthState } from './route-pool.ts'
import type { RoutesOptions } from './routes-options.ts'
import type { RoutesPolicy } from './routes-policy.ts'
import { withMethods } from './with-methods.ts'

const methods = ['GET', 'HEAD'] as const

// A saturated service still answers: taking it out of rotation would only move its load to the next one.
const readiness: Readonly<Record<RouteHealthState, { readonly status: number; readonly reason: string }>> = {
  ready: { status: 200, reason: 'The service takes requests.' },
  saturated: { status: 200, reason: 'All database connections are busy; requests wait for one.' },
  draining: { status: 503, reason: 'The service is shutting down.' },
  closed: { status: 503, reason: 'The connection pool is closed.' },
  'database-down': { status: 503, reason: 'The database cannot be reached.' },
}

function readinessSchema(status: number): JsonSchema {
  const states = Object.entries(readiness).flatMap(([state, answer]) => (answer.status === status ? [state] : []))
  const description = status === 200 ? 'Requests should be sent here.' : 'Requests should not be sent here.'
  return { ...objectSchema({ status: { type: 'string', enum: states }, reason: { type: 'string' } }), description }
}

/** `/livez` says that the process runs and asks nobody; `/readyz` says whether requests should be sent here. */
export function healthRoutes(
  { pool, isDraining }: Required<Pick<RoutesOptions, 'pool' | 'isDraining'>>,
  { maxBodyBytes }: RoutesPolicy,
): Route[] {
  return [
    withMethods({
      name: 'livez',
      methods,
      path: '/livez',
      summary: 'Answers as long as the process runs.',
      maxBodyBytes,
      schemas: { answers: { 200: objectSchema({ status: { type: 'string', const: 'alive' } }) } },
      handle: async (request) => jsonResponse(200, { status: 'alive' }, requestIdOf(request)),
    }),
    withMethods({
      name: 'readyz',
      methods,
      path: '/readyz',
      summary: 'Says whether requests should be sent here: 200 or 503.',
      maxBodyBytes,
      schemas: { answers: { 200: readinessSchema(200), 503: readinessSchema(503) } },
      handle: async (request) => {
        const state = isDraining() ? 'draining' : pool.health().state
        const { status, reason } = readiness[state]
        return jsonResponse(status, { status: state, reason }, requestIdOf(request))
      },
    }),
  ]
}
