import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { utimes } from 'node:fs/promises'
import { join } from 'node:path'
import { startEmulator } from '@select-ai/emulator'
import { expect, test } from 'vitest'

const starters = ['fastify', 'hono', 'koa', 'http']
const patience = 120_000

interface Dev extends AsyncDisposable {
  readonly child: ChildProcess
  /** Resolves to the address once the server has started that many times; rejects when `dev` ends before. */
  started(times: number): Promise<string>
  readonly exit: Promise<number | string>
  readonly output: { text: string }
}

function folderOf(starter: string): string {
  return join(import.meta.dirname, '..', '..', 'templates', starter)
}

function startDev(starter: string, environment: Record<string, string> = {}): Dev {
  const child = spawn(process.execPath, ['--conditions=@select-ai/source', '--import', 'tsx', 'scripts/dev.ts'], {
    cwd: folderOf(starter),
    env: { PATH: process.env.PATH ?? '', PORT: '0', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true, // as a terminal does it: a group, to which Ctrl+C goes as a whole
  })
  const output = { text: '' }
  let look = (): void => {}
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => {
      output.text += text
      look()
    })
  }
  const exit = once(child, 'close').then(([code, signal]) => (code ?? signal) as number | string)
  const started = (times: number): Promise<string> =>
    new Promise((resolve, reject) => {
      look = () => {
        const addresses = [...output.text.matchAll(/Server listening at (http:\/\/[\d.]+:\d+)\D/g)]
        if (addresses.length >= times) resolve(addresses[times - 1]?.[1] as string)
      }
      look()
      exit.then((code) => reject(new Error(`dev ended with ${code}: ${output.text}`)))
    })
  const dispose = async (): Promise<void> => {
    child.kill('SIGTERM')
    await exit
  }
  return { child, started, exit, output, [Symbol.asyncDispose]: dispose }
}

async function chat(address: string): Promise<number> {
  return (await fetch(`${address}/chat?prompt=Hello`)).status
}

test.each(starters)(
  '%s: one command starts emulator and service, and Ctrl+C ends both in order',
  {
    timeout: patience,
  },
  async (starter) => {
    await using dev = startDev(starter)
    expect(await chat(await dev.started(1))).toBe(200)
    process.kill(-(dev.child.pid as number), 'SIGINT')
    expect(await dev.exit).toBe(0)
    expect(dev.output.text).toContain('a development tool, not an Oracle database')
    expect(dev.output.text).toMatch(/All database sessions logged off \((\d+) of \1\)\.\n$/)
  },
)

// The two ways of closing a server that there are among the starters.
test.each(['fastify', 'http'])(
  '%s: twenty reloads never hold more sessions than the pool may, and leave none',
  {
    timeout: patience,
  },
  async (starter) => {
    await using emulator = await startEmulator({ user: 'DEMO', password: 'demo' })
    await using dev = startDev(starter, {
      SELECT_AI_USER: 'DEMO',
      SELECT_AI_PASSWORD: 'demo',
      SELECT_AI_DB_CONNECT_STRING: emulator.connectString,
      SELECT_AI_POOL_MAX: '2',
    })
    let most = 0
    let stopped = false
    const allOver = emulator.ledger.waitFor(({ open }) => {
      most = Math.max(most, open)
      return stopped && open === 0
    }, patience)

    for (let reload = 0; reload <= 20; reload += 1) {
      if (reload > 0) await utimes(join(folderOf(starter), 'src', 'app.ts'), new Date(), new Date())
      const address = await dev.started(reload + 1)
      expect(await Promise.all([chat(address), chat(address)])).toEqual([200, 200])
    }
    stopped = true
    dev.child.kill('SIGTERM')
    expect(await dev.exit).toBe(0)
    await allOver
    const { opened, loggedOff } = emulator.ledger
    expect(opened).toBeGreaterThanOrEqual(21)
    expect(loggedOff).toBe(opened)
    expect(most).toBeLessThanOrEqual(2)
  },
)

test('half of the settings of a database are refused in one line', { timeout: patience }, async () => {
  await using dev = startDev('fastify', { SELECT_AI_USER: 'DEMO' })
  expect(await dev.exit).toBe(1)
  expect(dev.output.text).toBe(
    'To use your own database, please set SELECT_AI_PASSWORD and SELECT_AI_DB_CONNECT_STRING too. To use the emulator, set none.\n',
  )
})
