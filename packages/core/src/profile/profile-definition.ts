import { checkAttributes } from '../attributes/check-attributes.ts'
import { checkDefinitionParts, checkDescriptionLength } from '../attributes/check-definition.ts'
import { SelectAIArgumentError } from '../errors/select-ai-argument-error.ts'
import { profileAttributeTypes } from './attribute-values.ts'
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

/** @throws SelectAIArgumentError */
export function checkDefinition(definition: ProfileDefinition): CheckedDefinition {
  const parts = checkDefinitionParts(definition)
  checkDescriptionLength(parts)
  return { ...parts, attributes: checkProfileAttributes(parts.attributes, 'definition.attributes', true) }
}

/**
 * The attributes as JSON text.
 * @param isNew - whether they are those of a new profile, which needs a provider or an endpoint
 * @throws SelectAIArgumentError
 */
export function checkProfileAttributes(attributes: unknown, argument: string, isNew: boolean): string {
  const given = checkAttributes(profileAttributeTypes, attributes, argument)
  const names = Object.keys(given).map((name) => name.toLowerCase())
  if (isNew && !names.includes('provider') && !names.includes('provider_endpoint')) {
    throw new SelectAIArgumentError({ argument, message: 'must hold provider or provider_endpoint.' })
  }
  return JSON.stringify(given)
}
