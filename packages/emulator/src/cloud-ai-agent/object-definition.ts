import type { AgentObject } from './agent-object.ts'
import { agentObjectKinds } from './agent-object-kind.ts'

/** The block that creates an object anew, as GET_DEFINITION gives it. */
export function objectDefinition({ kind, name, description, status, attributes }: AgentObject): string {
  const { supervisor_task: _, ...own } = attributes
  const given = [
    `${agentObjectKinds[kind].parameter.toLowerCase()} => ${literal(name)}`,
    `attributes => ${literal(JSON.stringify(own))}`,
    ...(status === 'DISABLED' ? [`status => 'disabled'`] : []),
    ...(description === null ? [] : [`description => ${literal(description)}`]),
  ]
  return `BEGIN\n  DBMS_CLOUD_AI_AGENT.CREATE_${kind.toUpperCase()}(\n    ${given.join(',\n    ')});\nEND;`
}

function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}
