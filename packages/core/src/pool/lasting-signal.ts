import { takeOut } from './take-out.ts'

const listenersOf = new WeakMap<AbortSignal, (() => void)[]>()

/**
 * Makes a signal that many calls listen to, one after the other, such as that of a client's connection. For those of this package
 * listening to it costs next to nothing, where adding and removing a listener of an event target costs as much as all else
 * that a call does before it comes to the driver. For everybody else it is a signal like any other.
 */
export function lastingSignal(): AbortController {
  const controller = new AbortController()
  const listeners: (() => void)[] = []
  listenersOf.set(controller.signal, listeners)
  controller.signal.addEventListener('abort', () => {
    for (const listener of [...listeners]) listener()
  })
  return controller
}

/** Calls `listener` when the signal aborts, at once if it has. Returns a function that takes the listener back. */
export function onAbort(signal: AbortSignal, listener: () => void): () => void {
  if (signal.aborted) {
    listener()
    return () => {}
  }
  const listeners = listenersOf.get(signal)
  if (listeners) {
    listeners.push(listener)
    return () => takeOut(listeners, listener)
  }
  signal.addEventListener('abort', listener, { once: true })
  return () => signal.removeEventListener('abort', listener)
}

/** Aborts the controller when the signal, if there is one, aborts. Returns a function that parts the two again. */
export function abortWith(controller: AbortController, signal: AbortSignal | undefined): () => void {
  return signal === undefined ? () => {} : onAbort(signal, () => controller.abort(signal.reason))
}
