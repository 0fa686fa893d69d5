import { checkJsonValue, isFilledText } from '../attributes/attribute-types.ts'
import { SelectAIArgumentError } from '../errors/select-ai-argument-error.ts'
import { isPlainObject } from '../pool/check-values.ts'

/** The text as it is, or the JSON text of an object. @throws SelectAIArgumentError for anything else. */
export function checkTextOrObject(argument: string, value: unknown): string {
  if (isFilledText(value)) return value
  if (!isPlainObject(value)) {
    throw new SelectAIArgumentError({ argument, message: 'must be a text that is not blank, or a plain object.' })
  }
  checkJsonValue(value, argument)
  return JSON.stringify(value)
}
