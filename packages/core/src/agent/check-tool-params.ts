import { isFilledText } from '../attributes/attribute-types.ts'
import { SelectAIArgumentError } from '../errors/select-ai-argument-error.ts'
import { isPlainObject } from '../pool/check-values.ts'
import { type AgentToolType, agentToolTypes } from './agent-tool-attributes.ts'

const required: Readonly<Record<Exclude<AgentToolType, 'NOTIFICATION'>, readonly string[]>> = {
  SQL: ['profile_name'],
  RAG: ['profile_name'],
  WEBSEARCH: ['credential_name'],
  HTTP: ['credential_name', 'endpoint'],
  HUMAN: [],
}

const requiredOfNotifications: Readonly<Record<string, readonly string[]>> = {
  email: ['credential_name', 'recipient', 'sender', 'smtp_host'],
  slack: ['credential_name', 'channel'],
}

/**
 * Checks that a tool has what its kind needs. What a kind needs that is not known here is for the database to say.
 * @param attributes - by their lower-case names
 * @param isNew - whether it is a new tool, which needs a kind or a function
 * @throws SelectAIArgumentError
 */
export function checkToolParams(attributes: ReadonlyMap<string, unknown>, argument: string, isNew: boolean): void {
  const toolType = attributes.get('tool_type')
  if (toolType === undefined) {
    if (!isNew || attributes.has('function')) return
    const message = `must hold tool_type, one of ${agentToolTypes.join(', ')}, or the name of a function.`
    throw new SelectAIArgumentError({ argument, message })
  }
  const type = agentToolTypes.find((each) => each === String(toolType).toUpperCase())
  const params = attributes.get('tool_params') ?? (isNew ? {} : undefined)
  if (type !== undefined && isPlainObject(params)) checkParamsOf(type, params, `${argument}.tool_params`)
}

function checkParamsOf(type: AgentToolType, params: Readonly<Record<string, unknown>>, argument: string): void {
  const missing = namesNeeded(type, params, argument).find((name) => !isFilledText(params[name]))
  if (missing === undefined) return
  const message = `must be a text that is not blank: a tool of the kind ${type} needs it.`
  throw new SelectAIArgumentError({ argument: `${argument}.${missing}`, message })
}

function namesNeeded(
  type: AgentToolType,
  params: Readonly<Record<string, unknown>>,
  argument: string,
): readonly string[] {
  if (type !== 'NOTIFICATION') return required[type]
  const given = String(params.notification_type).toLowerCase()
  if (Object.hasOwn(requiredOfNotifications, given)) return requiredOfNotifications[given] as readonly string[]
  const message = `must be one of ${Object.keys(requiredOfNotifications).join(', ')}.`
  throw new SelectAIArgumentError({ argument: `${argument}.notification_type`, message })
}
