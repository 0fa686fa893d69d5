import { once } from 'node:events'
import { type Agent, type ClientRequest, type IncomingHttpHeaders, type IncomingMessage, request } from 'node:http'
import { text as readText } from 'node:stream/consumers'

export interface Asking {
  readonly method?: string
  readonly body?: string | Uint8Array
  readonly headers?: Readonly<Record<string, string>>
  /** Keeps the connection; without one each request has its own, which ends with the answer. */
  readonly agent?: Agent
}

export interface Answer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly text: string
  /** The text as JSON. */
  readonly json: Record<string, unknown>
}

/** A request that is on its way. What happens to it after the caller has hung up is no error. */
export function send(url: string, { method, body, headers, agent }: Asking = {}): ClientRequest {
  // Node sends no length of its own accord for DELETE.
  const type =
    body === undefined ? {} : { 'content-type': 'application/json', 'content-length': `${Buffer.byteLength(body)}` }
  const verb = method ?? (body === undefined ? 'GET' : 'POST')
  const sent = request(url, { method: verb, agent: agent ?? false, headers: { ...type, ...headers } })
  sent.on('error', () => {})
  sent.end(body)
  return sent
}

/** Sends a request and reads the whole answer. */
export async function ask(url: string, asking?: Asking): Promise<Answer> {
  const sent = send(url, asking)
  const failed = new Promise<never>((_resolve, reject) => sent.on('error', reject))
  const [response] = (await Promise.race([once(sent, 'response'), failed])) as [IncomingMessage]
  const text = await readText(response)
  return {
    status: response.statusCode ?? 0,
    headers: response.headers,
    text,
    get json() {
      return JSON.parse(text) as Record<string, unknown>
    },
  }
}

/** The path of an action with its question in the query. */
export function question(action: string, fields: Readonly<Record<string, string>>): string {
  return `/${action}?${new URLSearchParams(fields)}`
}
