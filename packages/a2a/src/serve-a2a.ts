import type { A2AOptions } from './a2a-options.ts'
import { createA2AHandler } from './handler.ts'
import { type A2AServer, type ListenOptions, listenWith } from './listen-with.ts'

/** Options of `serveA2A`. */
export interface ServeA2AOptions extends Omit<A2AOptions, 'publicUrl'>, ListenOptions {
  /** Where clients reach the server. Default: the address that it listens on. */
  readonly publicUrl?: string | undefined
}

/**
 * Serves one agent team over A2A on a server of its own. It listens to no signal; your process does.
 *
 * @throws SelectAIArgumentError for a wrong option, AgentObjectNotFoundError when there is no such team, and what Node says of a port
 * that is in use
 *
 * @example
 * ```ts
 * const pool = await createPool()
 * const server = await serveA2A({ pool, team: 'SALES_TEAM', port: 8000 })
 * console.log(`${server.publicUrl}/.well-known/agent-card.json`)
 * process.once('SIGTERM', async () => {
 *   await server.close()
 *   await pool.close()
 * })
 * ```
 */
export async function serveA2A(options: ServeA2AOptions): Promise<A2AServer> {
  const { host, port, publicUrl, ...others } = Object(options) as ServeA2AOptions
  return listenWith({ host, port }, publicUrl, (url) => createA2AHandler({ ...others, publicUrl: url }))
}
