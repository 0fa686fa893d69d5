import {
  type AttributeType,
  type AttributeTypes,
  isFilledText,
  list,
  object,
  text,
  truth,
} from '../attributes/attribute-types.ts'
import type { AgentObjectKind } from '../errors/agent-object-kind.ts'
import { isPlainObject } from '../pool/check-values.ts'
import * as agentStatements from '../sql/agent-statements.ts'
import * as taskStatements from '../sql/agent-task-statements.ts'
import * as teamStatements from '../sql/agent-team-statements.ts'
import * as toolStatements from '../sql/agent-tool-statements.ts'
import { agentToolTypes } from './agent-tool-attributes.ts'
import { checkToolParams } from './check-tool-params.ts'

/** What is different between agents, tasks, tools and teams. */
export interface AgentObjectKindFacts {
  /** The statements, which take the name as `object_name` and are alike otherwise. */
  readonly statements: Readonly<Record<keyof typeof agentStatements, string>>
  /** The attributes that are known here. Others stay as they are. */
  readonly types: AttributeTypes
  /** Attributes that a new object must have. */
  readonly required: readonly string[]
  /** Attributes that the database tells and does not take. */
  readonly generated: readonly string[]
  /**
   * Whether attributes, by their lower-case names, fit together.
   * @throws SelectAIArgumentError
   */
  readonly check?: (attributes: ReadonlyMap<string, unknown>, argument: string, isNew: boolean) => void
}

const names = list('an array of texts that are not blank', isFilledText)

const inputs = list(
  'an array of { name, description? }, both texts that are not blank',
  (item) =>
    isPlainObject(item) &&
    isFilledText(item.name) &&
    (item.description === undefined || isFilledText(item.description)),
)

const members = list(
  'an array of { name, task }, both texts that are not blank, with at least one entry',
  (item) => isPlainObject(item) && isFilledText(item.name) && isFilledText(item.task),
)

const someMembers: AttributeType = { ...members, fits: (value) => members.fits(value) && Object(value).length > 0 }

/** The database takes it in any case. It decides what the rest of a tool is, so that a known one is read as it is typed. */
const toolType: AttributeType = {
  ...text,
  read: (value) => agentToolTypes.find((type) => type === value.toUpperCase()) ?? value,
}

const process: AttributeType = { ...text, fits: (value) => value === 'sequential', expected: 'sequential' }

export const agentObjectKinds: Readonly<Record<AgentObjectKind, AgentObjectKindFacts>> = {
  agent: {
    statements: agentStatements,
    types: typesOf({ profile_name: text, role: text, enable_human_tool: truth, supervisor: truth }),
    required: ['profile_name', 'role'],
    generated: [],
  },
  task: {
    statements: taskStatements,
    types: typesOf({ instruction: text, tools: names, input: text, enable_human_tool: truth }),
    required: ['instruction'],
    generated: [],
  },
  tool: {
    statements: toolStatements,
    types: typesOf({
      instruction: text,
      function: text,
      tool_type: toolType,
      tool_inputs: inputs,
      tool_params: object,
    }),
    required: [],
    generated: [],
    check: checkToolParams,
  },
  team: {
    statements: teamStatements,
    types: typesOf({ agents: someMembers, process, supervisor_agent: text, supervisor_task: text }),
    required: ['agents'],
    generated: ['supervisor_task'],
  },
}

function typesOf(types: Readonly<Record<string, AttributeType>>): AttributeTypes {
  return new Map(Object.entries(types))
}
