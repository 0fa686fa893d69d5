import type { Connection, DriverConnectionPool } from './driver-contract.ts'

interface NetworkSession {
  forceDisconnect?(): void
}

interface ConnectionInternals {
  readonly nscon?: NetworkSession
}

interface PoolInternals {
  readonly _freeConnectionList?: unknown
  readonly _usedConnectionList?: unknown
}

/*
 * The thin driver has no public way to let go of a connection whose call does not come back: close() waits for the call
 * to end, and its option `drop` is not looked at. Its own pool ends such connections by destroying the socket, and so do we,
 * carefully: where these internals are missing (thick mode, other versions) nothing happens and close() must do.
 */

/** Destroys the socket of a connection, so that whatever waits for it fails now. Returns whether that was possible. */
export function forceDisconnect(connection: Connection): boolean {
  return destroySocket((connection as unknown as { readonly _impl?: ConnectionInternals })._impl)
}

/** Destroys the sockets of all connections that a driver pool still has. */
export function forceDisconnectAll(pool: DriverConnectionPool): void {
  const { _freeConnectionList, _usedConnectionList } = (pool as { readonly _impl?: PoolInternals })._impl ?? {}
  for (const list of [_freeConnectionList, _usedConnectionList]) {
    if (Array.isArray(list) || list instanceof Set) for (const connection of list) destroySocket(connection)
  }
}

function destroySocket(internals: ConnectionInternals | undefined): boolean {
  if (typeof internals?.nscon?.forceDisconnect !== 'function') return false
  try {
    internals.nscon.forceDisconnect()
    return true
  } catch {
    return false
  }
}
