import type { Column } from '../values/column.ts'
import type { OracleType } from '../values/oracle-type.ts'
import type { ByteWriter } from './byte-writer.ts'
import { type Agreement, FieldVersion } from './capabilities.ts'
import { MessageType } from './message-type.ts'
import { describedAs, NATIONAL_FORM } from './wire-type.ts'

const UTF8 = 873
const UTF16 = 2000
/** Digits of an interval's first field, and of its seconds behind the point, unless they are declared. */
const LEADING_DIGITS = 2
const FRACTION_DIGITS = 6

/** The message that tells a query's columns. */
export function writeDescribe(writer: ByteWriter, agreement: Agreement, columns: readonly Column[]): void {
  writer.uint8(MessageType.describe).bytes(null)
  writeDescription(writer, agreement, columns)
}

/** The description alone, as a cursor value has it. */
export function writeDescription(writer: ByteWriter, agreement: Agreement, columns: readonly Column[]): void {
  const rowSize = columns.reduce((size, { type }) => size + describedAs(type, false).maximumSize, 0)
  writer.integers(Math.min(rowSize, 0x7fff_ffff), columns.length)
  if (columns.length > 0) writer.uint8(columns.length & 0xff)
  columns.forEach((column, index) => {
    writeColumn(writer, agreement, column, index + 1)
  })
  writer.integers(0, 0, 0, 0, 0, 0)
}

function writeColumn(writer: ByteWriter, agreement: Agreement, column: Column, position: number): void {
  const { type } = column
  const wire = describedAs(type, false)
  writer.uint8(wire.typeNumber, 0, precisionOf(type) & 0xff)
  writeScale(writer, agreement, type)
  writer.integers(wire.maximumSize, 0, 0, 0, 0, characterSet(wire.characterSetForm)).uint8(wire.characterSetForm)
  writer.integers(characterSize(type))
  if (agreement.fieldVersion >= FieldVersion.release12c2) writer.integers(0)
  writer.uint8(column.nullable ? 1 : 0, Math.min(255, Buffer.byteLength(column.name)))
  writer.doubleLengthText(column.name).integers(0, 0, position, 0)
  if (!agreement.longDescribe) return
  if (agreement.fieldVersion >= FieldVersion.release23) writer.integers(0, 0)
  if (agreement.fieldVersion >= FieldVersion.annotations) writer.integers(0)
  if (agreement.fieldVersion >= FieldVersion.endOfResponse) writer.integers(0).uint8(0, 0)
}

function precisionOf(type: OracleType): number {
  if (type.name === 'NUMBER') return type.precision
  return type.name.startsWith('INTERVAL') ? LEADING_DIGITS : 0
}

function writeScale(writer: ByteWriter, agreement: Agreement, type: OracleType): void {
  const isSpan = type.name === 'INTERVAL DAY TO SECOND'
  const scale = isSpan ? FRACTION_DIGITS : 'scale' in type ? type.scale : 0
  if (agreement.wideScale && (isSpan || 'scale' in type)) writer.integers(scale)
  else writer.uint8(scale & 0xff)
}

function characterSet(form: number): number {
  if (form === 0) return 0
  return form === NATIONAL_FORM ? UTF16 : UTF8
}

/** The length in characters that the client shows as the column's size. */
function characterSize(type: OracleType): number {
  if (!('length' in type) || type.name === 'RAW') return 0
  const isNational = type.name === 'NVARCHAR2' || type.name === 'NCHAR'
  return isNational ? Math.ceil(type.length / 2) : type.length
}
