import { checkObjectName, checkPlainName } from '../attributes/object-name.ts'
import { SelectAIArgumentError } from '../errors/select-ai-argument-error.ts'

/** Whose profile is meant, and which. */
export interface ProfileReference {
  readonly name: string
  /** Undefined for the database user of the pool. */
  readonly owner: string | undefined
}

/**
 * The owner stands before a dot in the name, or is given apart.
 * @throws SelectAIArgumentError
 */
export function readProfileName(text: string, givenOwner?: string): ProfileReference {
  const [name, owner] = checkObjectName('profile', text).split('.').reverse() as [string, string | undefined]
  if (givenOwner === undefined) return { name, owner }
  const stated = checkOwner(givenOwner)
  if (owner === undefined || owner.toUpperCase() === stated.toUpperCase()) return { name, owner: stated }
  const message = 'must be the owner in the name of the profile, or left out.'
  throw new SelectAIArgumentError({ argument: 'options.owner', message })
}

/** @throws SelectAIArgumentError */
export function checkOwner(owner: unknown): string {
  return checkPlainName('options.owner', owner)
}
