import { parseJsonPath } from '../../json/json-path.ts'
import { isContainer, type JsonValue } from '../../json/json-value.ts'
import { parseJson } from '../../json/parse-json.ts'
import { scalarText, selectPath, toBoolean, toNumber } from '../../json/select-path.ts'
import { prettyJson, writeJson } from '../../json/write-json.ts'
import { parseTimestampLiteral } from '../../language/time-literal.ts'
import { OracleError } from '../../oracle-error.ts'
import type { OracleDateTime } from '../../values/oracle-date-time.ts'
import { fitValue } from '../engine/fit-value.ts'
import type { SqlValue } from '../values/sql-value.ts'
import { withOffset } from '../values/stored-value.ts'
import { withoutFraction } from './conversion.ts'
import type { JsonReadOptions } from './json-options.ts'

const documents = new Map<string, JsonValue>()
const REMEMBERED = 50
/** Longer texts are parsed each time. */
const LONGEST_REMEMBERED = 100_000

/** A document is often read several times in a row, once for each column. */
export function documentOf(input: SqlValue): JsonValue {
  const text = input instanceof Uint8Array ? Buffer.from(input).toString('utf8') : String(input)
  const known = documents.get(text)
  if (known !== undefined) return known
  const value = parseJson(text)
  if (text.length > LONGEST_REMEMBERED) return value
  if (documents.size >= REMEMBERED) documents.clear()
  documents.set(text, value)
  return value
}

/** Why a value cannot be had. */
class Missing extends OracleError {
  readonly isEmpty: boolean

  constructor(number: number, message: string, isEmpty = false) {
    super(number, message)
    this.isEmpty = isEmpty
  }
}

const noValue = (name: string) => new Missing(40462, `${name} evaluated to no value`, true)

function readScalar(found: readonly JsonValue[], options: JsonReadOptions): SqlValue {
  const [value] = found
  if (value === undefined) throw noValue(options.name)
  if (found.length > 1) throw new Missing(40470, `${options.name} evaluated to multiple values`)
  if (isContainer(value)) throw new Missing(40456, `${options.name} evaluated to non-scalar value`)
  return value === null ? null : convertScalar(value, options.type)
}

/** A JSON scalar as a value of a SQL type, given by its code (`VARCHAR2:30`, `NUMBER:10:2`). */
export function convertScalar(value: Exclude<JsonValue, null>, code: string): SqlValue {
  const [name = '', limit] = code.split(':')
  switch (name) {
    case 'NUMBER':
    case 'BINARY_DOUBLE':
    case 'BINARY_FLOAT':
      return fitValue(found(toNumber(value)), code)
    case 'BOOLEAN':
      return found(toBoolean(value))
    case 'DATE':
    case 'TIMESTAMP':
    case 'TIMESTAMP WITH TIME ZONE':
      return readTime(value, name)
  }
  const text = scalarText(value)
  if (limit !== undefined && Buffer.byteLength(text) > Number(limit)) {
    throw new Missing(40478, `output value too large (maximum: ${limit})`)
  }
  return text
}

function found<Value>(value: Value | undefined): Value {
  if (value === undefined)
    throw new Missing(1722, 'unable to convert string value containing non-numeric characters to a number')
  return value
}

function readTime(value: JsonValue, type: 'DATE' | 'TIMESTAMP' | 'TIMESTAMP WITH TIME ZONE'): OracleDateTime {
  const text = typeof value === 'string' ? value.replace('T', ' ') : ''
  const time = parseTimestampLiteral(text).value
  if (type === 'TIMESTAMP WITH TIME ZONE') return time.offsetMinutes === undefined ? withOffset(time, 0) : time
  const local = withOffset(time, undefined)
  return type === 'DATE' ? withoutFraction(local) : local
}

function readFragment(values: readonly JsonValue[], options: JsonReadOptions): SqlValue {
  return writeFragment(fragmentOf(values, options), options)
}

function fragmentOf(values: readonly JsonValue[], { name, wrapper, type }: JsonReadOptions): JsonValue {
  const [value] = values
  if (value === undefined) throw noValue(name)
  const isScalar = !isContainer(value)
  if (wrapper === 'WITH' || (wrapper === 'CONDITIONAL' && isScalar)) return values
  if (values.length > 1 && (wrapper === 'CONDITIONAL' || wrapper === 'SEVERAL')) return values
  if (values.length > 1 || (isScalar && type !== 'JSON')) {
    throw new Missing(40480, 'result cannot be returned without array wrapper')
  }
  return value
}

/** JSON as text, if that is not longer than its type allows. @throws OracleError ORA-40478 */
export function writeFragment(value: JsonValue, { type, pretty }: Pick<JsonReadOptions, 'type' | 'pretty'>): SqlValue {
  const text = pretty ? prettyJson(value) : writeJson(value)
  const limit = Number(type.split(':')[1])
  if (Buffer.byteLength(text) > limit) throw new Missing(40478, `output value too large (maximum: ${limit})`)
  return text
}

/** Reads by a path; what cannot be had is what ON ERROR and ON EMPTY say. */
export function readJson(
  document: () => JsonValue,
  options: JsonReadOptions,
  onError: SqlValue,
  onEmpty: SqlValue,
): SqlValue {
  try {
    const values = selectPath(document(), parseJsonPath(options.path))
    if (options.name === 'JSON_EXISTS') return values.length > 0
    return options.name === 'JSON_QUERY' ? readFragment(values, options) : readScalar(values, options)
  } catch (error) {
    if (!(error instanceof OracleError) || PATH_ERRORS.has(error.number)) throw error
    const isEmpty = error instanceof Missing && error.isEmpty
    const rule = isEmpty ? (options.onEmpty ?? options.onError) : options.onError
    return insteadOf(error, rule, isEmpty && options.onEmpty !== undefined ? onEmpty : onError)
  }
}

/** A wrong path is the statement's fault, not the document's. */
const PATH_ERRORS = new Set([40442, 40597])

/** What stands in for a value that cannot be had. @throws OracleError the error itself, when that is the rule */
export function insteadOf(error: OracleError, rule: JsonReadOptions['onError'], fallback: SqlValue): SqlValue {
  switch (rule) {
    case 'ERROR':
      throw error
    case 'DEFAULT':
      return fallback
    case 'TRUE':
    case 'FALSE':
      return rule === 'TRUE'
    case 'EMPTY ARRAY':
      return '[]'
    case 'EMPTY OBJECT':
      return '{}'
    case 'NULL':
      return null
  }
}
