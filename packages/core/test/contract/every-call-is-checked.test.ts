import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { calls } from '../every-call.ts'

/** It is a switch for the whole database, on which other checks and other people are at work. */
const leftAlone = ['admin.disableDataAccess']

it('every call is checked on the database, save the one that would disturb others', () => {
  const folder = import.meta.dirname
  const checks = readdirSync(folder)
    .filter((file) => file.endsWith('.ts'))
    .map((file) => readFileSync(join(folder, file), 'utf8'))
    .join('\n')
  const isMade = (name: string): boolean => {
    const [owner, method] = name.split('.')
    return new RegExp(owner === 'admin' ? `\\b${method}\\(` : `\\.${method}\\(`).test(checks)
  }
  expect(calls.map(({ name }) => name).filter((name) => !isMade(name))).toEqual(leftAlone)
})
