import { isFilledText } from '../attributes/attribute-types.ts'
import type { AgentObjectKind } from '../errors/agent-object-kind.ts'
import { SelectAIArgumentError } from '../errors/select-ai-argument-error.ts'
import { isPlainObject } from '../pool/check-values.ts'
import * as agentStatements from '../sql/agent-statements.ts'
import * as taskStatements from '../sql/agent-task-statements.ts'
import * as teamStatements from '../sql/agent-team-statements.ts'
import * as toolStatements from '../sql/agent-tool-statements.ts'
import { type AttributeFields, fieldOf, list, object, oneOf, text, truth } from './attribute-fields.ts'
import { checkToolParams, toolParamFields, toolTypeField } from './tool-params.ts'

/** What is different between agents, tasks, tools and teams. */
export interface AgentObjectKindFacts {
  /** How the words for errors and holders of connections begin, for example `an agent`. */
  readonly label: string
  /** The statements, which take the name as `object_name` and are alike otherwise. */
  readonly statements: Readonly<Record<keyof typeof agentStatements, string>>
  readonly fields: AttributeFields
  /** Attributes that a new object must have, by their names here. */
  readonly required: readonly string[]
  /** Whether attributes fit together. @throws SelectAIArgumentError */
  readonly check?: (attributes: Readonly<Record<string, unknown>>, argument: string, isNew: boolean) => void
}

const names = (key: string) => list(key, 'an array of texts that are not blank', isFilledText)

export const agentObjectKinds: Readonly<Record<AgentObjectKind, AgentObjectKindFacts>> = {
  agent: {
    label: 'an agent',
    statements: agentStatements,
    fields: {
      profileName: text('profile_name'),
      role: text('role'),
      enableHumanTool: truth('enable_human_tool'),
      supervisor: truth('supervisor'),
    },
    required: ['profileName', 'role'],
  },
  task: {
    label: 'a task',
    statements: taskStatements,
    fields: {
      instruction: text('instruction'),
      tools: names('tools'),
      input: text('input'),
      enableHumanTool: truth('enable_human_tool'),
    },
    required: ['instruction'],
  },
  tool: {
    label: 'a tool',
    statements: toolStatements,
    fields: {
      instruction: text('instruction'),
      function: text('function'),
      toolType: toolTypeField,
      toolInputs: list(
        'tool_inputs',
        'an array of { name, description? }, both texts that are not blank',
        (item) =>
          isPlainObject(item) &&
          isFilledText(item.name) &&
          (item.description === undefined || isFilledText(item.description)),
      ),
      toolParams: object('tool_params', toolParamFields),
    },
    required: [],
    check: checkToolParams,
  },
  team: {
    label: 'a team',
    statements: teamStatements,
    fields: {
      agents: list(
        'agents',
        'an array of { name, task }, both texts that are not blank',
        (item) => isPlainObject(item) && isFilledText(item.name) && isFilledText(item.task),
      ),
      process: oneOf('process', 'sequential'),
      supervisorAgent: text('supervisor_agent'),
      supervisorTask: text('supervisor_task'),
    },
    required: ['agents'],
    check: checkTeam,
  },
}

function checkTeam(attributes: Readonly<Record<string, unknown>>, argument: string): void {
  const { agents } = attributes
  if (Array.isArray(agents) && agents.length === 0) {
    throw new SelectAIArgumentError({ argument: `${argument}.agents`, message: 'must hold at least one agent.' })
  }
  const written = ['supervisorTask', 'supervisor_task'].find((name) => attributes[name] !== undefined)
  if (written === undefined) return
  const message = 'is written by the database; leave it out.'
  throw new SelectAIArgumentError({ argument: `${argument}.${written}`, message })
}

/** Whether an attribute of the kind is there, by either of its names. */
export function hasAttribute(
  attributes: Readonly<Record<string, unknown>>,
  name: string,
  fields: AttributeFields,
): boolean {
  const key = fieldOf(name, fields)?.key ?? name
  return (attributes[name] ?? attributes[key]) !== undefined
}
