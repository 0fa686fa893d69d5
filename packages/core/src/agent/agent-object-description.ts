import type { AgentObjectKind } from '../errors/agent-object-kind.ts'
import { deepFreeze } from '../pool/deep-freeze.ts'
import { groupRows } from '../pool/group-rows.ts'
import type { TextRow } from '../pool/query-texts.ts'
import { agentObjectKinds } from './agent-object-kinds.ts'
import { readFields } from './attribute-fields.ts'

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
  /** All its attributes: those that are known as typed values, others as text by the names of the database. */
  readonly attributes: Partial<Attributes>
}

/** An object with one of its attributes, as the dictionary views have them. */
export interface AgentObjectRow extends TextRow {
  readonly OBJECT_NAME: string
  readonly STATUS: string
  readonly DESCRIPTION: string | null
  readonly CREATED: Date
  readonly LAST_MODIFIED: Date
  /** Null for an object without attributes. */
  readonly ATTRIBUTE_NAME: string | null
  readonly ATTRIBUTE_VALUE: string | null
}

/** The objects of rows that have one attribute each, in the order of the rows. */
export function readDescriptions<Attributes>(
  kind: AgentObjectKind,
  rows: readonly AgentObjectRow[],
): readonly AgentObjectDescription<Attributes>[] {
  return Object.freeze(
    groupRows(rows, ({ OBJECT_NAME }) => OBJECT_NAME).map((each) => readDescription<Attributes>(kind, each)),
  )
}

function readDescription<Attributes>(
  kind: AgentObjectKind,
  rows: readonly AgentObjectRow[],
): AgentObjectDescription<Attributes> {
  const [first] = rows as [AgentObjectRow]
  const values = rows.flatMap(({ ATTRIBUTE_NAME, ATTRIBUTE_VALUE }) =>
    ATTRIBUTE_NAME === null || ATTRIBUTE_VALUE === null ? [] : [[ATTRIBUTE_NAME, ATTRIBUTE_VALUE] as const],
  )
  return Object.freeze({
    name: first.OBJECT_NAME,
    status: first.STATUS.toUpperCase() === 'ENABLED' ? 'enabled' : 'disabled',
    ...(first.DESCRIPTION === null ? {} : { description: first.DESCRIPTION }),
    created: first.CREATED,
    lastModified: first.LAST_MODIFIED,
    attributes: deepFreeze(readFields(values, agentObjectKinds[kind].fields)) as Partial<Attributes>,
  })
}
