import { SelectAIError } from './select-ai-error.ts'

/** The database knows no profile of that name for this user. */
export class ProfileNotFoundError extends SelectAIError {
  /** The `code` of every error of this class. */
  static readonly code = 'PROFILE_NOT_FOUND'
  /** The name as the caller gave it. */
  readonly profile: string

  constructor({ profile, cause }: { profile: string; cause?: unknown }) {
    super({
      message: `The database has no enabled profile '${profile}' for this user. Create or enable it with DBMS_CLOUD_AI, or check the name.`,
      code: ProfileNotFoundError.code,
      retryable: false,
      cause,
    })
    this.profile = profile
  }
}
