import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createServer as createHttp2Server, type Http2ServerRequest, type Http2ServerResponse } from 'node:http2'
import type { Server } from 'node:net'
import type { SelectAIService } from '@select-ai/core/routes'
import type { App, AppSetup } from './app.ts'

type Listener = (
  request: IncomingMessage | Http2ServerRequest,
  response: ServerResponse | Http2ServerResponse,
) => unknown

/** The application of a framework whose users make the server, and open and close Select AI, themselves. */
export function serveApp(setup: AppSetup, services: readonly SelectAIService[], listener: Listener): App {
  const server: Server = setup.http2 ? createHttp2Server(listener) : createServer(listener)
  return {
    server,
    async open() {
      await Promise.all(services.map((service) => service.open()))
    },
    async listen() {
      server.listen(0, '127.0.0.1')
      await once(server, 'listening')
    },
    async close() {
      for (const service of services) service.startClosing()
      await setup.whileClosing()
      if (server.listening) {
        server.close()
        await once(server, 'close')
      }
      await Promise.all(services.map((service) => service.close()))
    },
  }
}
