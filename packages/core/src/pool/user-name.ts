import { SelectAIArgumentError } from '../errors/select-ai-argument-error.ts'

const longestNameBytes = 128

/**
 * The user or role that is meant, as the database knows its name: trimmed and in upper case, unless it stands in double quotes.
 * @throws SelectAIArgumentError
 */
export function readUserName(argument: string, name: unknown): string {
  const text = typeof name === 'string' ? name.trim() : ''
  const quoted = /^"([^"\0]+)"$/.exec(text)?.[1]
  const stored = quoted ?? (/^\p{L}[\p{L}\p{N}_$#]*$/u.test(text) ? text.toUpperCase() : undefined)
  if (stored !== undefined && Buffer.byteLength(stored) <= longestNameBytes) return stored
  const message = `must be a user's name of at most ${longestNameBytes} bytes, in double quotes when its case matters.`
  throw new SelectAIArgumentError({ argument, message })
}

/** The name for a subprogram that would read it in upper case: in quotes when its case matters. */
export function userNameText(user: string): string {
  return /^[A-Z][A-Z0-9_$#]*$/.test(user) ? user : `"${user}"`
}
