import { SelectAIError } from './select-ai-error.ts'

/** The database may not reach the host of the AI provider for this user. */
export class NetworkAccessError extends SelectAIError {
  /** The `code` of every error of this class. */
  static readonly code = 'NETWORK_ACCESS_DENIED'

  constructor({ cause }: { cause?: unknown } = {}) {
    super({
      message:
        'The database may not reach the host of the AI provider for this user. Have an administrator allow it with grantHttpAccess.',
      code: NetworkAccessError.code,
      retryable: false,
      cause,
    })
  }
}
