// Many impatient clients against a starter (--template, default fastify): 1,000 requests, 50 at a time, on a pool of 4
// connections, a third of the clients hanging up at a random moment. Afterwards nothing may be in use and every session
// must be accounted for.
import { request } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { type Model, startEmulator } from '@select-ai/emulator'
import type { SelectAIPool } from '../packages/core/src/index.ts'
import { getSelectAI } from '../packages/fastify/src/index.ts'
import { buildApp as buildFastify } from '../templates/fastify/src/app.ts'
import { buildApp as buildHono } from '../templates/hono/src/app.ts'
import { buildApp as buildHttp } from '../templates/http/src/app.ts'
import type { Settings } from '../templates/http/src/settings.ts'
import { buildApp as buildKoa } from '../templates/koa/src/app.ts'

const requests = 1000
const concurrency = 50
const connections = 4
const seed = Number(process.env.SEED ?? 1)
const deadlineMs = 180_000

const settings: Settings = {
  host: '127.0.0.1',
  port: 0,
  profiles: ['OCI_AI_PROFILE'],
  logLevel: 'silent',
  shutdownDelayMs: 0,
  shutdownGraceMs: 5000,
}

interface Service {
  readonly port: number
  readonly pool: SelectAIPool
  close(): Promise<void>
}

const starters: Readonly<Record<string, () => Promise<Service>>> = {
  fastify: startFastify,
  hono: () => startOnNode(buildHono),
  koa: () => startOnNode(buildKoa),
  http: () => startOnNode(buildHttp),
}

async function startFastify(): Promise<Service> {
  const app = buildFastify(settings, () => false)
  const address = await app.listen(settings)
  return { port: Number(new URL(address).port), pool: getSelectAI(app), close: () => app.close() }
}

async function startOnNode(build: typeof buildHono | typeof buildHttp | typeof buildKoa): Promise<Service> {
  const { ai, server } = build(settings, () => false)
  await ai.open()
  const address = await server.listen(settings)
  const close = async (): Promise<void> => {
    ai.startClosing()
    await server.close(settings.shutdownGraceMs)
    await ai.close()
  }
  return { port: Number(new URL(address).port), pool: ai.pool, close }
}

type Outcome = number | 'hung up' | 'broken off'

/** Mulberry32: the same schedule for the same seed. */
function randomSource(start: number): () => number {
  let state = start
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

const random = randomSource(seed)

const thinkingModel: Model = {
  name: 'soak',
  chat: async ({ prompt, signal }) => {
    await pause(5 + random() * 40, undefined, { signal })
    return `You said: ${prompt}`
  },
  generateSql: async () => ({ sql: 'SELECT COUNT(*) AS "PROMOTIONS" FROM "SH"."PROMOTIONS"' }),
  explainSql: async ({ sql }) => sql,
  narrate: async ({ rows }) => `${rows.length} rows`,
}

function ask(port: number, path: string, hangUpAfterMs: number | undefined): Promise<Outcome> {
  return new Promise((resolve) => {
    let hungUp = false
    let timer: NodeJS.Timeout | undefined
    const sent = request({ host: '127.0.0.1', port, path, agent: false }, (response) => {
      response.resume()
      response.once('close', () => finish(response.complete ? (response.statusCode ?? 0) : failure()))
    })
    const failure = (): Outcome => (hungUp ? 'hung up' : 'broken off')
    const finish = (outcome: Outcome): void => {
      clearTimeout(timer)
      resolve(outcome)
    }
    sent.once('error', () => finish(failure()))
    if (hangUpAfterMs !== undefined) {
      timer = setTimeout(() => {
        hungUp = true
        sent.destroy(new Error('hung up'))
      }, hangUpAfterMs)
    }
    sent.end()
  })
}

async function run(port: number): Promise<Map<Outcome, number>> {
  const counts = new Map<Outcome, number>()
  let next = 0
  const client = async (): Promise<void> => {
    while (next < requests) {
      const number = next++
      const path = `${number % 4 === 0 ? '/run_sql' : '/chat'}?prompt=${encodeURIComponent(`Question ${number}`)}`
      const outcome = await ask(port, path, random() < 0.35 ? random() * 250 : undefined)
      counts.set(outcome, (counts.get(outcome) ?? 0) + 1)
    }
  }
  await Promise.all(Array.from({ length: concurrency }, client))
  return counts
}

const { template } = parseArgs({ options: { template: { type: 'string', default: 'fastify' } } }).values
const start = starters[template]
if (!start) throw new Error(`There is no template '${template}': --template takes ${Object.keys(starters).join(', ')}.`)

let unhandled = 0
process.on('unhandledRejection', (reason) => {
  unhandled += 1
  console.error('unhandled rejection:', reason)
})
setTimeout(() => {
  console.error(`not finished within ${deadlineMs / 1000} seconds`)
  process.exit(1)
}, deadlineMs).unref()

const password = 'soak'
const emulator = await startEmulator({ user: 'SOAK', password, model: thinkingModel })
Object.assign(process.env, {
  SELECT_AI_USER: 'SOAK',
  SELECT_AI_PASSWORD: password,
  SELECT_AI_DB_CONNECT_STRING: emulator.connectString,
  SELECT_AI_POOL_MIN: '0',
  SELECT_AI_POOL_MAX: String(connections),
})
const { port, pool, close } = await start()

const startedAt = performance.now()
const counts = await run(port)
const seconds = ((performance.now() - startedAt) / 1000).toFixed(1)

for (let patience = 200; patience > 0 && pool.stats().inUse + pool.stats().waiting > 0; patience -= 1) await pause(25)
const stats = pool.stats()
await close()
await emulator.ledger.waitFor(({ open }) => open === 0).catch(() => {})
const { opened, loggedOff, open } = emulator.ledger.snapshot()
await emulator.close()

const total = [...counts.values()].reduce((sum, count) => sum + count, 0)
const lines = [...counts]
  .sort(([a], [b]) => String(a).localeCompare(String(b)))
  .map(([what, count]) => `  ${what}: ${count}`)
console.log(
  `${template}: ${total} requests in ${seconds} s, ${concurrency} at a time, ${connections} connections, seed ${seed}`,
)
console.log(lines.join('\n'))
console.log(`pool: ${stats.inUse} in use, ${stats.waiting} waiting, totals ${JSON.stringify(stats.totals)}`)
console.log(`sessions: ${opened} opened, ${loggedOff} logged off, ${open} open`)

const complaints = [
  total !== requests && `${requests - total} requests have no outcome`,
  counts.has(500) && 'a request was answered with 500',
  counts.has('broken off') && 'the service broke a connection off',
  !counts.has(200) && 'no request was answered',
  !counts.has('hung up') && 'no client hung up, so nothing was shown',
  unhandled > 0 && `${unhandled} unhandled rejections`,
  stats.inUse + stats.waiting > 0 && 'connections are still in use',
  open > 0 && 'sessions are still open',
  opened - loggedOff > stats.totals.dropped && 'sessions ended without a logoff, and the pool does not know',
].filter((complaint) => complaint !== false)
for (const complaint of complaints) console.error(`FAILED: ${complaint}`)
process.exitCode = complaints.length === 0 ? 0 : 1
