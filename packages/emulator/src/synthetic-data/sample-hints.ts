import { OracleDateTime } from '../values/oracle-date-time.ts'
import { OracleNumber } from '../values/oracle-number.ts'
import type { OracleValue } from '../values/oracle-value.ts'
import type { ColumnHint, ColumnHints } from './column-hint.ts'
import { type Query, quotedName } from './query.ts'
import type { TableShape } from './table-shape.ts'

/** What the first rows of a table are like: texts to choose from, and ranges of numbers and dates. Keys are left out. */
export async function sampleHints(table: TableShape, sampleRows: number, query: Query): Promise<ColumnHints> {
  const bound = new Set([...table.keys, ...table.parents.map(({ columns }) => columns)].flat())
  const columns = table.columns.filter(({ name }) => !bound.has(name))
  if (sampleRows === 0 || columns.length === 0) return new Map()
  const { rows } = await query(
    `SELECT ${columns.map(({ name }) => quotedName(name)).join(', ')}
       FROM ${quotedName(table.owner)}.${quotedName(table.name)} FETCH FIRST ${sampleRows} ROWS ONLY`,
  )
  const hints = columns.map(({ name }, index) => [name, hintOf(rows.map((row) => row[index] ?? null))] as const)
  return new Map(hints)
}

function hintOf(values: readonly OracleValue[]): ColumnHint {
  const texts = values.filter((value) => typeof value === 'string')
  if (texts.length > 0) return { values: [...new Set(texts)] }
  const numbers = values.flatMap((value) => {
    if (value instanceof OracleDateTime) return [value.year]
    return OracleNumber.isDecimal(value) ? [value.toNumber()] : []
  })
  return numbers.length === 0 ? {} : { low: Math.min(...numbers), high: Math.max(...numbers) }
}
