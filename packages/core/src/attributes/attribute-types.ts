import { SelectAIArgumentError } from '../errors/select-ai-argument-error.ts'
import { isPlainObject } from '../pool/check-values.ts'

/** What the value of an attribute must be, and how it is read back. */
export interface AttributeType {
  readonly fits: (value: unknown) => boolean
  /** What the value must be, to follow "must be". */
  readonly expected: string
  /** The value from the text of the dictionary; undefined when the text is not of this type. */
  readonly read: (text: string) => unknown
}

/** The attributes of a kind of object that are known here, by their lower-case names. Others stay as they are. */
export type AttributeTypes = ReadonlyMap<string, AttributeType>

export const truth: AttributeType = {
  fits: (value) => typeof value === 'boolean',
  expected: 'true or false',
  read: (text) => ({ true: true, false: false })[text.toLowerCase()],
}

export const number: AttributeType = {
  fits: (value) => Number.isFinite(value),
  expected: 'a finite number',
  read: readNumber,
}

export const wholeNumber: AttributeType = {
  fits: (value) => Number.isSafeInteger(value),
  expected: 'a whole number',
  read: readWholeNumber,
}

/** A whole number that may be too large for JavaScript, and is a text then. */
export const largeWholeNumber: AttributeType = {
  fits: (value) => Number.isSafeInteger(value) || (typeof value === 'string' && /^[+-]?\d+$/.test(value)),
  expected: 'a whole number, as text when JavaScript cannot hold it exactly',
  read: readWholeNumber,
}

export const text: AttributeType = {
  fits: isFilledText,
  expected: 'a text that is not blank',
  read: (value) => value,
}

export const texts: AttributeType = list('an array of texts', (item) => typeof item === 'string')

export const object: AttributeType = {
  fits: isPlainObject,
  expected: 'a plain object',
  read: (value) => readJson(value, isPlainObject),
}

/** An array of items of one form, which `expected` tells after "must be". */
export function list(expected: string, fits: (item: unknown) => boolean): AttributeType {
  return {
    fits: (value) => Array.isArray(value) && value.every(fits),
    expected,
    read: (value) => readJson(value, Array.isArray),
  }
}

/** @throws SelectAIArgumentError for a value that the attribute cannot have, or that JSON cannot hold. */
export function checkValue(types: AttributeTypes, name: string, value: unknown, argument: string): void {
  const type = types.get(name.toLowerCase())
  if (type !== undefined && !type.fits(value)) {
    throw new SelectAIArgumentError({ argument, message: `must be ${type.expected}.` })
  }
  checkJsonValue(value, argument)
}

/** @throws SelectAIArgumentError for what JSON cannot hold, and for null and the empty text, which no attribute can be. */
export function checkJsonValue(value: unknown, argument: string): void {
  if (value !== null && value !== '' && isJson(value, [])) return
  const message = 'must be a value that JSON can hold, neither null nor empty.'
  throw new SelectAIArgumentError({ argument, message })
}

/** The typed value of the text of the dictionary; the text itself for an attribute that is not known, or not of its type. */
export function readValue(types: AttributeTypes, name: string, value: string): unknown {
  return types.get(name)?.read(value) ?? value
}

/** The value as text, in the form that the dictionary has it in. */
export function attributeText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}

export function isFilledText(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== ''
}

function readJson(value: string, fits: (read: unknown) => boolean): unknown {
  try {
    const read: unknown = JSON.parse(value)
    return fits(read) ? read : undefined
  } catch {
    return undefined
  }
}

function readNumber(value: string): number | undefined {
  const number = Number(value)
  return value.trim() !== '' && Number.isFinite(number) ? number : undefined
}

/** Undefined, so that the text stays, for a number that would lose digits. */
function readWholeNumber(value: string): number | undefined {
  const number = readNumber(value)
  return number === undefined || !Number.isInteger(number) || Number.isSafeInteger(number) ? number : undefined
}

function isJson(value: unknown, above: readonly unknown[]): boolean {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return true
  if (typeof value === 'number') return Number.isFinite(value)
  if (above.includes(value)) return false
  const within = [...above, value]
  if (Array.isArray(value)) return value.every((item) => isJson(item, within))
  return isPlainObject(value) && Object.values(value).every((item) => item === undefined || isJson(item, within))
}
