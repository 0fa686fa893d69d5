import { creatingCall } from '../cloud-ai/creating-call.ts'
import { callsOfProfile, type DefinedObjects } from '../cloud-ai/defining-calls.ts'
import { definitionFunction } from '../cloud-ai/definition-function.ts'
import type { Subprogram } from '../execution/subprogram.ts'
import type { AgentObject } from './agent-object.ts'
import { agentObjectKind, agentObjectKinds } from './agent-object-kind.ts'
import type { AgentObjectStore } from './agent-object-store.ts'
import { withDependentObjects } from './dependent-objects.ts'

/** GET_DEFINITION of DBMS_CLOUD_AI_AGENT: the block that creates an object of the user's own anew. */
export function agentDefinitionSubprogram(objects: AgentObjectStore, others: DefinedObjects): Subprogram {
  const parameters = ['OBJECT_TYPE', 'OBJECT_NAME']
  return definitionFunction('DBMS_CLOUD_AI_AGENT', parameters, ({ texts: [type = '', name = ''], user, isWhole }) => {
    const object = objects.get(agentObjectKind(type), user, name)
    if (!isWhole) return [callOfObject(object)]
    const all = withDependentObjects(object, objects)
    return [...new Set([...all.flatMap((each) => callsOfItsProfile(each, others)), ...all.map(callOfObject)])]
  })
}

function callOfObject({ kind, name, description, status, attributes }: AgentObject): string {
  const { supervisor_task: _, ...own } = attributes
  return creatingCall(`DBMS_CLOUD_AI_AGENT.CREATE_${kind.toUpperCase()}`, {
    [agentObjectKinds[kind].parameter.toLowerCase()]: name,
    attributes: JSON.stringify(own),
    status: status === 'DISABLED' ? 'disabled' : undefined,
    description: description ?? undefined,
  })
}

/** Agents name a profile themselves, tools among their parameters. */
function callsOfItsProfile({ owner, attributes }: AgentObject, others: DefinedObjects): readonly string[] {
  const { profile_name: own, tool_params } = attributes
  const name = own ?? Object(tool_params).profile_name ?? ''
  const profile = others.profiles.find(owner, String(name))
  return profile === undefined ? [] : callsOfProfile(profile, true, others)
}
