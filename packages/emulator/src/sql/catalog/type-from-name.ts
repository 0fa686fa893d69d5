import type { OracleType } from '../../values/oracle-type.ts'
import type { TypeName } from '../parse/syntax-tree.ts'
import type { SqlType } from '../values/sql-value.ts'

const CHARACTER_BYTES = 4
const MAXIMUM_VARCHAR2 = 32_767

type Fail = (number: number, message: string) => Error

/**
 * The type that a written data type stands for. Lengths in characters become bytes.
 * @param fail - makes the error for a length or precision that is missing or out of range.
 */
export function typeFromName(written: TypeName, fail: Fail): SqlType {
  const [first, second] = written.numbers
  switch (written.name) {
    case 'VARCHAR2':
    case 'VARCHAR':
      return { name: 'VARCHAR2', length: characterLength(written, undefined, fail) }
    case 'NVARCHAR2':
      return { name: 'NVARCHAR2', length: characterLength(written, undefined, fail) * 2 }
    case 'CHAR':
    case 'CHARACTER':
      return { name: 'CHAR', length: characterLength(written, 1, fail) }
    case 'NCHAR':
      return { name: 'NCHAR', length: characterLength(written, 1, fail) * 2 }
    case 'RAW':
      if (first === undefined) throw fail(906, 'missing left parenthesis')
      return { name: 'RAW', length: first }
    case 'NUMBER':
    case 'DECIMAL':
    case 'NUMERIC':
    case 'DEC':
      return numberType(first, second, fail)
    case 'INTEGER':
    case 'INT':
    case 'SMALLINT':
      return { name: 'NUMBER', precision: 38, scale: 0 }
    case 'FLOAT':
    case 'REAL':
      return { name: 'NUMBER', precision: 0, scale: -127 }
    case 'TIMESTAMP':
    case 'TIMESTAMP WITH TIME ZONE':
    case 'TIMESTAMP WITH LOCAL TIME ZONE':
      if (first !== undefined && first > 9) throw fail(30088, 'datetime/interval precision is out of range')
      return { name: written.name, scale: first ?? 6 }
    case 'BOOL':
      return { name: 'BOOLEAN' }
    case 'DATE':
    case 'CLOB':
    case 'NCLOB':
    case 'BLOB':
    case 'JSON':
    case 'LONG':
    case 'BOOLEAN':
    case 'ROWID':
    case 'BINARY_DOUBLE':
    case 'BINARY_FLOAT':
    case 'INTERVAL YEAR TO MONTH':
    case 'INTERVAL DAY TO SECOND':
      return { name: written.name }
  }
  throw fail(902, 'invalid datatype')
}

/** The type of a column. */
export function columnType(written: TypeName, fail: Fail): OracleType {
  const type = typeFromName(written, fail)
  switch (type.name) {
    case 'NULL':
    case 'CURSOR':
      throw fail(902, 'invalid datatype')
  }
  return type
}

function characterLength(written: TypeName, missing: number | undefined, fail: Fail): number {
  const length = written.numbers[0] ?? missing
  if (length === undefined) throw fail(906, 'missing left parenthesis')
  if (length <= 0) throw fail(1723, 'zero-length columns are not allowed')
  if (length > MAXIMUM_VARCHAR2) throw fail(910, 'specified length too long for its datatype')
  return written.unit === 'CHAR' ? Math.min(length * CHARACTER_BYTES, MAXIMUM_VARCHAR2) : length
}

function numberType(precision: number | undefined, scale: number | undefined, fail: Fail): OracleType {
  if (precision === undefined) return { name: 'NUMBER', precision: 0, scale: -127 }
  if (precision < 1 || precision > 38) throw fail(1727, 'numeric precision specifier is out of range (1 to 38)')
  if (scale !== undefined && (scale < -84 || scale > 127)) {
    throw fail(1728, 'numeric scale specifier is out of range (-84 to 127)')
  }
  return { name: 'NUMBER', precision, scale: scale ?? 0 }
}
