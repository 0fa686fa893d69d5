import { SelectAIError } from './select-ai-error.ts'

/** The credential that a profile or a call names does not exist, or the database user may not use it. */
export class ProfileCredentialError extends SelectAIError {
  /** The `code` of every error of this class. */
  static readonly code = 'PROFILE_CREDENTIAL_MISSING'
  /** The name of the credential, as far as the database tells it. */
  readonly credential: string | undefined
  /** The profile that was asked. */
  readonly profile: string | undefined

  constructor({
    credential,
    profile,
    cause,
  }: { credential?: string | undefined; profile?: string | undefined; cause?: unknown }) {
    const name = credential === undefined ? 'The credential' : `The credential '${credential}'`
    super({
      message:
        `${name} of the profile does not exist, or this database user may not use it. Create it with createCredential, have its ` +
        'owner grant it with grantCredentialAccess, or set another credential_name; a credential of the database itself, such ' +
        'as OCI$RESOURCE_PRINCIPAL, is let be used by enablePrincipalAuth.',
      code: ProfileCredentialError.code,
      retryable: false,
      cause,
    })
    this.credential = credential
    this.profile = profile
  }
}
