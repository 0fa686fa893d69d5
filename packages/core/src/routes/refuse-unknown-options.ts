import { SelectAIArgumentError } from '../errors/select-ai-argument-error.ts'

/** @throws SelectAIArgumentError naming the first member of `options` that is not among the known ones. */
export function refuseUnknownOptions(options: object, known: readonly string[], argument: string): void {
  const unknown = Object.keys(options).find((name) => !known.includes(name))
  if (unknown === undefined) return
  const message = `'${unknown}' is no option; the options are ${known.join(', ')}`
  throw new SelectAIArgumentError({ argument, message })
}
