import { SelectAIArgumentError } from '../errors/select-ai-argument-error.ts'
import { isPlainObject } from '../pool/check-values.ts'
import { checkAttributeValue } from './attribute-values.ts'
import type { ProfileAttributes } from './profile-attributes.ts'

/** What a profile is made from. */
export interface ProfileDefinition {
  /** Its attributes; `provider` or `provider_endpoint` must be among them. */
  readonly attributes: ProfileAttributes
  /** A description of at most 4,000 characters. */
  readonly description?: string | undefined
  /** Whether it can be used at once. Default: true. */
  readonly enabled?: boolean | undefined
}

/** A definition that was checked, as it is sent. */
export interface CheckedDefinition {
  /** JSON text. */
  readonly attributes: string
  readonly description: string | undefined
  readonly status: 'enabled' | 'disabled'
}

const known = ['attributes', 'description', 'enabled']
const longestDescription = 4000
const attributeName = /^[a-z]\w{0,127}$/i

/** @throws SelectAIArgumentError */
export function checkDefinition(definition: ProfileDefinition): CheckedDefinition {
  if (!isPlainObject(definition)) {
    throw new SelectAIArgumentError({ argument: 'definition', message: 'must be a plain object with attributes.' })
  }
  const unknown = Object.keys(definition).find((name) => !known.includes(name))
  if (unknown !== undefined) {
    const message = `is not a part of a definition. Known parts: ${known.join(', ')}.`
    throw new SelectAIArgumentError({ argument: `definition.${unknown}`, message })
  }
  const { attributes, description, enabled = true } = definition as unknown as ProfileDefinition
  if (description !== undefined && !(typeof description === 'string' && description.length <= longestDescription)) {
    const message = `must be a text of at most ${longestDescription} characters.`
    throw new SelectAIArgumentError({ argument: 'definition.description', message })
  }
  if (typeof enabled !== 'boolean') {
    throw new SelectAIArgumentError({ argument: 'definition.enabled', message: 'must be true or false.' })
  }
  return {
    attributes: checkAttributes(attributes, 'definition.attributes', true),
    description: description || undefined,
    status: enabled ? 'enabled' : 'disabled',
  }
}

/**
 * The attributes as JSON text.
 * @param isNew - whether they are those of a new profile, which needs a provider or an endpoint
 * @throws SelectAIArgumentError
 */
export function checkAttributes(attributes: unknown, argument: string, isNew: boolean): string {
  if (!isPlainObject(attributes)) {
    throw new SelectAIArgumentError({ argument, message: 'must be a plain object.' })
  }
  const given = Object.entries(attributes).filter(([, value]) => value !== undefined)
  if (given.length === 0) {
    throw new SelectAIArgumentError({ argument, message: 'must hold at least one attribute.' })
  }
  for (const [name, value] of given) checkAttribute(name, value, { name: argument, value: `${argument}.${name}` })
  const names = given.map(([name]) => name.toLowerCase())
  if (isNew && !names.includes('provider') && !names.includes('provider_endpoint')) {
    throw new SelectAIArgumentError({ argument, message: 'must hold provider or provider_endpoint.' })
  }
  return JSON.stringify(Object.fromEntries(given))
}

/**
 * @param argument - what the attribute's name and value are called in errors
 * @throws SelectAIArgumentError
 */
export function checkAttribute(
  name: string,
  value: unknown,
  argument: { readonly name: string; readonly value: string },
): void {
  if (typeof name !== 'string' || !attributeName.test(name)) {
    const message = 'must name attributes by letters, digits and underscores, at most 128.'
    throw new SelectAIArgumentError({ argument: argument.name, message })
  }
  checkAttributeValue(name, value, argument.value)
}
