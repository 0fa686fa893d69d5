/** The user broke the command off before it was done. */
export class InterruptedError extends Error {
  constructor() {
    super('Interrupted.')
    this.name = 'InterruptedError'
  }
}

const stopSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** A signal that asks the process to end. Ctrl-C in a terminal is `SIGINT`. */
export type StopSignal = (typeof stopSignals)[number]

/**
 * Tells of each signal that asks the process to end, instead of ending it.
 * @returns a function that gives the signals their usual effect back.
 */
export function listenForSignals(listener: (signal: StopSignal) => void): () => void {
  for (const name of stopSignals) process.on(name, listener)
  return () => {
    for (const name of stopSignals) process.off(name, listener)
  }
}

/**
 * Runs `work` with a signal that aborts when the process is asked to end. Asked a second time, the process ends at once.
 * @throws InterruptedError in place of what `work` throws once it was interrupted.
 */
export async function interruptible<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController()
  const stopListening = listenForSignals(() => {
    stopListening()
    controller.abort(new InterruptedError())
  })
  try {
    return await work(controller.signal)
  } catch (error) {
    throw controller.signal.aborted ? controller.signal.reason : error
  } finally {
    stopListening()
  }
}

/**
 * Waits for what cannot be ended itself, but no longer than until the signal aborts.
 * @throws the reason of the signal.
 */
export async function untilAborted<T>(pending: Promise<T>, signal: AbortSignal): Promise<T> {
  let stopWaiting = (): void => {}
  const aborted = new Promise<never>((_resolve, reject) => {
    const onAbort = (): void => reject(signal.reason)
    signal.addEventListener('abort', onAbort, { once: true })
    stopWaiting = () => signal.removeEventListener('abort', onAbort)
    if (signal.aborted) onAbort()
  })
  try {
    return await Promise.race([pending, aborted])
  } finally {
    stopWaiting()
  }
}
