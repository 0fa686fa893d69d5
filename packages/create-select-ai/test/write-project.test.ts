import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { TargetFolder } from '../src/target-folder.ts'
import type { Template } from '../src/templates.ts'
import { writeProject } from '../src/write-project.ts'

let world = ''
let work = ''
let template: Template

beforeEach(() => {
  world = mkdtempSync(join(tmpdir(), 'write-project-'))
  work = join(world, 'work')
  mkdirSync(work)
  const folder = join(world, 'template')
  mkdirSync(folder)
  writeFileSync(join(folder, 'package.json'), '{}')
  // Enough for the copying to take a while.
  for (let index = 0; index < 500; index += 1) writeFileSync(join(folder, `file-${index}.ts`), 'export {}\n')
  template = { name: 'large', description: '', folder }
})
afterEach(() => rmSync(world, { recursive: true }))

test.each([
  ['new', ['new']],
  ['folder in folders', ['folders', 'in', 'new']],
  ['existing', ['existing']],
])('an interruption in the middle leaves nothing half-written: %s', async (kind, way) => {
  const path = join(work, ...way)
  const target: TargetFolder = { path, name: 'app', exists: kind === 'existing' }
  if (target.exists) {
    mkdirSync(path)
    writeFileSync(join(path, 'old.txt'), 'old')
  }
  const before = readdirSync(work, { recursive: true })
  const controller = new AbortController()
  const writing = writeProject(target, { template, packageManager: 'npm', signal: controller.signal })
  const copied = (): number =>
    readdirSync(work, { recursive: true }).filter((file) => /file-\d/.test(String(file))).length
  while (copied() === 0) await nextTurn()
  expect(copied()).toBeLessThan(500)
  controller.abort()
  await expect(writing).rejects.toMatchObject({ code: 'INTERRUPTED', exitCode: 130 })
  expect(readdirSync(work, { recursive: true })).toEqual(before)
})

test('a folder that somebody else fills in the meantime is left to them', async () => {
  const path = join(work, 'app')
  const signal = new AbortController().signal
  const writing = writeProject({ path, name: 'app', exists: false }, { template, packageManager: 'npm', signal })
  mkdirSync(path)
  writeFileSync(join(path, 'theirs.txt'), 'theirs')
  await expect(writing).rejects.toMatchObject({ code: 'WRITE_FAILED' })
  expect(readdirSync(work)).toEqual(['app'])
  expect(readFileSync(join(path, 'theirs.txt'), 'utf8')).toBe('theirs')
})
