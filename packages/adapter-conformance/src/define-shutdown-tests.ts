import { once } from 'node:events'
import { Agent } from 'node:http'
import { type AddressInfo, createServer } from 'node:net'
import { describe, expect, test } from 'vitest'
import { openTcpProxy } from '../../core/test/tcp-proxy.ts'
import { ask, question } from './ask.ts'
import { openEvents } from './event-client.ts'
import type { ReportEntry } from './report-entry.ts'
import { type StarterProcess, startStarter } from './starter-process.ts'
import { type Database, openDatabase, password } from './test-service.ts'

const hello = question('chat', { prompt: 'Hello' })
const hold = question('chat', { prompt: 'hold' })

/** Milliseconds that a process gets on a busy machine for what needs no waiting. */
const soonMs = 4000

interface Trial {
  readonly database: Database
  start(environment?: Readonly<Record<string, string>>): StarterProcess
}

const behaviours: Readonly<Record<string, (trial: Trial) => Promise<void>>> = {
  'SIGTERM ends an idle process with 0': (trial) => endsIdle(trial, 'SIGTERM'),
  'SIGINT ends an idle process with 0': (trial) => endsIdle(trial, 'SIGINT'),

  'a call in flight is answered before the process ends': async ({ database: { model, emulator }, start }) => {
    await using starter = start()
    const url = await starter.url
    const inFlight = ask(`${url}${hold}`)
    await model.holding(1)
    const stopped = starter.stop('SIGTERM')
    await expect.poll(() => ask(`${url}/livez`).catch(() => 'refused'), { timeout: soonMs }).toBe('refused')
    model.release()
    expect((await inFlight).json).toEqual({ response: 'echo: hold' })
    expect((await stopped).code).toBe(0)
    expect([emulator.ledger.loggedOff, emulator.ledger.open]).toEqual([emulator.ledger.opened, 0])
  },

  'a call that outlasts the grace gets 503, and the process ends with 0': async ({ database: { model }, start }) => {
    await using starter = start({ SHUTDOWN_GRACE_MS: '200' })
    const inFlight = ask(`${await starter.url}${hold}`)
    await model.holding(1)
    const { code, tookMs } = await starter.stop('SIGTERM')
    expect((await inFlight).json).toMatchObject({ status: 503, code: 'POOL_CLOSED' })
    expect(code).toBe(0)
    expect(tookMs).toBeLessThan(200 + soonMs)
  },

  'a second signal ends the process at once with 130': async ({ database: { model }, start }) => {
    await using starter = start()
    const url = await starter.url
    const inFlight = ask(`${url}${hold}`).catch(() => 'cut off')
    await model.holding(1)
    starter.child.kill('SIGTERM')
    await expect.poll(() => ask(`${url}/livez`).catch(() => 'refused'), { timeout: soonMs }).toBe('refused')
    const { code, tookMs } = await starter.stop('SIGTERM')
    expect(code).toBe(130)
    expect(tookMs).toBeLessThan(soonMs)
    expect(await inFlight).toBe('cut off')
  },

  'with a delay it is first not ready and goes on serving': async ({ start }) => {
    await using starter = start({ SHUTDOWN_DELAY_MS: '50000' })
    const url = await starter.url
    expect((await ask(`${url}/readyz`)).status).toBe(200)
    starter.child.kill('SIGTERM')
    await expect
      .poll(async () => (await ask(`${url}/readyz`)).json, { timeout: soonMs })
      .toMatchObject({
        status: 'draining',
      })
    expect((await ask(`${url}/livez`)).status).toBe(200)
    expect((await ask(`${url}${hello}`)).status).toBe(200)
    expect((await starter.stop('SIGINT')).code).toBe(130)
  },

  'a signal during a start that waits for the database ends the process with 0': async ({ start }) => {
    const silent = createServer().listen(0, '127.0.0.1')
    await once(silent, 'listening')
    const { port } = silent.address() as AddressInfo
    await using starter = start({
      SELECT_AI_DB_CONNECT_STRING: `127.0.0.1:${port}/FREEPDB1`,
      SELECT_AI_CONNECT_TIMEOUT_MS: '2000',
    })
    const [socket] = await once(silent, 'connection')
    const { code, tookMs } = await starter.stop('SIGTERM')
    expect([code, starter.errors()]).toEqual([0, ''])
    expect(tookMs).toBeLessThan(4000 + soonMs)
    socket.destroy()
    silent.close()
    await once(silent, 'close')
  },

  'an open stream is told and gets its answer before the process ends': async ({ database: { model }, start }) => {
    await using starter = start()
    const client = await openEvents(`${await starter.url}${hold}`)
    await model.holding(1)
    const stopped = starter.stop('SIGTERM')
    await expect.poll(() => client.events.map(({ data }) => data.status), { timeout: soonMs }).toContain('closing')
    model.release()
    expect((await client.all()).at(-1)?.name).toBe('done')
    expect((await stopped).code).toBe(0)
  },

  'a stream that outlasts the grace ends with an error event': async ({ database: { model }, start }) => {
    await using starter = start({ SHUTDOWN_GRACE_MS: '200' })
    const client = await openEvents(`${await starter.url}${hold}`)
    await model.holding(1)
    const { code, tookMs } = await starter.stop('SIGTERM')
    expect((await client.all()).at(-1)).toMatchObject({ name: 'error', data: { code: 'POOL_CLOSED' } })
    expect(code).toBe(0)
    expect(tookMs).toBeLessThan(200 + soonMs)
  },

  'clients that keep their connections do not hold up the end': async ({ start }) => {
    await using starter = start()
    const url = await starter.url
    const agent = new Agent({ keepAlive: true })
    const asked = await Promise.all([1, 2, 3].map(() => ask(`${url}${hello}`, { agent })))
    expect(asked.map(({ status }) => status)).toEqual([200, 200, 200])
    const { code, tookMs } = await starter.stop('SIGTERM')
    expect(code).toBe(0)
    expect(tookMs).toBeLessThan(soonMs)
    agent.destroy()
  },

  'a call that is stuck, on a line gone mute, does not hold up the end': async ({ database, start }) => {
    const { model, emulator } = database
    await using proxy = await openTcpProxy(emulator.port)
    await using starter = start({
      SELECT_AI_DB_CONNECT_STRING: `127.0.0.1:${proxy.port}/FREEPDB1`,
      SHUTDOWN_GRACE_MS: '200',
    })
    const inFlight = ask(`${await starter.url}${hold}`).catch(() => 'cut off')
    await model.holding(1)
    proxy.muted = true
    const { code, tookMs } = await starter.stop('SIGTERM')
    expect(code).toBe(0)
    // The grace, and the time that a broken call gets to let go before its connection is cut.
    expect(tookMs).toBeLessThan(200 + 1000 + soonMs)
    await inFlight
  },

  'a port that is taken ends the start with 1 and one line, and the pool is closed': async ({ database, start }) => {
    const holder = createServer().listen(0, '127.0.0.1')
    await once(holder, 'listening')
    await using starter = start({ PORT: String((holder.address() as AddressInfo).port) })
    expect(await starter.exit).toBe(1)
    expect(starter.errors()).toMatch(/^The port is taken: set PORT .*\n$/)
    const { opened, loggedOff } = database.emulator.ledger
    expect(loggedOff).toBe(opened)
    holder.close()
    await once(holder, 'close')
  },

  'a wrong password ends the start with 1 and one line': async ({ start }) => {
    await using starter = start({ SELECT_AI_PASSWORD: 'CANARY-wrong' })
    expect(await starter.exit).toBe(1)
    expect(starter.errors().trim().split('\n')).toHaveLength(1)
    expect(starter.errors()).not.toContain('CANARY')
  },
}

async function endsIdle({ database: { emulator }, start }: Trial, signal: NodeJS.Signals): Promise<void> {
  await using starter = start()
  const url = await starter.url
  expect((await ask(`${url}${hello}`)).status).toBe(200)
  const { code, tookMs } = await starter.stop(signal)
  expect(code).toBe(0)
  expect(tookMs).toBeLessThan(soonMs)
  expect([emulator.ledger.loggedOff, emulator.ledger.open]).toEqual([emulator.ledger.opened, 0])
}

/**
 * Defines one test for each way in which a starter may have to stop, with real processes and signals.
 *
 * @param folder - the folder of the starter, absolute.
 */
export function defineShutdownTests(name: string, folder: string): void {
  describe(`shutdown of the ${name} starter`, { timeout: 60_000 }, () => {
    for (const [behaviour, run] of Object.entries(behaviours)) {
      test(behaviour, async (context) => {
        const entry: ReportEntry = { table: 'starters', subject: name, group: 'shutdown', behaviour }
        context.task.meta.conformance = entry
        const database = await openDatabase()
        const start = (environment: Readonly<Record<string, string>> = {}): StarterProcess =>
          startStarter(folder, {
            SELECT_AI_USER: 'DEMO',
            SELECT_AI_PASSWORD: password,
            SELECT_AI_DB_CONNECT_STRING: database.emulator.connectString,
            ...environment,
          })
        try {
          await run({ database, start })
        } finally {
          await database.emulator.close()
        }
      })
    }
  })
}
