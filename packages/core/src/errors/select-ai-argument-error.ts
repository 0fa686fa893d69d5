import { SelectAIError } from './select-ai-error.ts'

/** A value handed to this package is not acceptable. Raised before anything is sent. */
export class SelectAIArgumentError extends SelectAIError {
  /** The `code` of every error of this class. */
  static readonly code = 'INVALID_ARGUMENT'
  /** Name of the argument or option, for example `prompt` or `options.timeoutMs`. */
  readonly argument: string

  constructor({ argument, message }: { argument: string; message: string }) {
    super({ message: `${argument}: ${message}`, code: SelectAIArgumentError.code, retryable: false })
    this.argument = argument
  }
}
