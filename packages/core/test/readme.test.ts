import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import * as core from '../src/index.ts'

// Without the blanks that line the columns of tables up.
const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8').replace(/ +/g, ' ')

describe('the README', () => {
  it.each(core.environmentVariables)(
    'tells of the setting $option',
    ({ option, variable, default: value, meaning }) => {
      const row = readme.split('\n').find((line) => line.startsWith(`| \`${option}\` |`))
      expect(row).toContain(meaning)
      if (variable !== undefined) expect(row).toContain(`\`${variable}\``)
      if (value !== undefined) expect(row).toContain(`\`${value}\``)
    },
  )

  const errors = Object.entries(core).filter(([name]) => name.endsWith('Error') && name !== 'SelectAIError')

  it.each(errors)('tells of %s with its code', (name, error) => {
    expect(readme).toContain(`| \`${name}\` | \`${(error as { code?: string }).code}\` |`)
  })
})
