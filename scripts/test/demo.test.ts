import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const databaseVariables = ['SELECT_AI_USER', 'SELECT_AI_PASSWORD', 'SELECT_AI_DB_CONNECT_STRING']
const patience = 60_000

interface Demo extends AsyncDisposable {
  readonly child: ChildProcess
  readonly exit: Promise<number | null>
  readonly output: { text: string }
  /** Resolves to what has been written as soon as it contains the text; rejects when the demo ends before. */
  written(text: string): Promise<string>
}

function startDemo(environment: Record<string, string> = {}, options: readonly string[] = []): Demo {
  const inherited = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !databaseVariables.includes(name)),
  )
  const child = spawn(
    process.execPath,
    ['--conditions=@select-ai/source', '--import', 'tsx', join(import.meta.dirname, '..', 'demo.ts'), ...options],
    { env: { ...inherited, PORT: '0', HOST: '127.0.0.1', ...environment }, stdio: ['ignore', 'pipe', 'pipe'] },
  )
  const output = { text: '' }
  const exit = once(child, 'close').then(([code]) => code as number | null)
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      output.text += chunk
    })
  }
  const written = (text: string): Promise<string> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        if (output.text.includes(text)) resolve(output.text)
      }
      child.stdout.on('data', look)
      look()
      exit.then(() => reject(new Error(`the demo ended: ${output.text}`)))
    })
  const dispose = async (): Promise<void> => {
    child.kill('SIGTERM')
    await exit
  }
  return { child, exit, output, written, [Symbol.asyncDispose]: dispose }
}

function examplesIn(page: string): string[] {
  return [...page.matchAll(/curl '([^']+)'/g)].map(([, url]) => url ?? '')
}

test.each([
  ['fastify', 'SIGINT', []],
  ['fastify', 'SIGTERM', ['--template', 'fastify']],
  ['hono', 'SIGINT', ['--template', 'hono']],
  ['koa', 'SIGTERM', ['--template=koa']],
  ['http', 'SIGINT', ['-t', 'http']],
] as const)(
  'the questions on the page of the starter %s can be asked, and %s closes everything in order',
  { timeout: patience },
  async (template, signal, options) => {
    await using demo = startDemo({}, options)
    const page = await demo.written('Press Ctrl+C')
    expect(page).toContain(`the starter in templates/${template}\n`)
    const examples = examplesIn(page)
    expect(examples.map((url) => new URL(url).pathname)).toEqual(['/show_sql', '/run_sql', '/chat'])
    const answers = await Promise.all(examples.map(async (url) => (await fetch(url)).json()))
    expect(answers).toEqual([
      { sql: expect.stringMatching(/^SELECT COUNT/) },
      { rows: [{ PROMOTION_COUNT: 503 }], columns: ['PROMOTION_COUNT'], truncated: false },
      { response: expect.stringContaining('not a language model') },
    ])
    demo.child.kill(signal)
    expect(await demo.exit).toBe(0)
    expect(demo.output.text).toMatch(/All database sessions logged off \((\d+) of \1\)\.\n$/)
  },
)

test('when the demo is killed, the starter stops too', { timeout: patience }, async () => {
  await using demo = startDemo()
  const [example = ''] = examplesIn(await demo.written('Press Ctrl+C'))
  const live = new URL('/livez', example)
  expect((await fetch(live)).status).toBe(200)
  demo.child.kill('SIGKILL')
  const answer = (): Promise<unknown> => fetch(live).catch(() => 'refused')
  await expect.poll(answer, { timeout: 20_000 }).toBe('refused')
})

test('help names the starters', { timeout: patience }, async () => {
  await using demo = startDemo({}, ['--help'])
  expect(await demo.exit).toBe(0)
  expect(demo.output.text).toContain('fastify, hono, koa, http (default: fastify)')
})

test.each<[Record<string, string>, string[], RegExp]>([
  [{ PORT: 'http' }, [], /^PORT must be a whole number/],
  [{ SELECT_AI_USER: 'DEMO' }, [], /please set SELECT_AI_PASSWORD and SELECT_AI_DB_CONNECT_STRING too/],
  [{}, ['--template', 'express'], /^There is no template 'express': --template takes fastify, hono, koa, http\.\n/],
  [{}, ['--template'], /^Option .*--template.*See demo --help\.\n/],
  [{}, ['--tempate', 'koa'], /^Unknown option '--tempate'\. See demo --help\.\n/],
])('with %j and %j it does not start and says why', async (environment, options, message) => {
  await using demo = startDemo(environment, options)
  expect(await demo.exit).toBe(1)
  expect(demo.output.text).toMatch(message)
  expect(demo.output.text.trim().split('\n')).toHaveLength(1)
})
