import { SelectAIArgumentError } from '../errors/select-ai-argument-error.ts'

const pattern = /^[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}$/

/**
 * Ids are UUIDs, which the database writes in upper case; it refuses any other text.
 * @throws SelectAIArgumentError
 */
export function checkId(argument: string, id: unknown): string {
  const upper = typeof id === 'string' ? id.toUpperCase() : ''
  if (pattern.test(upper)) return upper
  const message = 'must be an id in UUID form, for example 30C9DB6E-EA4D-AFBA-E063-9C6D46644B92.'
  throw new SelectAIArgumentError({ argument, message })
}
