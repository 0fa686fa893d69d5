import { type Problem, problemOf } from './problem-table.ts'
import { requestIdOf } from './request-id.ts'
import { problemResponse } from './response.ts'
import type { CompleteResponse, RouteRequest } from './route.ts'

/**
 * The response for a body that the host's own parser refused: the same as for a body that the routes read themselves.
 * For adapters of frameworks that parse bodies before the routes see the request.
 *
 * @param status what the parser's error asks for: 413, 415, or anything else for a body that is no JSON.
 */
export function unreadableBodyResponse(
  status: number | undefined,
  request: Pick<RouteRequest, 'headers'>,
): CompleteResponse {
  return problemResponse(problemOfStatus(status), requestIdOf(request))
}

function problemOfStatus(status: number | undefined): Problem {
  if (status === 413) return problemOf('BODY_TOO_LARGE')
  if (status === 415) return problemOf('UNSUPPORTED_MEDIA_TYPE')
  return { ...problemOf('INVALID_ARGUMENT'), detail: 'The body is not valid JSON in UTF-8.' }
}
