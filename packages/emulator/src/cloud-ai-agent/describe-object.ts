import type { AgentObject } from './agent-object.ts'
import { agentObjectKinds } from './agent-object-kind.ts'

/** An object with all that is known of it, for the JSON of DESCRIBE_ and LIST_ subprograms. */
export function describeObject({ kind, name, description, status, attributes }: AgentObject): object {
  const key = agentObjectKinds[kind].parameter.toLowerCase()
  return { [key]: name, ...(description === null ? {} : { description }), status: status.toLowerCase(), attributes }
}
