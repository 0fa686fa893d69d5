import { jsonArgument } from '../cloud-ai/json-argument.ts'
import type { SubprogramRegistry } from '../execution/subprogram.ts'
import type { AgentToolDescription } from '../models/model.ts'
import type { AgentObject } from './agent-object.ts'
import type { ToolInput } from './agent-object-attributes.ts'

/** Inputs of a tool by name, as an agent gives them. */
export type ToolInputValues = Readonly<Record<string, string>>

const QUERY: ToolInput = { name: 'query', description: 'The question in plain words' }

const builtInInputs: Readonly<Record<string, readonly ToolInput[]>> = {
  SQL: [QUERY],
  RAG: [QUERY],
  WEBSEARCH: [QUERY],
  HTTP: [QUERY],
  HUMAN: [{ name: 'question', description: 'What the human is asked' }],
  NOTIFICATION: [{ name: 'message', description: 'What is sent' }],
}

/** `SQL` and the like, or `FUNCTION` for a tool of one's own. EMAIL and SLACK are notifications. */
export function toolTypeOf({ attributes }: AgentObject): string {
  const type = String(attributes.tool_type ?? 'FUNCTION')
  return type === 'EMAIL' || type === 'SLACK' ? 'NOTIFICATION' : type
}

/** The inputs that a tool declares, or else those of its kind or of its function. */
export function inputsOf(tool: AgentObject, registry: SubprogramRegistry): readonly ToolInput[] {
  const declared = tool.attributes.tool_inputs as readonly ToolInput[] | undefined
  return declared ?? builtInInputs[toolTypeOf(tool)] ?? parametersOf(String(tool.attributes.function), registry)
}

/** A tool as an agent gets to see it. */
export function describeTool(tool: AgentObject, registry: SubprogramRegistry): AgentToolDescription {
  const { name, description, attributes } = tool
  return {
    name,
    type: toolTypeOf(tool),
    description: description ?? undefined,
    instruction: attributes.instruction as string | undefined,
    inputs: inputsOf(tool, registry),
  }
}

/** Reads the input of RUN_TOOL: a JSON object of inputs by name, or the text of the first of them. */
export function readToolInput(text: string, inputs: readonly ToolInput[]): ToolInputValues {
  if (!text.trimStart().startsWith('{')) return { [inputs[0]?.name ?? QUERY.name]: text }
  const entries = Object.entries(jsonArgument(text))
  return Object.fromEntries(entries.map(([name, value]) => [name, inputText(value)]))
}

function inputText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}

function parametersOf(functionName: string, registry: SubprogramRegistry): readonly ToolInput[] {
  const [subprogram] = registry.find(functionName.toUpperCase())
  return (subprogram?.parameters ?? []).map(({ name }) => ({ name: name.toLowerCase() }))
}
