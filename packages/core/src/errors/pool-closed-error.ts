import { SelectAIError } from './select-ai-error.ts'

/** The pool is closing or closed: the call was refused, or ended because the drain time was over. */
export class PoolClosedError extends SelectAIError {
  /** The `code` of every error of this class. */
  static readonly code = 'POOL_CLOSED'

  constructor({ message, cause }: { message?: string; cause?: unknown } = {}) {
    super({
      message: message ?? 'The pool is closed. Create a new one with createPool() if the process goes on.',
      code: PoolClosedError.code,
      retryable: false,
      cause,
    })
  }
}
