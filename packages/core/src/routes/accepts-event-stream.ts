import type { RouteRequest } from './route.ts'

interface MediaRange {
  readonly type: string
  readonly quality: number
}

/**
 * Whether the client asks for an event stream. It has to name the type: a wildcard is what every client sends that wants
 * plain JSON. Where it names both, the one with the higher quality wins, and of two equals the one that stands first.
 */
export function acceptsEventStream({ headers }: Pick<RouteRequest, 'headers'>): boolean {
  const accept = String(headers.accept ?? '')
  if (!/event-stream/i.test(accept)) return false
  const ranges = accept.split(',').map(readRange)
  const named = ranges.filter(({ type, quality }) => quality > 0 && offered.has(type))
  // The sort is stable, so equals keep the client's order.
  return named.sort((one, other) => other.quality - one.quality)[0]?.type === eventStreamType
}

const eventStreamType = 'text/event-stream'
const offered: ReadonlySet<string> = new Set([eventStreamType, 'application/json'])

function readRange(text: string): MediaRange {
  const [type = '', ...parameters] = text.split(';').map((part) => part.trim().toLowerCase())
  const quality = parameters.find((parameter) => parameter.startsWith('q='))
  return { type, quality: quality === undefined ? 1 : Number(quality.slice(2)) || 0 }
}
