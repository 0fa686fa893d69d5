import type { AddressInfo } from 'node:net'
import { createServer, type Server, type Socket } from 'node:net'
import { createServer as createTlsServer } from 'node:tls'
import type { ConversationServices } from '../ttc/conversation.ts'
import { ClientConnection, type ConnectionOptions } from './client-connection.ts'

export interface ListenerOptions {
  readonly host: string
  /** 0 for a free one. */
  readonly port: number
  readonly connection: Omit<ConnectionOptions, 'refuseWith'>
  /** Key and certificate in PEM form, for a listener that speaks TLS. */
  readonly tls: { readonly key: Buffer; readonly cert: Buffer } | undefined
  /** Further clients are refused. */
  readonly maximumConnections: number
}

const NO_HANDLER = 12_516

/** A listening socket and the connections that came in through it. */
export class Listener {
  readonly #server: Server
  readonly #connections = new Set<ClientConnection>()
  /** What came in for TLS, also before a client is known. */
  readonly #sockets = new Set<Socket>()
  readonly #options: ListenerOptions
  readonly #services: ConversationServices

  private constructor(options: ListenerOptions, services: ConversationServices) {
    this.#options = options
    this.#services = services
    this.#server = options.tls === undefined ? this.#plainServer() : this.#tlsServer(options.tls)
  }

  #plainServer(): Server {
    return createServer({ allowHalfOpen: true }, (socket) => this.#take(socket))
  }

  /** Clients that do not come to the end of their handshake are cut off in time, and when the listener closes. */
  #tlsServer(pair: { readonly key: Buffer; readonly cert: Buffer }): Server {
    const handshakeTimeout = this.#options.connection.logonTimeoutMs
    const server = createTlsServer({ ...pair, allowHalfOpen: true, handshakeTimeout }, (socket) => this.#take(socket))
    server.on('connection', (socket: Socket) => {
      this.#sockets.add(socket)
      socket.once('close', () => this.#sockets.delete(socket))
    })
    server.on('tlsClientError', (error, socket) => {
      this.#services.log(`TLS handshake failed: ${error.message}`)
      socket.destroy()
    })
    return server
  }

  /** @throws the operating system's error, for example EADDRINUSE. */
  static async open(options: ListenerOptions, services: ConversationServices): Promise<Listener> {
    const listener = new Listener(options, services)
    await new Promise<void>((resolve, reject) => {
      listener.#server.once('error', reject)
      listener.#server.listen(options.port, options.host, () => {
        listener.#server.off('error', reject)
        listener.#server.on('error', (error) => services.log(`listener: ${error.message}`))
        resolve()
      })
    })
    return listener
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port
  }

  /** Cuts all clients off. */
  dropConnections(): void {
    for (const connection of this.#connections) connection.drop()
  }

  /** Tells all clients that the server is about to go away. */
  notifyShutdown(): void {
    for (const connection of this.#connections) connection.notifyShutdown()
  }

  /** Stops listening, cuts all clients off and waits until nothing runs for them any more. */
  async close(): Promise<void> {
    const stopped = new Promise<void>((resolve) => {
      this.#server.close(() => resolve())
    })
    const ended = [...this.#connections].map((connection) => connection.closed)
    this.dropConnections()
    for (const socket of this.#sockets) socket.destroy()
    await Promise.all([stopped, ...ended])
  }

  #take(socket: Socket): void {
    const isFull = this.#connections.size >= this.#options.maximumConnections
    const options = { ...this.#options.connection, refuseWith: isFull ? NO_HANDLER : undefined }
    const connection = new ClientConnection(socket, options, this.#services)
    this.#connections.add(connection)
    void connection.closed.then(() => this.#connections.delete(connection))
  }
}
