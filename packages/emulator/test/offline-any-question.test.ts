import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { filmLibrary } from '../src/demo/film-library.ts'
import { salesHistory } from '../src/demo/sales-history.ts'
import { type Desk, openDesk } from './offline-fixture.ts'

const words =
  'how many|which|list|total|average|highest|lowest|top|most|by|per|each|in|of|the|and|or|not|never|without|with|more than|at least|fewer than|between|before|since|sorted by|descending|number of|first|3|100|2023|2022|March|Q2|2023-05-01|customers|customer|sales|products|promotions|countries|channels|revenue|list price|cost|credit limit|city|country|category|gender|year|month|bought|sold|born|began|name|email|costs|Germany|Photo|Internet|female|"Heron 50mm Lens"|cheapest|different|from|to|until|dollars|all columns|cheaper than'.split(
    '|',
  )

const filmWords =
  'how many|which|who|list|total|average|highest|longest|shortest|cheapest|top|most|most often|by|per|each|for each|in|of|the|and|not|never|without|both|more than|at least|fewer than|between|before|since|or later|compare|times|3|two|90|2023|1999|March|hours|minutes|films|film|movies|actors|actor|directors|directed|played|people|members|rentals|rented|copies|genres|genre|languages|languages|comedies|Western|Swedish|DVDs|family|damaged|city|title|role|age rating|year|month|amount paid|daily fee|running time|born|joined|returned|phone|released|The Quiet Piano|first|newest'.split(
    '|',
  )

describe.each([
  ['the sales history', salesHistory, words],
  ['the film library', filmLibrary, filmWords],
])('any question at all over %s', (_, schema, known) => {
  const question = fc.array(fc.constantFrom(...known), { minLength: 1, maxLength: 9 }).map((parts) => parts.join(' '))
  let desk: Desk

  beforeAll(async () => {
    desk = await openDesk(schema())
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
