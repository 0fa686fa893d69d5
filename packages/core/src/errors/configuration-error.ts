import { SelectAIError } from './select-ai-error.ts'

/** A setting is missing or unusable. The message names the option, the environment variable and the default. */
export class ConfigurationError extends SelectAIError {
  /** The `code` of every error of this class. */
  static readonly code = 'CONFIGURATION'
  /** Name of the option, for example `connectString`. */
  readonly setting: string

  constructor({ setting, message, cause }: { setting: string; message: string; cause?: unknown }) {
    super({ message, code: ConfigurationError.code, retryable: false, cause })
    this.setting = setting
  }
}
