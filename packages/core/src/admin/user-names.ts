import { SelectAIArgumentError } from '../errors/select-ai-argument-error.ts'

const longestNameBytes = 128

/**
 * The users that are meant, as the database knows their names: trimmed and in upper case, unless a name stands in double quotes.
 * A name that is given twice counts once.
 *
 * @throws SelectAIArgumentError
 */
export function readUserNames(users: string | readonly string[]): readonly string[] {
  const given = typeof users === 'string' ? [users] : users
  if (!Array.isArray(given) || given.length === 0) {
    throw new SelectAIArgumentError({ argument: 'users', message: 'must be the name of a user, or some of them.' })
  }
  return [...new Set(given.map(readUserName))]
}

function readUserName(name: unknown, index: number): string {
  const text = typeof name === 'string' ? name.trim() : ''
  const quoted = /^"([^"\0]+)"$/.exec(text)?.[1]
  const stored = quoted ?? (/^\p{L}[\p{L}\p{N}_$#]*$/u.test(text) ? text.toUpperCase() : undefined)
  if (stored !== undefined && Buffer.byteLength(stored) <= longestNameBytes) return stored
  const message = `must be a user's name of at most ${longestNameBytes} bytes, in double quotes when its case matters.`
  throw new SelectAIArgumentError({ argument: `users[${index}]`, message })
}
