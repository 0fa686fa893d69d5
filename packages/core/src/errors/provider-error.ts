import { SelectAIError } from './select-ai-error.ts'

/** The AI provider behind the profile failed: HTTP trouble, credential, model or limit. */
export class ProviderError extends SelectAIError {
  /** The `code` of every error of this class. */
  static readonly code = 'PROVIDER_FAILED'

  constructor({ message, cause }: { message?: string; cause?: unknown } = {}) {
    super({
      message:
        message ??
        'The AI provider of the profile could not answer. Check the profile, its credential and the limits of the provider; the database says more in the cause.',
      code: ProviderError.code,
      retryable: true,
      cause,
    })
  }
}
