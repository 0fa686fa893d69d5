import { SelectAIError } from './select-ai-error.ts'

/** The old profile was dropped, but the new one could not be created: there is no profile of that name now. */
export class ProfileReplaceError extends SelectAIError {
  /** The `code` of every error of this class. */
  static readonly code = 'PROFILE_REPLACE_FAILED'
  /** The name as the caller gave it. */
  readonly profile: string

  constructor({ profile, cause }: { profile: string; cause?: unknown }) {
    super({
      message: `The old profile '${profile}' was dropped, and the new one could not be created, so that there is none now. Correct what the cause says and create it.`,
      code: ProfileReplaceError.code,
      retryable: false,
      cause,
    })
    this.profile = profile
  }
}
