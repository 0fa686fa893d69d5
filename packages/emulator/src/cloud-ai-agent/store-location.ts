import { isOnLoopback } from '../cloud-ai/load-location.ts'
import { OracleError } from '../oracle-error.ts'

/**
 * Writes a text to a location, on this machine alone.
 * @throws OracleError 20000 plus the HTTP status, as DBMS_CLOUD has it, or ORA-29273 when nobody answers.
 */
export async function storeLocation(uri: string, text: string, signal: AbortSignal): Promise<void> {
  if (!isOnLoopback(uri)) {
    const where = 'this local emulator writes to http://127.0.0.1 and http://localhost only'
    throw new OracleError(20403, `Authorization failed for URI - ${uri} (${where})`)
  }
  const response = await put(uri, text, signal)
  await response.body?.cancel()
  if (!response.ok) throw new OracleError(20000 + response.status, `HTTP status ${response.status} for URI - ${uri}`)
}

async function put(uri: string, text: string, signal: AbortSignal): Promise<Response> {
  try {
    return await fetch(uri, { method: 'PUT', body: text, signal, redirect: 'manual' })
  } catch (cause) {
    throw new OracleError(29273, 'HTTP request failed', { cause })
  }
}
