import { OracleError } from '../oracle-error.ts'
import type { Column } from '../values/column.ts'
import type { PlsqlSession } from './execution.ts'
import type { TypeName } from './syntax.ts'

/** Looks up the tables of `%TYPE` and `%ROWTYPE`. A name that is no table may still be a variable or cursor. */
export function describeAnchors(
  anchors: readonly TypeName[],
  session: PlsqlSession,
): ReadonlyMap<string, readonly Column[]> {
  const tables = new Map<string, readonly Column[]>()
  for (const { parts, anchor } of anchors) {
    const table = anchor === 'ROWTYPE' ? parts : parts.slice(0, -1)
    const name = table.join('.')
    if (table.length === 0 || tables.has(name)) continue
    const columns = describeTable(table, session)
    if (columns !== undefined) tables.set(name, columns)
  }
  return tables
}

function describeTable(path: readonly string[], session: PlsqlSession): readonly Column[] | undefined {
  const quoted = path.map((part) => `"${part}"`).join('.')
  try {
    return session.describeQuery(`SELECT * FROM ${quoted}`)
  } catch (error) {
    if (error instanceof OracleError) return undefined
    throw error
  }
}
