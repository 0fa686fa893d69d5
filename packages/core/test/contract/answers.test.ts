import { describe, expect, it } from 'vitest'
import { openContractDatabase } from './contract-database.ts'
import { createProfile } from './contract-objects.ts'

const question = 'How many promotions are there?'

describe('the database answers', () => {
  it('with SQL, with rows, with an explanation and in words', async () => {
    await using database = await openContractDatabase()
    const profile = await createProfile(database)
    expect(await profile.showSql(question)).toMatch(/SELECT\s[\s\S]*PROMOTIONS/i)
    const { rows, columns } = await profile.runSql(question)
    expect(rows).toHaveLength(1)
    expect(Object.values(rows[0] ?? {}).map(Number)).toEqual([503])
    expect(columns).toEqual(Object.keys(rows[0] ?? {}))
    expect(await profile.explainSql(question)).toMatch(/PROMOTIONS/i)
    expect(await profile.narrate(question)).toContain('503')
  })

  it('a chosen action, in pieces, and several questions at once', async () => {
    await using database = await openContractDatabase()
    const profile = await createProfile(database)
    expect(await profile.generate(question, { action: 'showsql' })).toMatch(/PROMOTIONS/i)
    const pieces: string[] = []
    for await (const piece of profile.stream(question, { action: 'narrate', chunkSize: 5 })) pieces.push(piece)
    expect(pieces.length).toBeGreaterThan(1)
    expect(pieces.join('')).toContain('503')
    for (const pipeline of [false, true]) {
      const answers = profile.askMany([question, question], { action: 'narrate', pipeline })
      for await (const answer of answers) expect(answer).toMatchObject({ status: 'fulfilled' })
    }
  })

  it('a chat, and shows the prompt that it would send', async () => {
    await using database = await openContractDatabase()
    const profile = await createProfile(database)
    expect((await profile.chat('What is Oracle Database?')).length).toBeGreaterThan(10)
    expect(await profile.showPrompt(question)).toContain('PROMOTIONS')
  })

  it('with attributes that are set for one question alone', async () => {
    await using database = await openContractDatabase()
    const profile = await createProfile(database)
    const attributes = { temperature: 0, max_tokens: 400 }
    expect((await profile.chat('Say hello.', { attributes })).length).toBeGreaterThan(0)
    expect((await profile.fetch()).attributes).toEqual(database.attributes)
  })

  it('with no rows when there are none', async () => {
    await using database = await openContractDatabase()
    const profile = await createProfile(database)
    const { rows } = await profile.runSql('List the customers whose credit limit is greater than 99999999')
    expect(rows).toEqual([])
  })

  it('with a summary', async () => {
    await using database = await openContractDatabase()
    const profile = await createProfile(database)
    const content = 'The harvest was good. The price of wheat fell. Farmers stored what they could not sell. '.repeat(
      20,
    )
    const summary = await profile.summarize({ content }, { maxWords: 40, summaryStyle: 'paragraph' })
    expect(summary.length).toBeGreaterThan(0)
    expect(summary.length).toBeLessThan(content.length)
  })

  it('with a translation', async ({ skip }) => {
    await using database = await openContractDatabase()
    if (database.attributes.provider !== 'oci') skip('translations need a profile of the provider oci')
    const profile = await createProfile(database)
    expect(await profile.translate('Thank you', { sourceLanguage: 'en', targetLanguage: 'de' })).toBe('Danke')
  })

  it('in the languages that there are', async () => {
    await using database = await openContractDatabase()
    const languages = await database.pool.listTranslationLanguages()
    expect(languages).toContainEqual({
      name: expect.stringMatching(/german/i),
      code: 'de',
      provider: expect.any(String),
    })
  })
})
