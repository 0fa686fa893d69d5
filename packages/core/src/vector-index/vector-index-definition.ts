import { checkAttributes } from '../attributes/check-attributes.ts'
import { checkDefinitionParts, checkDescriptionLength } from '../attributes/check-definition.ts'
import { SelectAIArgumentError } from '../errors/select-ai-argument-error.ts'
import { type VectorIndexAttributes, vectorIndexAttributeTypes } from './vector-index-attributes.ts'

/** What a vector index is made from. */
export interface VectorIndexDefinition {
  /** Its attributes; `location` and `profile_name` must be among them. */
  readonly attributes: VectorIndexAttributes
  /** A description of at most 4,000 characters. */
  readonly description?: string | undefined
  /** Whether documents are loaded, and questions answered, from the start. Default: true. */
  readonly enabled?: boolean | undefined
}

/** A definition that was checked, as it is sent. */
export interface CheckedDefinition {
  /** JSON text. */
  readonly attributes: string
  readonly profile: string
  readonly description: string | undefined
  readonly status: 'enabled' | 'disabled'
}

const needed = ['location', 'profile_name'] as const

/** @throws SelectAIArgumentError */
export function checkDefinition(definition: VectorIndexDefinition): CheckedDefinition {
  const parts = checkDefinitionParts(definition)
  checkDescriptionLength(parts)
  const { attributes, description, status } = parts
  const argument = 'definition.attributes'
  const given = checkAttributes(vectorIndexAttributeTypes, attributes, argument)
  const byName = new Map(Object.entries(given).map(([name, value]) => [name.toLowerCase(), value]))
  const missing = needed.find((name) => !byName.has(name))
  if (missing !== undefined) throw new SelectAIArgumentError({ argument, message: `must hold ${missing}.` })
  // The database tells its name and takes none, so that attributes that were read can be used again.
  const sent = Object.entries(given).filter(([name]) => name.toLowerCase() !== 'pipeline_name')
  const profile = String(byName.get('profile_name'))
  return { attributes: JSON.stringify(Object.fromEntries(sent)), profile, description, status }
}
