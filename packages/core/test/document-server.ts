import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** Serves texts by name on a loopback address; `never.txt` is never answered. */
export interface DocumentServer extends AsyncDisposable {
  readonly origin: string
  /** The texts; they may be changed. */
  readonly documents: Record<string, string>
}

export async function serveDocuments(documents: Record<string, string>): Promise<DocumentServer> {
  const server = createServer(({ url = '' }, response) => {
    const name = url.slice(1)
    if (name === 'never.txt') return
    const text = documents[name]
    response.writeHead(text === undefined ? 404 : 200).end(text)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    documents,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
