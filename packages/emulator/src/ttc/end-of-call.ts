import type { RowAddress } from '../values/row-address.ts'
import type { ByteWriter } from './byte-writer.ts'
import type { Agreement } from './capabilities.ts'
import { MessageType } from './message-type.ts'

const ANSWERED = 0x01
const IN_TRANSACTION = 0x02
const COMPILATION_WARNING = 0x20
const LARGEST_POSITION = 0x7fff
const LARGEST_NUMBER = 0xffff
/** ORA-24381, under which the errors of an array of rows are reported. */
const ARRAY_ERRORS = 24_381

const NO_ROW: RowAddress = { object: 0, file: 0, block: 0, row: 0 }

export interface CallError {
  /** The ORA number. */
  readonly number: number
  /** With its prefix. */
  readonly message: string
  /** Byte offset into the statement. */
  readonly offset: number
}

/** An error of one row of many. */
export interface BatchError extends CallError {
  readonly row: number
}

export interface EndOfCall {
  readonly inTransaction: boolean
  /** In an error, a cursor id tells the client to close that cursor. */
  readonly cursorId?: number
  readonly rowCount?: number
  /** The row that was changed last. */
  readonly lastRow?: RowAddress | undefined
  readonly error?: CallError
  readonly batchErrors?: readonly BatchError[]
  /** What was created does not compile. */
  readonly hasCompilationErrors?: boolean
}

function callStatus(inTransaction: boolean): number {
  return inTransaction ? ANSWERED | IN_TRANSACTION : ANSWERED
}

/** Ends calls that have nothing but success to report. */
export function writeStatus(writer: ByteWriter, inTransaction: boolean): void {
  writer.uint8(MessageType.status).integers(callStatus(inTransaction), 0)
}

/** Ends a call with its counts and, when there is one, its error. */
export function writeEndOfCall(writer: ByteWriter, agreement: Agreement, end: EndOfCall): void {
  const { cursorId = 0, rowCount = 0, batchErrors = [] } = end
  const error = batchErrors.length > 0 ? arrayErrors() : end.error
  const number = error?.number ?? 0
  const position = Math.min(error?.offset ?? 0, LARGEST_POSITION)
  writer.uint8(MessageType.error)
  writer.integers(
    callStatus(end.inTransaction),
    0,
    rowCount,
    Math.min(number, LARGEST_NUMBER),
    0,
    0,
    cursorId,
    position,
  )
  writer.uint8(0, 0, 0, 0, 0, end.hasCompilationErrors ? COMPILATION_WARNING : 0)
  const { object, file, block, row } = end.lastRow ?? NO_ROW
  writer.integers(object, file).uint8(0).integers(block, row)
  writer.integers(0).uint8(0, 0).integers(0, 0, 0)
  writeBatchErrors(writer, batchErrors)
  writer.integers(number, rowCount)
  if (agreement.longEndOfCall) writer.integers(0, 0)
  if (error) writer.text(`${error.message}\n`)
}

function arrayErrors(): CallError {
  return { number: ARRAY_ERRORS, message: 'ORA-24381: error(s) in array DML', offset: 0 }
}

function writeBatchErrors(writer: ByteWriter, errors: readonly BatchError[]): void {
  writer.integers(errors.length)
  if (errors.length > 0) writer.uint8(0).integers(...errors.map((error) => error.number))
  writer.integers(errors.length)
  if (errors.length > 0) writer.uint8(0).integers(...errors.map((error) => error.row))
  writer.integers(errors.length)
  if (errors.length === 0) return
  writer.uint8(0)
  for (const { message } of errors) {
    writer
      .integers(Math.min(Buffer.byteLength(message), LARGEST_NUMBER))
      .text(message)
      .uint8(0, 0)
  }
}
