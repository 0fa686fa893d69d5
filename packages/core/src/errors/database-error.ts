import { SelectAIError } from './select-ai-error.ts'

/** Any other error of the database or the driver. */
export class DatabaseError extends SelectAIError {
  /** The `code` of every error of this class. */
  static readonly code = 'DATABASE_ERROR'
  /** Oracle's number, for example 942 for ORA-00942; undefined when the driver failed on its own. */
  readonly errorNumber: number | undefined
  /** Oracle's or the driver's code, for example `ORA-00942` or `NJS-098`. */
  readonly databaseCode: string | undefined

  constructor({ errorNumber, databaseCode, cause }: { errorNumber?: number; databaseCode?: string; cause?: unknown }) {
    super({
      message: `The database reported ${databaseCode ?? 'an error'}. The cause holds its message.`,
      code: DatabaseError.code,
      retryable: false,
      cause,
    })
    this.errorNumber = errorNumber
    this.databaseCode = databaseCode
  }
}
