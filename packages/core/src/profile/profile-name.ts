import { SelectAIArgumentError } from '../errors/select-ai-argument-error.ts'

/** Whose profile is meant, and which. */
export interface ProfileReference {
  readonly name: string
  /** Undefined for the database user of the pool. */
  readonly owner: string | undefined
}

const longestNameBytes = 128
const namePattern = /^\p{L}[\p{L}\p{N}_$#]*$/u

/**
 * Profile names are plain Oracle names; quoted names do not exist. The owner stands before a dot, or is given apart.
 * @throws SelectAIArgumentError
 */
export function readProfileName(text: string, givenOwner?: string): ProfileReference {
  const [name, owner, more] = typeof text === 'string' ? text.split('.').reverse() : []
  const isWellFormed = isName(name) && (owner === undefined || isName(owner)) && more === undefined
  if (!isWellFormed) {
    throw new SelectAIArgumentError({ argument: 'profile', message: `${nameRule}; OWNER.NAME is fine.` })
  }
  if (givenOwner === undefined) return { name, owner }
  const stated = checkOwner(givenOwner)
  if (owner === undefined || owner.toUpperCase() === stated.toUpperCase()) return { name, owner: stated }
  const message = 'must be the owner in the name of the profile, or left out.'
  throw new SelectAIArgumentError({ argument: 'options.owner', message })
}

/** @throws SelectAIArgumentError */
export function checkOwner(owner: unknown): string {
  if (isName(owner)) return owner
  throw new SelectAIArgumentError({ argument: 'options.owner', message: `${nameRule}.` })
}

const nameRule = `must be a letter followed by letters, digits, _, $ or #, at most ${longestNameBytes} bytes`

function isName(name: unknown): name is string {
  return typeof name === 'string' && namePattern.test(name) && Buffer.byteLength(name) <= longestNameBytes
}
