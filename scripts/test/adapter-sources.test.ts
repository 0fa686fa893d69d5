import { join } from 'node:path'
import { expect, test } from 'vitest'
import { adapterSources, budget, countLines } from '../adapter-sources.ts'

test('every adapter stays within its budget of files and lines', () => {
  for (const { adapter, files, lines } of adapterSources(join(import.meta.dirname, '../..'))) {
    expect([adapter, files <= budget.files, lines <= budget.lines]).toEqual([adapter, true, true])
    expect(lines).toBeGreaterThan(20)
  }
})

test('blank lines and comments do not count, texts over several lines do', () => {
  const text = '/** About. */\n\n// why\nconst a = 1 // so\n/* a\n b */ const b = `x\n\ny`\n\nexport { a, b }\n'
  expect(countLines(text)).toBe(5)
})
