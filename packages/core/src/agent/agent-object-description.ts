import { describeObjects, type ObjectRow } from '../attributes/describe-objects.ts'
import type { AgentObjectKind } from '../errors/agent-object-kind.ts'
import { agentObjectKinds } from './agent-object-kinds.ts'

/** An agent, a task, a tool or a team as the database has it; frozen. */
export interface AgentObjectDescription<Attributes> {
  /** The name as the database spells it, in upper case. */
  readonly name: string
  /** Only an enabled one is used. */
  readonly status: 'enabled' | 'disabled'
  /** The description, when there is one. */
  readonly description?: string
  /** When it was created; to the millisecond. */
  readonly created: Date
  /** When it was changed last; to the millisecond. */
  readonly lastModified: Date
  /** All its attributes: those that are known as typed values, others as text. */
  readonly attributes: Attributes
}

/** An object with one of its attributes, as the dictionary views have them. */
export interface AgentObjectRow extends ObjectRow {
  readonly OBJECT_NAME: string
}

/** The objects of rows that have one attribute each, in the order of the rows. */
export function readDescriptions<Attributes>(
  kind: AgentObjectKind,
  rows: readonly AgentObjectRow[],
): readonly AgentObjectDescription<Attributes>[] {
  return describeObjects(rows, ({ OBJECT_NAME }) => OBJECT_NAME, agentObjectKinds[kind].types)
}
