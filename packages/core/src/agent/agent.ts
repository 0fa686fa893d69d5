import type { ConnectionPool } from '../pool/connection-pool.ts'
import type { AgentAttributeChanges, AgentAttributes } from './agent-attributes.ts'
import { AgentObject } from './agent-object.ts'

/**
 * An agent, by its name: a role and the profile that it thinks with. It works in teams.
 *
 * @example
 * await pool.agent('ANALYST').create({ attributes: { profile_name: 'SALES', role: 'You answer questions about sales.' } })
 */
export class Agent extends AgentObject<AgentAttributes, AgentAttributeChanges<AgentAttributes>> {
  /** Use `pool.agent(name)`. */
  constructor(name: string, pool: ConnectionPool) {
    super('agent', name, pool)
  }
}
