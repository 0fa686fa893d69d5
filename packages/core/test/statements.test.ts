import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import * as statements from '../src/sql/statements.ts'

const source = readFileSync(new URL('../src/sql/statements.ts', import.meta.url), 'utf8')
const texts = Object.entries<unknown>(statements).filter(
  (entry): entry is [string, string] => typeof entry[1] === 'string',
)

describe('the statements', () => {
  it('are constant texts, put together from nothing', () => {
    expect(texts.map(([name]) => name).sort()).toEqual([
      'generate',
      'generateWithAttributes',
      'generateWithAttributesAndParams',
      'generateWithParams',
    ])
    expect(source).not.toMatch(/\$\{|['"`]\s*\+|\+\s*['"`]|\.concat|\.replace/)
  })

  it.each(texts)('%s cuts the first piece where the client expects it', (_, text) => {
    const cuts = [...text.matchAll(/> (\d+) THEN|SUBSTR\(answer, (\d+), 1\)/g)].map((match) =>
      Number(match[1] ?? match[2]),
    )
    expect(cuts).toEqual([statements.firstPieceCharacters, statements.firstPieceCharacters])
  })

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
