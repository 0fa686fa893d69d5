import { describe, expect, it } from 'vitest'
import {
  CallAbortedError,
  CallTimeoutError,
  type Question,
  SelectAIArgumentError,
  type SettledAnswer,
} from '../src/index.ts'
import { openDatabase, roundTrips, until } from './open-database.ts'

const profileName = 'OCI_AI_PROFILE'

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = []
  for await (const item of items) all.push(item)
  return all
}

const answersOf = (results: readonly SettledAnswer[]) =>
  results.map((result) => (result.status === 'fulfilled' ? result.answer : result.error.code))

describe('questions in a pipeline', () => {
  it('cost one round trip for a hundred, in the order of the input', async () => {
    await using database = await openDatabase()
    const profile = database.pool.profile(profileName)
    const prompts = Array.from({ length: 100 }, (_, index) => `text ${index}`)
    await collect(profile.askMany(prompts, { pipeline: true }))
    const before = roundTrips(database.emulator)
    const results = await collect(profile.askMany(prompts, { pipeline: true }))
    expect(results).toMatchObject(prompts.map((prompt, index) => ({ index, prompt, answer: String(index) })))
    expect(roundTrips(database.emulator) - before).toBe(1)
  })

  it('use one connection, and more pipelines than one when there are more', async () => {
    await using database = await openDatabase()
    const profile = database.pool.profile(profileName)
    const prompts = Array.from({ length: 250 }, (_, index) => `text ${index}`)
    const borrowed = database.pool.stats().totals.borrowed
    const results = await collect(profile.askMany(prompts, { pipeline: true }))
    expect(answersOf(results)).toEqual(prompts.map((_, index) => String(index)))
    expect(database.pool.stats().totals.borrowed - borrowed).toBe(3)
    expect(database.pool.stats().open).toBe(1)
  })

  it('fail one by one, and those that cannot be asked are not sent', async () => {
    await using database = await openDatabase()
    const questions = [
      'hello',
      'fail badly',
      '',
      { prompt: 'x', nonsense: 1 } as Question,
      { prompt: 'history', conversationId: '00000000-0000-0000-0000-000000000000' },
      'ü'.repeat(20_000),
      { prompt: 'sql SELECT 1 AS n FROM dual', action: 'narrate' } as const,
    ]
    const results = await collect(database.pool.profile(profileName).askMany(questions, { pipeline: true }))
    expect(answersOf(results)).toEqual([
      'echo of 5 characters',
      'PROVIDER_FAILED',
      'INVALID_ARGUMENT',
      'INVALID_ARGUMENT',
      'CONVERSATION_NOT_FOUND',
      'INVALID_ARGUMENT',
      'There are 1 rows.',
    ])
    expect(results[5]).toMatchObject({ error: { argument: 'prompt', message: expect.stringContaining('32767') } })
  })

  it('may have answers that are longer than a piece, at one round trip more each', async () => {
    await using database = await openDatabase()
    const profile = database.pool.profile(profileName)
    await collect(profile.askMany(['hello', 'hello'], { pipeline: true }))
    const before = roundTrips(database.emulator)
    const results = await collect(profile.askMany(['answer 50000', 'hello', 'answer 9000'], { pipeline: true }))
    expect(answersOf(results).map((answer) => answer.length)).toEqual([50_000, 20, 9000])
    expect(roundTrips(database.emulator) - before).toBe(3)
  })

  it('are asked several at a time where the database has no pipelines', async () => {
    await using database = await openDatabase({
      pool: { poolMax: 2 },
      emulator: { protocol: { tnsVersion: 317, fieldVersion: 12 } },
    })
    const results = collect(
      database.pool.profile(profileName).askMany(['hold 0', 'hold 1', 'hello'], { pipeline: true }),
    )
    await database.model.holding(2)
    database.model.answer('hold 1', 'one')
    database.model.answer('hold 0', 'zero')
    expect(answersOf(await results)).toEqual(['zero', 'one', 'echo of 5 characters'])
  })

  it('end together when their time is over or the signal aborts, and the pool goes on', async () => {
    await using database = await openDatabase({ pool: { breakGraceMs: 200 } })
    const profile = database.pool.profile(profileName)
    const late = await collect(profile.askMany(['hello', 'hold', 'hello'], { pipeline: true, timeoutMs: 300 }))
    expect(late.map((result) => result.status === 'rejected' && result.error)).toEqual(
      [0, 1, 2].map(() => expect.any(CallTimeoutError)),
    )
    const controller = new AbortController()
    const told: SettledAnswer[] = []
    const aborted = (async () => {
      for await (const result of profile.askMany(['hold', 'hello'], { pipeline: true, signal: controller.signal })) {
        told.push(result)
      }
    })()
    await database.model.holding(1)
    controller.abort()
    await expect(aborted).rejects.toBeInstanceOf(CallAbortedError)
    expect(answersOf(told)).toEqual(['CALL_ABORTED', 'CALL_ABORTED'])
    expect(await profile.chat('hello')).toBe('echo of 5 characters')
  })

  it('can be left, also while the list looks for its next question', async () => {
    await using database = await openDatabase()
    const profile = database.pool.profile(profileName)
    for await (const result of profile.askMany(['hello', 'hello'], { pipeline: true })) {
      expect(result.index).toBe(0)
      break
    }
    async function* endless(): AsyncGenerator<string> {
      yield 'hello'
      await new Promise(() => {})
    }
    const waiting = profile.askMany(endless(), { pipeline: true })
    const next = waiting.next()
    await waiting.return?.()
    expect(await next).toEqual({ value: undefined, done: true })
    await until(() => database.pool.stats().inUse === 0)
  })

  it('are told of before a list that fails', async () => {
    await using database = await openDatabase()
    function* broken(): Generator<string> {
      yield 'hello'
      throw new Error('the list broke')
    }
    const told: SettledAnswer[] = []
    const all = (async () => {
      for await (const result of database.pool.profile(profileName).askMany(broken(), { pipeline: true }))
        told.push(result)
    })()
    await expect(all).rejects.toThrow('the list broke')
    expect(told).toMatchObject([{ index: 0, status: 'fulfilled' }])
  })

  it.each([
    [{ pipeline: 'yes' }, 'options.pipeline'],
    [{ pipeline: true, order: 'completed' }, 'options.order'],
  ])('refuse %j', async (options, argument) => {
    await using database = await openDatabase()
    const answers = database.pool.profile(profileName).askMany(['hello'], options as never)
    const error = await answers.next().catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(SelectAIArgumentError)
    expect(error).toMatchObject({ argument })
  })
})
