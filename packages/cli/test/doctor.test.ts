import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createPool, type SelectAIPool } from '@select-ai/core'
import { revokePrivileges } from '@select-ai/core/admin'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Database, openDatabase, password, run } from './command-process.ts'

interface Result {
  readonly name: string
  readonly status: string
  readonly detail: string
  readonly advice?: string
}

let database: Database
let pool: SelectAIPool
let admin: SelectAIPool
beforeAll(async () => {
  database = await openDatabase({ users: [{ user: 'poor', password }] })
  const login = { password, connectString: database.emulator.connectString }
  pool = await createPool({ user: 'demo', ...login })
  admin = await createPool({ user: 'admin', ...login })
  const attributes = { provider: 'oci', credential_name: 'NOT_THERE' } as const
  await pool.profile('LACKING').create({ attributes })
  await pool.profile('SLEEPING').create({ attributes })
  await pool.profile('SLEEPING').disable()
  await revokePrivileges(admin, 'POOR')
})
afterAll(async () => {
  await pool.close()
  await admin.close()
  await database[Symbol.asyncDispose]()
})

const names = ['settings', 'driver', 'connection', 'login', 'version', 'privilege', 'profiles', 'profile', 'question']

/** The result of the check that failed, with all results. */
async function examine(args: readonly string[], more: Readonly<Record<string, string>> = {}) {
  const environment = { ...database.environment, ...more }
  const { code, stdout, stderr } = await run(['doctor', '--json', ...args], { environment })
  expect(stderr).toBe('')
  expect(stdout).not.toContain(password)
  const { ok, checks } = JSON.parse(stdout) as { ok: boolean; checks: Result[] }
  expect(code).toBe(ok ? 0 : 1)
  return { ok, checks, failed: checks.filter(({ status }) => status === 'failed') }
}

describe('the doctor', () => {
  test('finds everything well, with a question when told to', async () => {
    const { ok, checks } = await examine(['--ask'])
    expect(ok).toBe(true)
    expect(checks.map(({ name, status }) => [name, status])).toEqual(names.map((name) => [name, 'ok']))
    expect(checks[0]?.detail).toContain('user demo (SELECT_AI_USER), password (SELECT_AI_PASSWORD)')
    expect(checks.at(-1)?.detail).toMatch(/^answered with 15 characters/)
  })

  test('prints a line for each check, and closes its session', async () => {
    const known = database.emulator.ledger.open
    const told = await run(['doctor', '--user', 'demo'], { environment: database.environment })
    expect([told.code, told.stderr]).toEqual([0, ''])
    expect(told.stdout).toMatch(/^ok {7}settings {3}user demo \(--user\), password/)
    expect(told.stdout).toMatch(/\n\nAll is well\.\n$/)
    expect(told.stdout).not.toContain('\u001b')
    await database.emulator.ledger.waitFor(({ open }) => open === known)
  })

  test('names all settings that are missing, and the emulator', async () => {
    const { code, stdout } = await run(['doctor'])
    expect(code).toBe(1)
    for (const word of ['SELECT_AI_USER', '--dsn', 'SELECT_AI_PASSWORD', 'npx select-ai emulator', 'skipped  login']) {
      expect(stdout).toContain(word)
    }
  })

  test.each<[string, readonly string[], Readonly<Record<string, string>>, RegExp, RegExp]>([
    ['settings', ['--dsn', 'sales_high'], {}, /name in tnsnames\.ora, but no folder/, /--config-dir or TNS_ADMIN/],
    ['connection', ['--dsn', '127.0.0.1:11/XE'], {}, /could not be reached\. \(NJS-503\)/, /Nothing answers/],
    ['login', [], { SELECT_AI_PASSWORD: `no-${password}` }, /refused the login\. \(ORA-01017\)/, /password is wrong/],
    ['privilege', ['--user', 'poor'], {}, /may not run DBMS_CLOUD_AI/, /GRANT EXECUTE ON DBMS_CLOUD_AI/],
    ['profile', ['--profile', 'NOBODY'], {}, /has no profile NOBODY/, /OCI_AI_PROFILE/],
    ['profile', ['--profile', 'SLEEPING'], {}, /SLEEPING is disabled/, /ENABLE_PROFILE\('SLEEPING'\)/],
    ['profile', ['--profile', 'LACKING'], {}, /credential NOT_THERE .* not there/, /createCredential/],
  ])('tells what is wrong with %s: %j', async (name, args, environment, detail, advice) => {
    const { ok, failed, checks } = await examine(args, environment)
    expect([ok, failed]).toEqual([
      false,
      [expect.objectContaining({ name, detail: expect.stringMatching(detail), advice: expect.stringMatching(advice) })],
    ])
    const behind = checks.slice(checks.findIndex((check) => check.name === name) + 1)
    expect(behind.every(({ status }) => status === 'skipped')).toBe(true)
  })

  test('tells of a wallet that is not where it should be', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'select-ai-cli-test-'))
    const { failed } = await examine(['--wallet-location', folder])
    expect(failed).toMatchObject([{ name: 'settings', detail: expect.stringContaining('ewallet.pem') }])
    rmSync(folder, { recursive: true })
  })

  test('shows the words of the database with --verbose', async () => {
    const environment = { ...database.environment, SELECT_AI_DB_CONNECT_STRING: '127.0.0.1:11/XE' }
    const brief = await run(['doctor'], { environment })
    expect(brief.stdout).not.toContain('could not be established')
    expect((await run(['doctor', '--verbose'], { environment })).stdout).toContain('could not be established')
  })

  test('asks nobody without a profile', async () => {
    const { SELECT_AI_PROFILE_NAME: _, ...environment } = database.environment as Record<string, string>
    const told = await run(['doctor', '--ask'], { environment })
    expect(told).toEqual({ code: 2, stdout: '', stderr: 'error: --ask needs --profile <name>.\n' })
  })
})
