// The service while you work on it: in front of a local emulator unless a database is set, and started anew whenever a
// source file changes. `node --watch` waits until the old process has closed its pool before it starts the new one.
import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { type Emulator, startEmulator } from '@select-ai/emulator'
import pretty from 'pino-pretty'

const databaseVariables = ['SELECT_AI_USER', 'SELECT_AI_PASSWORD', 'SELECT_AI_DB_CONNECT_STRING']

async function dev(): Promise<number> {
  if (existsSync('.env')) process.loadEnvFile('.env')
  const missing = databaseVariables.filter((name) => !process.env[name])
  if (missing.length > 0 && missing.length < databaseVariables.length) {
    console.error(`To use your own database, please set ${missing.join(' and ')} too. To use the emulator, set none.`)
    return 1
  }
  if (missing.length === 0) return runServer({}, 'yours, as the environment or .env names it')

  const password = randomBytes(12).toString('hex')
  await using emulator = await startEmulator({ user: 'DEMO', password })
  const values = { SELECT_AI_USER: 'DEMO', SELECT_AI_PASSWORD: password }
  const environment = { ...values, SELECT_AI_DB_CONNECT_STRING: emulator.connectString }
  const what = `the emulator on ${emulator.connectString}: a development tool, not an Oracle database`
  const code = await runServer(environment, what)
  await closeBooks(emulator)
  return code
}

async function runServer(environment: Record<string, string>, database: string): Promise<number> {
  // The options of this process (how to read TypeScript) are those of the server.
  const options = [...process.execArgv, '--watch', '--watch-preserve-output']
  const server = spawn(process.execPath, [...options, 'src/server.ts'], {
    env: { ...process.env, SHUTDOWN_DELAY_MS: '0', ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
    // A group of its own: Ctrl+C in a terminal then reaches it through us alone, and only once.
    detached: true,
  })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => server.kill('SIGTERM'))

  const log = pretty({ ignore: 'pid,hostname', singleLine: true, sync: true })
  let welcomed = false
  createInterface({ input: server.stdout }).on('line', (line) => {
    log.write(`${line}\n`)
    const address = /"Server listening at ([^"]+)"/.exec(line)?.[1]
    if (!address || welcomed) return
    welcomed = true
    console.log(welcome(address, database))
  })
  const [code] = await once(server, 'close')
  return code ?? 1
}

function welcome(address: string, database: string): string {
  return `
  service    ${address}, started anew when a source file changes
  database   ${database}

Ask it something from another terminal:

  curl '${address}/show_sql?prompt=${encodeURIComponent('How many promotions?')}'

Press Ctrl+C to stop.
`
}

async function closeBooks({ ledger }: Emulator): Promise<void> {
  // The server's last goodbye may still be on its way through the socket.
  await ledger.waitFor(({ open }) => open === 0, 2000).catch(() => {})
  const { opened, loggedOff } = ledger
  console.log(`${opened === loggedOff ? 'All' : 'NOT ALL'} database sessions logged off (${loggedOff} of ${opened}).`)
}

process.exitCode = await dev()
