import { checkJsonValue, isFilledText } from '../attributes/attribute-types.ts'
import { SelectAIArgumentError } from '../errors/select-ai-argument-error.ts'
import { isPlainObject } from '../pool/check-values.ts'

/** What this package knows of an attribute, or of a part of one. */
export interface AttributeField {
  /** What the database calls it. */
  readonly key: string
  /** What the value must be, to follow "must be". */
  readonly expected: string
  fits(value: unknown): boolean
  /** The value as it is sent; without it, as it is. */
  send?(value: never, argument: string): unknown
  /** The value of what the dictionary has: JSON that was read, or a text. Undefined for what does not fit. */
  read(value: unknown): unknown
}

/** Fields by the names that they have here. */
export type AttributeFields = Readonly<Record<string, AttributeField>>

/** A text that is not blank. */
export function text(key: string): AttributeField {
  return { key, expected: 'a text that is not blank', fits: isFilledText, read: asText }
}

/** One of these words. */
export function oneOf(key: string, ...words: string[]): AttributeField {
  return {
    key,
    expected: `one of ${words.join(', ')}`,
    fits: (value) => typeof value === 'string' && words.includes(value),
    read: asText,
  }
}

/** True or false. */
export function truth(key: string): AttributeField {
  return {
    key,
    expected: 'true or false',
    fits: (value) => typeof value === 'boolean',
    read: (value) => ({ true: true, false: false })[String(value).toLowerCase()],
  }
}

/** A list of entries of one form. */
export function list(key: string, expected: string, fits: (item: unknown) => boolean): AttributeField {
  const isList = (value: unknown) => Array.isArray(value) && value.every(fits)
  return {
    key,
    expected,
    fits: isList,
    read: (value) => {
      const parsed = asJson(value)
      return isList(parsed) ? parsed : undefined
    },
  }
}

/** An object whose own entries are fields. */
export function object(key: string, fields: AttributeFields): AttributeField {
  return {
    key,
    expected: 'a plain object',
    fits: isPlainObject,
    send: (value: Record<string, unknown>, argument) => sendFields(value, fields, argument),
    read: (value) => {
      const parsed = asJson(value)
      return isPlainObject(parsed) ? readFields(Object.entries(parsed), fields) : undefined
    },
  }
}

/**
 * The values that are given, by the names that the database has for them; names that are not known stay as they are.
 * @throws SelectAIArgumentError for a value that the attribute cannot have, or that JSON cannot hold.
 */
export function sendFields(
  values: Readonly<Record<string, unknown>>,
  fields: AttributeFields,
  argument: string,
): Record<string, unknown> {
  const given = Object.entries(values).filter(([, value]) => value !== undefined)
  return Object.fromEntries(given.map(([name, value]) => sendField(name, value, fields, `${argument}.${name}`)))
}

/**
 * One value with the name that the database has for it.
 * @throws SelectAIArgumentError
 */
export function sendField(
  name: string,
  value: unknown,
  fields: AttributeFields,
  argument: string,
): readonly [key: string, value: unknown] {
  const field = fieldOf(name, fields)
  if (field !== undefined && !field.fits(value)) {
    throw new SelectAIArgumentError({ argument, message: `must be ${field.expected}.` })
  }
  checkJsonValue(value, argument)
  return [field?.key ?? name, field?.send?.(value as never, argument) ?? value]
}

/** The values by the names that they have here; what is not known, or does not fit, stays as it is. */
export function readFields(
  values: readonly (readonly [key: string, value: unknown])[],
  fields: AttributeFields,
): Record<string, unknown> {
  const namesByKey = new Map(Object.entries(fields).map(([name, { key }]) => [key, name]))
  return Object.fromEntries(
    values.map(([given, value]) => {
      const key = given.toLowerCase()
      const name = namesByKey.get(key)
      return name === undefined ? [key, value] : [name, fields[name]?.read(value) ?? value]
    }),
  )
}

/** The field of a name, which may also be the one that the database has. */
export function fieldOf(name: string, fields: AttributeFields): AttributeField | undefined {
  if (Object.hasOwn(fields, name)) return fields[name]
  return Object.values(fields).find(({ key }) => key === name.toLowerCase())
}

function asText(value: unknown): unknown {
  return typeof value === 'string' ? value : undefined
}

function asJson(value: unknown): unknown {
  if (typeof value !== 'string') return value
  try {
    return JSON.parse(value)
  } catch {
    return undefined
  }
}
