// The whole kit on one machine: the local emulator, one of the starters in front of it, and three questions to ask.
// With SELECT_AI_USER, SELECT_AI_PASSWORD and SELECT_AI_DB_CONNECT_STRING set, the starter uses that database instead.
import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import type { Emulator } from '@select-ai/emulator'

const lowestNode = [20, 19] as const
const databaseVariables = ['SELECT_AI_USER', 'SELECT_AI_PASSWORD', 'SELECT_AI_DB_CONNECT_STRING'] as const
const startDeadlineMs = 60_000
const templates = ['fastify', 'hono', 'koa', 'http'] as const
const help = `Usage: demo [--template <name>]

Runs a starter in front of the local emulator, or of your own database when SELECT_AI_USER, SELECT_AI_PASSWORD and
SELECT_AI_DB_CONNECT_STRING are set.

  -t, --template <name>  the starter: ${templates.join(', ')} (default: fastify)
  -h, --help             show this help

PORT and HOST say where it listens (default: 3000 on 127.0.0.1).`

interface Starter {
  readonly process: ChildProcess
  readonly exited: Promise<number>
  /** Resolves to the address as soon as the starter listens. */
  readonly listening: Promise<string>
}

class DemoError extends Error {}

let stopRequests = 0
let starter: Starter | undefined

function requestStop(): void {
  stopRequests += 1
  // The second one reaches the starter too, which then leaves at once.
  starter?.process.kill('SIGTERM')
}

async function demo(): Promise<number> {
  checkNode()
  const template = readTemplate()
  if (template === undefined) {
    console.log(help)
    return 0
  }
  const port = readPort()
  process.on('SIGINT', requestStop)
  process.on('SIGTERM', requestStop)
  const emulator = await openEmulator()
  try {
    if (stopRequests > 0) return 0
    starter = startStarter(template, port)
    const address = await firstOf(starter)
    if (address !== undefined) console.log(welcome(template, address, emulator?.connectString))
    const code = await starter.exited
    if (stopRequests === 0)
      throw new DemoError(address === undefined ? '' : `The starter ended by itself (exit ${code}).`)
    return await closeBooks(emulator, code)
  } finally {
    starter?.process.kill('SIGKILL')
    await emulator?.close()
  }
}

function checkNode(): void {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  const [lowestMajor, lowestMinor] = lowestNode
  if (major > lowestMajor || (major === lowestMajor && minor >= lowestMinor)) return
  throw new DemoError(`This needs Node ${lowestNode.join('.')} or newer; this is Node ${process.versions.node}.`)
}

/** Undefined when help is asked for. */
function readTemplate(): string | undefined {
  const { template, help: helpWanted } = readOptions()
  if (helpWanted) return undefined
  if ((templates as readonly string[]).includes(template)) return template
  throw new DemoError(`There is no template '${template}': --template takes ${templates.join(', ')}.`)
}

function readOptions(): { readonly template: string; readonly help: boolean } {
  try {
    const { values } = parseArgs({
      options: {
        template: { type: 'string', short: 't', default: 'fastify' },
        help: { type: 'boolean', short: 'h', default: false },
      },
    })
    return values
  } catch (error) {
    throw new DemoError(`${(error as Error).message.split('. ', 1)[0]}. See demo --help.`)
  }
}

function readPort(): number {
  const text = process.env.PORT || '3000'
  if (/^\d+$/.test(text) && Number(text) <= 65_535) return Number(text)
  throw new DemoError('PORT must be a whole number from 0 to 65535.')
}

/** Undefined when the environment names a database. */
async function openEmulator(): Promise<Emulator | undefined> {
  const missing = databaseVariables.filter((name) => !process.env[name])
  if (missing.length === 0) return undefined
  if (missing.length < databaseVariables.length) {
    throw new DemoError(
      `To use your own database, please set ${missing.join(' and ')} too. To use the emulator, set none.`,
    )
  }
  // Imported late, so that an old Node gets the message above instead of a syntax error.
  const { startEmulator } = await import('@select-ai/emulator')
  const password = randomBytes(12).toString('hex')
  const emulator = await startEmulator({ user: 'DEMO', password })
  const values = ['DEMO', password, emulator.connectString]
  databaseVariables.forEach((name, index) => {
    process.env[name] = values[index]
  })
  return emulator
}

function startStarter(template: string, port: number): Starter {
  const guard = new URL('stop-with-parent.ts', import.meta.url).href
  const options = ['--conditions=@select-ai/source', '--import', 'tsx', '--import', guard]
  const child = spawn(process.execPath, [...options, 'src/server.ts'], {
    cwd: join(import.meta.dirname, '..', 'templates', template),
    env: { ...process.env, PORT: String(port), LOG_LEVEL: 'info' },
    stdio: ['pipe', 'pipe', 'inherit'],
    // A group of its own: Ctrl+C in a terminal then reaches the starter through us alone, and only once.
    detached: true,
  })
  const exited = once(child, 'exit').then(([code]) => (code as number | null) ?? 1)
  return { process: child, exited, listening: readLog(child) }
}

/** Shows the starter's warnings and errors, and finds out where it listens. */
function readLog(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    if (!child.stdout) return
    createInterface({ input: child.stdout }).on('line', (line) => {
      const entry = parseEntry(line)
      const address = /^Server listening at (\S+)$/.exec(entry?.msg ?? '')?.[1]
      if (address) resolve(address)
      else if (!entry || entry.level >= 40) console.log(line)
    })
  })
}

function parseEntry(line: string): { readonly level: number; readonly msg?: string } | undefined {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}

async function firstOf({ exited, listening }: Starter): Promise<string | undefined> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_resolve, reject) => {
    const error = new DemoError(`The starter did not start within ${startDeadlineMs / 1000} seconds.`)
    timer = setTimeout(() => reject(error), startDeadlineMs)
  })
  try {
    return await Promise.race([listening, exited.then(() => undefined), late])
  } finally {
    clearTimeout(timer)
  }
}

function welcome(template: string, address: string, connectString: string | undefined): string {
  const database = connectString
    ? `the emulator on ${connectString}: a development tool, not an Oracle database`
    : 'yours, as the environment names it'
  const question = encodeURIComponent('How many promotions?')
  const lines = ['show_sql', 'run_sql', 'chat'].map((action) => `  curl '${address}/${action}?prompt=${question}'`)
  return `
Select AI for Node is running.

  service    ${address}, the starter in templates/${template}
  database   ${database}
${connectString ? '  answers    by fixed rules about the sample tables; no language model is involved\n' : ''}
Ask it something from another terminal:

${lines.join('\n')}

Press Ctrl+C to stop.
`
}

async function closeBooks(emulator: Emulator | undefined, code: number): Promise<number> {
  if (!emulator) {
    console.log('The starter has stopped.')
    return code
  }
  const { ledger } = emulator
  // The starter's last goodbye may still be on its way through the socket.
  await ledger.waitFor(({ open }) => open === 0, 2000).catch(() => {})
  const { opened, loggedOff } = ledger
  const all = opened === loggedOff
  console.log(`${all ? 'All' : 'NOT ALL'} database sessions logged off (${loggedOff} of ${opened}).`)
  return code === 0 && !all ? 1 : code
}

try {
  process.exitCode = await demo()
} catch (error) {
  if (!(error instanceof DemoError)) throw error
  if (error.message) console.error(error.message)
  process.exitCode = 1
}
