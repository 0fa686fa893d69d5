import { parseJsonPath } from '../../json/json-path.ts'
import { isContainer, type JsonValue } from '../../json/json-value.ts'
import { isJson, parseJson } from '../../json/parse-json.ts'
import { scalarText, selectPath, toBoolean, toNumber } from '../../json/select-path.ts'
import { prettyJson, writeJson } from '../../json/write-json.ts'
import { parseTimestampLiteral } from '../../language/time-literal.ts'
import { OracleError } from '../../oracle-error.ts'
import { Interval } from '../../values/interval.ts'
import { OracleDateTime } from '../../values/oracle-date-time.ts'
import { OracleNumber } from '../../values/oracle-number.ts'
import { withoutFraction } from '../functions/conversion.ts'
import type { JsonColumnOptions, JsonReadOptions, JsonTableOptions } from '../translate/json-options.ts'
import type { SqlValue } from '../values/sql-value.ts'
import { decodeValue, encodeValue, withOffset } from '../values/stored-value.ts'
import type { EngineFunction } from './engine-functions.ts'
import { fitValue } from './fit-value.ts'

const documents = new Map<string, JsonValue>()
const REMEMBERED = 50
/** Longer texts are parsed each time. */
const LONGEST_REMEMBERED = 100_000

/** A document is often read several times in a row, once for each column. */
function documentOf(input: SqlValue): JsonValue {
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
function convertScalar(value: Exclude<JsonValue, null>, code: string): SqlValue {
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

function writeFragment(value: JsonValue, { type, pretty }: Pick<JsonReadOptions, 'type' | 'pretty'>): SqlValue {
  const text = pretty ? prettyJson(value) : writeJson(value)
  const limit = Number(type.split(':')[1])
  if (Buffer.byteLength(text) > limit) throw new Missing(40478, `output value too large (maximum: ${limit})`)
  return text
}

/** Reads by a path; what cannot be had is what ON ERROR and ON EMPTY say. */
function read(document: () => JsonValue, options: JsonReadOptions, onError: SqlValue, onEmpty: SqlValue): SqlValue {
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

function insteadOf(error: OracleError, rule: JsonReadOptions['onError'], fallback: SqlValue): SqlValue {
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

/** A SQL value as JSON text. */
function itemText(value: SqlValue, isJsonAlready: boolean): string {
  if (value === null) return 'null'
  if (isJsonAlready) return writeJson(parseJson(String(value)))
  if (value instanceof OracleNumber || typeof value === 'boolean') return writeJson(value)
  if (value instanceof OracleDateTime) return JSON.stringify(value.toIsoText())
  if (value instanceof Interval) return JSON.stringify(value.toString())
  return JSON.stringify(value instanceof Uint8Array ? Buffer.from(value).toString('hex').toUpperCase() : value)
}

function memberText(name: SqlValue, item: SqlValue): string {
  if (name === null) throw new OracleError(40660, 'JSON_OBJECT: NULL key value')
  return `${JSON.stringify(String(name))}:${String(item)}`
}

/** Members in pairs of name and text; NULL texts are left out. */
function objectText(values: readonly SqlValue[]): string {
  const members: string[] = []
  for (let index = 0; index + 1 < values.length; index += 2) {
    const item = values[index + 1] ?? null
    if (item !== null) members.push(memberText(values[index] ?? null, item))
  }
  return `{${members.join(',')}}`
}

/** Texts that came as hexadecimal, separated by commas; NULLs came as nothing. */
function collectedTexts(collected: SqlValue): readonly string[] {
  if (typeof collected !== 'string') return []
  return collected
    .split(',')
    .filter((part) => part !== '')
    .map((part) => Buffer.from(part, 'hex').toString('utf8'))
}

type Cell = string | null

/** The rows of JSON_TABLE: nested columns multiply them, and a column beside them that has nothing to say is NULL. */
function tableRows(value: JsonValue, table: JsonTableOptions, width: number): readonly (readonly Cell[])[] {
  return selectPath(value, parseJsonPath(table.path)).flatMap((item, index) => itemRows(item, index, table, width))
}

function itemRows(
  item: JsonValue,
  index: number,
  table: JsonTableOptions,
  width: number,
): readonly (readonly Cell[])[] {
  const own: Cell[] = new Array(width).fill(null)
  for (const column of table.columns) {
    const value =
      column.kind === 'ordinality'
        ? new OracleNumber(index + 1)
        : read(() => item, column.options, defaultOf(column.onError, column), defaultOf(column.onEmpty, column))
    own[column.position] = encodeCell(value)
  }
  const nested = table.nested.flatMap((inner) => tableRows(item, inner, width))
  if (nested.length === 0) return [own]
  return nested.map((row) => row.map((cell, position) => cell ?? own[position] ?? null))
}

function defaultOf(text: string | undefined, { options }: Extract<JsonColumnOptions, { kind: 'read' }>): SqlValue {
  return text === undefined ? null : convertScalar(text, options.type)
}

function encodeCell(value: SqlValue): Cell {
  const stored = encodeValue(value)
  if (stored === null) return null
  return typeof stored === 'string' ? `t${stored}` : `b${Buffer.from(stored).toString('hex')}`
}

function decodeCell(cell: Cell): SqlValue {
  if (cell === null) return null
  return cell.startsWith('t') ? cell.slice(1) : decodeValue(Buffer.from(cell.slice(1), 'hex'))
}

function readTable(input: SqlValue, text: SqlValue): string {
  const { width, onError, table } = JSON.parse(String(text)) as {
    width: number
    onError: 'NULL' | 'ERROR'
    table: JsonTableOptions
  }
  if (input === null) return '[]'
  try {
    return JSON.stringify(tableRows(documentOf(input), table, width))
  } catch (error) {
    if (!(error instanceof OracleError) || error.number !== 40441 || onError === 'ERROR') throw error
    return '[]'
  }
}

/** What the translation of JSON in SQL calls. */
export const jsonFunctions: Readonly<Record<string, EngineFunction>> = {
  ora_json_read: {
    acceptsNull: true,
    run: ([input = null, options, onError = null, onEmpty = null]) =>
      input === null
        ? null
        : read(() => documentOf(input), JSON.parse(String(options)) as JsonReadOptions, onError, onEmpty),
  },
  ora_json_serialize: {
    run: ([input, options]) => {
      const chosen = JSON.parse(String(options)) as JsonReadOptions
      try {
        return writeFragment(documentOf(input ?? null), chosen)
      } catch (error) {
        if (!(error instanceof OracleError)) throw error
        return insteadOf(error, chosen.onError, null)
      }
    },
  },
  ora_json_test: {
    native: true,
    run: ([input, strict, uniqueKeys]) => {
      const text = input instanceof Uint8Array ? Buffer.from(input).toString('utf8') : String(input)
      return isJson(text, { strict: strict === 'strict', uniqueKeys: uniqueKeys === 'unique' }) ? 1 : 0
    },
  },
  ora_json_item: { acceptsNull: true, run: ([value = null, form]) => itemText(value, form === 'json') },
  ora_json_member: {
    acceptsNull: true,
    run: ([name = null, item = null]) => (item === null ? null : memberText(name, item)),
  },
  ora_json_object: { acceptsNull: true, run: objectText },
  ora_json_array: { acceptsNull: true, run: (values) => `[${values.filter((value) => value !== null).join(',')}]` },
  ora_json_collect: {
    acceptsNull: true,
    run: ([collected = null, form]) => {
      const list = collectedTexts(collected).join(',')
      return form === 'object' ? `{${list}}` : `[${list}]`
    },
  },
  ora_json_table: { acceptsNull: true, run: ([input = null, options = null]) => readTable(input, options) },
  ora_json_cell: {
    run: ([row, position]) => decodeCell((JSON.parse(String(row)) as Cell[])[Number(String(position))] ?? null),
  },
}
