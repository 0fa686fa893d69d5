import { randomUUID } from 'node:crypto'
import type { RouteRequest } from './route.ts'

// Narrow on purpose: the identifier is repeated in a header, in the body and in log lines.
const wellFormed = /^[A-Za-z0-9][A-Za-z0-9._:-]{0,127}$/

/** The client's `X-Request-Id` when it is well formed, else a new one. */
export function requestIdOf(request: Pick<RouteRequest, 'headers'>): string {
  const sent = request.headers['x-request-id']
  return typeof sent === 'string' && wellFormed.test(sent) ? sent : randomUUID()
}
