import { SelectAIArgumentError } from '../errors/select-ai-argument-error.ts'
import { SelectAIError } from '../errors/select-ai-error.ts'
import { type Problem, problemOf } from './problem-table.ts'

/** What the client is told of a failed call. */
export function problemOfError(error: unknown, signal: AbortSignal | undefined): Problem {
  if (!SelectAIError.isInstance(error)) return problemOf('INTERNAL_ERROR')
  // The prompt is the client's; any other argument was chosen by the application.
  if (SelectAIArgumentError.isInstance(error)) {
    return problemOf(error.argument === 'prompt' ? 'INVALID_ARGUMENT' : 'INTERNAL_ERROR')
  }
  // Without the client's own signal it was the closing pool that ended the call, and the client still listens.
  if (error.code === 'CALL_ABORTED' && !signal?.aborted) return problemOf('POOL_CLOSED')
  return problemOf(error.code)
}
