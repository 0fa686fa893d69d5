import { SelectAIError } from './select-ai-error.ts'

/**
 * A value handed to this package is not acceptable. Raised before anything is sent, except for what only the database can
 * judge, such as a regular expression; `cause` then has its words.
 */
export class SelectAIArgumentError extends SelectAIError {
  /** The `code` of every error of this class. */
  static readonly code = 'INVALID_ARGUMENT'
  /** Name of the argument or option, for example `prompt` or `options.timeoutMs`. */
  readonly argument: string

  constructor({ argument, message, cause }: { argument: string; message: string; cause?: unknown }) {
    super({ message: `${argument}: ${message}`, code: SelectAIArgumentError.code, retryable: false, cause })
    this.argument = argument
  }
}
