import { checkDefinitionParts } from '../attributes/check-definition.ts'
import { checkObjectName, checkPlainName } from '../attributes/object-name.ts'
import type { AgentObjectKind } from '../errors/agent-object-kind.ts'
import { SelectAIArgumentError } from '../errors/select-ai-argument-error.ts'
import { isPlainObject } from '../pool/check-values.ts'
import { agentObjectKinds, hasAttribute } from './agent-object-kinds.ts'
import { sendFields } from './attribute-fields.ts'

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

/**
 * Names are plain Oracle names; quoted names do not exist. A team may have its owner before a dot, since others may be let run it.
 * @throws SelectAIArgumentError
 */
export function checkAgentObjectName(argument: string, name: unknown, mayHaveOwner = false): string {
  return mayHaveOwner ? checkObjectName(argument, name) : checkPlainName(argument, name)
}

/** @throws SelectAIArgumentError */
export function checkDefinition(kind: AgentObjectKind, definition: unknown): CheckedDefinition {
  const parts = checkDefinitionParts(definition)
  return { ...parts, attributes: checkAttributes(kind, parts.attributes, 'definition.attributes', true) }
}

/**
 * The attributes as JSON text, by the names of the database.
 * @param isNew - whether they are those of a new object, so that none that is needed may be missing
 * @throws SelectAIArgumentError
 */
export function checkAttributes(kind: AgentObjectKind, attributes: unknown, argument: string, isNew: boolean): string {
  if (!isPlainObject(attributes)) {
    throw new SelectAIArgumentError({ argument, message: 'must be a plain object.' })
  }
  const { fields, required, check, label } = agentObjectKinds[kind]
  const sent = sendFields(attributes, fields, argument)
  if (Object.keys(sent).length === 0) {
    throw new SelectAIArgumentError({ argument, message: 'must hold at least one attribute.' })
  }
  const missing = isNew ? required.find((name) => !hasAttribute(attributes, name, fields)) : undefined
  if (missing !== undefined) {
    throw new SelectAIArgumentError({ argument: `${argument}.${missing}`, message: `is missing: ${label} needs it.` })
  }
  check?.(attributes, argument, isNew)
  return JSON.stringify(sent)
}
