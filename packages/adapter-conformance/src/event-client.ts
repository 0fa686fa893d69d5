import { once } from 'node:events'
import type { ClientRequest, IncomingMessage } from 'node:http'
import { createParser } from 'eventsource-parser'
import { type Asking, send } from './ask.ts'

/** One event, or the text of a comment under the name `comment`. */
interface ReceivedEvent {
  readonly name: string
  readonly data: Record<string, unknown>
}

export interface EventClient {
  readonly response: IncomingMessage
  /** All that has come so far. */
  readonly events: readonly ReceivedEvent[]
  /** Resolves with the first event of that name, and reads on until it is there. */
  event(name: string): Promise<ReceivedEvent>
  /** Reads to the end. */
  all(): Promise<readonly ReceivedEvent[]>
  /** Hangs up. */
  leave(): void
}

/** Sends a request for an event stream without reading anything of the answer. */
export function askForEvents(url: string, { headers, ...asking }: Asking = {}): ClientRequest {
  return send(url, { ...asking, headers: { accept: 'text/event-stream', ...headers } })
}

/** Sends a request for an event stream and parses what comes. */
export async function openEvents(url: string, asking?: Asking): Promise<EventClient> {
  const sent = askForEvents(url, asking)
  const [response] = (await once(sent, 'response')) as [IncomingMessage]
  const events: ReceivedEvent[] = []
  const parser = createParser({
    onEvent: ({ event = 'message', data }) => events.push({ name: event, data: JSON.parse(data) }),
    onComment: (text) => events.push({ name: 'comment', data: { text } }),
  })
  response.on('error', () => {})
  response.setEncoding('utf8')
  response.on('data', (text: string) => parser.feed(text))
  const event = async (name: string): Promise<ReceivedEvent> => {
    for (;;) {
      const found = events.find((candidate) => candidate.name === name)
      if (found) return found
      if (response.closed) throw new Error(`the stream ended without an event '${name}'`)
      await Promise.race([once(response, 'data'), once(response, 'close')])
    }
  }
  const all = async (): Promise<readonly ReceivedEvent[]> => {
    if (!response.closed) await once(response, 'close')
    return events
  }
  return { response, events, event, all, leave: () => sent.destroy() }
}
