import { SelectAIError } from './select-ai-error.ts'

/** The connection broke while the call was under way; whether the database finished the work is unknown. */
export class ConnectionLostError extends SelectAIError {
  /** The `code` of every error of this class. */
  static readonly code = 'CONNECTION_LOST'

  constructor({ message, cause }: { message?: string; cause?: unknown } = {}) {
    super({
      message:
        message ??
        'The connection to the database was lost during the call. The connection was thrown away; the next call opens a new one.',
      code: ConnectionLostError.code,
      retryable: true,
      cause,
    })
  }
}
