import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Database, openDatabase } from './command-process.ts'

let database: Database
let folder: string
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'select-ai-cli-test-'))
  writeFileSync(join(folder, 'report.txt'), 'A report.\n')
  writeFileSync(join(folder, 'empty.txt'), ' \n')
  database = await openDatabase()
})
afterAll(async () => {
  await database[Symbol.asyncDispose]()
  rmSync(folder, { recursive: true })
})

describe('profile list', () => {
  test('prints one name a line', async () => {
    const told = await database.run(['profile', 'list'])
    expect(told).toEqual({ code: 0, stdout: 'FILM_AI_PROFILE\nOCI_AI_PROFILE\n', stderr: '' })
  })

  test('prints those that match, as JSON too', async () => {
    const { code, stdout } = await database.run(['profile', 'list', '--pattern', '^oci', '--json'])
    const profiles = [{ name: 'OCI_AI_PROFILE', status: 'enabled', attributes: { provider: 'oci' } }]
    expect([code, JSON.parse(stdout)]).toMatchObject([0, { ok: true, profiles }])
  })

  test('says when there is none, and what is wrong with a pattern', async () => {
    const none = await database.run(['profile', 'list', '--pattern', '^X'])
    expect(none).toEqual({ code: 0, stdout: '', stderr: 'No profile of demo matches ^X.\n' })
    const wrong = await database.run(['profile', 'list', '--pattern', '('])
    expect(wrong).toMatchObject({ code: 2, stdout: '', stderr: expect.stringMatching(/^error: --pattern: /) })
  })
})

describe('profile translate', () => {
  test('prints the translation', async () => {
    const args = ['profile', 'translate', '--source-language', 'English', '--target-language', 'German', 'Thank you']
    const { code, stdout } = await database.run(args)
    expect([code, stdout]).toEqual([0, expect.stringMatching(/^Thank you from \w+ to \w+\n$/)])
  })

  test('needs both languages', async () => {
    const { code, stderr } = await database.start(['profile', 'translate', '--source-language', 'en', 'x']).finished
    expect([code, stderr]).toEqual([2, expect.stringContaining("'--target-language <name>' not specified")])
  })
})

describe('profile summarize', () => {
  test('prints the summary of a text, minding what it is told', async () => {
    const { code, stdout } = await database.run(['profile', 'summarize', 'A text.', '--prompt', 'Keep all dates.'])
    expect([code, stdout]).toEqual([0, 'Summary of "A text.", minding Keep all dates.\n'])
  })

  test('reads a file, and standard input', async () => {
    const { stdout } = await database.run(['profile', 'summarize', '--file', join(folder, 'report.txt')])
    expect(stdout).toContain('"A report."')
    const running = database.start(['profile', 'summarize', '--file', '-'])
    running.child.stdin.end('From elsewhere.')
    expect(await running.finished).toMatchObject({ code: 0, stdout: expect.stringContaining('"From elsewhere."') })
    await database.loggedOff()
  })

  test.each([
    [[], /^error: Give CONTENT, --file or --location-uri; none of them is given\.\n$/],
    [['x', '--file', 'y'], /^error: .*2 of them are given\.\n$/],
    [['x', '--location-uri', 'https://example.com'], /2 of them are given/],
    [['--file', 'y', '--location-uri', 'https://example.com'], /2 of them are given/],
    [['--file', 'not-there.txt'], /^error: --file: not-there\.txt cannot be read \(ENOENT\)\.\n$/],
    [['x', '--credential-name', 'C'], /^error: --credential-name belongs to --location-uri/],
  ])('%j is told, with exit code 2', async (args, message) => {
    const { code, stdout, stderr } = await database.start(['profile', 'summarize', ...args]).finished
    expect([code, stdout, stderr]).toEqual([2, '', expect.stringMatching(message)])
  })

  test('does not send an empty file', async () => {
    const { code, stderr } = await database.start(['profile', 'summarize', '--file', join(folder, 'empty.txt')])
      .finished
    expect([code, stderr]).toEqual([2, expect.stringMatching(/^error: --file: there is no text in .*empty\.txt\.\n$/)])
  })

  test('tells of a location that cannot be loaded', async () => {
    const { code, stderr } = await database.run(['profile', 'summarize', '--location-uri', 'https://example.invalid/x'])
    expect([code, stderr]).toEqual([1, expect.stringMatching(/^error: /)])
  })
})
