import { SelectAIArgumentError } from '../errors/select-ai-argument-error.ts'
import { isPlainObject } from '../pool/check-values.ts'

/** What objects are made from, beside their attributes. */
export interface DefinitionParts {
  readonly attributes: unknown
  readonly description: string | undefined
  readonly status: 'enabled' | 'disabled'
}

const known = ['attributes', 'description', 'enabled']
const longestDescription = 4000

/** Checks all of a definition but its attributes. @throws SelectAIArgumentError */
export function checkDefinitionParts(definition: unknown): DefinitionParts {
  if (!isPlainObject(definition)) {
    throw new SelectAIArgumentError({ argument: 'definition', message: 'must be a plain object with attributes.' })
  }
  const unknown = Object.keys(definition).find((name) => !known.includes(name))
  if (unknown !== undefined) {
    const message = `is not a part of a definition. Known parts: ${known.join(', ')}.`
    throw new SelectAIArgumentError({ argument: `definition.${unknown}`, message })
  }
  const { attributes, description, enabled = true } = definition
  if (description !== undefined && typeof description !== 'string') {
    throw new SelectAIArgumentError({ argument: 'definition.description', message: 'must be a text.' })
  }
  if (typeof enabled !== 'boolean') {
    throw new SelectAIArgumentError({ argument: 'definition.enabled', message: 'must be true or false.' })
  }
  return { attributes, description: description || undefined, status: enabled ? 'enabled' : 'disabled' }
}

/** For objects whose description the database limits. @throws SelectAIArgumentError */
export function checkDescriptionLength({ description = '' }: DefinitionParts): void {
  if (description.length <= longestDescription) return
  const message = `must be a text of at most ${longestDescription} characters.`
  throw new SelectAIArgumentError({ argument: 'definition.description', message })
}
