import { once } from 'node:events'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Logger } from 'pino'
import { trackSilentConnections } from './track-silent-connections.ts'

/** Node's server as a service needs it: with time-outs, a log of requests, and an end that idle clients cannot hold up. */
export class NodeServer {
  readonly #server: Server
  readonly #log: Logger
  readonly #unanswered = new Set<ServerResponse>()
  readonly #endSilentConnections: () => void
  #draining = false

  constructor(server: Server, log: Logger) {
    this.#server = server
    this.#log = log
    server.requestTimeout = 15_000 // for receiving a request; the answer has its own deadline (SELECT_AI_CALL_TIMEOUT_MS)
    server.keepAliveTimeout = 65_000 // longer than the usual 60 s of load balancers
    server.timeout = 120_000 // silence on a socket; must be longer than the longest answer takes
    this.#endSilentConnections = trackSilentConnections(server)
    // Ahead of the application, which may answer at once.
    server.prependListener('request', (request, response) => this.#follow(request, response))
  }

  get listening(): boolean {
    return this.#server.listening
  }

  /** Resolves to the server's address. */
  async listen({ host, port }: { host: string; port: number }): Promise<string> {
    this.#server.listen(port, host)
    await once(this.#server, 'listening')
    const { address, family, port: bound } = this.#server.address() as AddressInfo
    return `http://${family === 'IPv6' ? `[${address}]` : address}:${bound}`
  }

  /** From here on each answer ends its connection: those that clients keep open would hold up the stop. */
  drain(): void {
    this.#draining = true
    for (const response of this.#unanswered) {
      if (!response.headersSent) response.setHeader('connection', 'close')
    }
  }

  /** Takes no new requests and waits for those in flight. Who is connected after that time is cut off. */
  async close(limitMs: number): Promise<void> {
    const timer = setTimeout(() => this.#server.closeAllConnections(), limitMs)
    const closed = new Promise((resolve) => this.#server.close(resolve))
    this.#endSilentConnections()
    await closed
    clearTimeout(timer)
  }

  #follow(request: IncomingMessage, response: ServerResponse): void {
    const startedAt = performance.now()
    const path = request.url?.split('?', 1)[0] // without the query string, which holds the question
    this.#unanswered.add(response)
    if (this.#draining) response.setHeader('connection', 'close')
    response.once('close', () => {
      this.#unanswered.delete(response)
      if (this.#draining) request.socket.end() // for a stream that had begun before
      const entry = { method: request.method, path, ms: Math.round(performance.now() - startedAt) }
      if (response.writableFinished) this.#log.info({ ...entry, status: response.statusCode }, 'Request answered')
      else this.#log.info(entry, 'Request broken off')
    })
  }
}
