/** Why no project, or no complete one, was made. `USAGE` and the two that name an argument are mistakes in the command. */
export type CreationErrorCode =
  | 'USAGE'
  | 'MISSING_ARGUMENTS'
  | 'INVALID_NAME'
  | 'NOT_A_FOLDER'
  | 'FOLDER_NOT_EMPTY'
  | 'OVERWRITE_REFUSED'
  | 'WRITE_FAILED'
  | 'INSTALL_FAILED'
  | 'INTERRUPTED'
  | 'UNEXPECTED'

const misuse: readonly CreationErrorCode[] = ['USAGE', 'MISSING_ARGUMENTS', 'INVALID_NAME']

/** An error that is told to the user in one sentence, without a stack. */
export class CreationError extends Error {
  readonly code: CreationErrorCode
  /** The exit code of the process: 2 for a mistake in the command, 130 when the user broke it off, else 1. */
  readonly exitCode: number

  constructor(code: CreationErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'CreationError'
    this.code = code
    this.exitCode = code === 'INTERRUPTED' ? 130 : misuse.includes(code) ? 2 : 1
  }
}
