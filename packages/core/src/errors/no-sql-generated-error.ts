import { SelectAIError } from './select-ai-error.ts'

/** The model found no SQL for the question and answered with a sentence instead. */
export class NoSqlGeneratedError extends SelectAIError {
  /** The `code` of every error of this class. */
  static readonly code = 'NO_SQL_GENERATED'
  /** What the database answered instead of rows. Not part of the message, since it may repeat the question. */
  readonly sentence: string

  constructor({ sentence, cause }: { sentence: string; cause?: unknown }) {
    super({
      message:
        'No SQL could be generated for the question. Ask about the objects of the profile, or ask more precisely.',
      code: NoSqlGeneratedError.code,
      retryable: false,
      cause,
    })
    this.sentence = sentence
  }
}
