import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, it } from 'vitest'
import { createOrReplaceCredential } from '../src/admin/index.ts'
import {
  AnswerTooLongError,
  CallAbortedError,
  ProfileNotFoundError,
  ProviderError,
  type SummarizeOptions,
  type SummarySource,
  type TranslateOptions,
} from '../src/index.ts'
import { breaks, openDatabase, roundTrips } from './open-database.ts'

const profileName = 'OCI_AI_PROFILE'

describe('a summary', () => {
  it('is made of a text with all wishes, and of none but the given', async () => {
    await using database = await openDatabase()
    const profile = database.pool.profile(profileName)
    const full = await profile.summarize(
      { content: 'A long story.' },
      {
        prompt: 'Keep dates.',
        minWords: 5,
        maxWords: 50,
        summaryStyle: 'list',
        chunkProcessingMethod: 'iterative_refinement',
        extractivenessLevel: 'high',
        label: 'weekly',
      },
    )
    expect(JSON.parse(full)).toEqual({
      content: 'A long story.',
      userPrompt: 'Keep dates.',
      minWords: 5,
      maxWords: 50,
      style: 'list',
      chunkProcessing: 'iterative_refinement',
      extractiveness: 'high',
    })
    expect(JSON.parse(await profile.summarize({ content: 'A long story.' }))).not.toHaveProperty('minWords')
    const binds = database.emulator.ledger.sessions.flatMap((session) =>
      session.statements.filter(({ sql }) => sql.includes('SUMMARIZE')).map((statement) => statement.binds),
    )
    const params = binds.map((each) => each.find(({ name }) => name === 'PARAMS')?.value)
    expect(JSON.parse(String(params[0]))).toEqual({
      min_words: 5,
      max_words: 50,
      summary_style: 'list',
      chunk_processing_method: 'iterative_refinement',
      extractiveness_level: 'high',
    })
    expect(params[1]).toBeNull()
  })

  it('is made of a location that the database loads', async () => {
    await using database = await openDatabase()
    const server = createServer((_, response) => response.end('loaded from afar'))
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const locationUri = `http://127.0.0.1:${(server.address() as AddressInfo).port}/report.txt`
    const profile = database.pool.profile(profileName)
    await createOrReplaceCredential(database.pool, 'STORE', { username: 'me', password: 'x' })
    const summary = await profile.summarize({ locationUri, credentialName: 'STORE' }, { summaryStyle: 'list' })
    expect(JSON.parse(summary)).toMatchObject({ content: 'loaded from afar', style: 'list' })
    server.closeAllConnections()
    server.close()
    await once(server, 'close')
    await expect(profile.summarize({ locationUri })).rejects.toBeInstanceOf(ProviderError)
    await expect(profile.summarize({ locationUri: 'https://example.com/a.txt' })).rejects.toMatchObject({
      code: ProviderError.code,
      cause: { errorNum: 20403 },
    })
  })

  it('carries a text of a million characters', async () => {
    await using database = await openDatabase({ pool: { maxAnswerCharacters: 2_000_000 } })
    const content = 'ä'.repeat(1_000_000)
    const summary = await database.pool.profile(profileName).summarize({ content })
    expect(JSON.parse(summary)).toMatchObject({ content })
  })

  it.each<[string, unknown, unknown]>([
    ['source', undefined, {}],
    ['source', 'a text', {}],
    ['source', {}, {}],
    ['source', { content: 'a', locationUri: 'https://example.com' }, {}],
    ['source.content', { content: ' ' }, {}],
    ['source.content', { content: 5 }, {}],
    ['source.locationUri', { locationUri: '' }, {}],
    ['source.credentialName', { locationUri: 'https://example.com', credentialName: '' }, {}],
    ['source.credentialName', { content: 'a', credentialName: 'C' }, {}],
    ['source.uri', { uri: 'https://example.com' }, {}],
    ['options', { content: 'a' }, null],
    ['options.words', { content: 'a' }, { words: 5 }],
    ['options.prompt', { content: 'a' }, { prompt: ' ' }],
    ['options.minWords', { content: 'a' }, { minWords: 0 }],
    ['options.maxWords', { content: 'a' }, { maxWords: 1.5 }],
    ['options.minWords', { content: 'a' }, { minWords: 6, maxWords: 5 }],
    ['options.summaryStyle', { content: 'a' }, { summaryStyle: 'poem' }],
    ['options.chunkProcessingMethod', { content: 'a' }, { chunkProcessingMethod: 'none' }],
    ['options.extractivenessLevel', { content: 'a' }, { extractivenessLevel: 'full' }],
    ['options.timeoutMs', { content: 'a' }, { timeoutMs: 0 }],
  ])('names %s when it is unusable, before anything is sent: %j %j', async (argument, source, options) => {
    await using database = await openDatabase({ pool: { verify: 'none' } })
    const refused = database.pool.profile(profileName).summarize(source as SummarySource, options as SummarizeOptions)
    await expect(refused).rejects.toMatchObject({ code: 'INVALID_ARGUMENT', argument })
    expect(database.emulator.ledger.opened).toBe(0)
  })
})

describe('a translation', () => {
  it('names both languages, or leaves the first to the database', async () => {
    await using database = await openDatabase()
    const profile = database.pool.profile(profileName)
    const asked = await profile.translate('Thank you', { sourceLanguage: 'English', targetLanguage: 'de' })
    expect(JSON.parse(asked)).toEqual({ text: 'Thank you', sourceLanguage: 'en', targetLanguage: 'de' })
    expect(JSON.parse(await profile.translate('Thank you', { targetLanguage: 'de' }))).not.toHaveProperty(
      'sourceLanguage',
    )
  })

  it('is made in the languages that are listed, by name or code', async () => {
    await using database = await openDatabase()
    const languages = await database.pool.listTranslationLanguages()
    expect(languages).toContainEqual({ name: 'German', code: 'de', provider: 'OCI' })
    expect(languages.map(({ name }) => name)).toEqual(languages.map(({ name }) => name).sort())
    expect([languages, ...languages].every(Object.isFrozen)).toBe(true)
    const profile = database.pool.profile(profileName)
    for (const targetLanguage of ['German', 'de']) {
      expect(JSON.parse(await profile.translate('Thank you', { targetLanguage }))).toMatchObject({
        targetLanguage: 'de',
      })
    }
  })

  it('leaves both languages to the profile', async () => {
    await using database = await openDatabase()
    const profile = database.pool.profile('GERMAN')
    const credential_name = 'OCI$RESOURCE_PRINCIPAL'
    await profile.create({
      attributes: { provider: 'oci', credential_name, source_language: 'fr', target_language: 'de' },
    })
    const asked = { text: 'Merci', sourceLanguage: 'fr', targetLanguage: 'de' }
    expect(JSON.parse(await profile.translate('Merci'))).toEqual(asked)
    expect(JSON.parse(await profile.translate('Merci', { targetLanguage: 'es' }))).toEqual({
      ...asked,
      targetLanguage: 'es',
    })
    expect((await profile.fetch()).attributes).toMatchObject({ source_language: 'fr', target_language: 'de' })
    await expect(database.pool.profile(profileName).translate('Merci')).rejects.toBeInstanceOf(ProviderError)
  })

  it('fails for a language that the database does not know', async () => {
    await using database = await openDatabase()
    const failed = database.pool.profile(profileName).translate('Thank you', { targetLanguage: 'Klingon' })
    await expect(failed).rejects.toMatchObject({ code: ProviderError.code, cause: { errorNum: 20000 } })
  })

  it.each<[string, unknown, unknown]>([
    ['text', ' ', { targetLanguage: 'de' }],
    ['text', undefined, { targetLanguage: 'de' }],
    ['options', 'Hello', null],
    ['options.targetLanguage', 'Hello', { targetLanguage: '' }],
    ['options.sourceLanguage', 'Hello', { targetLanguage: 'de', sourceLanguage: 5 }],
    ['options.language', 'Hello', { targetLanguage: 'de', language: 'en' }],
  ])('names %s when it is unusable, before anything is sent: %j %j', async (argument, text, options) => {
    await using database = await openDatabase({ pool: { verify: 'none' } })
    const refused = database.pool.profile(profileName).translate(text as string, options as TranslateOptions)
    await expect(refused).rejects.toMatchObject({ code: 'INVALID_ARGUMENT', argument })
    expect(database.emulator.ledger.opened).toBe(0)
  })
})

describe.each(['summarize', 'translate'] as const)('%s', (method) => {
  function call(
    pool: Awaited<ReturnType<typeof openDatabase>>['pool'],
    text: string,
    options: { readonly signal?: AbortSignal } = {},
    name = profileName,
  ): Promise<string> {
    const profile = pool.profile(name)
    return method === 'summarize'
      ? profile.summarize({ content: text }, options)
      : profile.translate(text, { targetLanguage: 'de', ...options })
  }

  it.each([
    [1, 1],
    [8000, 1],
    [8001, 2],
  ])('costs for %i characters %i round trips in steady state', async (length, trips) => {
    await using database = await openDatabase()
    await call(database.pool, 'answer 1')
    const before = roundTrips(database.emulator)
    expect(await call(database.pool, `answer ${length}`)).toHaveLength(length)
    expect(roundTrips(database.emulator) - before).toBe(trips)
  })

  it('does not read more than the pool allows', async () => {
    await using database = await openDatabase({ pool: { maxAnswerCharacters: 9000 } })
    await expect(call(database.pool, 'answer 9001')).rejects.toBeInstanceOf(AnswerTooLongError)
    expect(await call(database.pool, 'answer 9000')).toHaveLength(9000)
  })

  it('tells an unknown profile', async () => {
    await using database = await openDatabase()
    await expect(call(database.pool, 'Hello', {}, 'NO_SUCH')).rejects.toBeInstanceOf(ProfileNotFoundError)
  })

  it('is broken off by its signal', async () => {
    await using database = await openDatabase()
    const controller = new AbortController()
    const stuck = call(database.pool, 'hold it', { signal: controller.signal })
    await database.model.holding(1)
    controller.abort()
    await expect(stuck).rejects.toBeInstanceOf(CallAbortedError)
    expect(breaks(database.emulator)).toBe(1)
  })
})
