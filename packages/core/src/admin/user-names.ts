import { SelectAIArgumentError } from '../errors/select-ai-argument-error.ts'
import { readUserName } from '../pool/user-name.ts'

/**
 * The users that are meant, as the database knows their names. A name that is given twice counts once.
 *
 * @throws SelectAIArgumentError
 */
export function readUserNames(users: string | readonly string[]): readonly string[] {
  const given = typeof users === 'string' ? [users] : users
  if (!Array.isArray(given) || given.length === 0) {
    throw new SelectAIArgumentError({ argument: 'users', message: 'must be the name of a user, or some of them.' })
  }
  return [...new Set(given.map((name, index) => readUserName(`users[${index}]`, name)))]
}
