import { describe, expect, it } from 'vitest'
import {
  AnswerTooLongError,
  actions,
  NoSqlGeneratedError,
  ProfileNotFoundError,
  ProviderError,
  SelectAIArgumentError,
} from '../src/index.ts'
import { openDatabase, roundTrips } from './open-database.ts'

const profileName = 'OCI_AI_PROFILE'

describe('a profile', () => {
  it('answers every action through the driver', async () => {
    await using database = await openDatabase()
    const profile = database.pool.profile(profileName)
    expect(await profile.chat('hello')).toBe('echo of 5 characters')
    expect(await profile.showSql('sql SELECT 1 AS n FROM dual')).toMatch(/SELECT 1 AS n\s+FROM dual/i)
    expect(await profile.explainSql('sql SELECT 1 AS n FROM dual')).toContain('explained')
    expect(await profile.narrate('sql SELECT 1 AS n FROM dual')).toBe('There are 1 rows.')
    expect(JSON.parse(await profile.showPrompt('How many promotions?'))).toBeTruthy()
    expect(await profile.runSql('sql SELECT 1 AS n FROM dual')).toEqual({ rows: [{ N: 1 }], columns: ['N'] })
    expect(JSON.parse(await profile.generate('sql SELECT 1 AS n FROM dual', { action: 'runsql' }))).toEqual([{ N: 1 }])
  })

  it('is made without any round trip, and takes names in any case', async () => {
    await using database = await openDatabase()
    const before = roundTrips(database.emulator)
    const profile = database.pool.profile('oci_ai_profile')
    expect(roundTrips(database.emulator)).toBe(before)
    expect(await profile.chat('hello')).toBe('echo of 5 characters')
    expect(profile.name).toBe('oci_ai_profile')
  })

  it('gives no rows and no columns when the query finds nothing', async () => {
    await using database = await openDatabase()
    const result = await database.pool.profile(profileName).runSql('sql SELECT dummy FROM dual WHERE 1 = 2')
    expect(result).toEqual({ rows: [], columns: [] })
  })

  it('types rows, keeps the order of columns and reads dates and NULL as JSON has them', async () => {
    await using database = await openDatabase()
    const { rows, columns } = await database.pool
      .profile(profileName)
      .runSql<{ TEXT: string; NUMBER_VALUE: number; NOTHING?: null; DAY: string }>(
        "sql SELECT 'a' AS text, 1.5 AS number_value, DATE '2026-01-02' AS day, NULL AS nothing FROM dual",
      )
    expect(columns.slice(0, 3)).toEqual(['TEXT', 'NUMBER_VALUE', 'DAY'])
    expect(rows[0]?.TEXT.toUpperCase()).toBe('A')
    expect(rows[0]?.NUMBER_VALUE).toBe(1.5)
    expect(rows[0]?.DAY).toContain('2026')
    expect(rows[0]?.NOTHING ?? null).toBeNull()
  })

  it('says in an error of its own that no SQL came out, with the sentence', async () => {
    await using database = await openDatabase()
    const attempt = database.pool.profile(profileName).runSql('what is love')
    await expect(attempt).rejects.toBeInstanceOf(NoSqlGeneratedError)
    await expect(attempt).rejects.toMatchObject({ sentence: 'I cannot make SQL of that.' })
  })

  it('passes attributes for one call and leaves the profile as it is', async () => {
    await using database = await openDatabase()
    const profile = database.pool.profile(profileName)
    const changed = JSON.parse(await profile.chat('attributes', { attributes: { temperature: 0.25 } }))
    expect(changed.temperature).toBe(0.25)
    expect(JSON.parse(await profile.chat('attributes'))).not.toHaveProperty('temperature', 0.25)
  })

  it('sends only the arguments that are given, all of them as binds', async () => {
    await using database = await openDatabase()
    const profile = database.pool.profile(profileName)
    const conversationId = '30C9DB6E-EA4D-AFBA-E063-9C6D46644B92'
    await profile.chat("it's a ':prompt' -- test")
    await profile.chat('hello', { attributes: { temperature: 0 } })
    await profile.chat('hello', { conversationId }).catch(() => {})
    await profile.chat('hello', { conversationId, attributes: { temperature: 0 } }).catch(() => {})
    const statements = database.emulator.ledger.sessions.flatMap((session) => session.statements)
    const names = statements
      .filter(({ sql }) => sql.includes('GENERATE'))
      .map(({ binds }) => binds.map(({ name }) => name))
    const always = ['PROMPT', 'PROFILE_NAME', 'ACTION']
    const out = ['ANSWER_LENGTH', 'LONG_ANSWER', 'SHORT_ANSWER']
    expect(names).toEqual([
      [...always, ...out],
      [...always, 'ATTRIBUTES', ...out],
      [...always, 'PARAMS', ...out],
      [...always, 'ATTRIBUTES', 'PARAMS', ...out],
    ])
    expect(statements.every(({ sql }) => !sql.includes("it's"))).toBe(true)
  })

  it('carries a prompt of a million characters', async () => {
    await using database = await openDatabase()
    expect(await database.pool.profile(profileName).chat('p'.repeat(1_000_000))).toBe('echo of 1000000 characters')
  })

  it.each([32_766, 32_767, 32_768, 40_000])('carries a prompt of %i characters beside short ones', async (length) => {
    await using database = await openDatabase()
    const profile = database.pool.profile(profileName)
    expect(await profile.chat('short')).toBe('echo of 5 characters')
    expect(await profile.chat('é'.repeat(length))).toBe(`echo of ${length} characters`)
    expect(await profile.chat('short')).toBe('echo of 5 characters')
  })

  it('reads answers with characters of several bytes, also across the border of the first piece', async () => {
    await using database = await openDatabase()
    const profile = database.pool.profile(profileName)
    for (const text of [
      'ä'.repeat(8000),
      `${'a'.repeat(7999)}😀tail`,
      `${'a'.repeat(7998)}😀`,
      '😀'.repeat(20_000),
      '漢'.repeat(8000),
    ]) {
      expect(await profile.chat(`text ${text}`)).toBe(text)
    }
  })

  it('refuses to read an answer that is too long, and the connection stays good', async () => {
    await using database = await openDatabase({ pool: { maxAnswerCharacters: 9000 } })
    const profile = database.pool.profile(profileName)
    const attempt = profile.chat('answer 9001')
    await expect(attempt).rejects.toBeInstanceOf(AnswerTooLongError)
    await expect(attempt).rejects.toMatchObject({ characters: 9001, maxAnswerCharacters: 9000 })
    expect(await profile.chat('answer 9000')).toHaveLength(9000)
    expect(database.emulator.ledger.opened).toBe(1)
  })

  it('tells an unknown profile and a failing provider apart', async () => {
    await using database = await openDatabase()
    await expect(database.pool.profile('NO_SUCH').chat('hello')).rejects.toBeInstanceOf(ProfileNotFoundError)
    const failing = database.pool.profile(profileName).chat('fail out of credit')
    await expect(failing).rejects.toBeInstanceOf(ProviderError)
    await expect(failing).rejects.toMatchObject({ cause: { errorNum: 20000 } })
    expect(database.pool.stats()).toMatchObject({ open: 1, inUse: 0 })
  })

  it.each(['', ' ', '1abc', 'A B', 'A;B', '"A"', 'A.B.C', 'A-B', 'x'.repeat(129), undefined])(
    'refuses %j as a name',
    async (name) => {
      await using database = await openDatabase({ pool: { verify: 'none' } })
      expect(() => database.pool.profile(name as string)).toThrow(SelectAIArgumentError)
    },
  )

  it('lays attributes over those of the profile for one question, whatever its action', async () => {
    await using database = await openDatabase()
    const profile = database.pool.profile(profileName)
    const attributes = { temperature: 0, additional_instructions: 'Be short.', seed: -7, comments: null }
    const asked = JSON.parse(
      await profile.chat('attributes', { attributes: { ...attributes, model: undefined as never } }),
    )
    expect(asked).toMatchObject({ temperature: 0, additional_instructions: 'Be short.', seed: -7, provider: 'oci' })
    expect(asked).not.toHaveProperty('comments')
    expect(JSON.parse(await profile.chat('attributes'))).toMatchObject({ comments: true })
    const sql = 'sql SELECT 1 AS one FROM dual'
    const wrong = { attributes: { nonsense: 1 } }
    for (const refused of [
      () => profile.chat('hello', wrong),
      () => profile.narrate(sql, wrong),
      () => profile.showSql(sql, wrong),
      () => profile.explainSql(sql, wrong),
      () => profile.runSql(sql, wrong),
      () => profile.showPrompt('hello', wrong),
      () => profile.generate('hello', { action: 'chat', ...wrong }),
      () => profile.stream('hello', wrong).next(),
    ]) {
      await expect(refused()).rejects.toMatchObject({ code: 'INVALID_ATTRIBUTE', attribute: 'nonsense' })
    }
  })

  it('refuses blank prompts and unusable options before anything is sent', async () => {
    await using database = await openDatabase({ pool: { verify: 'none' } })
    const profile = database.pool.profile(profileName)
    const attempts: [string, () => Promise<unknown>][] = [
      ['prompt', () => profile.chat('')],
      ['prompt', () => profile.chat(' \n')],
      ['prompt', () => profile.chat(undefined as unknown as string)],
      ['options.action', () => profile.generate('hello', { action: 'destroy' as 'chat' })],
      ['options.timeoutMs', () => profile.chat('hello', { timeoutMs: 0 })],
      ['options.timeout', () => profile.chat('hello', { timeout: 5 } as object)],
      ['options.signal', () => profile.chat('hello', { signal: 'stop' as unknown as AbortSignal })],
      ['options.attributes', () => profile.chat('hello', { attributes: [] as unknown as Record<string, string> })],
      ['options.attributes.temperature', () => profile.narrate('hello', { attributes: { temperature: 'hot' } })],
      ['options.attributes.object_list', () => profile.runSql('hello', { attributes: { object_list: ['SH'] } })],
      ['options.attributes.model', () => profile.showSql('hello', { attributes: { model: '' } })],
      ['options.attributes.other', () => profile.chat('hello', { attributes: { other: Number.NaN } })],
      ['options.attributes', () => profile.explainSql('hello', { attributes: { 'a b': 1 } })],
      ['options.conversationId', () => profile.chat('hello', { conversationId: '' })],
      ['options.conversationId', () => profile.chat('hello', { conversationId: 'last' })],
      ['options', () => profile.chat('hello', null as unknown as object)],
    ]
    for (const [argument, attempt] of attempts) {
      await expect(attempt()).rejects.toMatchObject({ code: 'INVALID_ARGUMENT', argument })
    }
    expect(database.emulator.ledger.opened).toBe(0)
  })

  it('lists its actions in a frozen array', () => {
    expect([...actions].sort()).toEqual([
      'chat',
      'explainsql',
      'feedback',
      'narrate',
      'runsql',
      'showprompt',
      'showsql',
      'summarize',
      'translate',
    ])
    expect(Object.isFrozen(actions)).toBe(true)
  })
})

describe('round trips', () => {
  it.each([
    [1, 1],
    [8000, 1],
    [8001, 2],
    [100_000, 2],
    [1_000_000, 3],
  ])('an answer of %i characters costs at most %i in steady state', async (length, most) => {
    await using database = await openDatabase()
    const profile = database.pool.profile(profileName)
    await profile.chat('hello')
    const before = roundTrips(database.emulator)
    expect(await profile.chat(`answer ${length}`)).toHaveLength(length)
    expect(roundTrips(database.emulator) - before).toBeLessThanOrEqual(most)
    expect(roundTrips(database.emulator)).toBeGreaterThan(before)
  })

  it('fifty questions cost fifty, none for borrowing, returning or clearing', async () => {
    await using database = await openDatabase()
    const profile = database.pool.profile(profileName)
    await profile.chat('hello')
    const before = roundTrips(database.emulator)
    for (let number = 0; number < 50; number += 1)
      await profile.chat(`question ${number}`, { label: `route ${number}` })
    expect(roundTrips(database.emulator) - before).toBe(50)
  })
})
