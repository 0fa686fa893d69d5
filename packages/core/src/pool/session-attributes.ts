import type { Connection } from './driver-contract.ts'
import type { HeldConnection } from './warm-connections.ts'

/** Longest ACTION that V$SESSION shows, in bytes. */
const longestAction = 32

/** Tells the database who works on the session, unless it knows. Travels with the next call and costs no round trip. */
export function announce(held: HeldConnection, action: string): void {
  if (held.announced === action) return
  held.announced = action
  held.connection.module = 'select-ai'
  held.connection.action = shorten(action)
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

function shorten(text: string): string {
  const encoded = Buffer.from(text)
  if (encoded.length <= longestAction) return text
  // A character cut in half decodes to the replacement character, which is taken off.
  return encoded
    .subarray(0, longestAction)
    .toString()
    .replace(/\uFFFD+$/, '')
}
