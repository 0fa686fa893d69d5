import { SelectAIError } from './select-ai-error.ts'

/** The database user has a credential of that name already. */
export class CredentialExistsError extends SelectAIError {
  /** The `code` of every error of this class. */
  static readonly code = 'CREDENTIAL_EXISTS'
  /** The name as the caller gave it. */
  readonly credential: string

  constructor({ credential, cause }: { credential: string; cause?: unknown }) {
    super({
      message: `This database user has a credential '${credential}' already. Change it with updateCredential, or use createOrReplaceCredential.`,
      code: CredentialExistsError.code,
      retryable: false,
      cause,
    })
    this.credential = credential
  }
}
