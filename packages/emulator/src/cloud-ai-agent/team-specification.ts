import type { OracleError } from '../oracle-error.ts'
import type { AgentObject } from './agent-object.ts'
import type { AgentObjectAttributes, TeamMember } from './agent-object-attributes.ts'
import { agentError } from './agent-object-kind.ts'
import type { AgentObjectStore } from './agent-object-store.ts'

interface TaskSpecification {
  readonly task_name: string
  readonly description?: string
  readonly instruction: string
  readonly task_attributes: Readonly<Record<string, unknown>>
}

/** An agent with its task, as EXPORT_TEAM writes it. */
interface AgentSpecification {
  readonly name: string
  readonly component_type: 'Agent'
  readonly description?: string
  readonly role?: string
  readonly task: TaskSpecification
  readonly llm_config: Readonly<Record<string, unknown>>
  /** Definitions of the tools that the task names. */
  readonly tools?: readonly ToolSpecification[]
}

interface ToolSpecification {
  readonly name: string
  readonly description?: string
  readonly attributes: AgentObjectAttributes
}

/** What is to be created of a specification. */
export interface ImportedTeam {
  readonly agents: readonly Imported[]
  readonly tasks: readonly Imported[]
  readonly tools: readonly Imported[]
  readonly team: Imported
}

interface Imported {
  readonly name: string
  readonly description: string | null
  readonly attributes: AgentObjectAttributes
}

/** The specification of a team: that of its agent, or for several agents the list of theirs. */
export function exportTeam(
  team: AgentObject,
  objects: AgentObjectStore,
  providerOf: (profileName: string) => string | undefined,
): object {
  const members = team.attributes.agents as readonly TeamMember[]
  const agents = members.map((member) => exportAgent(member, team.owner, objects, providerOf))
  const { supervisor_agent: supervisor } = team.attributes
  if (agents.length === 1 && supervisor === undefined) return agents[0] as object
  return {
    name: team.name,
    component_type: 'Team',
    ...describe(team),
    process: team.attributes.process ?? 'sequential',
    ...(supervisor === undefined ? {} : { supervisor: exportSupervisor(String(supervisor), team.owner, objects) }),
    agents,
  }
}

function exportSupervisor(name: string, owner: string, objects: AgentObjectStore): object {
  const agent = objects.get('agent', owner, name)
  return { name: agent.name, ...describe(agent), role: agent.attributes.role }
}

function exportAgent(
  member: TeamMember,
  owner: string,
  objects: AgentObjectStore,
  providerOf: (profileName: string) => string | undefined,
): AgentSpecification {
  const agent = objects.get('agent', owner, member.name)
  const task = objects.get('task', owner, member.task)
  const { instruction, tools = [], enable_human_tool = true, input } = task.attributes
  const profile = String(agent.attributes.profile_name)
  const definitions = (tools as readonly string[]).flatMap((name) => objects.find('tool', owner, name) ?? [])
  return {
    name: agent.name,
    component_type: 'Agent',
    ...describe(agent),
    role: String(agent.attributes.role),
    task: {
      task_name: task.name,
      ...describe(task),
      instruction: String(instruction),
      task_attributes: {
        enable_human_tool: String(enable_human_tool),
        tools,
        ...(input === undefined ? {} : { input }),
      },
    },
    llm_config: { name: profile, component_type: providerOf(profile) },
    ...(definitions.length === 0
      ? {}
      : { tools: definitions.map((tool) => ({ name: tool.name, ...describe(tool), attributes: tool.attributes })) }),
  }
}

function describe({ description }: AgentObject): { readonly description?: string } {
  return description === null ? {} : { description }
}

/**
 * Reads a specification.
 * @param teamName - in place of the name that the specification has
 * @throws OracleError ORA-20053 for JSON that is no specification
 */
export function readSpecification(
  specification: Readonly<Record<string, unknown>>,
  profileName: string,
  teamName: string,
): ImportedTeam {
  const { name, description = null, process, supervisor, agents = [specification] } = specification
  const members = listOf<AgentSpecification>(agents, 'agents').map(checkAgent)
  if (members.length === 0) throw invalid('agents')
  const leader = supervisor as Pick<AgentSpecification, 'name' | 'description' | 'role'> | undefined
  const led = leader === undefined ? [] : [agentOf(leader, profileName, { supervisor: true })]
  return {
    agents: distinct([...members.map((agent) => agentOf(agent, profileName)), ...led]),
    tasks: distinct(members.map(({ task }) => taskOf(task))),
    tools: distinct(members.flatMap(({ tools = [] }) => listOf<ToolSpecification>(tools, 'tools').map(imported))),
    team: {
      name: teamName === '' ? String(name) : teamName,
      description: description === null ? null : String(description),
      attributes: {
        agents: members.map((agent) => ({ name: agent.name, task: agent.task.task_name })),
        ...(process === undefined ? {} : { process }),
        ...(leader === undefined ? {} : { supervisor_agent: leader.name }),
      },
    },
  }
}

function checkAgent(agent: AgentSpecification): AgentSpecification {
  const { name, task } = Object(agent) as Partial<AgentSpecification>
  if (typeof name !== 'string') throw invalid('name')
  if (typeof task?.task_name !== 'string') throw invalid('task')
  return agent
}

function agentOf(
  { name, description, role }: Pick<AgentSpecification, 'name' | 'description' | 'role'>,
  profileName: string,
  more: AgentObjectAttributes = {},
): Imported {
  const attributes = { profile_name: profileName, role: role ?? `You are the agent ${name}.`, ...more }
  return { name, description: description ?? null, attributes }
}

function taskOf({ task_name, description, instruction, task_attributes }: TaskSpecification): Imported {
  return { name: task_name, description: description ?? null, attributes: { instruction, ...Object(task_attributes) } }
}

function imported({ name, description, attributes }: ToolSpecification): Imported {
  return { name: String(name), description: description ?? null, attributes: Object(attributes) }
}

/** Members may share agents, tasks and tools. */
function distinct(objects: readonly Imported[]): readonly Imported[] {
  return [...new Map(objects.map((object) => [object.name.toUpperCase(), object])).values()]
}

function listOf<Item>(value: unknown, part: string): readonly Item[] {
  if (!Array.isArray(value)) throw invalid(part)
  return value
}

function invalid(part: string): OracleError {
  return agentError('team', `Invalid value for team specification - ${part}`)
}
