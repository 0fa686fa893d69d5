import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { isIPv6 } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { type A2AOptions, checkCount, mistake } from './a2a-options.ts'
import { type A2AHandler, createA2AHandler } from './handler.ts'

/** Options of `serveA2A`. */
export interface ServeA2AOptions extends Omit<A2AOptions, 'publicUrl'> {
  /** Where clients reach the server. Default: the address that it listens on. */
  readonly publicUrl?: string | undefined
  /** Address to listen on. Default: `127.0.0.1`, for this machine alone. */
  readonly host?: string | undefined
  /** Port to listen on; 0 takes a free one. Default: 8000. */
  readonly port?: number | undefined
}

/** A server that listens. */
export interface A2AServer extends AsyncDisposable {
  /** The address that it listens on. */
  readonly url: string
  /** The URL that the agent card tells. */
  readonly publicUrl: string
  /**
   * Takes no new messages, lets tasks finish for `graceMs` (default 10000), breaks off the rest, and closes the server with its
   * connections. The pool is left open. Always comes to an end, and may be called again.
   */
  close(options?: { readonly graceMs?: number }): Promise<void>
}

/** How long clients may take, at the end, to read what they were sent. */
const readingPatienceMs = 1000

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
  const { host = '127.0.0.1', port = 8000, ...others } = Object(options) as ServeA2AOptions
  if (typeof host !== 'string' || host === '') throw mistake('host', 'must be an address, such as 127.0.0.1.')
  checkCount('port', port, 0)
  if (port > 65_535) throw mistake('port', 'must be a whole number from 0 to 65535.')
  // A mistake in the options shows before anything is opened.
  createA2AHandler({ ...others, publicUrl: others.publicUrl ?? 'http://127.0.0.1' })
  const server = createServer().listen(port, host)
  await once(server, 'listening')
  const url = urlOf(server.address() as AddressInfo)
  const publicUrl = others.publicUrl ?? url
  const handler = createA2AHandler({ ...others, publicUrl })
  server.on('request', handler)
  const close = closeOnce(handler, async () => {
    server.close()
    await Promise.race([once(server, 'close'), pause(readingPatienceMs, undefined, { ref: false })])
    server.closeAllConnections()
  })
  try {
    await handler.open()
  } catch (error) {
    await close({ graceMs: 0 })
    throw error
  }
  return { url, publicUrl, close, [Symbol.asyncDispose]: () => close() }
}

function closeOnce(handler: A2AHandler, closeServer: () => Promise<void>): A2AServer['close'] {
  let closing: Promise<void> | undefined
  return async (options) => {
    await handler.close(options)
    closing ??= closeServer()
    await closing
  }
}

function urlOf({ address, port }: AddressInfo): string {
  return `http://${isIPv6(address) ? `[${address}]` : address}:${port}`
}
