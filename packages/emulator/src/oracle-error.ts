/** An error as the database reports it: an ORA number, the message without its prefix, and where in the statement it lies. */
export class OracleError extends Error {
  override readonly name = 'OracleError'
  /** The ORA number, for example 942. */
  readonly number: number
  /** Zero-based offset into the statement's text, in UTF-8 bytes; 0 when the error has no place. */
  readonly offset: number

  /**
   * @param text - The sentence after `ORA-00942: `. Further stack lines (`ORA-06512: at line 3`) follow after a newline.
   */
  constructor(number: number, text: string, options: { offset?: number; cause?: unknown } = {}) {
    super(
      `ORA-${String(number).padStart(5, '0')}: ${text}`,
      options.cause === undefined ? {} : { cause: options.cause },
    )
    this.number = number
    this.offset = options.offset ?? 0
  }
}
