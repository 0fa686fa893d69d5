import type { Server } from 'node:http'
import type { Socket } from 'node:net'

/**
 * Follows the connections over which nothing has come yet, as browsers open them in advance. Node does not count them as
 * idle, so a server that closes would wait for them; the returned function ends them.
 */
export function trackSilentConnections(server: Server): () => void {
  const connections = new Set<Socket>()
  server.on('connection', (socket) => {
    connections.add(socket)
    socket.once('close', () => connections.delete(socket))
  })
  return () => {
    for (const socket of connections) {
      if (socket.bytesRead === 0) socket.destroy()
    }
  }
}
