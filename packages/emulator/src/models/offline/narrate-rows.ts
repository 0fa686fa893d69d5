import type { Column } from '../../values/column.ts'
import { OracleNumber } from '../../values/oracle-number.ts'
import type { OracleValue } from '../../values/oracle-value.ts'
import type { NarrateRequest } from '../model.ts'
import { valueText } from '../value-text.ts'
import { listed, plural, spoken } from './words.ts'

/** Up to so many rows are all told. */
const SMALL_RESULT = 10
/** Of a larger result so many rows are told. */
const FIRST_ROWS = 5

/** Sentences from rows: a number in one sentence, a small result as a list, a larger one by its size and its first rows. */
export function narrateRows({ columns, rows }: Pick<NarrateRequest, 'columns' | 'rows'>): string {
  const [first] = rows
  if (first === undefined) return 'There is nothing in the database that fits the question.'
  if (rows.length === 1) return `${oneRow(columns, first)}`
  const told = rows.length <= SMALL_RESULT ? rows : rows.slice(0, FIRST_ROWS)
  const heading =
    told.length === rows.length
      ? `I found ${rows.length} rows in the database:`
      : `I found ${rows.length} rows in the database. The first ${told.length} of them are:`
  return [heading, ...told.map((row) => `- ${rowText(columns, row)}`)].join('\n')
}

function oneRow(columns: readonly Column[], row: readonly OracleValue[]): string {
  const [column] = columns
  const [value = null] = row
  if (column === undefined || columns.length > 1) return `I found one row in the database: ${rowText(columns, row)}.`
  const counted = /^(.+)_COUNT$/.exec(column.name)?.[1]
  if (counted !== undefined && OracleNumber.isDecimal(value)) {
    const noun = spoken(counted)
    return value.equals(1)
      ? `There is 1 ${noun} in the database.`
      : `There are ${value} ${plural(noun)} in the database.`
  }
  if (/^COUNT\(/.test(column.name) && OracleNumber.isDecimal(value)) {
    return `There are ${value} such rows in the database.`
  }
  if (value === null) return `There is no ${spoken(column.name)} for this in the database.`
  return `The ${spoken(column.name)} in the database is ${valueText(value)}.`
}

function rowText(columns: readonly Column[], row: readonly OracleValue[]): string {
  if (columns.length === 1) return valueText(row[0] ?? null)
  return listed(columns.map(({ name }, index) => `${spoken(name)} ${valueText(row[index] ?? null)}`))
}
