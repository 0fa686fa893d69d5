import { SelectAIError } from './select-ai-error.ts'

/** The administrator of the database has forbidden to send rows to AI providers. */
export class DataAccessDisabledError extends SelectAIError {
  /** The `code` of every error of this class. */
  static readonly code = 'DATA_ACCESS_DISABLED'

  constructor({ cause }: { cause?: unknown } = {}) {
    super({
      message:
        'The administrator of the database has forbidden to send rows to AI providers, so that it neither narrates nor makes synthetic data. Use runSql in place of narrate, or have enableDataAccess called.',
      code: DataAccessDisabledError.code,
      retryable: false,
      cause,
    })
  }
}
