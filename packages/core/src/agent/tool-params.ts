import { isFilledText } from '../attributes/attribute-types.ts'
import { SelectAIArgumentError } from '../errors/select-ai-argument-error.ts'
import { isPlainObject } from '../pool/check-values.ts'
import { type AgentToolType, agentToolTypes, isKnownToolType, type OtherToolType } from './agent-tool-attributes.ts'
import { type AttributeField, type AttributeFields, fieldOf, text } from './attribute-fields.ts'

const notificationTypes = ['email', 'slack'] as const

/** Parameters of tools that are known here. */
export const toolParamFields: AttributeFields = {
  channel: text('channel'),
  credentialName: text('credential_name'),
  endpoint: text('endpoint'),
  notificationType: {
    ...text('notification_type'),
    // The database also has it in upper case.
    read: (value) => (isFilledText(value) ? value.toLowerCase() : undefined),
  },
  profileName: text('profile_name'),
  recipient: text('recipient'),
  sender: text('sender'),
  smtpHost: text('smtp_host'),
  subject: text('subject'),
}

/** The kind of a tool. The database takes it in any case. */
export const toolTypeField: AttributeField = {
  key: 'tool_type',
  expected: `one of ${agentToolTypes.join(', ')}, or { other: name } for another kind`,
  fits: (value) =>
    typeof value === 'string'
      ? isKnownToolType(value.toUpperCase())
      : isPlainObject(value) && isFilledText(value.other) && Object.keys(value).length === 1,
  send: (value: AgentToolType | OtherToolType) => (typeof value === 'string' ? value : value.other),
  read: (value) => {
    const type = String(value).toUpperCase()
    return isKnownToolType(type) ? type : { other: String(value) }
  },
}

const required: Readonly<Record<Exclude<AgentToolType, 'NOTIFICATION'>, readonly string[]>> = {
  SQL: ['profileName'],
  RAG: ['profileName'],
  WEBSEARCH: ['credentialName'],
  HTTP: ['credentialName', 'endpoint'],
  HUMAN: [],
}

const requiredOfNotifications: Readonly<Record<(typeof notificationTypes)[number], readonly string[]>> = {
  email: ['credentialName', 'recipient', 'sender', 'smtpHost'],
  slack: ['credentialName', 'channel'],
}

/**
 * Checks that a tool has what its kind needs.
 * @param isNew - whether it is a new tool, which needs a kind or a function
 * @throws SelectAIArgumentError
 */
export function checkToolParams(attributes: Readonly<Record<string, unknown>>, argument: string, isNew: boolean): void {
  const toolType = eitherOf(attributes, 'toolType', 'tool_type')
  if (toolType === undefined) {
    if (!isNew || attributes.function !== undefined) return
    const message = `must hold toolType, one of ${agentToolTypes.join(', ')}, or the name of a function.`
    throw new SelectAIArgumentError({ argument, message })
  }
  const type = typeof toolType === 'string' ? toolType.toUpperCase() : ''
  const params = eitherOf(attributes, 'toolParams', 'tool_params')
  if (!isKnownToolType(type) || (params === undefined && !isNew)) return
  checkParamsOf(type, params ?? {}, `${argument}.toolParams`)
}

function checkParamsOf(type: AgentToolType, params: unknown, argument: string): void {
  if (!isPlainObject(params)) throw new SelectAIArgumentError({ argument, message: 'must be a plain object.' })
  for (const name of namesNeeded(type, params, argument)) {
    if (paramOf(params, name) !== undefined) continue
    const message = `is missing: a tool of the kind ${type} needs it.`
    throw new SelectAIArgumentError({ argument: `${argument}.${name}`, message })
  }
}

function namesNeeded(
  type: AgentToolType,
  params: Readonly<Record<string, unknown>>,
  argument: string,
): readonly string[] {
  if (type !== 'NOTIFICATION') return required[type]
  const given = String(paramOf(params, 'notificationType')).toLowerCase()
  const kind = notificationTypes.find((each) => each === given)
  if (kind !== undefined) return requiredOfNotifications[kind]
  const message = `must be one of ${notificationTypes.join(', ')}.`
  throw new SelectAIArgumentError({ argument: `${argument}.notificationType`, message })
}

function paramOf(params: Readonly<Record<string, unknown>>, name: string): unknown {
  return eitherOf(params, name, fieldOf(name, toolParamFields)?.key ?? name)
}

function eitherOf(values: Readonly<Record<string, unknown>>, name: string, key: string): unknown {
  return values[name] ?? values[key]
}
