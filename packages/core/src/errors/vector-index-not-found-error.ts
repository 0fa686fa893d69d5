import { SelectAIError } from './select-ai-error.ts'

/** The database knows no enabled vector index of that name for this user. */
export class VectorIndexNotFoundError extends SelectAIError {
  /** The `code` of every error of this class. */
  static readonly code = 'VECTOR_INDEX_NOT_FOUND'
  /** The name as the caller gave it, or as the profile that was asked names it; undefined when the database did not tell. */
  readonly index: string | undefined

  constructor({ index, cause }: { index: string | undefined; cause?: unknown }) {
    const named = index === undefined ? 'such vector index' : `vector index '${index}'`
    super({
      message: `The database has no enabled ${named} for this user. Create or enable it, or check the name and the profile's vector_index_name.`,
      code: VectorIndexNotFoundError.code,
      retryable: false,
      cause,
    })
    this.index = index
  }
}
