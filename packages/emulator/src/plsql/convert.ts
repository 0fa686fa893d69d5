import type { SqlExecutor, TypedValue } from '../execution/sql-executor.ts'
import { parseJson } from '../json/parse-json.ts'
import { writeJson } from '../json/write-json.ts'
import { OracleError } from '../oracle-error.ts'
import { Interval } from '../values/interval.ts'
import { OracleDateTime } from '../values/oracle-date-time.ts'
import { formatNumber, OracleNumber } from '../values/oracle-number.ts'
import { CLOB, DATE, type OracleType, varchar2 } from '../values/oracle-type.ts'
import type { OracleValue } from '../values/oracle-value.ts'
import { valueError } from './plsql-exception.ts'
import { familyOf, MAXIMUM_LENGTH, type PlsqlType, type ScalarType, type ValueFamily } from './plsql-type.ts'
import { CollectionValue, CursorVariable, copyValue, isScalar, type PlsqlValue, RecordValue } from './plsql-value.ts'

/** Calls a SQL function by name; conversions between dates and texts depend on the session's formats. */
export type FunctionCaller = Pick<SqlExecutor, 'callFunction'>

const NUMBER_TEXT = /^\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?\s*$/i

/**
 * Converts a value for assignment to a variable, parameter or result of the type.
 * @throws OracleError ORA-06502 when it does not fit, ORA-01426 for an integer out of range
 */
export function convertTo(type: PlsqlType, value: PlsqlValue, functions: FunctionCaller): PlsqlValue {
  if (type.kind === 'scalar') return convertToScalar(type, value, functions)
  if (type.kind === 'cursorVariable') return convertToCursor(value)
  if (isScalar(value)) {
    if (value.value === null && type.kind === 'collection')
      return new CollectionValue(type, type.indexedBy === undefined)
    throw valueError()
  }
  if (type.kind === 'record' && value instanceof RecordValue) {
    if (type.fields === undefined) return value.copy()
    const values = [...value.fields.values()]
    if (values.length !== type.fields.length)
      throw new OracleError(6504, 'PL/SQL: Return types of Result Set variables or query do not match')
    const fields = type.fields.map((field, index) => {
      return [field.name, convertTo(field.type, values[index] as PlsqlValue, functions)] as const
    })
    return new RecordValue(type, new Map(fields))
  }
  if (type.kind === 'collection' && value instanceof CollectionValue) {
    const copy = new CollectionValue(type, value.isNull)
    copy.assign(value)
    return copy
  }
  return copyValue(value)
}

function convertToCursor(value: PlsqlValue): CursorVariable {
  if (value instanceof CursorVariable) return value
  if (!isScalar(value) || value.value === null) return new CursorVariable()
  const cursor = value.value
  if (typeof cursor !== 'object' || !('columns' in cursor)) throw valueError()
  return new CursorVariable({ columns: cursor.columns, rows: cursor.rows, position: 0, found: null })
}

function convertToScalar(type: ScalarType, value: PlsqlValue, functions: FunctionCaller): TypedValue {
  if (value instanceof CursorVariable) {
    const open = value.open
    if (open === undefined) return { type: type.oracle, value: null }
    return {
      type: type.oracle,
      value: { kind: 'cursor', columns: open.columns, rows: open.rows.slice(open.position) },
    }
  }
  if (!isScalar(value)) throw valueError()
  if (value.value === null) {
    if (type.notNull) throw valueError()
    return { type: type.oracle, value: null }
  }
  return { type: type.oracle, value: CONVERTERS[familyOf(type.oracle)](type, value, functions) }
}

type Converter = (type: ScalarType, value: TypedValue, functions: FunctionCaller) => OracleValue

const CONVERTERS: Readonly<Record<ValueFamily, Converter>> = {
  text: (type, value, functions) => fitText(type, toText(value, functions)),
  clob: (type, value, functions) => fitJson(type, toText(value, functions)),
  number: (type, value) => fitNumber(type, toNumber(value)),
  date: (_type, value, functions) => toDate(value, functions),
  timestamp: (type, value, functions) => fitTimestamp(type.oracle, toTimestamp(type.oracle, value, functions)),
  raw: (type, value) => fitRaw(type, toBytes(value)),
  blob: (_type, value) => toBytes(value),
  boolean: (_type, value) => {
    if (typeof value.value !== 'boolean') throw valueError()
    return value.value
  },
  interval: (type, value) => {
    if (!(value.value instanceof Interval)) throw valueError()
    if (type.oracle.name.startsWith('INTERVAL YEAR') !== (value.value.kind === 'months')) throw valueError()
    return value.value
  },
  cursor: (_type, value) => value.value,
}

/** JSON is kept as its text, and that must be JSON. @throws OracleError ORA-40441 */
function fitJson({ oracle }: ScalarType, text: string | null): string | null {
  return oracle.name === 'JSON' && text !== null && text !== '' ? writeJson(parseJson(text)) : text
}

/** The text of a value that is not null, as implicit conversion makes it. An empty text stays empty. */
export function toText(value: TypedValue, functions: FunctionCaller): string | null {
  const content = value.value
  if (content === null || typeof content === 'string') return content
  if (content instanceof OracleNumber) return formatNumber(content)
  // Only a bind comes this far: the compiler refuses a BOOLEAN of the block itself where a text is expected.
  if (typeof content === 'boolean') return content ? 'TRUE' : 'FALSE'
  if (content instanceof Uint8Array) return Buffer.from(content).toString('hex').toUpperCase()
  if (content instanceof OracleDateTime || content instanceof Interval)
    return functions.callFunction('TO_CHAR', [value])?.value as string | null
  throw valueError()
}

/** @throws OracleError ORA-06502 for a text that is no number */
export function toNumber(value: TypedValue): OracleNumber | null {
  const content = value.value
  if (content === null || content instanceof OracleNumber) return content
  if (typeof content !== 'string' || !NUMBER_TEXT.test(content)) {
    throw valueError('character to number conversion error')
  }
  return new OracleNumber(content.trim())
}

function toDate(value: TypedValue, functions: FunctionCaller): OracleDateTime | null {
  const content = value.value
  if (content instanceof OracleDateTime) {
    if (content.nanosecond === 0 && content.offsetMinutes === undefined) return content
    return new OracleDateTime(content.year, content.month, content.day, content.hour, content.minute, content.second)
  }
  if (typeof content !== 'string') throw valueError()
  return functions.callFunction('TO_DATE', [{ type: varchar2(MAXIMUM_LENGTH), value: content }])
    ?.value as OracleDateTime
}

function toTimestamp(type: OracleType, value: TypedValue, functions: FunctionCaller): OracleDateTime {
  const content = value.value
  if (content instanceof OracleDateTime) {
    const zoned = type.name === 'TIMESTAMP WITH TIME ZONE'
    if (zoned === (content.offsetMinutes !== undefined)) return content
    return withOffset(content, zoned ? 0 : undefined)
  }
  if (typeof content !== 'string') throw valueError()
  const name = type.name === 'TIMESTAMP WITH TIME ZONE' ? 'TO_TIMESTAMP_TZ' : 'TO_TIMESTAMP'
  return functions.callFunction(name, [{ type: varchar2(MAXIMUM_LENGTH), value: content }])?.value as OracleDateTime
}

function withOffset(value: OracleDateTime, offsetMinutes: number | undefined): OracleDateTime {
  const { year, month, day, hour, minute, second, nanosecond } = value
  return new OracleDateTime(year, month, day, hour, minute, second, nanosecond, offsetMinutes)
}

function fitTimestamp(type: OracleType, value: OracleDateTime): OracleDateTime {
  const scale = 'scale' in type ? type.scale : 9
  const unit = 10 ** (9 - scale)
  const nanosecond = Math.min(Math.round(value.nanosecond / unit) * unit, 999_999_999)
  if (nanosecond === value.nanosecond) return value
  const { year, month, day, hour, minute, second, offsetMinutes } = value
  return new OracleDateTime(year, month, day, hour, minute, second, nanosecond, offsetMinutes)
}

function fitText(type: ScalarType, text: string | null): string | null {
  if (text === null || text === '') return null
  const { oracle } = type
  if (!('length' in oracle)) return text
  const tooLong =
    type.characters === undefined
      ? text.length > oracle.length || Buffer.byteLength(text) > oracle.length
      : [...text].length > type.characters
  if (tooLong) throw valueError('character string buffer too small')
  if (oracle.name !== 'CHAR' && oracle.name !== 'NCHAR') return text
  return text.padEnd(text.length + (type.characters ?? oracle.length) - textLength(type, text))
}

function textLength(type: ScalarType, text: string): number {
  return type.characters === undefined ? Buffer.byteLength(text) : [...text].length
}

function fitNumber(type: ScalarType, value: OracleNumber | null): OracleNumber | null {
  if (value === null) return null
  const { oracle, range } = type
  let fitted = value
  if (oracle.name === 'BINARY_INTEGER') fitted = value.toDecimalPlaces(0)
  if (oracle.name === 'NUMBER' && oracle.scale !== -127) fitted = fitDecimal(oracle.precision, oracle.scale, value)
  if (range !== undefined && (fitted.lessThan(range.low) || fitted.greaterThan(range.high))) {
    throw type.overflows ? new OracleError(1426, 'numeric overflow') : valueError()
  }
  return fitted
}

function fitDecimal(precision: number, scale: number, value: OracleNumber): OracleNumber {
  const rounded =
    scale >= 0
      ? value.toDecimalPlaces(scale)
      : value.toNearest(new OracleNumber(10).pow(-scale), OracleNumber.ROUND_HALF_UP)
  if (precision > 0 && rounded.abs().greaterThanOrEqualTo(new OracleNumber(10).pow(precision - scale))) {
    throw valueError('number precision too large')
  }
  return rounded
}

function toBytes(value: TypedValue): Uint8Array | null {
  const content = value.value
  if (content === null || content instanceof Uint8Array) return content
  if (typeof content !== 'string' || !/^[0-9a-f]*$/i.test(content)) throw valueError('hex to raw conversion error')
  return Uint8Array.from(Buffer.from(content.length % 2 === 0 ? content : `0${content}`, 'hex'))
}

function fitRaw(type: ScalarType, bytes: Uint8Array | null): Uint8Array | null {
  if (bytes === null || bytes.length === 0) return null
  if ('length' in type.oracle && bytes.length > type.oracle.length) throw valueError('raw variable length too long')
  return bytes
}

/** The PL/SQL type of a value that a package gave without one. */
export function typeOfValue(value: OracleValue): OracleType {
  if (typeof value === 'string') return value.length > MAXIMUM_LENGTH ? CLOB : varchar2(MAXIMUM_LENGTH)
  if (value instanceof OracleNumber) return { name: 'NUMBER', precision: 0, scale: -127 }
  if (value instanceof OracleDateTime) {
    if (value.offsetMinutes !== undefined) return { name: 'TIMESTAMP WITH TIME ZONE', scale: 9 }
    return value.nanosecond === 0 ? DATE : { name: 'TIMESTAMP', scale: 9 }
  }
  if (typeof value === 'boolean') return { name: 'BOOLEAN' }
  if (value instanceof Uint8Array)
    return { name: value.length > MAXIMUM_LENGTH ? 'BLOB' : 'RAW', length: value.length } as OracleType
  return value === null ? varchar2(MAXIMUM_LENGTH) : { name: 'CURSOR' }
}
