import { setTimeout as pause } from 'node:timers/promises'
import { buildApp } from './app.ts'
import { readSettings } from './settings.ts'

let stopping = false

async function start(): Promise<void> {
  const settings = readSettings()
  const { ai, server, log } = buildApp(settings, () => stopping)

  const stop = async (signal: string): Promise<void> => {
    if (stopping) process.exit(130) // the second signal: leave at once
    stopping = true // from here on /readyz answers 503
    log.info(`Stopping after ${signal}`)
    server.drain() // from here on each answer ends its connection
    if (server.listening) await pause(settings.shutdownDelayMs)
    else setTimeout(() => process.exit(0), 1000) // still starting, with no answer to wait for
    // Whatever a client or the network does, the process ends.
    setTimeout(() => process.exit(1), settings.shutdownGraceMs + 10_000).unref()
    ai.startClosing() // tells open streams; calls in flight get the grace, then they are ended
    await server.close(settings.shutdownGraceMs + 2000) // takes no new requests, lets those in flight finish
    await ai.close()
    process.exit(0)
  }
  for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, stop)

  try {
    await ai.open() // a wrong password or address shows here, not in the first request
    if (stopping) return
    log.info(`Server listening at ${await server.listen(settings)}`)
  } catch (error) {
    if (stopping) return
    await ai.close()
    throw error
  }
}

start().catch(({ code, message }: NodeJS.ErrnoException) => {
  console.error(code === 'EADDRINUSE' ? `The port is taken: set PORT to a free one. (${message})` : message)
  process.exit(1)
})
