import type { CursorTable } from '../session/cursor-table.ts'
import type { DataDescriptor } from '../session/data-descriptor.ts'
import type { ByteReader } from './byte-reader.ts'
import { type Agreement, FieldVersion } from './capabilities.ts'
import { MessageType } from './message-type.ts'
import { ProtocolError } from './protocol-error.ts'
import type { ExecuteRequest, ReexecuteRequest } from './request.ts'
import { type StatementShape, shapeOf } from './statement-text.ts'
import { type BoundValue, readValue } from './value-reader.ts'
import { isLong } from './wire-type.ts'

const MAXIMUM_BINDS = 65_535
const MAXIMUM_SQL = 64 * 1024 * 1024
const MAXIMUM_ROWS = 0x7fff_ffff
const USES_ARRAY = 0x40
const LOB_PREFETCH = 0x200_0000
const ROW_COUNTS = 0x4000

type BindRow = readonly (BoundValue | undefined)[]

export function readExecute(reader: ByteReader, agreement: Agreement, cursors: CursorTable): ExecuteRequest {
  const options = reader.integer(4)
  const cursorId = reader.count(65_535)
  const hasSql = reader.uint8() !== 0
  const sqlLength = reader.count(MAXIMUM_SQL)
  reader.skip(1)
  reader.integer(4)
  reader.skip(2)
  reader.integer(4)
  const prefetchRows = reader.count(MAXIMUM_ROWS)
  reader.integer(4)
  const hasBinds = reader.uint8() !== 0
  const bindCount = reader.count(MAXIMUM_BINDS)
  reader.skip(5)
  const hasDefines = reader.uint8() !== 0
  const defineCount = reader.count(MAXIMUM_BINDS)
  skipUnusedPointers(reader, agreement)
  const sql = hasSql ? readText(reader, agreement, sqlLength) : undefined
  const vector: number[] = []
  for (let index = 0; index < 13; index += 1) vector.push(reader.integer())
  const isQuery = vector[7] === 1
  const executions = isQuery ? 1 : (vector[1] ?? 0)
  if (executions < 0 || executions > MAXIMUM_ROWS) throw new ProtocolError('an impossible number of executions')
  const defines = hasDefines ? readDescriptors(reader, agreement, defineCount) : undefined
  const binds = hasBinds ? readDescriptors(reader, agreement, bindCount) : undefined
  return {
    kind: 'execute',
    options,
    cursorId,
    sql,
    prefetchRows,
    executions,
    rowCounts: ((vector[9] ?? 0) & ROW_COUNTS) !== 0,
    binds,
    defines,
    rows: binds
      ? readRows(reader, agreement, binds, shapeOf(sql ?? cursors.find(cursorId)?.sql ?? ''), executions)
      : [],
  }
}

function skipUnusedPointers(reader: ByteReader, agreement: Agreement): void {
  reader.integer(4)
  reader.skip(3)
  reader.integer(4)
  reader.skip(1)
  reader.integer(4)
  reader.integer(4)
  reader.skip(1)
  reader.integer(4)
  reader.skip(1)
  if (agreement.fieldVersion < FieldVersion.release12c2) return
  reader.skip(1)
  reader.integer(4)
  reader.skip(1)
  reader.integer(4)
  reader.skip(1)
  if (agreement.fieldVersion < FieldVersion.release12c2b) return
  reader.skip(1)
  reader.integer(4)
}

/** A text whose length stands earlier in the message. */
export function readText(reader: ByteReader, agreement: Agreement, length: number): string {
  if (length === 0) return ''
  const bytes = agreement.conventionalLengths ? (reader.bytes() ?? Buffer.alloc(0)) : reader.raw(length)
  return bytes.toString('utf8')
}

function readDescriptors(reader: ByteReader, agreement: Agreement, count: number): DataDescriptor[] {
  const descriptors: DataDescriptor[] = []
  for (let index = 0; index < count; index += 1) descriptors.push(readDescriptor(reader, agreement))
  return descriptors
}

function readDescriptor(reader: ByteReader, agreement: Agreement): DataDescriptor {
  const typeNumber = reader.uint8()
  const flags = reader.uint8()
  reader.skip(2)
  const maximumSize = reader.count(0x7fff_ffff)
  const maximumElements = reader.count(MAXIMUM_ROWS)
  const continuation = reader.integer()
  reader.doubleLengthBytes()
  reader.integer(4)
  reader.integer(4)
  const characterSetForm = reader.uint8()
  reader.integer(4)
  if (agreement.fieldVersion >= FieldVersion.release12c2) reader.integer(4)
  return {
    typeNumber,
    characterSetForm,
    maximumSize,
    isArray: (flags & USES_ARRAY) !== 0,
    maximumElements,
    lobPrefetch: (continuation & LOB_PREFETCH) !== 0,
  }
}

function readRows(
  reader: ByteReader,
  agreement: Agreement,
  binds: readonly DataDescriptor[],
  shape: StatementShape,
  count: number,
): BindRow[] {
  const sent = binds.map((_, index) => index).filter((index) => !shape.returning[index])
  return sent.length === 0 ? [] : readSentRows(reader, agreement, binds, shape, sent, count)
}

/** Rows of the binds in `sent`; long values stand behind the short ones, except in PL/SQL from current drivers. */
function readSentRows(
  reader: ByteReader,
  agreement: Agreement,
  binds: readonly DataDescriptor[],
  shape: StatementShape,
  sent: readonly number[],
  count: number,
): BindRow[] {
  const reorders = !shape.isPlsql || !agreement.conventionalLengths
  const long = (index: number) =>
    reorders && isLong(binds[index] as DataDescriptor, agreement.conventionalLengths) && !binds[index]?.isArray
  const order = [...sent.filter((index) => !long(index)), ...sent.filter(long)]
  const rows: BindRow[] = []
  for (let row = 0; row < count; row += 1) {
    if (reader.uint8() !== MessageType.rowData) throw new ProtocolError('bind values where there are none')
    const values: (BoundValue | undefined)[] = new Array(binds.length).fill(undefined)
    for (const index of order) values[index] = readValue(reader, binds[index] as DataDescriptor)
    rows.push(values)
  }
  return rows
}

const COMMIT = 0x01

export function readReexecute(
  reader: ByteReader,
  agreement: Agreement,
  cursors: CursorTable,
  fetch: boolean,
): ReexecuteRequest {
  const cursorId = reader.count(65_535)
  const iterations = reader.count(MAXIMUM_ROWS)
  reader.integer(4)
  const flags = reader.integer(4)
  const cursor = cursors.find(cursorId)
  const binds = cursor?.binds ?? []
  const sent = binds.map((_, index) => index).filter((index) => cursor?.directions[index] !== 'out')
  const shape = shapeOf(cursor?.sql ?? '')
  return {
    kind: 'reexecute',
    cursorId,
    iterations,
    fetch,
    commit: (flags & COMMIT) !== 0,
    rows: sent.length === 0 ? [] : readSentRows(reader, agreement, binds, shape, sent, fetch ? 1 : iterations),
  }
}
