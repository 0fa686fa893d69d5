import { SelectAIArgumentError } from '../errors/select-ai-argument-error.ts'
import { isPlainObject } from '../pool/check-values.ts'

/** @throws SelectAIArgumentError for anything but a plain object whose parts are all known. */
export function checkParts(argument: string, value: unknown, known: readonly string[]): void {
  if (!isPlainObject(value)) {
    throw new SelectAIArgumentError({ argument, message: `must be a plain object of ${known.join(', ')}.` })
  }
  const unknown = Object.keys(value).find((name) => !known.includes(name))
  if (unknown === undefined) return
  const message = `is not known here. Known parts: ${known.join(', ')}.`
  throw new SelectAIArgumentError({ argument: `${argument}.${unknown}`, message })
}
