import type { Connection } from './driver-contract.ts'

/** Longest values that V$SESSION shows, in bytes. */
const longest = { module: 48, action: 32 }

/** Tells the database who works on the session. Travels with the next call and costs no round trip. */
export function announce(connection: Connection, module: string, action: string): void {
  connection.module = shorten(module, longest.module)
  connection.action = shorten(action, longest.action)
}

/** What of a session can be compared before and after it was lent. */
export interface SessionMark {
  readonly currentSchema: string | undefined
}

export function markSession(connection: Connection): SessionMark {
  return { currentSchema: connection.currentSchema || undefined }
}

/**
 * Takes back what a borrower may have set on the connection; that too travels with the next call.
 * Returns false when something cannot be taken back, so that the connection must not be lent again.
 */
export function clearSession(connection: Connection, before: SessionMark): boolean {
  try {
    connection.callTimeout = 0
    connection.clientId = ''
    connection.clientInfo = ''
    connection.module = ''
    connection.action = ''
    connection.dbOp = ''
    return (connection.currentSchema || undefined) === before.currentSchema
  } catch {
    return false
  }
}

function shorten(text: string, bytes: number): string {
  const encoded = Buffer.from(text)
  if (encoded.length <= bytes) return text
  // A character cut in half decodes to the replacement character, which is taken off.
  return encoded
    .subarray(0, bytes)
    .toString()
    .replace(/\uFFFD+$/, '')
}
