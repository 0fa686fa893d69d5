import type { Cursor } from '../session/cursor-table.ts'
import type { DataDescriptor } from '../session/data-descriptor.ts'
import type { Call } from './call.ts'
import { writeRow, writeRowHeader } from './row-writer.ts'
import { describedAs } from './wire-type.ts'

const NO_MORE_ROWS = { number: 1403, message: 'ORA-01403: no data found', offset: 0 }

/** Sends the next rows of a cursor, and says so when there are no more behind them. */
export function sendRows(call: Call, cursor: Cursor, count: number): void {
  const end = Math.min(cursor.position + count, cursor.rows.length)
  if (end > cursor.position) {
    const descriptors = columnDescriptors(call, cursor)
    const values = call.rowValues
    writeRowHeader(call.writer)
    for (let index = cursor.position; index < end; index += 1) {
      writeRow(call.writer, cursor.rows[index] ?? [], descriptors, values)
    }
  }
  const sent = end
  cursor.position = end
  const isOver = end >= cursor.rows.length
  if (isOver) {
    cursor.rows = []
    cursor.position = 0
  }
  call.end({ cursorId: cursor.id, rowCount: sent, ...(isOver ? { error: NO_MORE_ROWS } : {}) })
}

function columnDescriptors(call: Call, cursor: Cursor): readonly DataDescriptor[] {
  const { columns = [], defines } = cursor
  if (defines?.length === columns.length) return defines
  return columns.map(({ type }) => describedAs(type, call.agreement.lobPrefetch))
}
