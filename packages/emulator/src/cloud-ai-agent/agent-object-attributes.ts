import { type AgentObjectKind, agentError } from './agent-object-kind.ts'

/** Attributes by lower-case name. */
export type AgentObjectAttributes = Readonly<Record<string, unknown>>

/** A member of a team. */
export interface TeamMember {
  readonly name: string
  readonly task: string
}

/** An input that a tool asks for. */
export interface ToolInput {
  readonly name: string
  readonly description?: string
}

/** The value as it is kept; undefined for one that does not fit. */
type Reader = (value: unknown) => unknown

const text: Reader = (value) => (typeof value === 'string' && value.trim() !== '' ? value : undefined)

const truth: Reader = (value) => {
  if (typeof value === 'boolean') return value
  return { true: true, false: false }[String(value).trim().toLowerCase()]
}

function oneOf(...words: string[]): Reader {
  return (value) => words.find((word) => word.toLowerCase() === String(value).trim().toLowerCase())
}

/** Structured values may also come as JSON text, as SET_ATTRIBUTE has them. */
function structured(fits: (value: unknown) => boolean): Reader {
  return (value) => {
    const parsed = typeof value === 'string' ? parse(value) : value
    return fits(parsed) ? parsed : undefined
  }
}

const names = structured((value) => Array.isArray(value) && value.every((name) => text(name) !== undefined))
const object = structured((value) => isObject(value))
const inputs = structured(
  (value) => Array.isArray(value) && value.every((input) => isObject(input) && text(input.name)),
)
const members = structured(
  (value) =>
    Array.isArray(value) &&
    value.length > 0 &&
    value.every((each) => isObject(each) && text(each.name) && text(each.task)),
)
const functionName: Reader = (value) =>
  typeof value === 'string' && /^[a-z][\w$#]*(\.[a-z][\w$#]*){0,2}$/i.test(value.trim()) ? value.trim() : undefined

interface KindRules {
  readonly readers: Readonly<Record<string, Reader>>
  /** One of each group must be there. */
  readonly required: readonly (readonly string[])[]
}

const rules: Readonly<Record<AgentObjectKind, KindRules>> = {
  agent: {
    readers: { profile_name: text, role: text, enable_human_tool: truth, supervisor: truth },
    required: [['profile_name'], ['role']],
  },
  task: {
    readers: { instruction: text, tools: names, input: text, enable_human_tool: truth },
    required: [['instruction']],
  },
  tool: {
    readers: {
      instruction: text,
      function: functionName,
      tool_params: object,
      tool_inputs: inputs,
      tool_type: oneOf('HUMAN', 'HTTP', 'RAG', 'SQL', 'WEBSEARCH', 'NOTIFICATION', 'EMAIL', 'SLACK'),
    },
    required: [['tool_type', 'function']],
  },
  team: {
    readers: { agents: members, process: oneOf('sequential'), supervisor_agent: text },
    required: [['agents']],
  },
}

/** What the database writes for tools that bring no instruction of their own. */
export const builtInInstructions: Readonly<Record<string, string>> = {
  SQL: 'Use this tool to answer questions about data: it turns a question into SQL, runs the SQL and returns the rows.',
  RAG: 'Use this tool to answer questions about documents: it searches them and returns an answer with its sources.',
}

/**
 * The attributes of an object, new ones laid over those that it has.
 * @throws OracleError of the kind's number for an attribute that is unknown, missing, NULL or does not fit.
 */
export function layAttributes(
  kind: AgentObjectKind,
  old: AgentObjectAttributes,
  changes: AgentObjectAttributes,
): AgentObjectAttributes {
  const { readers, required } = rules[kind]
  const laid: Record<string, unknown> = { ...old }
  for (const [given, value] of Object.entries(changes)) {
    const name = given.toLowerCase()
    const read = Object.hasOwn(readers, name) ? readers[name] : undefined
    if (read === undefined) throw agentError(kind, `Invalid ${kind} attribute - ${given}`)
    laid[name] = read(value)
    if (laid[name] === undefined) throw agentError(kind, `Invalid value for ${kind} attribute - ${given}`)
  }
  const missing = required.find((group) => group.every((name) => laid[name] === undefined))
  if (missing !== undefined) throw agentError(kind, `Missing ${kind} attribute - ${missing.join(' or ')}`)
  return laid
}

/** The value of an attribute as the views have it. */
export function attributeText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function parse(value: string): unknown {
  try {
    return JSON.parse(value)
  } catch {
    return undefined
  }
}
