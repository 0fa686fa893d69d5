import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/** A line between driver and database that can be muted or cut. */
export interface TcpProxy extends AsyncDisposable {
  readonly port: number
  /** While true, nothing is passed on in either direction; what arrives is lost. */
  muted: boolean
  /** Mutes the line as soon as the database has sent something. */
  muteAfterReply: boolean
  /** Cuts every connection. */
  cut(): void
  /** Stops taking connections; `listen` takes them again on the same port. */
  stopListening(): Promise<void>
  listen(): Promise<void>
}

export async function openTcpProxy(targetPort: number): Promise<TcpProxy> {
  const sockets = new Set<Socket>()
  const server = createServer((client) => {
    const target = connect(targetPort, '127.0.0.1')
    join(client, target, () => {})
    join(target, client, () => {
      proxy.muted ||= proxy.muteAfterReply
    })
  })
  const join = (from: Socket, to: Socket, passed: () => void): void => {
    sockets.add(from)
    from.on('data', (data) => {
      if (proxy.muted) return
      to.write(data)
      passed()
    })
    from.on('error', () => {})
    from.on('close', () => {
      sockets.delete(from)
      to.destroy()
    })
  }
  const proxy: TcpProxy = {
    port: 0,
    muted: false,
    muteAfterReply: false,
    cut() {
      for (const socket of sockets) socket.destroy()
    },
    async stopListening() {
      proxy.cut()
      if (server.listening) await new Promise((resolve) => server.close(resolve))
    },
    async listen() {
      server.listen(proxy.port, '127.0.0.1')
      await once(server, 'listening')
    },
    [Symbol.asyncDispose]() {
      return proxy.stopListening()
    },
  }
  await proxy.listen()
  Object.assign(proxy, { port: (server.address() as AddressInfo).port })
  return proxy
}
