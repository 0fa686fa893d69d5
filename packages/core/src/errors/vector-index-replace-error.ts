import { SelectAIError } from './select-ai-error.ts'

/** The old vector index was dropped, but the new one could not be created: there is none of that name now. */
export class VectorIndexReplaceError extends SelectAIError {
  /** The `code` of every error of this class. */
  static readonly code = 'VECTOR_INDEX_REPLACE_FAILED'
  /** The name as the caller gave it. */
  readonly index: string

  constructor({ index, cause }: { index: string; cause?: unknown }) {
    super({
      message: `The old vector index '${index}' was dropped, and the new one could not be created, so that there is none now. Correct what the cause says and create it.`,
      code: VectorIndexReplaceError.code,
      retryable: false,
      cause,
    })
    this.index = index
  }
}
