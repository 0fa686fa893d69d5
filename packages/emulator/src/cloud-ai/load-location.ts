import { OracleError } from '../oracle-error.ts'

/** Longest text that is loaded. */
export const LONGEST_BYTES: number = 16 * 1024 * 1024
const loopback = ['127.0.0.1', 'localhost']

/**
 * Loads the text at a location, from this machine alone: an emulator for tests has no business elsewhere.
 * @throws OracleError 20000 plus the HTTP status, as DBMS_CLOUD has it, or ORA-29273 when nobody answers.
 */
export async function loadLocation(uri: string, signal: AbortSignal): Promise<string> {
  if (!isOnLoopback(uri)) {
    const where = 'this local emulator loads from http://127.0.0.1 and http://localhost only'
    throw new OracleError(20403, `Authorization failed for URI - ${uri} (${where})`)
  }
  const response = await fetchFrom(uri, signal)
  if (response.status !== 200) {
    await response.body?.cancel()
    // Statuses below 300 other than 200 have no text to give, and no number of their own among the errors.
    throw new OracleError(20000 + Math.max(response.status, 300), `HTTP status ${response.status} for URI - ${uri}`)
  }
  return readText(response, uri)
}

/** Whether a location is one of this machine, by plain HTTP. */
export function isOnLoopback(uri: string): boolean {
  const { protocol, hostname } = URL.canParse(uri) ? new URL(uri) : {}
  return protocol === 'http:' && hostname !== undefined && loopback.includes(hostname)
}

async function fetchFrom(uri: string, signal: AbortSignal): Promise<Response> {
  try {
    // A redirect could lead away from this machine; its status is an error like any other.
    return await fetch(uri, { signal, redirect: 'manual' })
  } catch (cause) {
    throw new OracleError(29273, 'HTTP request failed', { cause })
  }
}

async function readText(response: Response, uri: string): Promise<string> {
  const pieces: Uint8Array[] = []
  let bytes = 0
  for await (const piece of response.body ?? []) {
    bytes += piece.byteLength
    if (bytes > LONGEST_BYTES)
      throw new OracleError(20413, `Object is too large - ${uri} (at most ${LONGEST_BYTES} bytes)`)
    pieces.push(piece)
  }
  return Buffer.concat(pieces).toString('utf8')
}
