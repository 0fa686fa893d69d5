import { checkAttributes } from '../attributes/check-attributes.ts'
import { checkDefinitionParts } from '../attributes/check-definition.ts'
import type { AgentObjectKind } from '../errors/agent-object-kind.ts'
import { SelectAIArgumentError } from '../errors/select-ai-argument-error.ts'
import { agentObjectKinds } from './agent-object-kinds.ts'

/** What an agent, a task, a tool or a team is made from. */
export interface AgentObjectDefinition<Attributes> {
  /** Its attributes. */
  readonly attributes: Attributes
  /** What it is for, in words for the model and for people. */
  readonly description?: string | undefined
  /** Whether it can be used at once. Default: true. */
  readonly enabled?: boolean | undefined
}

/** A definition that was checked, as it is sent. */
export interface CheckedDefinition {
  /** JSON text. */
  readonly attributes: string
  readonly description: string | undefined
  readonly status: 'enabled' | 'disabled'
}

/** @throws SelectAIArgumentError */
export function checkDefinition(kind: AgentObjectKind, definition: unknown): CheckedDefinition {
  const parts = checkDefinitionParts(definition)
  return { ...parts, attributes: checkNewAttributes(kind, parts.attributes) }
}

function checkNewAttributes(kind: AgentObjectKind, attributes: unknown): string {
  const { types, required, generated, check } = agentObjectKinds[kind]
  const argument = 'definition.attributes'
  const given = checkAttributes(types, attributes, argument)
  const byName = byLowerCaseName(given)
  const missing = required.find((name) => !byName.has(name))
  if (missing !== undefined) {
    throw new SelectAIArgumentError({
      argument: `${argument}.${missing}`,
      message: `is missing: a new ${kind} needs it.`,
    })
  }
  check?.(byName, argument, true)
  // Left out, so that attributes that were read can be used again.
  const sent = Object.entries(given).filter(([name]) => !generated.includes(name.toLowerCase()))
  return JSON.stringify(Object.fromEntries(sent))
}

/**
 * Attributes to lay over those that are there, as JSON text.
 * @throws SelectAIArgumentError
 */
export function checkChanges(kind: AgentObjectKind, attributes: unknown, argument: string): string {
  const { types, check } = agentObjectKinds[kind]
  const given = checkAttributes(types, attributes, argument)
  check?.(byLowerCaseName(given), argument, false)
  return JSON.stringify(given)
}

function byLowerCaseName(attributes: Readonly<Record<string, unknown>>): ReadonlyMap<string, unknown> {
  return new Map(Object.entries(attributes).map(([name, value]) => [name.toLowerCase(), value]))
}
