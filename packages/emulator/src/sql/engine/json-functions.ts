import { parseJsonPath } from '../../json/json-path.ts'
import type { JsonValue } from '../../json/json-value.ts'
import { isJson, parseJson } from '../../json/parse-json.ts'
import { selectPath } from '../../json/select-path.ts'
import { writeJson } from '../../json/write-json.ts'
import { OracleError } from '../../oracle-error.ts'
import { Interval } from '../../values/interval.ts'
import { OracleDateTime } from '../../values/oracle-date-time.ts'
import { OracleNumber } from '../../values/oracle-number.ts'
import type { JsonColumnOptions, JsonReadOptions, JsonTableOptions } from '../functions/json-options.ts'
import { convertScalar, documentOf, insteadOf, readJson, writeFragment } from '../functions/read-json.ts'
import type { SqlValue } from '../values/sql-value.ts'
import { decodeValue, encodeValue } from '../values/stored-value.ts'
import type { EngineFunction } from './engine-functions.ts'

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
        : readJson(() => item, column.options, defaultOf(column.onError, column), defaultOf(column.onEmpty, column))
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
        : readJson(() => documentOf(input), JSON.parse(String(options)) as JsonReadOptions, onError, onEmpty),
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
