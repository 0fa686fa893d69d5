import type { Column } from '../values/column.ts'
import { Interval } from '../values/interval.ts'
import { OracleDateTime } from '../values/oracle-date-time.ts'
import { OracleNumber } from '../values/oracle-number.ts'
import type { OracleValue } from '../values/oracle-value.ts'

/** A JSON value as text that is already written, so that a NUMBER keeps all its digits. */
class WrittenJson {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }
}

/** Rows as an array of objects, keys in column order. A second column of one name becomes `NAME_2`: no value is lost. */
export function rowsAsJson(columns: readonly Column[], rows: readonly (readonly OracleValue[])[]): string {
  const keys = distinctKeys(columns.map((column) => column.name))
  const objects = rows.map((row) => new Map(keys.map((key, index) => [key, jsonValue(row[index] ?? null)])))
  return prettyJson(objects)
}

function distinctKeys(names: readonly string[]): string[] {
  const taken = new Set(names)
  const seen = new Set<string>()
  return names.map((name) => {
    let key = name
    for (let number = 2; seen.has(key); number += 1) {
      const candidate = `${name}_${number}`
      if (!taken.has(candidate)) key = candidate
    }
    seen.add(key)
    return key
  })
}

function jsonValue(value: OracleValue): unknown {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value
  if (value instanceof OracleDateTime) return value.toIsoText()
  if (OracleNumber.isDecimal(value)) return new WrittenJson(numberText(value))
  if (value instanceof Uint8Array) return Buffer.from(value).toString('hex').toUpperCase()
  if (value instanceof Interval) return value.toString()
  return value.rows.map((row) => row.map((item) => jsonValue(item)))
}

function numberText(value: OracleNumber): string {
  return value.isFinite() ? value.toString() : 'null'
}

/** JSON as the database prints it: two blanks for each level, and a blank on either side of the colon. */
export function prettyJson(value: unknown, indent = ''): string {
  if (value instanceof WrittenJson) return value.text
  if (Array.isArray(value)) {
    return block(
      '[',
      value.map((item) => prettyJson(item, `${indent}  `)),
      ']',
      indent,
    )
  }
  if (typeof value !== 'object' || value === null) return JSON.stringify(value ?? null)
  const entries = value instanceof Map ? [...value] : Object.entries(value)
  return block(
    '{',
    entries.map(([key, item]) => `${JSON.stringify(key)} : ${prettyJson(item, `${indent}  `)}`),
    '}',
    indent,
  )
}

function block(open: string, parts: readonly string[], close: string, indent: string): string {
  if (parts.length === 0) return `${open}${close}`
  return `${open}\n${parts.map((part) => `${indent}  ${part}`).join(',\n')}\n${indent}${close}`
}
