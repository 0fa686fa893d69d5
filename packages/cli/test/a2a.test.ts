import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { createPool } from '@select-ai/core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { serveConsul } from '../../a2a/test/serve-consul.ts'
import { type Database, openDatabase, password, run, start } from './command-process.ts'

const description = 'Answers questions about sales.'

let database: Database
beforeAll(async () => {
  database = await openDatabase()
  const connectString = database.emulator.connectString
  await using pool = await createPool({ user: 'demo', password, connectString })
  await pool.agent('ANALYST').create({ attributes: { profile_name: 'OCI_AI_PROFILE', role: 'You know the sales.' } })
  await pool.task('ANALYSE').create({ attributes: { instruction: 'Answer: {query}' } })
  const agents = [{ name: 'ANALYST', task: 'ANALYSE' }]
  await pool.team('SALES_TEAM').create({ attributes: { agents }, description })
})
afterAll(() => database[Symbol.asyncDispose]())

describe('a2a serve', () => {
  test('serves the team on loopback until SIGINT, and logs off', async () => {
    const { child, finished, written } = database.start(['a2a', 'serve', '--team', 'SALES_TEAM', '--port', '0'])
    await expect.poll(() => written.stdout, { timeout: 30_000 }).toContain('Ctrl-C stops it.')
    const [url] = /http:\/\/127\.0\.0\.1:\d+\/\.well-known\/agent-card\.json/.exec(written.stdout) as RegExpExecArray
    expect(await (await fetch(url)).json()).toMatchObject({ name: 'SALES_TEAM', description })
    child.kill('SIGINT')
    expect(await finished).toMatchObject({ code: 0, stderr: '' })
    await database.loggedOff()
  })

  test('says when there is no such team, and when the port is in use', async () => {
    const nobody = await database.run(['a2a', 'serve', '--team', 'NOBODY', '--port', '0'])
    expect(nobody).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining('NOBODY') })
    const other = createServer().listen(0, '127.0.0.1')
    await once(other, 'listening')
    const { port } = other.address() as AddressInfo
    const told = await database.run(['a2a', 'serve', '--team', 'SALES_TEAM', '--port', `${port}`])
    expect(told).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining(`${port}`) })
    other.close()
  })
})

describe('a2a serve --deployment clustered and a2a worker', () => {
  const secret = 'canary-of-the-cluster'

  test('serve a team with the login of the client, until SIGINT', async () => {
    await using consul = await serveConsul()
    const dsn = database.emulator.connectString
    const environment = { CONSUL_HTTP_URL: consul.url, SELECT_AI_A2A_SECRET: secret, WORKER_ID: 'worker-1' }
    const worker = start(['a2a', 'worker', '--port', '0', '--allow-dsn', dsn], { environment })
    const clustered = ['a2a', 'serve', '--deployment', 'clustered', '--port', '0', '--team', 'SALES_TEAM']
    const gateway = start(clustered, { environment })
    await expect.poll(() => worker.written.stdout, { timeout: 30_000 }).toContain('Ctrl-C stops it.')
    await expect.poll(() => gateway.written.stdout, { timeout: 30_000 }).toContain('Ctrl-C stops it.')
    expect(gateway.written.stdout).toContain('asked for connect string, user and password; ')
    const [url] = /http:\/\/127\.0\.0\.1:\d+/.exec(gateway.written.stdout) as RegExpExecArray
    const context = { dsn, user: 'demo', password }
    const data = [{ version: 'v0.9.1', action: { name: 'select_ai_login', context } }]
    const part = { data, metadata: { mimeType: 'application/a2ui+json' } }
    const message = { messageId: '1', contextId: 'one', role: 'ROLE_USER', parts: [part] }
    const response = await fetch(`${url}/a2a/jsonrpc/`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'SendMessage', params: { message } }),
    })
    expect(await response.json()).toMatchObject({ result: { task: { status: { state: 'TASK_STATE_COMPLETED' } } } })
    expect(consul.services.has('worker-1')).toBe(true)
    gateway.child.kill('SIGINT')
    worker.child.kill('SIGINT')
    const ended = await Promise.all([gateway.finished, worker.finished])
    expect(ended).toMatchObject([
      { code: 0, stderr: '' },
      { code: 0, stderr: '' },
    ])
    for (const seen of [...ended.map(({ stdout }) => stdout), ...consul.values.values()]) {
      expect(seen).not.toMatch(/canary/)
    }
    expect(consul.services.size).toBe(0)
    await database.loggedOff()
  })

  test('name the option that is missing or wrong', async () => {
    const consul = ['--consul-url', 'http://127.0.0.1:1']
    const clustered = ['a2a', 'serve', '--deployment', 'clustered']
    const worker = ['a2a', 'worker', ...consul, '--secret', secret, '--worker-id', 'one']
    const cases: [string[], RegExp][] = [
      [['a2a', 'serve'], /^error: --team is missing/],
      [clustered, /^error: --consul-url is missing\. .*CONSUL_HTTP_URL/],
      [[...clustered, ...consul], /^error: --secret is missing\. .*SELECT_AI_A2A_SECRET/],
      [[...clustered, ...consul, '--secret', secret, '--team', ' '], /^error: --team: must/],
      [[...clustered, ...consul, '--secret', secret, '--user', 'demo'], /^error: --user: .* --deployment standalone\./],
      [['a2a', 'serve', '--team', 'SALES_TEAM', ...consul], /^error: --consul-url: .* --deployment clustered\./],
      [worker, /^error: --allow-dsn is missing/],
      [[...worker, '--allow-dsn', 'db/one', '--worker-endpoint', 'nowhere'], /^error: --worker-endpoint: must/],
    ]
    for (const [args, words] of cases) {
      expect(await run(args)).toMatchObject({ code: 2, stdout: '', stderr: expect.stringMatching(words) })
    }
  })
})

describe('a2a agent-card', () => {
  const card = ['a2a', 'agent-card', '--team', 'SALES_TEAM', '--public-url', 'https://agents.example.com/sales']

  test('prints the card in both forms', async () => {
    const { code, stdout } = await database.run(card)
    expect([code, JSON.parse(stdout)]).toMatchObject([0, { protocolVersion: '0.3', name: 'SALES_TEAM', description }])
    const later = await database.run([...card, '--protocol-version', '1.0'])
    expect(JSON.parse(later.stdout)).toMatchObject({ name: 'SALES_TEAM', supportedInterfaces: expect.any(Array) })
  })

  test('refuses an address that is none', async () => {
    const told = await database.run([...card.slice(0, -1), 'nowhere'])
    expect(told).toMatchObject({ code: 2, stdout: '', stderr: expect.stringMatching(/^error: --public-url/) })
  })
})
