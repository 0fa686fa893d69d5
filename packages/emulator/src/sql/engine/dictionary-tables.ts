import type { OracleValue } from '../../values/oracle-value.ts'
import type { DictionaryRequest, DictionaryView } from '../catalog/dictionary.ts'
import type { SqlValue } from '../values/sql-value.ts'
import { literalOf } from '../values/stored-value.ts'
import type { Storage } from './storage.ts'

const ROWS_PER_STATEMENT = 200

/** Fills the temporary tables that stand for dictionary views, with what the session's user may see now. */
export function fillDictionary(views: Iterable<DictionaryView>, request: DictionaryRequest, storage: Storage): void {
  for (const view of views) {
    const columns = view.columns.map((_, index) => `c${index + 1}`).join(', ')
    const table = `temp."${view.name}"`
    storage.execute(`CREATE TABLE IF NOT EXISTS ${table} (${columns}); DELETE FROM ${table}`)
    const rows = view.rows(request)
    for (let start = 0; start < rows.length; start += ROWS_PER_STATEMENT) {
      const values = rows.slice(start, start + ROWS_PER_STATEMENT).map(rowText)
      storage.execute(`INSERT INTO ${table} VALUES ${values.join(', ')}`)
    }
  }
}

function rowText(row: readonly OracleValue[]): string {
  return `(${row.map((value) => literalOf(value as SqlValue)).join(',')})`
}
