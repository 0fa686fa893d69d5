import { expect, test } from 'vitest'
import { run, start } from './command-process.ts'

test('the emulator starts, prints what to export, serves with exactly that, and stops at SIGINT', async () => {
  const { child, finished, written } = start(['emulator', '--port', '0'])
  await expect.poll(() => written.stdout, { timeout: 30_000 }).toContain('Ctrl-C stops it.')
  expect(written.stdout).toMatch(/^Ready: connect as DEMO to 127\.0\.0\.1:\d+\/FREEPDB1 /)
  const exported = [...written.stdout.matchAll(/(SELECT_AI_\w+)='([^']*)'/g)].map(([, name, value]) => [name, value])
  expect(exported.map(([name]) => name)).toEqual([
    'SELECT_AI_USER',
    'SELECT_AI_PASSWORD',
    'SELECT_AI_DB_CONNECT_STRING',
  ])
  const environment = Object.fromEntries(exported)
  const told = await run(['sql', 'run', '--profile', 'OCI_AI_PROFILE', 'How many promotions?'], { environment })
  expect(told).toEqual({ code: 0, stdout: 'PROMOTION_COUNT\n---------------\n            503\n', stderr: '' })
  child.kill('SIGINT')
  expect(await finished).toMatchObject({ code: 0, stderr: '' })
})

test('a password of the user is not printed, and --quiet prints one line', async () => {
  const { child, finished, written } = start(['emulator', '--port', '0', '--password', 'canary-7Q2x'])
  await expect.poll(() => written.stdout, { timeout: 30_000 }).toContain('Ctrl-C stops it.')
  child.kill('SIGTERM')
  expect((await finished).stdout).not.toContain('canary-7Q2x')
  const quiet = start(['emulator', '--port', '0', '--quiet'])
  await expect.poll(() => quiet.written.stdout, { timeout: 30_000 }).toMatch(/^Ready: .*\n$/)
  quiet.child.kill('SIGTERM')
  expect((await quiet.finished).stdout.trim().split('\n')).toHaveLength(1)
})

test('a mistake in its options is told, with exit code 2', async () => {
  const told = await run(['emulator', '--port', 'many'])
  expect(told).toMatchObject({ code: 2, stdout: '', stderr: expect.stringMatching(/^error: .*--port/) })
})
