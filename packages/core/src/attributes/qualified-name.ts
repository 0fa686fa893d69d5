import { SelectAIArgumentError } from '../errors/select-ai-argument-error.ts'
import { checkObjectName, checkPlainName } from './object-name.ts'

/** An object's name, and whose it is. */
export interface QualifiedName {
  readonly name: string
  /** Undefined for the database user of the pool. */
  readonly owner: string | undefined
}

/** Options of naming an object that may be another user's. */
export interface OwnerOptions {
  readonly owner?: string | undefined
}

/**
 * The owner stands before a dot in the name, or is given apart.
 * @param argument - what the name is called in errors
 * @throws SelectAIArgumentError
 */
export function readQualifiedName(argument: string, text: string, options: OwnerOptions): QualifiedName {
  const givenOwner = readOwner(options)
  const [name, owner] = checkObjectName(argument, text).split('.').reverse() as [string, string | undefined]
  if (givenOwner === undefined) return { name, owner }
  const stated = checkOwner(givenOwner)
  if (owner === undefined || owner.toUpperCase() === stated.toUpperCase()) return { name, owner: stated }
  const message = 'must be the owner in the name, or left out.'
  throw new SelectAIArgumentError({ argument: 'options.owner', message })
}

/** `OWNER.NAME` for a name with its owner, otherwise the name. */
export function qualifiedNameOf({ name, owner }: QualifiedName): string {
  return owner === undefined ? name : `${owner}.${name}`
}

/** @throws SelectAIArgumentError */
export function checkOwner(owner: unknown): string {
  return checkPlainName('options.owner', owner)
}

/** @throws SelectAIArgumentError */
function readOwner(options: OwnerOptions): string | undefined {
  if (typeof options !== 'object' || options === null) {
    throw new SelectAIArgumentError({ argument: 'options', message: 'must be an object.' })
  }
  const unknown = Object.keys(options).find((name) => name !== 'owner')
  if (unknown === undefined) return options.owner
  const message = 'is not an option of naming an object. Known options: owner.'
  throw new SelectAIArgumentError({ argument: `options.${unknown}`, message })
}
