import { type Problem, titleOf } from './problem-table.ts'
import type { ChunkedBody, CompleteResponse, RouteResponse } from './route.ts'

/** A JSON answer that no cache keeps. */
export function jsonResponse(status: number, body: object, requestId: string): CompleteResponse {
  return {
    status,
    headers: {
      'cache-control': 'no-store',
      'content-type': 'application/json; charset=utf-8',
      'x-content-type-options': 'nosniff',
      'x-request-id': requestId,
    },
    body: { kind: 'complete', text: JSON.stringify(body) },
  }
}

/** A problem document (RFC 9457) with the problem's code and the request's identifier. */
export function problemDocument({ status, code, detail, field }: Problem, requestId: string): object {
  return { type: 'about:blank', title: titleOf(status), status, detail, code, ...(field && { field }), requestId }
}

/** A problem document as a response. */
export function problemResponse(problem: Problem, requestId: string): CompleteResponse {
  const { status, retryAfterSeconds } = problem
  const headers: Record<string, string> = {
    'cache-control': 'no-store',
    'content-type': 'application/problem+json',
    'x-content-type-options': 'nosniff',
    'x-request-id': requestId,
    ...problem.headers,
  }
  if (retryAfterSeconds !== undefined) headers['retry-after'] = String(retryAfterSeconds)
  return { status, headers, body: { kind: 'complete', text: JSON.stringify(problemDocument(problem, requestId)) } }
}

/** A stream of server-sent events, which no proxy may collect, compress or keep. */
export function eventStreamResponse({ chunks, stalled }: Omit<ChunkedBody, 'kind'>, requestId: string): RouteResponse {
  const headers = {
    'cache-control': 'no-store, no-transform',
    'content-type': 'text/event-stream; charset=utf-8',
    'x-accel-buffering': 'no',
    'x-content-type-options': 'nosniff',
    'x-request-id': requestId,
  }
  return { status: 200, headers, body: { kind: 'chunks', chunks, stalled } }
}
