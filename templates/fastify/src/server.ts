import { setTimeout as pause } from 'node:timers/promises'
import { buildApp } from './app.ts'
import { readSettings } from './settings.ts'

let stopping = false

async function start(): Promise<void> {
  const settings = readSettings()
  const app = buildApp(settings, () => stopping)

  const stop = async (signal: string): Promise<void> => {
    if (stopping) process.exit(130) // the second signal: leave at once
    stopping = true // from here on /readyz answers 503
    app.log.info(`Stopping after ${signal}`)
    if (app.server.listening) await pause(settings.shutdownDelayMs)
    else setTimeout(() => process.exit(0), 1000) // still starting, with no answer to wait for
    // Whatever a client or the network does, the process ends.
    setTimeout(() => app.server.closeAllConnections(), settings.shutdownGraceMs + 2000).unref()
    setTimeout(() => process.exit(1), settings.shutdownGraceMs + 10_000).unref()
    await app.close() // tells open streams, takes no new requests, lets those in flight finish, then closes the pool
    process.exit(0)
  }
  for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, stop)

  try {
    await app.listen(settings) // opens the pool first: a wrong password or address shows here
  } catch (error) {
    if (stopping) return
    await app.close()
    throw error
  }
}

start().catch(({ code, message }: NodeJS.ErrnoException) => {
  console.error(code === 'EADDRINUSE' ? `The port is taken: set PORT to a free one. (${message})` : message)
  process.exit(1)
})
