import { SelectAIArgumentError } from '../errors/select-ai-argument-error.ts'

const longestNameBytes = 128
const namePattern = /^\p{L}[\p{L}\p{N}_$#]*(\.\p{L}[\p{L}\p{N}_$#]*)?$/u

/**
 * The objects of Select AI have plain Oracle names, with the owner before a dot if need be; quoted names do not exist.
 * @throws SelectAIArgumentError
 */
export function checkObjectName(argument: string, name: string): string {
  const wellFormed = typeof name === 'string' && namePattern.test(name)
  if (wellFormed && name.split('.').every((part) => Buffer.byteLength(part) <= longestNameBytes)) return name
  throw new SelectAIArgumentError({
    argument,
    message: `must be a letter followed by letters, digits, _, $ or #, at most ${longestNameBytes} bytes; OWNER.NAME is fine.`,
  })
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
