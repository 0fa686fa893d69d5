import { SelectAIArgumentError } from '../errors/select-ai-argument-error.ts'

const longestNameBytes = 128
const plainName = /^\p{L}[\p{L}\p{N}_$#]*$/u
const rule = `must be a letter followed by letters, digits, _, $ or #, at most ${longestNameBytes} bytes`

/**
 * The objects of Select AI have plain Oracle names, with the owner before a dot if need be; quoted names do not exist.
 * @throws SelectAIArgumentError
 */
export function checkObjectName(argument: string, name: unknown): string {
  const parts = typeof name === 'string' ? name.split('.') : []
  if (parts.length > 0 && parts.length <= 2 && parts.every(isPlainName)) return name as string
  throw new SelectAIArgumentError({ argument, message: `${rule}; OWNER.NAME is fine.` })
}

/** @throws SelectAIArgumentError for what is no plain name, such as one with an owner. */
export function checkPlainName(argument: string, name: unknown): string {
  if (isPlainName(name)) return name
  throw new SelectAIArgumentError({ argument, message: `${rule}.` })
}

/**
 * @param kind - what it is the name of, for example `profile`
 * @throws SelectAIArgumentError for a name with an owner: only the owner may change an object.
 */
export function checkOwnName(argument: string, kind: string, name: string): void {
  if (!name.includes('.')) return
  const message = `must be a name without owner for this call: a ${kind} is changed by its owner alone.`
  throw new SelectAIArgumentError({ argument, message })
}

function isPlainName(name: unknown): name is string {
  return typeof name === 'string' && plainName.test(name) && Buffer.byteLength(name) <= longestNameBytes
}
