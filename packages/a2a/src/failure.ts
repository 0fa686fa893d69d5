import { SelectAIError } from '@select-ai/core'
import { errorResponse } from '@select-ai/core/routes'

/** What a client is told of something that failed. */
export interface Failure {
  /** A fixed sentence, with nothing of the error in it. */
  readonly detail: string
  /** The code of the failure. */
  readonly code: string
  /** The identifier by which the operator finds the error. */
  readonly requestId: string
}

/** The status of a response that has nothing but a failure to tell. */
export function statusOfFailure(error: unknown): number {
  return errorResponse(error, { headers: {} }).status
}

/** The same sentences as those of the HTTP routes. */
export function failureOf(error: unknown, requestId: string): Failure {
  const headers = { 'x-request-id': requestId }
  const { detail, code } = JSON.parse(errorResponse(error, { headers }).body.text) as Failure
  return { detail, code, requestId }
}

const nothingWasDone: readonly string[] = ['POOL_QUEUE_FULL', 'POOL_TIMEOUT', 'POOL_CLOSED']

/** Whether the call never reached the database, so that it can be made again. */
export function isRefusal(error: unknown): boolean {
  return SelectAIError.isInstance(error) && nothingWasDone.includes(error.code)
}
