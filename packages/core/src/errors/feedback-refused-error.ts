import { SelectAIError } from './select-ai-error.ts'

/**
 * The database took no such feedback: it knows no SELECT AI statement like that which was run, or has no feedback on it to
 * delete. The words of the database are in `cause`.
 */
export class FeedbackRefusedError extends SelectAIError {
  /** The `code` of every error of this class. */
  static readonly code = 'FEEDBACK_REFUSED'
  /** The profile as the caller named it. */
  readonly profile: string
  /** What was to be done. */
  readonly operation: 'add positive feedback' | 'add negative feedback' | 'delete feedback'

  constructor({
    profile,
    operation,
    cause,
  }: {
    profile: string
    operation: FeedbackRefusedError['operation']
    cause?: unknown
  }) {
    super({
      message: `The database did not ${operation} for the profile '${profile}'. ${adviceFor[operation]}`,
      code: FeedbackRefusedError.code,
      retryable: false,
      cause,
    })
    this.profile = profile
    this.operation = operation
  }
}

const adviceFor: Readonly<Record<FeedbackRefusedError['operation'], string>> = {
  'add positive feedback':
    'Positive feedback is about a SELECT AI statement that was run, with the same action and in the same words: run it first, or check the SQL_ID.',
  'add negative feedback': 'It knows no statement of that SQL_ID. Check it, or name the prompt and its action instead.',
  'delete feedback': 'There is none on that statement. Check the SQL_ID, or the prompt and its action.',
}
