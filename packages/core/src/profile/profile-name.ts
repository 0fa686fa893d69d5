import { SelectAIArgumentError } from '../errors/select-ai-argument-error.ts'

const longestNameBytes = 128
const namePattern = /^\p{L}[\p{L}\p{N}_$#]*(\.\p{L}[\p{L}\p{N}_$#]*)?$/u

/**
 * Profile names are plain Oracle names, with the owner before a dot if need be; quoted names do not exist.
 * @throws SelectAIArgumentError
 */
export function checkProfileName(name: string): string {
  const wellFormed = typeof name === 'string' && namePattern.test(name)
  if (wellFormed && name.split('.').every((part) => Buffer.byteLength(part) <= longestNameBytes)) return name
  throw new SelectAIArgumentError({
    argument: 'profile',
    message: `must be a letter followed by letters, digits, _, $ or #, at most ${longestNameBytes} bytes; OWNER.NAME is fine.`,
  })
}
