import { setTimeout as pause } from 'node:timers/promises'
import { type A2AOptions, resolveOptions } from './a2a-options.ts'
import { readAgentCard } from './agent-card.ts'
import { JsonRpc } from './json-rpc.ts'
import { type A2AHandler, createRpcHandler } from './rpc-handler.ts'
import { TaskRecords } from './task-records.ts'
import { TeamExecutor } from './team-executor.ts'

/** Longest wait, beyond the grace, for tasks that were broken off. */
const endingPatienceMs = 10_000

/**
 * Makes a handler through which A2A (Agent2Agent) clients talk to one agent team: the agent card, and JSON-RPC in the versions 1.0
 * and 0.3 of the protocol. Each message becomes a task, which the team works on (`DBMS_CLOUD_AI_AGENT.RUN_TEAM`) whether or not the
 * client stays; each new context gets a conversation (`DBMS_CLOUD_AI.CREATE_CONVERSATION`), which its later messages continue.
 *
 * It knows no authentication: mount it behind your own, and let `owner` say who asks.
 *
 * @throws SelectAIArgumentError for a wrong or unknown option
 *
 * @example
 * ```ts
 * const pool = await createPool()
 * const handler = createA2AHandler({ pool, team: 'SALES_TEAM', publicUrl: 'http://127.0.0.1:8000' })
 * await handler.open()
 * const server = createServer(handler).listen(8000, '127.0.0.1')
 * // ... at the end
 * await handler.close()
 * server.close()
 * await pool.close()
 * ```
 */
export function createA2AHandler(given: A2AOptions): A2AHandler {
  const options = resolveOptions(given)
  const { state, timeoutMs, onError } = options
  const records = new TaskRecords({ store: state.tasks, timeoutMs, onError })
  const executor = new TeamExecutor(options, records)
  return createRpcHandler({
    options,
    async open() {
      await state.open()
      const card = await readAgentCard(options)
      return { card, rpc: new JsonRpc(options, card, records, executor) }
    },
    async close(graceMs) {
      const enough = new AbortController()
      await Promise.race([
        executor.close(graceMs),
        pause(graceMs + endingPatienceMs, undefined, { signal: enough.signal }).catch(() => {}),
      ])
      enough.abort()
    },
  })
}
