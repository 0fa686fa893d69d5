import { SelectAIError } from './select-ai-error.ts'

/** No connection could be opened: listener down, unknown service, network or TLS trouble. */
export class ConnectError extends SelectAIError {
  /** The `code` of every error of this class. */
  static readonly code = 'CONNECT_FAILED'

  constructor({ message, cause }: { message?: string; cause?: unknown } = {}) {
    super({
      message:
        message ??
        'The database could not be reached. Check the connect string (SELECT_AI_DB_CONNECT_STRING), the listener and the network.',
      code: ConnectError.code,
      retryable: true,
      cause,
    })
  }
}
