import type { ConnectionPool } from '../pool/connection-pool.ts'
import type { AgentAttributeChanges, AgentTaskAttributes } from './agent-attributes.ts'
import { AgentObject } from './agent-object.ts'

/**
 * A task for an agent, by its name: an instruction, and the tools that may be used.
 *
 * @example
 * await pool.task('ANSWER').create({ attributes: { instruction: 'Answer: {query}', tools: ['SALES_DATA'] } })
 */
export class AgentTask extends AgentObject<AgentTaskAttributes, AgentAttributeChanges<AgentTaskAttributes>> {
  /** Use `pool.task(name)`. */
  constructor(name: string, pool: ConnectionPool) {
    super('task', name, pool)
  }
}
