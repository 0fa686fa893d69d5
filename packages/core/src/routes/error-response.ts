import { problemOfError } from './problem-of-error.ts'
import { requestIdOf } from './request-id.ts'
import { problemResponse } from './response.ts'
import type { CompleteResponse, RouteRequest } from './route.ts'

/**
 * The response for an error that a route of the application's own met: the same statuses and sentences as those of the
 * mounted routes, and nothing of the error's text. An error that is not from this package becomes a 500.
 *
 * @param request its `headers` may carry `X-Request-Id`, and its `signal` tells whether the client has gone.
 */
export function errorResponse(error: unknown, request: Pick<RouteRequest, 'headers' | 'signal'>): CompleteResponse {
  return problemResponse(problemOfError(error, request.signal), requestIdOf(request))
}
