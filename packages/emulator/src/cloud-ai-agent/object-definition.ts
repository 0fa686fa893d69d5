import { creatingBlock, creatingCall } from '../cloud-ai/creating-call.ts'
import type { AgentObject } from './agent-object.ts'
import { agentObjectKinds } from './agent-object-kind.ts'

/** The block that creates an object anew, as GET_DEFINITION gives it. */
export function objectDefinition({ kind, name, description, status, attributes }: AgentObject): string {
  const { supervisor_task: _, ...own } = attributes
  const call = creatingCall(`DBMS_CLOUD_AI_AGENT.CREATE_${kind.toUpperCase()}`, {
    [agentObjectKinds[kind].parameter.toLowerCase()]: name,
    attributes: JSON.stringify(own),
    status: status === 'DISABLED' ? 'disabled' : undefined,
    description: description ?? undefined,
  })
  return creatingBlock([call])
}
