import { SelectAIArgumentError } from '../errors/select-ai-argument-error.ts'

/** @throws SelectAIArgumentError for anything but a text with something in it. */
export function checkText(argument: string, value: unknown): string {
  if (typeof value === 'string' && value.trim() !== '') return value
  throw new SelectAIArgumentError({ argument, message: 'must be a text that is not blank.' })
}

/** Whether it is an object that was written as a literal, so that its own properties are all there is to it. */
export function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false
  const prototype = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}
