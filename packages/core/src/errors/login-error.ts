import { SelectAIError } from './select-ai-error.ts'

/** The database refused the user: wrong name or password, locked account, expired password. */
export class LoginError extends SelectAIError {
  /** The `code` of every error of this class. */
  static readonly code = 'LOGIN_FAILED'

  constructor({ message, cause }: { message?: string; cause?: unknown } = {}) {
    super({
      message:
        message ??
        'The database refused the login. Check user and password (SELECT_AI_USER, SELECT_AI_PASSWORD) and whether the account is open.',
      code: LoginError.code,
      retryable: false,
      cause,
    })
  }
}
