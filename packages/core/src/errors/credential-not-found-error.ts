import { SelectAIError } from './select-ai-error.ts'

/** The database user has no credential of that name. */
export class CredentialNotFoundError extends SelectAIError {
  /** The `code` of every error of this class. */
  static readonly code = 'CREDENTIAL_NOT_FOUND'
  /** The name as the caller gave it. */
  readonly credential: string

  constructor({ credential, cause }: { credential: string; cause?: unknown }) {
    super({
      message: `This database user has no credential '${credential}'. Create it with createCredential, or check the name.`,
      code: CredentialNotFoundError.code,
      retryable: false,
      cause,
    })
    this.credential = credential
  }
}
