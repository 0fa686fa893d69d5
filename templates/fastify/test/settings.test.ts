import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { readSettings } from '../src/settings.ts'

beforeEach(() => {
  for (const name of ['USER', 'PASSWORD', 'DB_CONNECT_STRING']) vi.stubEnv(`SELECT_AI_${name}`, 'set')
})
afterEach(() => vi.unstubAllEnvs())

test('the database is all that must be set', () => {
  expect(readSettings()).toEqual({
    host: '127.0.0.1',
    port: 3000,
    profiles: ['OCI_AI_PROFILE'],
    logLevel: 'info',
    shutdownDelayMs: 0,
    shutdownGraceMs: 10_000,
  })
})

test('profiles are listed with commas', () => {
  vi.stubEnv('SELECT_AI_PROFILES', 'SALES, HR')
  expect(readSettings().profiles).toEqual(['SALES', 'HR'])
})

test.each([
  ['PORT', 'http', /^PORT must be a whole number from 0 to 65535/],
  ['SHUTDOWN_GRACE_MS', '-1', /^SHUTDOWN_GRACE_MS must be/],
  ['LOG_LEVEL', 'loud', /^LOG_LEVEL must be one of trace, debug, info/],
  ['SELECT_AI_PROFILES', 'A,,B', /^SELECT_AI_PROFILES must be/],
  ['SELECT_AI_PASSWORD', '', /^Please set SELECT_AI_PASSWORD /],
])('%s=%s is refused by its name', (name, value, message) => {
  vi.stubEnv(name, value)
  expect(readSettings).toThrow(message)
})
