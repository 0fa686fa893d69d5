import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'

/** What an endpoint was asked: headers and the body as JSON. */
export interface ChatCall {
  readonly authorization: string | undefined
  readonly path: string | undefined
  readonly body: {
    readonly model: string
    readonly messages: readonly { readonly role: string; readonly content: string }[]
    readonly [setting: string]: unknown
  }
}

/** Text for a completion, or a whole response; `hang` never answers. */
export type ChatReply = string | { readonly status: number; readonly body: string } | 'hang'

/** An OpenAI-compatible service on a free port that gives the replies of a test, one after the other; the last one stays. */
export interface ChatEndpoint extends AsyncDisposable {
  /** Base address, for example `http://127.0.0.1:49152/v1`. */
  readonly url: string
  readonly calls: readonly ChatCall[]
  /** How many requests were cut off by the client. */
  readonly aborted: number
  answer(...replies: ChatReply[]): void
}

export async function openChatEndpoint(): Promise<ChatEndpoint> {
  const calls: ChatCall[] = []
  let replies: ChatReply[] = []
  let aborted = 0
  const server = createServer(async (request, response) => {
    const body = JSON.parse(await textOf(request))
    calls.push({ authorization: request.headers.authorization, path: request.url, body })
    const reply = replies.length > 1 ? replies.shift() : replies[0]
    if (reply === 'hang') {
      response.once('close', () => {
        aborted += 1
      })
      return
    }
    const { status, body: text } =
      typeof reply === 'string' || reply === undefined ? { status: 200, body: completion(reply ?? '') } : reply
    response.writeHead(status, { 'content-type': 'application/json' }).end(text)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/v1`,
    calls,
    get aborted() {
      return aborted
    },
    answer: (...given) => {
      replies = given
      calls.length = 0
    },
    [Symbol.asyncDispose]: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

export function completion(content: unknown): string {
  return JSON.stringify({ choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content } }] })
}

async function textOf(request: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = []
  for await (const piece of request) pieces.push(piece as Buffer)
  return Buffer.concat(pieces).toString('utf8')
}
