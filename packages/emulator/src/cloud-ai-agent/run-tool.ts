import { loadLocation } from '../cloud-ai/load-location.ts'
import type { CallContext, SubprogramRegistry } from '../execution/subprogram.ts'
import { textArgument } from '../execution/text-argument.ts'
import { OracleError } from '../oracle-error.ts'
import type { AgentObject } from './agent-object.ts'
import { agentError } from './agent-object-kind.ts'
import { runFunction } from './run-function.ts'
import { inputsOf, type ToolInputValues, toolTypeOf } from './tool-inputs.ts'

interface ToolCall {
  readonly tool: AgentObject
  readonly input: ToolInputValues
  readonly registry: SubprogramRegistry
  /** The session that calls, in the name of the tool's owner. */
  readonly context: CallContext
}

const NOT_SENT = 'Nothing was sent: this local emulator only records'

const kinds: Readonly<Record<string, (call: ToolCall) => Promise<string>>> = {
  SQL: (call) => generate(call, 'runsql'),
  RAG: (call) => generate(call, 'narrate'),
  FUNCTION: ({ tool, input, context }) => runFunction(String(tool.attributes.function), input, context),
  HTTP: (call) => get(call),
  WEBSEARCH: async ({ input }) => `${NOT_SENT} that the web was to be searched for: ${Object.values(input).join(' ')}`,
  NOTIFICATION: async ({ tool, input }) => notification(tool, Object.values(input).join(' ')),
  HUMAN: async () => {
    throw agentError('tool', 'A tool of the type HUMAN runs within a team alone')
  },
}

/** Runs a tool and gives its output. @throws OracleError what the tool raises, ORA-20052 for a parameter that it lacks */
export async function runTool(call: ToolCall): Promise<string> {
  const type = toolTypeOf(call.tool)
  const run = Object.hasOwn(kinds, type) ? kinds[type] : undefined
  if (run === undefined) throw agentError('tool', `Invalid value for tool attribute - tool_type`)
  return run(call)
}

async function generate({ tool, input, registry, context }: ToolCall, action: string): Promise<string> {
  const [subprogram] = registry.find('DBMS_CLOUD_AI.GENERATE')
  if (subprogram === undefined)
    throw new OracleError(4042, 'procedure, function, package, or package body does not exist')
  const defaults = subprogram.parameters.map((parameter) => [parameter.name, parameter.default ?? null])
  const question = { PROMPT: firstInput(tool, input, registry), PROFILE_NAME: parameterOf(tool, 'profile_name') }
  const { value } = await subprogram.run({ ...Object.fromEntries(defaults), ...question, ACTION: action }, context)
  return textArgument(value)
}

function firstInput(tool: AgentObject, input: ToolInputValues, registry: SubprogramRegistry): string {
  const [first] = inputsOf(tool, registry)
  return input[first?.name ?? ''] ?? Object.values(input)[0] ?? ''
}

function get({ tool, input, context }: ToolCall): Promise<string> {
  const endpoint = parameterOf(tool, 'endpoint')
  if (!URL.canParse(endpoint)) throw agentError('tool', 'Invalid value for tool parameter - endpoint')
  const url = new URL(endpoint)
  for (const [name, value] of Object.entries(input)) url.searchParams.append(name, value)
  return loadLocation(url.href, context.signal)
}

function notification(tool: AgentObject, message: string): string {
  const { tool_type, tool_params } = tool.attributes
  const params = (tool_params ?? {}) as Readonly<Record<string, unknown>>
  const type = String(params.notification_type ?? (tool_type === 'SLACK' ? 'slack' : 'email')).toLowerCase()
  if (type === 'slack') {
    return `${NOT_SENT} a message to the Slack channel ${parameterOf(tool, 'channel')}: ${message}`
  }
  const subject = params.subject === undefined ? '' : `, subject ${String(params.subject)}`
  return `${NOT_SENT} a mail from ${parameterOf(tool, 'sender')} to ${parameterOf(tool, 'recipient')}${subject}: ${message}`
}

/** @throws OracleError ORA-20052 for a parameter that is not there. */
function parameterOf({ attributes }: AgentObject, name: string): string {
  const params = (attributes.tool_params ?? {}) as Readonly<Record<string, unknown>>
  const entry = Object.entries(params).find(([given]) => given.toLowerCase() === name)
  if (typeof entry?.[1] === 'string' && entry[1].trim() !== '') return entry[1]
  throw agentError('tool', `Missing tool parameter - ${name}`)
}
