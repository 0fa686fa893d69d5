import type { AgentObject } from './agent-object.ts'
import type { AgentObjectAttributes, TeamMember } from './agent-object-attributes.ts'
import type { AgentObjectKind } from './agent-object-kind.ts'
import type { AgentObjectStore } from './agent-object-store.ts'

type Reference = readonly [kind: AgentObjectKind, name: string]

/**
 * An object after those that it needs, each once: the agents and tasks of a team, the tools of a task, the task whose result another uses.
 * What is not there is left out.
 */
export function withDependentObjects(object: AgentObject, objects: AgentObjectStore): readonly AgentObject[] {
  const seen = new Set<AgentObject>()
  const collect = (each: AgentObject): readonly AgentObject[] => {
    if (seen.has(each)) return []
    seen.add(each)
    const needed = referencesOf(each.attributes).flatMap(([kind, name]) => objects.find(kind, each.owner, name) ?? [])
    return [...needed.flatMap(collect), each]
  }
  return collect(object)
}

/** No two kinds of object have such an attribute in common. */
function referencesOf({ agents, supervisor_agent, tools, input }: AgentObjectAttributes): readonly Reference[] {
  const members = (agents ?? []) as readonly TeamMember[]
  const toolNames = (tools ?? []) as readonly string[]
  return [
    ...members.flatMap(({ name, task }): Reference[] => [
      ['agent', name],
      ['task', task],
    ]),
    ...toolNames.map((name): Reference => ['tool', name]),
    ...named('agent', supervisor_agent),
    ...named('task', input),
  ]
}

function named(kind: AgentObjectKind, name: unknown): readonly Reference[] {
  return name === undefined ? [] : [[kind, String(name)]]
}
