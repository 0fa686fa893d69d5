import { SelectAIArgumentError } from '../errors/select-ai-argument-error.ts'
import { isPlainObject } from '../pool/check-values.ts'
import { type AttributeTypes, checkValue } from './attribute-types.ts'

const attributeName = /^[a-z]\w{0,127}$/i

/**
 * The attributes that are set; those that are undefined count as left out.
 * @throws SelectAIArgumentError
 */
export function checkAttributes(types: AttributeTypes, attributes: unknown, argument: string): Record<string, unknown> {
  if (!isPlainObject(attributes)) {
    throw new SelectAIArgumentError({ argument, message: 'must be a plain object.' })
  }
  const given = Object.entries(attributes).filter(([, value]) => value !== undefined)
  if (given.length === 0) {
    throw new SelectAIArgumentError({ argument, message: 'must hold at least one attribute.' })
  }
  for (const [name, value] of given) {
    checkAttribute(types, name, value, { name: argument, value: `${argument}.${name}` })
  }
  return Object.fromEntries(given)
}

/**
 * @param argument - what the attribute's name and value are called in errors
 * @throws SelectAIArgumentError
 */
export function checkAttribute(
  types: AttributeTypes,
  name: string,
  value: unknown,
  argument: { readonly name: string; readonly value: string },
): void {
  checkAttributeName(name, argument.name)
  checkValue(types, name, value, argument.value)
}

/** @throws SelectAIArgumentError */
export function checkAttributeName(name: unknown, argument: string): void {
  if (typeof name === 'string' && attributeName.test(name)) return
  const message = 'must name attributes by letters, digits and underscores, at most 128.'
  throw new SelectAIArgumentError({ argument, message })
}
