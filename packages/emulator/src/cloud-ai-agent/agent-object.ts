import type { ObjectStatus } from '../cloud-ai/object-status.ts'
import type { OracleDateTime } from '../values/oracle-date-time.ts'
import type { AgentObjectAttributes } from './agent-object-attributes.ts'
import type { AgentObjectKind } from './agent-object-kind.ts'

/** An agent, a task, a tool or a team. */
export interface AgentObject {
  readonly id: number
  /** Upper case. */
  readonly owner: string
  readonly kind: AgentObjectKind
  /** Upper case. */
  readonly name: string
  readonly attributes: AgentObjectAttributes
  readonly description: string | null
  readonly status: ObjectStatus
  /** In UTC. */
  readonly created: OracleDateTime
  /** In UTC. */
  readonly lastModified: OracleDateTime
}
