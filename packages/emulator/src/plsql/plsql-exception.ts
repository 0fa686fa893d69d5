import { OracleError } from '../oracle-error.ts'

/** What a declared exception is: comparing these tells one from another. */
export interface ExceptionIdentity {
  readonly name: string
  /** The ORA number of a predefined or EXCEPTION_INIT exception. */
  number?: number
}

/** An exception on its way through a running block. */
export class PlsqlException extends Error {
  override readonly name = 'PlsqlException'
  readonly number: number
  /** The message without `ORA-nnnnn: `. */
  readonly text: string
  /** Set for exceptions that the block declares. */
  readonly identity: ExceptionIdentity | undefined
  /** The lines it went through, as error stacks name them. */
  readonly lines: string[] = []
  /** The activation whose line was added last: each activation adds one. */
  locatedIn: unknown

  constructor(number: number, text: string, options: { identity?: ExceptionIdentity; cause?: unknown } = {}) {
    super(
      `ORA-${String(number).padStart(5, '0')}: ${text}`,
      options.cause === undefined ? {} : { cause: options.cause },
    )
    this.number = number
    this.text = text
    this.identity = options.identity
  }

  /** What SQLCODE tells: negative numbers, 100 for NO_DATA_FOUND, 1 for an exception without a number. */
  get code(): number {
    if (this.identity !== undefined && this.identity.number === undefined) return 1
    return this.number === 1403 ? 100 : -this.number
  }

  /** What SQLERRM tells. */
  get sqlErrorMessage(): string {
    if (this.identity !== undefined && this.identity.number === undefined) return 'User-Defined Exception'
    return this.message
  }

  /** The error as the client sees it when no handler took the exception. */
  toOracleError(): OracleError {
    const stack = this.lines.map((line) => `\nORA-06512: at ${line}`).join('')
    return new OracleError(this.number, `${this.text}${stack}`, { cause: this.cause ?? this })
  }
}

/** The end of a block that its client broke; no handler sees it. */
export class ExecutionCancelled extends Error {
  override readonly name = 'ExecutionCancelled'
}

const PREDEFINED_TEXTS: Readonly<Record<string, readonly [number, string]>> = {
  NO_DATA_FOUND: [1403, 'no data found'],
  TOO_MANY_ROWS: [1422, 'exact fetch returns more than requested number of rows'],
  VALUE_ERROR: [6502, 'PL/SQL: numeric or value error'],
  ZERO_DIVIDE: [1476, 'divisor is equal to zero'],
  DUP_VAL_ON_INDEX: [1, 'unique constraint violated'],
  INVALID_NUMBER: [1722, 'invalid number'],
  CURSOR_ALREADY_OPEN: [6511, 'PL/SQL: cursor already open'],
  INVALID_CURSOR: [1001, 'invalid cursor'],
  CASE_NOT_FOUND: [6592, 'PL/SQL: CASE not found while executing CASE statement'],
  COLLECTION_IS_NULL: [6531, 'Reference to uninitialized collection'],
  SUBSCRIPT_BEYOND_COUNT: [6533, 'Subscript beyond count'],
  SUBSCRIPT_OUTSIDE_LIMIT: [6532, 'Subscript outside of limit'],
  ACCESS_INTO_NULL: [6530, 'Reference to uninitialized composite'],
  LOGIN_DENIED: [1017, 'invalid username/password; logon denied'],
  NOT_LOGGED_ON: [1012, 'not logged on'],
  PROGRAM_ERROR: [6501, 'PL/SQL: program error'],
  ROWTYPE_MISMATCH: [6504, 'PL/SQL: Return types of Result Set variables or query do not match'],
  SELF_IS_NULL: [30625, 'method dispatch on NULL SELF argument is disallowed'],
  STORAGE_ERROR: [6500, 'PL/SQL: storage error'],
  SYS_INVALID_ROWID: [1410, 'invalid ROWID'],
  TIMEOUT_ON_RESOURCE: [51, 'timeout occurred while waiting for a resource'],
  NO_DATA_NEEDED: [6548, 'no more rows needed'],
}

const PREDEFINED = new Map<string, ExceptionIdentity>(
  Object.entries(PREDEFINED_TEXTS).map(([name, [number]]) => [name, { name, number }]),
)

/** The exception that package STANDARD declares under a name. */
export function predefinedException(name: string): ExceptionIdentity | undefined {
  return PREDEFINED.get(name)
}

/** The exception that `RAISE name` throws. */
export function raisedException(identity: ExceptionIdentity): PlsqlException {
  if (identity.number === undefined) {
    return new PlsqlException(6510, 'PL/SQL: unhandled user-defined exception', { identity })
  }
  return new PlsqlException(identity.number, messageText(identity.number), { identity })
}

/** The message of an ORA number as far as it is known, without its prefix. */
export function messageText(number: number): string {
  const known = Object.values(PREDEFINED_TEXTS).find(([candidate]) => candidate === number)
  return known?.[1] ?? ''
}

/** Anything thrown while a block runs, as an exception that handlers can test. */
export function toException(error: unknown): PlsqlException | ExecutionCancelled {
  if (error instanceof PlsqlException || error instanceof ExecutionCancelled) return error
  if (error instanceof OracleError) {
    return new PlsqlException(error.number, error.message.replace(/^ORA-\d+: /, ''), { cause: error })
  }
  if (error instanceof RangeError && /call stack/i.test(error.message)) {
    return new PlsqlException(6500, 'PL/SQL: storage error', { cause: error })
  }
  const detail = error instanceof Error ? error.message : String(error)
  return new PlsqlException(600, `internal error code, arguments: [${detail}]`, { cause: error })
}

/** ORA-06502 with its detail, such as `character string buffer too small`. */
export function valueError(detail?: string): OracleError {
  return new OracleError(6502, `PL/SQL: numeric or value error${detail === undefined ? '' : `: ${detail}`}`)
}
