import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import * as agentCallStatements from '../src/sql/agent-call-statements.ts'
import * as definitionStatements from '../src/sql/definition-statements.ts'
import * as statements from '../src/sql/statements.ts'
import * as summarizeStatements from '../src/sql/summarize-statements.ts'
import * as translateStatements from '../src/sql/translate-statements.ts'

const files = readdirSync(new URL('../src/sql/', import.meta.url))
const all = { ...statements, ...summarizeStatements, ...translateStatements }
const answersOfAgents = Object.entries(agentCallStatements).filter(([, text]) => text.includes(':short_answer'))
const definitions = Object.entries(definitionStatements)
const texts = Object.entries<unknown>(all).filter((entry): entry is [string, string] => typeof entry[1] === 'string')

describe('the statements', () => {
  it('are these constant texts', () => {
    expect(texts.map(([name]) => name).sort()).toEqual([
      'generate',
      'generateWithAttributes',
      'generateWithAttributesAndParams',
      'generateWithParams',
      'summarizeContent',
      'summarizeLocation',
      'translate',
    ])
  })

  it.each(files)('have nothing in %s that puts texts together', (file) => {
    const source = readFileSync(new URL(`../src/sql/${file}`, import.meta.url), 'utf8')
    expect(source).not.toMatch(/\$\{|['"`]\s*\+|\+\s*['"`]|\.concat|\.replace/)
  })

  it.each([
    ['summarizeContent', ['content', 'profile_name', 'user_prompt', 'params']],
    ['summarizeLocation', ['location_uri', 'credential_name', 'profile_name', 'user_prompt', 'params']],
    ['translate', ['profile_name', 'text', 'source_language', 'target_language']],
  ] as const)('%s sends its arguments by name', (name, names) => {
    const pairs = [...all[name].matchAll(/(\w+) => :(\w+)/g)].map(([, argument, bind]) => [argument, bind])
    expect(pairs).toEqual(names.map((each) => [each, each]))
  })

  it.each([...texts, ...definitions, ...answersOfAgents])(
    '%s cuts the first piece where the client expects it',
    (_, text) => {
      const cuts = [...text.matchAll(/> (\d+) THEN|SUBSTR\(answer, (\d+), 1\)/g)].map((match) =>
        Number(match[1] ?? match[2]),
      )
      expect(cuts).toEqual([statements.firstPieceCharacters, statements.firstPieceCharacters])
    },
  )

  it.each([
    [false, false],
    [true, false],
    [false, true],
    [true, true],
  ])('the one for attributes %s and params %s sends those arguments and no other', (attributes, params) => {
    const text = statements.generateStatement({ attributes, params })
    const names = [...text.matchAll(/(\w+) => :(\w+)/g)].map(([, argument, bind]) => `${argument}=${bind}`)
    expect(names).toEqual([
      'prompt=prompt',
      'profile_name=profile_name',
      'action=action',
      ...(attributes ? ['attributes=attributes'] : []),
      ...(params ? ['params=params'] : []),
    ])
  })
})
