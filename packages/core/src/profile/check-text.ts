import { SelectAIArgumentError } from '../errors/select-ai-argument-error.ts'

/** @throws SelectAIArgumentError for anything but a text with something in it. */
export function checkText(argument: string, value: unknown): string {
  if (typeof value === 'string' && value.trim() !== '') return value
  throw new SelectAIArgumentError({ argument, message: 'must be a text that is not blank.' })
}
