import type { Cursor } from '../session/cursor-table.ts'
import type { DataDescriptor } from '../session/data-descriptor.ts'
import type { Column } from '../values/column.ts'
import type { Call } from './call.ts'
import { writeDescribe } from './describe-writer.ts'
import { describedAs, isLobType, isLongType } from './wire-type.ts'

/** Describes a query's columns to the client; from now on it knows them. */
export function tellColumns(call: Call, cursor: Cursor, columns: readonly Column[]): void {
  writeDescribe(call.writer, call.agreement, columns)
  cursor.columns = columns
  cursor.defines = call.remembersDefines ? rememberedDefines(call, cursor.sql, columns) : undefined
}

/** Defines of an earlier parse, as far as they made text or bytes of LOBs that are still LOBs. */
function rememberedDefines(call: Call, sql: string, columns: readonly Column[]): readonly DataDescriptor[] | undefined {
  const defines = call.session.cursors.rememberedDefines(sql)
  if (!defines) return undefined
  return columns.map(({ type }, index) => {
    const define = defines[index]
    const isLongForLob = define !== undefined && isLobType(type) && isLongType(define.typeNumber)
    return isLongForLob ? define : describedAs(type, call.agreement.lobPrefetch)
  })
}

/** Whether a client that knows the old columns can read and name the new ones. */
export function sameShape(known: readonly Column[], columns: readonly Column[]): boolean {
  if (known.length !== columns.length) return false
  return known.every(
    ({ name, type }, index) => name === columns[index]?.name && type.name === columns[index]?.type.name,
  )
}
