import { parseJson } from '../../json/parse-json.ts'
import { writeJson } from '../../json/write-json.ts'
import { OracleError } from '../../oracle-error.ts'
import { OracleDateTime } from '../../values/oracle-date-time.ts'
import { OracleNumber } from '../../values/oracle-number.ts'
import type { CatalogColumn, CatalogTable } from '../catalog/catalog-entry.ts'
import { toPlaces } from '../functions/number-functions.ts'
import type { SqlValue } from '../values/sql-value.ts'

const SIGNIFICANT = 38

/** Fits a value to the type of a CAST, whose code is `NUMBER:10:2`, `VARCHAR2:30` and the like. Text that is too long is cut. */
export function fitValue(value: SqlValue, code: string): SqlValue {
  const [name = '', first, second] = code.split(':')
  const limit = Number(first)
  if (name === 'JSON') return typeof value === 'string' ? writeJson(parseJson(value)) : value
  if (value instanceof OracleNumber) return name === 'NUMBER' ? fitNumber(value, limit, Number(second)) : value
  if (typeof value === 'string' && first !== undefined) {
    const cut = cutBytes(value, limit)
    return name === 'CHAR' || name === 'NCHAR' ? cut.padEnd(cut.length + limit - Buffer.byteLength(cut)) : cut
  }
  if (value instanceof OracleDateTime && first !== undefined) return roundFraction(value, limit)
  if (value instanceof Uint8Array && first !== undefined) return value.slice(0, limit)
  return value
}

function cutBytes(text: string, limit: number): string {
  if (Buffer.byteLength(text) <= limit) return text
  return Buffer.from(text)
    .subarray(0, limit)
    .toString('utf8')
    .replace(/\ufffd+$/, '')
}

/** @throws OracleError ORA-01438 */
function fitNumber(value: OracleNumber, precision: number, scale: number): OracleNumber {
  if (precision === 0) return value.toSignificantDigits(SIGNIFICANT + 2)
  const rounded = toPlaces(value, new OracleNumber(scale), OracleNumber.ROUND_HALF_UP)
  if (!rounded.isZero() && rounded.e >= precision - scale) {
    throw new OracleError(1438, 'value larger than specified precision allowed for this column')
  }
  return rounded
}

function roundFraction(value: OracleDateTime, digits: number): OracleDateTime {
  const unit = 10 ** (9 - digits)
  const nanosecond = Math.min(Math.round(value.nanosecond / unit) * unit, 999_999_999)
  const { year, month, day, hour, minute, second, offsetMinutes } = value
  return new OracleDateTime(year, month, day, hour, minute, second, nanosecond, offsetMinutes)
}

/**
 * Fits a value to the column that stores it.
 * @throws OracleError ORA-12899 for text that is too long, ORA-01438 for a number that is too large, ORA-40441 for text that is
 * no JSON
 */
export function fitColumn(value: SqlValue, table: CatalogTable, column: CatalogColumn): SqlValue {
  const { type } = column
  if (value === null || value === '') return null
  if (type.name === 'JSON') return typeof value === 'string' ? writeJson(parseJson(value)) : value
  if (typeof value === 'string') return 'length' in type ? fitText(value, type.length, table, column) : value
  if (value instanceof Uint8Array && type.name === 'RAW' && value.length > type.length) {
    throw tooLong(value.length, type.length, table, column)
  }
  if (value instanceof OracleNumber && type.name === 'NUMBER') {
    try {
      return fitNumber(value, type.precision, type.scale)
    } catch (error) {
      if (!(error instanceof OracleError)) throw error
      throw new OracleError(
        1438,
        `value ${value.toFixed()} greater than specified precision (${type.precision}, ${type.scale}) for column ${columnLabel(table, column)}`,
      )
    }
  }
  if (value instanceof OracleDateTime && 'scale' in type) return roundFraction(value, type.scale)
  return value
}

function fitText(value: string, limit: number, table: CatalogTable, column: CatalogColumn): string {
  const { name } = column.type
  const national = name === 'NVARCHAR2' || name === 'NCHAR'
  const counted = column.inCharacters || national
  const most = national ? limit / 2 : column.inCharacters ? limit / 4 : limit
  const size = counted ? [...value].length : Buffer.byteLength(value)
  if (size > most) throw tooLong(size, most, table, column)
  return name === 'CHAR' || name === 'NCHAR' ? value.padEnd(value.length + most - size) : value
}

function tooLong(actual: number, most: number, table: CatalogTable, column: CatalogColumn): OracleError {
  return new OracleError(
    12899,
    `value too large for column ${columnLabel(table, column)} (actual: ${actual}, maximum: ${most})`,
  )
}

export function columnLabel(table: CatalogTable, column: { readonly name: string }): string {
  return `"${table.owner}"."${table.name}"."${column.name}"`
}
