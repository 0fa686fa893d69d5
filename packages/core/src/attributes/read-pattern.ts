import { SelectAIArgumentError } from '../errors/select-ai-argument-error.ts'
import { type CallOptions, callOptionNames, checkCallOptions } from '../pool/call-options.ts'

const anyName = '.*'

/** Takes `pattern` out of the options of a list. @throws SelectAIArgumentError for an option that is unknown or unusable. */
export function readPattern(options: CallOptions & { readonly pattern?: string | undefined }): {
  readonly pattern: string
  readonly options: CallOptions
} {
  checkCallOptions(options, [...callOptionNames, 'pattern'])
  const { pattern = anyName, ...others } = options
  if (typeof pattern === 'string' && pattern !== '') return { pattern, options: others }
  throw new SelectAIArgumentError({ argument: 'options.pattern', message: 'must be a text that is not empty.' })
}
