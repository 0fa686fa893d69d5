import type { Route, RouteRequest, Routes } from '@select-ai/core/routes'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { requestSignal } from './request-signal.ts'

/** A Fastify route handler. */
export type SelectAIHandler = (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>

/**
 * Makes a Fastify handler of one route, or of all of them, for those who mount routes themselves instead of using the
 * plugin. All routes together are mounted on a wildcard below the same prefix that `createRoutes` was given.
 *
 * @example
 * ```ts
 * const routes = createRoutes({ pool, actions: ['chat'], profiles: ['SALES'], prefix: '/ai' })
 * app.get('/ai/*', createSelectAIHandler(routes))
 * ```
 */
export function createSelectAIHandler(target: Pick<Route | Routes, 'handle'>): SelectAIHandler {
  return async (request, reply) => {
    const { status, headers, body } = await target.handle(toRouteRequest(request, reply))
    return reply.code(status).headers(headers).send(body.text)
  }
}

function toRouteRequest(request: FastifyRequest, reply: FastifyReply): RouteRequest {
  return {
    method: request.method,
    path: request.url.split('?', 1)[0] ?? '',
    headers: request.headers,
    query: request.query as Readonly<Record<string, unknown>>,
    body: request.body,
    signal: requestSignal(reply),
  }
}
