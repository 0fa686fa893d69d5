import type { Cursor } from '../session/cursor-table.ts'
import type { DataDescriptor } from '../session/data-descriptor.ts'
import type { Column } from '../values/column.ts'
import type { OracleType } from '../values/oracle-type.ts'
import type { Call } from './call.ts'
import { writeDescribe } from './describe-writer.ts'
import { describedAs, isLobType, isLongType, WireType } from './wire-type.ts'

/** Describes a query's columns to the client; from now on it knows them. */
export function tellColumns(call: Call, cursor: Cursor, columns: readonly Column[]): void {
  writeDescribe(call.writer, call.agreement, columns)
  cursor.columns = columns
  cursor.defines = call.remembersDefines ? rememberedDefines(call, cursor.sql, columns) : undefined
}

/** Defines of an earlier parse, as far as they made text or bytes of LOBs, or text of JSON, that are still such columns. */
function rememberedDefines(call: Call, sql: string, columns: readonly Column[]): readonly DataDescriptor[] | undefined {
  const defines = call.session.cursors.rememberedDefines(sql)
  if (!defines) return undefined
  return columns.map(({ type }, index) => {
    const define = defines[index]
    const isKept = define !== undefined && isOtherForm(type, define)
    return isKept ? define : describedAs(type, call.agreement.lobPrefetch)
  })
}

function isOtherForm(type: OracleType, define: DataDescriptor): boolean {
  if (type.name === 'JSON') return define.typeNumber === WireType.varchar
  return isLobType(type) && isLongType(define.typeNumber)
}

/** Whether a client that knows the old columns can read and name the new ones. */
export function sameShape(known: readonly Column[], columns: readonly Column[]): boolean {
  if (known.length !== columns.length) return false
  return known.every(
    ({ name, type }, index) => name === columns[index]?.name && type.name === columns[index]?.type.name,
  )
}
