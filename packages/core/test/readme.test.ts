import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import * as core from '../src/index.ts'
import { routeActions, SelectAIService } from '../src/routes/index.ts'
import { problemOf } from '../src/routes/problem-table.ts'

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

  const { pool } = new SelectAIService({ connection: { user: 'u', password: 'p', connectString: 'localhost/x' } })
  const adapterOptions = optionNames(() => new SelectAIService({ pool, nonsense: true } as object))
  const routesOptions = optionNames(() => new SelectAIService({ pool, routes: { nonsense: true } as never }))

  it.each([
    ['Options of an adapter', adapterOptions],
    ['Options of the routes', routesOptions.filter((name) => name !== 'pool')],
    ['Questions and answers', [...routeActions, 'livez', 'readyz'].map((name) => `/${name}`)],
  ])('lists under "%s" what there is, and nothing else', (heading, names) => {
    expect(firstCells(heading).sort()).toEqual([...names].sort())
  })

  const codes = errors.map(([, error]) => (error as { code?: string }).code as string)
  const codesOfTheRoutes = ['METHOD_NOT_ALLOWED', 'BODY_TOO_LARGE', 'UNSUPPORTED_MEDIA_TYPE', 'INTERNAL_ERROR']

  it.each([...codes, ...codesOfTheRoutes].filter((code) => code !== 'CONFIGURATION'))(
    'tells of the status of %s',
    (code) => {
      const row = section('Failures')
        .split('\n')
        .find((line) => line.includes(`\`${code}\``))
      const { status, retryAfterSeconds } = problemOf(code)
      const retry = retryAfterSeconds === undefined ? '' : ' with `Retry-After`'
      expect(row).toMatch(new RegExp(`^\\| ${status}${retry} \\|`))
    },
  )
})

function section(heading: string): string {
  return readme.split(`### ${heading}\n`)[1]?.split('\n#')[0] ?? ''
}

function firstCells(heading: string): string[] {
  return [...section(heading).matchAll(/^\| `([^`]+)` \|/gm)].map(([, cell]) => cell as string)
}

/** An unknown option is refused with the names of all that are known. */
function optionNames(refused: () => unknown): string[] {
  try {
    refused()
  } catch (error) {
    return (error as Error).message
      .replace(/^.*the options are /, '')
      .replace(/\.$/, '')
      .split(', ')
  }
  return []
}
