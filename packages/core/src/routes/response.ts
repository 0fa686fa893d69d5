import { type Problem, titleOf } from './problem-table.ts'
import type { RouteResponse } from './route.ts'

const commonHeaders = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' } as const

/** A JSON answer that no cache keeps. */
export function jsonResponse(status: number, body: object, requestId: string): RouteResponse {
  return {
    status,
    headers: { ...commonHeaders, 'content-type': 'application/json; charset=utf-8', 'x-request-id': requestId },
    body: { kind: 'complete', text: JSON.stringify(body) },
  }
}

/** A problem document (RFC 9457) with the problem's code and the request's identifier. */
export function problemResponse(
  { status, code, detail, retryAfterSeconds }: Problem,
  requestId: string,
  extraHeaders: Readonly<Record<string, string>> = {},
): RouteResponse {
  const headers: Record<string, string> = {
    ...commonHeaders,
    'content-type': 'application/problem+json',
    'x-request-id': requestId,
    ...extraHeaders,
  }
  if (retryAfterSeconds !== undefined) headers['retry-after'] = String(retryAfterSeconds)
  const document = { type: 'about:blank', title: titleOf(status), status, detail, code, requestId }
  return { status, headers, body: { kind: 'complete', text: JSON.stringify(document) } }
}
