import type { BindOutcome } from '../execution/database-session.ts'
import { OracleError } from '../oracle-error.ts'
import type { DataDescriptor } from '../session/data-descriptor.ts'
import type { OracleCursor, OracleValue } from '../values/oracle-value.ts'
import type { ByteWriter } from './byte-writer.ts'
import { writeDescription } from './describe-writer.ts'
import { encodeUtf16 } from './locator.ts'
import { MessageType } from './message-type.ts'
import { type ValueContext, writeValue } from './value-writer.ts'
import { isLong, isLongType, NATIONAL_FORM, WireType } from './wire-type.ts'

const NULL_RETURN_CODE = 1405

export function writeRowHeader(writer: ByteWriter): void {
  writer.uint8(MessageType.rowHeader, 0).integers(0, 0, 0, 0, 0, 0)
}

/** One row of a query. */
export function writeRow(
  writer: ByteWriter,
  row: readonly OracleValue[],
  descriptors: readonly DataDescriptor[],
  context: ValueContext,
): void {
  writer.uint8(MessageType.rowData)
  descriptors.forEach((descriptor, index) => {
    const value = row[index] ?? null
    writeValue(writer, value, descriptor, context)
    if (hasIndicators(descriptor, context)) writer.integers(...(value === null ? [-1, NULL_RETURN_CODE] : [0, 0]))
  })
}

/** Whether a column's values have indicators behind them. Locators have none, however large their columns are. */
function hasIndicators(descriptor: DataDescriptor, { agreement }: ValueContext): boolean {
  if (isLongType(descriptor.typeNumber)) return true
  const isLocator = descriptor.typeNumber === WireType.clob || descriptor.typeNumber === WireType.blob
  return !isLocator && isLong(descriptor, agreement.conventionalLengths)
}

const DIRECTIONS = { in: 32, out: 16, inOut: 48 } as const

/** Tells the client which binds of a block are IN, OUT and IN OUT. */
export function writeDirections(writer: ByteWriter, directions: readonly BindOutcome['direction'][]): void {
  writer.uint8(MessageType.ioVector, 0)
  writer.integers(directions.length & 0xff, directions.length >> 8, 1, 0, 0, 0)
  writer.uint8(...directions.map((direction) => DIRECTIONS[direction]))
}

/** What a block left in its OUT and IN OUT binds. */
export function writeOutBinds(
  writer: ByteWriter,
  outcomes: readonly (Omit<BindOutcome, 'direction'> & { readonly descriptor: DataDescriptor })[],
  context: ValueContext,
): void {
  writer.uint8(MessageType.rowData)
  for (const { value, elements, descriptor } of outcomes) {
    if (descriptor.isArray) writeElements(writer, elements ?? [], descriptor, context)
    else writeOutValue(writer, value, descriptor, context)
  }
}

function writeElements(
  writer: ByteWriter,
  elements: readonly OracleValue[],
  descriptor: DataDescriptor,
  context: ValueContext,
): void {
  if (elements.length > descriptor.maximumElements) {
    throw new OracleError(6513, 'PL/SQL: index for PL/SQL table out of range for host language array')
  }
  writer.integers(elements.length)
  for (const element of elements) writeOutValue(writer, element, descriptor, context)
}

/** The values that a RETURNING clause gave, for each of its binds. */
export function writeReturned(
  writer: ByteWriter,
  returned: readonly { readonly values: readonly OracleValue[]; readonly descriptor: DataDescriptor }[],
  context: ValueContext,
): void {
  writer.uint8(MessageType.rowData)
  for (const { values, descriptor } of returned) {
    writer.integers(values.length)
    for (const value of values) writeOutValue(writer, value, descriptor, context)
  }
}

/** Results that a block hands to the client: for each its columns and the cursor under which its rows can be fetched. */
export function writeImplicitResults(
  writer: ByteWriter,
  results: readonly OracleCursor[],
  { agreement, openCursor }: ValueContext,
): void {
  writer.uint8(MessageType.implicitResults).integers(results.length)
  for (const result of results) {
    writer.uint8(0)
    writeDescription(writer, agreement, result.columns)
    writer.integers(openCursor(result))
  }
}

/** The closing zero says that nothing was cut off. */
function writeOutValue(
  writer: ByteWriter,
  value: OracleValue,
  descriptor: DataDescriptor,
  context: ValueContext,
): void {
  checkSize(value, descriptor)
  writeValue(writer, value, descriptor, context)
  writer.integers(0)
}

const SIZED_TYPES = new Set<number>([WireType.varchar, WireType.char, WireType.raw])

function checkSize(value: OracleValue, descriptor: DataDescriptor): void {
  if (!SIZED_TYPES.has(descriptor.typeNumber)) return
  if (lengthOf(value, descriptor) <= descriptor.maximumSize) return
  const what =
    descriptor.typeNumber === WireType.raw ? 'raw variable length too long' : 'character string buffer too small'
  throw new OracleError(6502, `PL/SQL: numeric or value error: ${what}\nORA-06512: at line 1`)
}

function lengthOf(value: OracleValue, descriptor: DataDescriptor): number {
  if (value instanceof Uint8Array) return value.length
  if (typeof value !== 'string') return 0
  return descriptor.characterSetForm === NATIONAL_FORM ? encodeUtf16(value).length : Buffer.byteLength(value)
}
