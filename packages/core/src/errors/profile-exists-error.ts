import { SelectAIError } from './select-ai-error.ts'

/** The database has a profile of that name already, so that none was created. */
export class ProfileExistsError extends SelectAIError {
  /** The `code` of every error of this class. */
  static readonly code = 'PROFILE_EXISTS'
  /** The name as the caller gave it. */
  readonly profile: string

  constructor({ profile, cause }: { profile: string; cause?: unknown }) {
    super({
      message: `There is a profile '${profile}' already. Choose another name, change it with merge, or replace it with createOrReplace.`,
      code: ProfileExistsError.code,
      retryable: false,
      cause,
    })
    this.profile = profile
  }
}
