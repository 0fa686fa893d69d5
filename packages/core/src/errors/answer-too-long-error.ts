import { SelectAIError } from './select-ai-error.ts'

/** The answer is longer than `maxAnswerCharacters`; it was not read. */
export class AnswerTooLongError extends SelectAIError {
  /** The `code` of every error of this class. */
  static readonly code = 'ANSWER_TOO_LONG'
  /** Length of the answer in UTF-16 code units. */
  readonly characters: number
  /** The pool's limit, in UTF-16 code units. */
  readonly maxAnswerCharacters: number

  constructor({ characters, maxAnswerCharacters }: { characters: number; maxAnswerCharacters: number }) {
    super({
      message:
        `The answer has ${characters} characters, more than maxAnswerCharacters (${maxAnswerCharacters}). ` +
        'Ask for less, or raise the limit.',
      code: AnswerTooLongError.code,
      retryable: false,
    })
    this.characters = characters
    this.maxAnswerCharacters = maxAnswerCharacters
  }
}
