import { Readable } from 'node:stream'
import {
  connectionSignal,
  type RouteRequest,
  type RouteResponse,
  type Routes,
  unreadableBodyResponse,
} from '@select-ai/core/routes'
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
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
 * app.all('/ai/*', createSelectAIHandler(routes))
 * ```
 */
export function createSelectAIHandler(target: Pick<Routes, 'handle'>): SelectAIHandler {
  return async (request, reply) => send(reply, await target.handle(toRouteRequest(request, reply)))
}

/** Writes what a route answers. A stream is read as fast as the client takes it, and ended when the client leaves. */
function send(reply: FastifyReply, { status, headers, body }: RouteResponse): FastifyReply {
  const payload = body.kind === 'complete' ? body.text : Readable.from(body.chunks, { signal: body.stalled })
  return reply.code(status).headers(headers).send(payload)
}

/** Lets a body that Fastify's parsers refuse look like one that the routes refuse. Other errors stay with the host. */
export function answerParserError(error: FastifyError, request: FastifyRequest, reply: FastifyReply): void {
  if (!error.code?.startsWith('FST_ERR_CTP_') && error.name !== 'SyntaxError') throw error
  send(reply, unreadableBodyResponse(error.statusCode, request))
}

function toRouteRequest(request: FastifyRequest, reply: FastifyReply): RouteRequest {
  return {
    method: request.method,
    path: request.url.split('?', 1)[0] ?? '',
    headers: request.headers,
    query: request.query as Readonly<Record<string, unknown>>,
    body: request.body,
    signal: request.routeOptions.handlerTimeout ? requestSignal(reply) : connectionSignal(reply.raw),
  }
}
