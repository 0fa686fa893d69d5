import { SelectAIError } from './select-ai-error.ts'

/** A table of the name that the vector index wants for its chunks is there already, so that no index was created. */
export class VectorTableExistsError extends SelectAIError {
  /** The `code` of every error of this class. */
  static readonly code = 'VECTOR_TABLE_EXISTS'
  /** The name of the index as the caller gave it. */
  readonly index: string

  constructor({ index, cause }: { index: string; cause?: unknown }) {
    super({
      message: `The table for the chunks of the vector index '${index}' is there already, perhaps left from an index that was deleted without its data. Drop the table, or choose another one with vector_table_name.`,
      code: VectorTableExistsError.code,
      retryable: false,
      cause,
    })
    this.index = index
  }
}
