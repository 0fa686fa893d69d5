import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { createPool } from '@select-ai/core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Database, openDatabase, password } from './command-process.ts'

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
