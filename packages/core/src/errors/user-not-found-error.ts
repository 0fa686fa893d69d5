import { SelectAIError } from './select-ai-error.ts'

/** The database has no user of that name. */
export class UserNotFoundError extends SelectAIError {
  /** The `code` of every error of this class. */
  static readonly code = 'USER_NOT_FOUND'
  /** The name as the database knows names: upper case unless it was quoted. */
  readonly user: string

  constructor({ user, cause }: { user: string; cause?: unknown }) {
    super({
      message: `The database has no user '${user}'. Check the name; put it in double quotes when its case matters.`,
      code: UserNotFoundError.code,
      retryable: false,
      cause,
    })
    this.user = user
  }
}
