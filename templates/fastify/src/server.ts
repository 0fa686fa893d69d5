import { setTimeout as pause } from 'node:timers/promises'
import { buildApp } from './app.ts'
import { readSettings, type Settings } from './settings.ts'

let stopping = false

async function start(settings: Settings): Promise<void> {
  const { host, port, profiles, logLevel, shutdownDelayMs, shutdownGraceMs } = settings
  const app = buildApp({ profiles, logLevel, graceMs: shutdownGraceMs, isDraining: () => stopping })

  const stop = async (): Promise<void> => {
    if (stopping) process.exit(130) // the second signal: leave at once
    stopping = true // from here on /readyz answers 503
    await pause(shutdownDelayMs)
    // Whatever a client or the network does, the process ends.
    setTimeout(() => app.server.closeAllConnections(), shutdownGraceMs + 2000).unref()
    setTimeout(() => process.exit(1), shutdownGraceMs + 10_000).unref()
    await app.close() // takes no new requests, lets those in flight finish, then closes the pool
    process.exit(0)
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)

  try {
    await app.listen({ host, port })
  } catch (error) {
    if (stopping) return
    await app.close()
    throw error
  }
}

try {
  await start(readSettings())
} catch (error) {
  const { code, message } = error as NodeJS.ErrnoException
  console.error(code === 'EADDRINUSE' ? `The port is taken: set PORT to a free one. (${message})` : message)
  process.exit(1)
}
