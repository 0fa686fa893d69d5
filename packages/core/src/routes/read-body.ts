import { Http2ServerRequest } from 'node:http2'
import { type Problem, problemOf } from './problem-table.ts'
import type { RouteRequest } from './route.ts'

/** The JSON object of the body, or what is wrong with it. */
export type BodyReading = { readonly fields: Readonly<Record<string, unknown>> } | { readonly problem: Problem }

/** How much of a body that is too large is read and thrown away, so that an honest client gets to hear why. */
const mostDiscardedBytes = 1_048_576

/** Reads the body of a request, whether the host has parsed it, has kept it as text or bytes, or has not read it. */
export async function readBody(request: RouteRequest, maxBodyBytes: number): Promise<BodyReading> {
  const { headers, body } = request
  if (!isJsonType(headers['content-type'])) return { problem: problemOf('UNSUPPORTED_MEDIA_TYPE') }
  if (Number(headers['content-length']) > maxBodyBytes + mostDiscardedBytes) return refuseRest(body)
  if (!isUnread(body)) return fieldsOf(body, maxBodyBytes)
  const encoding = headers['content-encoding']
  if (encoding !== undefined && encoding !== 'identity') return { problem: problemOf('UNSUPPORTED_MEDIA_TYPE') }
  try {
    return await readUnread(body, maxBodyBytes)
  } catch {
    return { problem: request.signal?.aborted ? problemOf('CALL_ABORTED') : badBody('could not be read to its end.') }
  }
}

/** Leaves the source alone when it stops early: to end the iteration would cut the connection before the answer. */
async function readUnread(body: AsyncIterable<Uint8Array | string>, maxBodyBytes: number): Promise<BodyReading> {
  const chunks: Uint8Array[] = []
  let length = 0
  const source = body[Symbol.asyncIterator]()
  for (let next = await source.next(); !next.done; next = await source.next()) {
    const chunk = typeof next.value === 'string' ? Buffer.from(next.value) : next.value
    length += chunk.byteLength
    if (length > maxBodyBytes + mostDiscardedBytes) return refuseRest(body)
    if (length <= maxBodyBytes) chunks.push(chunk)
    else chunks.length = 0
  }
  return length > maxBodyBytes
    ? { problem: problemOf('BODY_TOO_LARGE') }
    : fieldsOf(Buffer.concat(chunks), maxBodyBytes)
}

function fieldsOf(body: unknown, maxBodyBytes: number): BodyReading {
  if (typeof body !== 'string' && !(body instanceof Uint8Array)) return objectOf(body)
  if (Buffer.byteLength(body) > maxBodyBytes) return { problem: problemOf('BODY_TOO_LARGE') }
  try {
    return objectOf(
      JSON.parse(typeof body === 'string' ? body : new TextDecoder('utf-8', { fatal: true }).decode(body)),
    )
  } catch {
    return { problem: badBody('is not valid JSON in UTF-8.') }
  }
}

function objectOf(value: unknown): BodyReading {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return { fields: value as Readonly<Record<string, unknown>> }
  }
  return { problem: badBody("must be a JSON object with the field 'prompt'.") }
}

function isJsonType(header: string | readonly string[] | undefined): boolean {
  if (typeof header !== 'string') return false
  const [type, ...parameters] = header.split(';').map((part) => part.trim().toLowerCase())
  return type === 'application/json' && parameters.every((text) => !/^charset=(?!"?utf-8"?$)/.test(text))
}

function isUnread(body: unknown): body is AsyncIterable<Uint8Array | string> {
  return typeof body === 'object' && body !== null && Symbol.asyncIterator in body
}

function badBody(what: string): Problem {
  return { ...problemOf('INVALID_ARGUMENT'), detail: `The body ${what}` }
}

/** With part of the body unread, the connection cannot serve another request; over HTTP/2 it is the stream that has to end. */
function refuseRest(body: unknown): BodyReading {
  if (body instanceof Http2ServerRequest) body.stream.once('finish', () => body.stream.destroy())
  return { problem: { ...problemOf('BODY_TOO_LARGE'), headers: { connection: 'close' } } }
}
