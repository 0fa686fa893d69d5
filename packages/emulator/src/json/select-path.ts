import { formatNumber, OracleNumber } from '../values/oracle-number.ts'
import type { ElementRange, PathOperand, PathStep, PathTest } from './json-path.ts'
import { isContainer, isJsonArray, isJsonObject, type JsonValue } from './json-value.ts'
import { writeJson } from './write-json.ts'

/** All values that a path finds, in order; lax, as the database does it: arrays give their elements where objects are wanted. */
export function selectPath(value: JsonValue, path: readonly PathStep[]): readonly JsonValue[] {
  let found: readonly JsonValue[] = [value]
  for (const step of path) {
    found = takeStep(found, step)
    if (found.length === 0) break
  }
  return found
}

function takeStep(values: readonly JsonValue[], step: PathStep): readonly JsonValue[] {
  switch (step.kind) {
    case 'member':
      return values.flatMap(unwrapped).flatMap((value) => memberOf(value, step.name))
    case 'anyMember':
      return values.flatMap(unwrapped).flatMap((value) => (isJsonObject(value) ? [...value.values()] : []))
    case 'descendant':
      return values.flatMap((value) => descendants(value, step.name))
    case 'anyElement':
      return values.flatMap(unwrapped)
    case 'elements':
      return values.flatMap((value) => elementsOf(isJsonArray(value) ? value : [value], step.ranges))
    case 'filter':
      return values.flatMap(unwrapped).filter((value) => passes(value, step.test))
    case 'method':
      return step.name === 'COUNT'
        ? [new OracleNumber(values.length)]
        : values.flatMap((value) => applyMethod(value, step.name))
  }
}

function unwrapped(value: JsonValue): readonly JsonValue[] {
  return isJsonArray(value) ? value : [value]
}

function memberOf(value: JsonValue, name: string): readonly JsonValue[] {
  const member = isJsonObject(value) ? value.get(name) : undefined
  return member === undefined ? [] : [member]
}

function descendants(value: JsonValue, name: string): readonly JsonValue[] {
  const children = isJsonObject(value) ? [...value.values()] : isJsonArray(value) ? value : []
  return [...memberOf(value, name), ...children.flatMap((child) => descendants(child, name))]
}

function elementsOf(items: readonly JsonValue[], ranges: readonly ElementRange[]): readonly JsonValue[] {
  const at = (index: number) => (index < 0 ? items.length + index : index)
  return ranges.flatMap(({ from, to }) => items.slice(Math.max(0, at(from)), Math.max(0, at(to) + 1)))
}

function passes(value: JsonValue, test: PathTest): boolean {
  switch (test.kind) {
    case 'and':
      return test.tests.every((part) => passes(value, part))
    case 'or':
      return test.tests.some((part) => passes(value, part))
    case 'not':
      return !passes(value, test.test)
    case 'exists':
      return selectPath(value, test.path).length > 0
    case 'compare': {
      const right = operandValues(value, test.right)
      return operandValues(value, test.left).some((left) => right.some((other) => compares(left, other, test.operator)))
    }
  }
}

function operandValues(value: JsonValue, operand: PathOperand): readonly JsonValue[] {
  return operand.kind === 'literal' ? [operand.value] : selectPath(value, operand.path).flatMap(unwrapped)
}

function compares(left: JsonValue, right: JsonValue, operator: string): boolean {
  if (isContainer(left) || isContainer(right)) return false
  if (operator === 'starts with' || operator === 'has substring') {
    if (typeof left !== 'string' || typeof right !== 'string') return false
    return operator === 'starts with' ? left.startsWith(right) : left.includes(right)
  }
  const order = orderOf(left, right)
  if (order === undefined) return false
  switch (operator) {
    case '==':
      return order === 0
    case '!=':
      return order !== 0
    case '<':
      return order < 0
    case '<=':
      return order <= 0
    case '>':
      return order > 0
    default:
      return order >= 0
  }
}

/** Negative, zero or positive; undefined for values that do not compare. A text that holds a number compares with numbers. */
function orderOf(left: JsonValue, right: JsonValue): number | undefined {
  if (left === null || right === null) return left === right ? 0 : undefined
  if (OracleNumber.isDecimal(left) || OracleNumber.isDecimal(right)) {
    const [a, b] = [toNumber(left), toNumber(right)]
    return a === undefined || b === undefined ? undefined : a.comparedTo(b)
  }
  if (typeof left !== typeof right) return undefined
  return left === right ? 0 : left < right ? -1 : 1
}

/** The number that a value is or holds as text. */
export function toNumber(value: JsonValue): OracleNumber | undefined {
  if (OracleNumber.isDecimal(value)) return value
  if (typeof value !== 'string' || !/^\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?\s*$/i.test(value)) return undefined
  return new OracleNumber(value.trim())
}

/** A scalar as text without quotes. */
export function scalarText(value: Exclude<JsonValue, null>): string {
  if (typeof value === 'string') return value
  return OracleNumber.isDecimal(value) ? formatNumber(value) : writeJson(value)
}

function applyMethod(value: JsonValue, name: string): readonly JsonValue[] {
  if (name === 'TYPE') return [typeName(value)]
  if (name === 'SIZE') return [new OracleNumber(isJsonArray(value) ? value.length : 1)]
  if (isJsonArray(value)) return value.flatMap((item) => applyMethod(item, name))
  const result = scalarMethod(value, name)
  return result === undefined ? [] : [result]
}

function scalarMethod(value: JsonValue, name: string): JsonValue | undefined {
  if (value === null || isContainer(value)) return undefined
  switch (name) {
    case 'NUMBERONLY':
      return OracleNumber.isDecimal(value) ? value : undefined
    case 'STRINGONLY':
      return typeof value === 'string' ? value : undefined
    case 'BOOLEANONLY':
      return typeof value === 'boolean' ? value : undefined
    case 'BOOLEAN':
      return toBoolean(value)
    case 'UPPER':
      return scalarText(value).toUpperCase()
    case 'LOWER':
      return scalarText(value).toLowerCase()
    case 'LENGTH':
      return typeof value === 'string' ? new OracleNumber([...value].length) : undefined
    case 'NUMBER':
    case 'DOUBLE':
      return toNumber(value)
    case 'ABS':
      return toNumber(value)?.abs()
    case 'CEILING':
      return toNumber(value)?.ceil()
    case 'FLOOR':
      return toNumber(value)?.floor()
    default:
      return scalarText(value)
  }
}

/** The truth that a value is or holds as text. */
export function toBoolean(value: JsonValue): boolean | undefined {
  if (typeof value === 'boolean') return value
  const word = typeof value === 'string' ? value.trim().toLowerCase() : ''
  return word === 'true' || word === 'false' ? word === 'true' : undefined
}

function typeName(value: JsonValue): string {
  if (value === null) return 'null'
  if (isJsonArray(value)) return 'array'
  if (isJsonObject(value)) return 'object'
  return OracleNumber.isDecimal(value) ? 'number' : typeof value
}
