import { NoSqlGeneratedError } from '../errors/no-sql-generated-error.ts'
import type { JsonValue } from './json-value.ts'

/** Rows of an answered question. */
export interface RunSqlResult<Row = Record<string, JsonValue>> {
  /** The rows in the order of the query, as objects by column name; empty when the query found nothing. */
  readonly rows: Row[]
  /** Names of the columns in the order of the query; empty when there are no rows. */
  readonly columns: string[]
}

/** The sentence that the database sends in place of rows when the query finds nothing. */
const noData = /^\s*no data found\b/i

/**
 * Reads the answer of the action `runsql`: a JSON array with one object for each row.
 * @throws NoSqlGeneratedError when the answer is a sentence instead.
 */
export function readRows<Row>(answer: string): RunSqlResult<Row> {
  if (answer.trim() === '' || noData.test(answer)) return { rows: [], columns: [] }
  const rows = parseRows(answer)
  const columns = new Set(rows.flatMap((row) => Object.keys(row)))
  return { rows: rows as Row[], columns: [...columns] }
}

function parseRows(answer: string): Record<string, JsonValue>[] {
  let value: unknown
  try {
    value = JSON.parse(answer)
  } catch (cause) {
    throw new NoSqlGeneratedError({ sentence: answer, cause })
  }
  if (Array.isArray(value) && value.every(isRow)) return value
  throw new NoSqlGeneratedError({ sentence: typeof value === 'string' ? value : answer })
}

function isRow(value: unknown): value is Record<string, JsonValue> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
