import { Socket } from 'node:net'
import { lastingSignal } from '../pool/lasting-signal.ts'
import { disconnectSignal, type NodeResponse } from './disconnect-signal.ts'

/** A response of Node's `http` or `http2` module, and what carries it. */
export interface CarriedResponse extends NodeResponse {
  /** The connection; null when it has gone. */
  readonly socket?: unknown
  /** The stream of HTTP/2, of which a connection has many. */
  readonly stream?: unknown
}

const signals = new WeakMap<Socket, AbortSignal>()

/**
 * A signal that aborts when the connection beneath a response closes. It is meant as the signal of a `RouteRequest`: requests that
 * share a connection share it, which spares each of them a signal of its own. Unlike `disconnectSignal` it therefore also aborts
 * when a connection closes whose requests have all been answered. Over HTTP/2 it is a `disconnectSignal`.
 */
export function connectionSignal(response: CarriedResponse): AbortSignal {
  const { socket, stream } = response
  if (stream !== undefined || !(socket instanceof Socket) || socket.destroyed) return disconnectSignal(response)
  return signals.get(socket) ?? signalOf(socket)
}

function signalOf(socket: Socket): AbortSignal {
  const controller = lastingSignal()
  socket.once('close', () => controller.abort())
  signals.set(socket, controller.signal)
  return controller.signal
}
