import type { IncomingMessage } from 'node:http'

/** A request whose body a parser such as `express.json()` may have read. */
export type ReadableRequest = IncomingMessage & { readonly body?: unknown }

/** The parsed body, or why there is none. */
export type BodyReading = { readonly json: unknown } | { readonly refusal: 'too large' | 'no JSON' | 'cut off' }

/** Reads the JSON of a request, and no more than so many bytes of it. */
export async function readBody(request: ReadableRequest, maxBodyBytes: number): Promise<BodyReading> {
  if (request.readableDidRead) return parsedOf(request.body, maxBodyBytes)
  const chunks: Buffer[] = []
  let length = 0
  try {
    // To end the iteration early would cut the connection before the answer.
    for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      length += chunk.byteLength
      if (length > maxBodyBytes) return { refusal: 'too large' }
      chunks.push(chunk)
    }
  } catch {
    return { refusal: 'cut off' }
  }
  return jsonOf(Buffer.concat(chunks))
}

/** What a parser has made of the body: an object, or text or bytes that are JSON still. */
function parsedOf(body: unknown, maxBodyBytes: number): BodyReading {
  if (typeof body !== 'string' && !(body instanceof Uint8Array)) return { json: body }
  return Buffer.byteLength(body) > maxBodyBytes ? { refusal: 'too large' } : jsonOf(body)
}

function jsonOf(body: string | Uint8Array): BodyReading {
  try {
    const text = typeof body === 'string' ? body : new TextDecoder('utf-8', { fatal: true }).decode(body)
    return { json: JSON.parse(text) }
  } catch {
    return { refusal: 'no JSON' }
  }
}
