import type { OracleNumber } from '../values/oracle-number.ts'
import { isJsonArray, isJsonObject, type JsonValue } from './json-value.ts'

/** A JSON value as text without blanks, as JSON_SERIALIZE prints it. */
export function writeJson(value: JsonValue): string {
  if (isJsonArray(value)) return `[${value.map(writeJson).join(',')}]`
  if (!isJsonObject(value)) return writeScalar(value)
  return `{${[...value].map(([name, member]) => `${JSON.stringify(name)}:${writeJson(member)}`).join(',')}}`
}

/** A JSON value as indented text, as the word PRETTY prints it: a container that is a member begins on its own line. */
export function prettyJson(value: JsonValue, indent = ''): string {
  const inner = `${indent}  `
  if (isJsonArray(value)) {
    return block(
      '[',
      value.map((item) => `${inner}${prettyJson(item, inner)}`),
      `${indent}]`,
    )
  }
  if (!isJsonObject(value)) return writeScalar(value)
  const members = [...value].map(([name, member]) => {
    const isBlock = isJsonObject(member) ? member.size > 0 : isJsonArray(member) && member.length > 0
    return `${inner}${JSON.stringify(name)} :${isBlock ? `\n${inner}` : ' '}${prettyJson(member, inner)}`
  })
  return block('{', members, `${indent}}`)
}

function block(open: string, lines: readonly string[], close: string): string {
  return lines.length === 0 ? `${open}${close.trim()}` : `${open}\n${lines.join(',\n')}\n${close}`
}

function writeScalar(value: null | boolean | string | OracleNumber): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  return writeNumber(value)
}

/** JSON wants a digit before the point, which a NUMBER's own text has not. */
function writeNumber(value: OracleNumber): string {
  return value.toString()
}
