import { SelectAIError } from './select-ai-error.ts'

/** The database has a vector index of that name already, so that none was created. */
export class VectorIndexExistsError extends SelectAIError {
  /** The `code` of every error of this class. */
  static readonly code = 'VECTOR_INDEX_EXISTS'
  /** The name as the caller gave it. */
  readonly index: string

  constructor({ index, cause }: { index: string; cause?: unknown }) {
    super({
      message: `There is a vector index '${index}' already. Choose another name, change it with setAttributes, or replace it with createOrReplace.`,
      code: VectorIndexExistsError.code,
      retryable: false,
      cause,
    })
    this.index = index
  }
}
