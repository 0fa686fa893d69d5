import { once } from 'node:events'
import { createServer } from 'node:http'
import { type AddressInfo, isIPv6 } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { checkCount, mistake } from './a2a-options.ts'
import type { A2AHandler } from './rpc-handler.ts'

/** Where a server listens. */
export interface ListenOptions {
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
 * Listens, then opens the handler that is made for the address; closes all again when that fails.
 * @param publicUrl - where clients reach the server; by default the address that it listens on
 * @param makeHandler - called with an address before anything is opened too, so that a mistake in the options shows
 * @throws SelectAIArgumentError, and what Node says of a port that is in use
 */
export async function listenWith(
  { host = '127.0.0.1', port = 8000 }: ListenOptions,
  publicUrl: string | undefined,
  makeHandler: (publicUrl: string) => Pick<A2AHandler, 'open' | 'close'> & ((...call: Parameters<A2AHandler>) => void),
): Promise<A2AServer> {
  checkAddress(host, port)
  makeHandler(publicUrl ?? 'http://127.0.0.1')
  const server = createServer().listen(port, host)
  await once(server, 'listening')
  const url = urlOf(server.address() as AddressInfo)
  const handler = makeHandler(publicUrl ?? url)
  server.on('request', (request, response) => handler(request, response))
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
  return { url, publicUrl: publicUrl ?? url, close, [Symbol.asyncDispose]: () => close() }
}

function checkAddress(host: unknown, port: unknown): void {
  if (typeof host !== 'string' || host === '') throw mistake('host', 'must be an address, such as 127.0.0.1.')
  if (checkCount('port', port, 0) > 65_535) throw mistake('port', 'must be a whole number from 0 to 65535.')
}

function closeOnce(handler: Pick<A2AHandler, 'close'>, closeServer: () => Promise<void>): A2AServer['close'] {
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
