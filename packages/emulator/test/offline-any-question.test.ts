import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { salesHistory } from '../src/demo/sales-history.ts'
import { type Desk, openDesk } from './offline-fixture.ts'

const words =
  'how many|which|list|total|average|highest|lowest|top|most|by|per|each|in|of|the|and|or|not|never|without|with|more than|at least|fewer than|between|before|since|sorted by|descending|number of|first|3|100|2023|2022|March|Q2|2023-05-01|customers|customer|sales|products|promotions|countries|channels|revenue|list price|cost|credit limit|city|country|category|gender|year|month|bought|sold|born|began|name|email|costs|Germany|Photo|Internet|female|"Heron 50mm Lens"|cheapest|different|from|to|until|dollars|all columns|cheaper than'.split(
    '|',
  )

const question = fc.array(fc.constantFrom(...words), { minLength: 1, maxLength: 9 }).map((parts) => parts.join(' '))

describe('any question at all', () => {
  let desk: Desk

  beforeAll(async () => {
    desk = await openDesk(salesHistory())
  })

  afterAll(() => desk.close())

  test('gets SQL that runs, or a refusal', async () => {
    const outcomes = { answered: 0, refused: 0 }
    await fc.assert(
      fc.asyncProperty(question, async (text) => {
        const answer = await desk.generate(text)
        if ('sql' in answer) {
          await desk.run(answer.sql)
          outcomes.answered += 1
        } else outcomes.refused += 1
      }),
      { numRuns: 200 },
    )
    expect(outcomes.answered).toBeGreaterThan(10)
    expect(outcomes.refused).toBeGreaterThan(10)
  })

  test('gets a refusal when it is noise', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 60 }), async (text) => {
        const answer = await desk.generate(text)
        if ('sql' in answer) await desk.run(answer.sql)
      }),
      { numRuns: 100 },
    )
  })
})
