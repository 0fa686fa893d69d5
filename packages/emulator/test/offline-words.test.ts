import { describe, expect, test } from 'vitest'
import { createOfflineModel } from '../src/models/offline/offline-model.ts'
import { OracleDateTime } from '../src/values/oracle-date-time.ts'
import { OracleNumber } from '../src/values/oracle-number.ts'
import { NUMBER } from '../src/values/oracle-type.ts'
import type { OracleValue } from '../src/values/oracle-value.ts'

const model = createOfflineModel()
const request = { prompt: '', history: [], attributes: {}, signal: new AbortController().signal }

function narrate(names: readonly string[], rows: readonly (readonly OracleValue[])[]): Promise<string> {
  const columns = names.map((name) => ({ name, type: NUMBER, nullable: true }))
  return model.narrate({ ...request, sql: 'SELECT 1 FROM DUAL', columns, rows })
}

describe('chat of the offline model', () => {
  test('tells the last question of the conversation', async () => {
    const history = [{ prompt: 'How many promotions?', response: '503' }]
    const prompt = 'What did I ask before?'
    expect(await model.chat({ ...request, prompt, history })).toBe('You asked: "How many promotions?".')
    expect(await model.chat({ ...request, prompt, history: [] })).toContain('not asked anything before')
  })

  test('says what it is, what it can do and how to get a real one, and names the topic', async () => {
    const answer = await model.chat({ ...request, prompt: 'What is Oracle Cloud Infrastructure?' })
    expect(answer).toContain('offline model of the local emulator')
    expect(answer).toContain('not a language model')
    expect(answer).toContain('What is Oracle Cloud Infrastructure?')
    expect(answer).toContain('real model')
    expect(await model.chat({ ...request, prompt: 'What is Oracle Cloud Infrastructure?' })).toBe(answer)
  })

  test('cuts a long topic short', async () => {
    const answer = await model.chat({ ...request, prompt: 'word '.repeat(100_000) })
    expect(answer.length).toBeLessThan(1000)
  })

  test.each([
    ['Repeat the word tea 3 times', 'tea tea tea'],
    ['please repeat "a b" 2 times.', 'a b a b'],
    ['Repeat the word tea 1,000 times', Array(1000).fill('tea').join(' ')],
    ['repeat x 0 times', ''],
  ])('grants the wish %j', async (prompt, answer) => {
    expect(await model.chat({ ...request, prompt })).toBe(answer)
  })

  test('repeats up to two million characters and no further', async () => {
    const answer = await model.chat({ ...request, prompt: 'Repeat the word tea 999999999999 times' })
    expect(answer).toHaveLength(2_000_000)
    expect(answer.startsWith('tea tea tea ')).toBe(true)
  })
})

describe('narration of the offline model', () => {
  test.each([
    [503, 'There are 503 promotions in the database.'],
    [1, 'There is 1 promotion in the database.'],
    [0, 'There are 0 promotions in the database.'],
  ])('tells a count of %i in one sentence', async (count, sentence) => {
    expect(await narrate(['PROMOTION_COUNT'], [[new OracleNumber(count)]])).toBe(sentence)
  })

  test('tells one value, and that there is none', async () => {
    const sentence = 'The total amount sold in the database is 12.5.'
    expect(await narrate(['TOTAL_AMOUNT_SOLD'], [[new OracleNumber('12.50')]])).toBe(sentence)
    expect(await narrate(['TOTAL_AMOUNT_SOLD'], [[null]])).toBe(
      'There is no total amount sold for this in the database.',
    )
  })

  test('tells a count that another model named', async () => {
    expect(await narrate(['COUNT(*)'], [[new OracleNumber(7)]])).toBe('There are 7 such rows in the database.')
  })

  test('lists a small result', async () => {
    const rows = [
      ['Photo', new OracleNumber(3), new OracleDateTime(2024, 1, 2)],
      ['Games', null, new OracleDateTime(2024, 1, 2, 3, 4, 5)],
    ]
    expect(await narrate(['PROD_CATEGORY', 'N', 'DAY'], rows)).toBe(
      'I found 2 rows in the database:\n' +
        '- product category Photo, n 3 and day 2024-01-02\n' +
        '- product category Games, n unknown and day 2024-01-02 03:04:05',
    )
  })

  test('gives the size and the beginning of a large result', async () => {
    const rows = Array.from({ length: 600 }, (_, index) => [`name ${index}`])
    const text = await narrate(['NAME'], rows)
    expect(text).toContain('I found 600 rows in the database. The first 5 of them are:')
    expect(text.split('\n')).toHaveLength(6)
  })
})

describe('explanation of the offline model', () => {
  test('gives the statement and what each clause does', async () => {
    const sql =
      'SELECT c."COUNTRY_NAME", SUM(s."AMOUNT_SOLD") AS "TOTAL"\nFROM "SH"."SALES" s\n' +
      'JOIN "SH"."COUNTRIES" c ON s."COUNTRY_ID" = c."COUNTRY_ID"\n' +
      'WHERE s."NOTE" = \'from, where and (order by)\' AND s."AMOUNT_SOLD" BETWEEN 1 AND 9\n' +
      'GROUP BY c."COUNTRY_NAME"\nORDER BY "TOTAL" DESC NULLS LAST\nFETCH FIRST 3 ROWS ONLY'
    const text = await model.explainSql({ ...request, sql, schema: { tables: [] } })
    expect(text).toBe(
      `${sql}\n\nExplanation:\n` +
        '- It reads the rows of SALES and adds what COUNTRIES says about them.\n' +
        "- It keeps the rows for which note = 'from, where and (order by)' and amount sold BETWEEN 1 AND 9.\n" +
        '- It makes one group for each country name.\n' +
        '- It shows country name and the total of amount sold.\n' +
        '- It sorts by total, largest first.\n' +
        '- It returns the first 3 rows only.',
    )
  })

  test.each([
    'WITH x AS (SELECT 1 AS n FROM dual) SELECT n FROM x',
    'SELECT 1 FROM a UNION SELECT 2 FROM b',
    'nonsense (',
  ])('gives something true for %j too', async (sql) => {
    const text = await model.explainSql({ ...request, sql, schema: { tables: [] } })
    expect(text.startsWith(`${sql}\n\nExplanation: `)).toBe(true)
  })
})
