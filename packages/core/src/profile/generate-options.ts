import { checkAttribute } from '../attributes/check-attributes.ts'
import { checkId } from '../conversation/conversation-id.ts'
import { SelectAIArgumentError } from '../errors/select-ai-argument-error.ts'
import { type CallOptions, callOptionNames, checkCallOptions } from '../pool/call-options.ts'
import { checkText, isPlainObject } from '../pool/check-values.ts'
import { type Action, actions } from './action.ts'
import { profileAttributeTypes } from './attribute-values.ts'
import type { JsonValue } from './json-value.ts'

/** Options of one question. */
export interface GenerateOptions extends CallOptions {
  /** Attributes of the profile that are different for this question alone, for example `{ temperature: 0 }`. */
  readonly attributes?: Readonly<Record<string, JsonValue>> | undefined
  /** Id of the conversation whose earlier turns the model gets to see, and which this question and its answer join. */
  readonly conversationId?: string | undefined
}

/** The arguments of `DBMS_CLOUD_AI.GENERATE`, checked and ready to be bound. */
export interface GenerateArguments {
  readonly prompt: string
  readonly profile: string
  readonly action: Action
  readonly attributes: string | undefined
  readonly conversationId: string | undefined
}

/** Asks a profile that is already named. */
export type AskProfile = (action: Action, prompt: string, options: GenerateOptions) => Promise<string>

/** Names of the options that every question has. */
export const generateOptionNames: readonly string[] = [...callOptionNames, 'attributes', 'conversationId']

/** @throws SelectAIArgumentError */
export function checkGenerate(
  profile: string,
  action: Action,
  prompt: string,
  options: GenerateOptions,
): GenerateArguments {
  checkText('prompt', prompt)
  if (!actions.includes(action)) {
    throw new SelectAIArgumentError({ argument: 'options.action', message: `must be one of ${actions.join(', ')}.` })
  }
  checkCallOptions(options, generateOptionNames)
  const { attributes, conversationId } = options
  return {
    prompt,
    profile,
    action,
    attributes: overridesJson(attributes),
    conversationId: conversationId === undefined ? undefined : checkId('options.conversationId', conversationId),
  }
}

/** The attributes as JSON; undefined when there is none. Null takes an attribute away. @throws SelectAIArgumentError */
function overridesJson(attributes: unknown): string | undefined {
  const argument = 'options.attributes'
  if (attributes === undefined) return undefined
  if (!isPlainObject(attributes)) throw new SelectAIArgumentError({ argument, message: 'must be a plain object.' })
  const given = Object.entries(attributes).filter(([, value]) => value !== undefined)
  for (const [name, value] of given) {
    if (value === null) continue
    checkAttribute(profileAttributeTypes, name, value, { name: argument, value: `${argument}.${name}` })
  }
  return given.length === 0 ? undefined : JSON.stringify(Object.fromEntries(given))
}
