import { describe, expect, it } from 'vitest'
import {
  type AskManyOptions,
  CallAbortedError,
  CallTimeoutError,
  ProviderError,
  type Question,
  type Questions,
  SelectAIArgumentError,
  type SettledAnswer,
} from '../src/index.ts'
import { breaks, openDatabase, roundTrips, until } from './open-database.ts'

const profileName = 'OCI_AI_PROFILE'

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = []
  for await (const item of items) all.push(item)
  return all
}

/** Questions of which one can tell how many were taken, and whether the list was let go. */
function counted(questions: readonly (string | Question)[]) {
  const list = {
    taken: 0,
    closed: false,
    *[Symbol.iterator]() {
      try {
        for (const question of questions) {
          list.taken += 1
          yield question
        }
      } finally {
        list.closed = true
      }
    },
  }
  return list
}

function prompts(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `hold ${index}`)
}

function indexes(results: readonly SettledAnswer[]): number[] {
  return results.map(({ index }) => index)
}

describe('many questions', () => {
  it('are answered in their order, each with its place, its action and its options', async () => {
    await using database = await openDatabase()
    const profile = database.pool.profile(profileName)
    const questions: (string | Question)[] = [
      'sql SELECT 1 AS n FROM dual',
      { prompt: 'hello', action: 'chat' },
      { prompt: 'attributes', action: 'chat', attributes: { temperature: 0.25 } },
      { prompt: 'sql SELECT 1 AS n FROM dual', action: 'runsql' },
    ]
    const results = await collect(profile.askMany(questions, { action: 'narrate' }))
    expect(results).toMatchObject([
      { index: 0, prompt: 'sql SELECT 1 AS n FROM dual', status: 'fulfilled', answer: 'There are 1 rows.' },
      { index: 1, prompt: 'hello', status: 'fulfilled', answer: 'echo of 5 characters' },
      { index: 2, status: 'fulfilled', answer: expect.stringContaining('0.25') },
      { index: 3, status: 'fulfilled', answer: expect.stringContaining('"N" : 1') },
    ])
  })

  it('cost one round trip each', async () => {
    await using database = await openDatabase({ pool: { poolMax: 1 } })
    const profile = database.pool.profile(profileName)
    await profile.chat('hello')
    const before = roundTrips(database.emulator)
    expect(await collect(profile.askMany(Array(20).fill('hello')))).toHaveLength(20)
    expect(roundTrips(database.emulator) - before).toBe(20)
  })

  it('are asked by default as many at a time as the pool has connections, and never wait in its line', async () => {
    await using database = await openDatabase({ pool: { poolMax: 3 } })
    const list = counted(prompts(7))
    const results = collect(database.pool.profile(profileName).askMany(list))
    let waited = 0
    for (let asked = 0; asked < 7; asked += 1) {
      await database.model.holding(Math.min(3, 7 - asked))
      waited = Math.max(waited, database.pool.stats().waiting)
      expect(database.model.held.length).toBeLessThanOrEqual(3)
      database.model.answer(`hold ${asked}`)
      await until(() => !database.model.held.some(({ prompt }) => prompt === `hold ${asked}`))
    }
    expect(indexes(await results)).toEqual([0, 1, 2, 3, 4, 5, 6])
    expect(waited).toBe(0)
    expect(database.pool.stats().totals.rejected).toBe(0)
    expect(list).toMatchObject({ taken: 7, closed: true })
  })

  it('come in the order of the input although the later ones are answered first', async () => {
    await using database = await openDatabase()
    const answers = database.pool.profile(profileName).askMany(prompts(3))
    const first = answers.next()
    await database.model.holding(3)
    database.model.answer('hold 2', 'two')
    database.model.answer('hold 1', 'one')
    await until(() => database.pool.stats().inUse === 1)
    database.model.answer('hold 0', 'zero')
    expect((await first).value).toEqual({ index: 0, prompt: 'hold 0', status: 'fulfilled', answer: 'zero' })
    expect(await collect(answers)).toMatchObject([{ answer: 'one' }, { answer: 'two' }])
  })

  it('come as they are answered when asked for so', async () => {
    await using database = await openDatabase()
    const answers = database.pool.profile(profileName).askMany(prompts(3), { order: 'completed' })
    for (const index of [2, 0, 1]) {
      const next = answers.next()
      await until(() => database.model.held.some(({ prompt }) => prompt === `hold ${index}`))
      database.model.answer(`hold ${index}`)
      expect((await next).value).toMatchObject({ index })
    }
    expect(await answers.next()).toEqual({ value: undefined, done: true })
  })

  it('go on when some of them fail', async () => {
    await using database = await openDatabase()
    const questions = [
      'hello',
      'fail out of credit',
      ' ',
      { prompt: 'hello', action: 'dance' },
      { prompt: 'hello', colour: 'red' },
      null,
      'hello',
    ] as string[]
    const results = await collect(database.pool.profile(profileName).askMany(questions))
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', ...Array(5).fill('rejected'), 'fulfilled'])
    const errors = results.map((result) => (result.status === 'rejected' ? result.error : undefined))
    expect(errors[1]).toBeInstanceOf(ProviderError)
    expect(errors.slice(2, 6)).toMatchObject([
      { argument: 'prompt' },
      { argument: 'options.action' },
      { argument: 'question.colour' },
      { argument: 'question' },
    ])
    expect(results.map(({ prompt }) => prompt).slice(3, 6)).toEqual(['hello', 'hello', ''])
  })

  it('have their time-out each', async () => {
    await using database = await openDatabase()
    const answers = database.pool.profile(profileName).askMany(['hold it', 'hello'], { timeoutMs: 100, label: 'batch' })
    const first = answers.next()
    await database.model.holding(1)
    expect(database.pool.stats().holders[0]?.label).toBe('batch')
    expect((await first).value).toMatchObject({ status: 'rejected', error: expect.any(CallTimeoutError) })
    expect((await answers.next()).value).toMatchObject({ status: 'fulfilled', index: 1 })
    expect((await answers.next()).done).toBe(true)
  })

  it('are taken only as the answers are read', async () => {
    await using database = await openDatabase({ pool: { poolMax: 2 } })
    const list = counted(Array(40).fill('hello'))
    const answers = database.pool.profile(profileName).askMany(list, { order: 'completed' })
    await answers.next()
    await until(() => list.taken === 3 && database.pool.stats().inUse === 0)
    await answers.next()
    await until(() => list.taken === 4 && database.pool.stats().inUse === 0)
    expect(list.taken).toBe(4)
    expect(await collect(answers)).toHaveLength(38)
  })

  it('run ahead of a slow one, but not without end', async () => {
    await using database = await openDatabase({ pool: { poolMax: 2 } })
    const list = counted(['hold it', ...Array(40).fill('hello')])
    const answers = database.pool.profile(profileName).askMany(list)
    const first = answers.next()
    await database.model.holding(1)
    await until(() => list.taken === 8 && database.pool.stats().inUse === 1)
    expect(list.taken).toBe(8)
    database.model.answer('hold it')
    expect((await first).value).toMatchObject({ index: 0 })
    expect(indexes(await collect(answers))).toEqual(Array.from({ length: 40 }, (_, index) => index + 1))
  })

  it('may come from a list that is still being read', async () => {
    await using database = await openDatabase()
    async function* read(): AsyncGenerator<string> {
      yield 'hello'
      yield 'hello again'
    }
    expect(await collect(database.pool.profile(profileName).askMany(read()))).toMatchObject([
      { answer: 'echo of 5 characters' },
      { answer: 'echo of 11 characters' },
    ])
  })

  it('are told of before the failure of their list', async () => {
    await using database = await openDatabase()
    const failure = new Error('the file is gone')
    async function* read(): AsyncGenerator<string> {
      yield 'hello'
      throw failure
    }
    const answers = database.pool.profile(profileName).askMany(read())
    expect((await answers.next()).value).toMatchObject({ index: 0, status: 'fulfilled' })
    await expect(answers.next()).rejects.toBe(failure)
    expect((await answers.next()).done).toBe(true)
  })

  it('are broken off by the signal, those that ran are told of, and the iteration rejects', async () => {
    await using database = await openDatabase({ pool: { poolMax: 2 } })
    const controller = new AbortController()
    const reason = new Error('enough')
    const list = counted(['hello', 'hold 1', 'hold 2', 'hold 3'])
    const answers = database.pool.profile(profileName).askMany(list, { signal: controller.signal })
    expect((await answers.next()).value).toMatchObject({ index: 0, status: 'fulfilled' })
    const next = answers.next()
    await database.model.holding(2)
    controller.abort(reason)
    const aborted = { status: 'rejected', error: { code: CallAbortedError.code, cause: reason } }
    expect((await next).value).toMatchObject({ index: 1, ...aborted })
    expect((await answers.next()).value).toMatchObject({ index: 2, ...aborted })
    await expect(answers.next()).rejects.toMatchObject({ code: CallAbortedError.code, cause: reason })
    expect(list).toMatchObject({ taken: 3, closed: true })
    expect(breaks(database.emulator)).toBe(2)
  })

  it('are not asked when the signal has aborted before', async () => {
    await using database = await openDatabase()
    const list = counted(['hello'])
    const answers = database.pool.profile(profileName).askMany(list, { signal: AbortSignal.abort() })
    await expect(answers.next()).rejects.toBeInstanceOf(CallAbortedError)
    expect(list.taken).toBe(0)
  })

  it('are not awaited any more when the signal aborts and the list still looks for its next', async () => {
    await using database = await openDatabase()
    const controller = new AbortController()
    async function* read(): AsyncGenerator<string> {
      yield 'hello'
      await new Promise(() => {})
    }
    const answers = database.pool.profile(profileName).askMany(read(), { signal: controller.signal })
    await answers.next()
    const next = answers.next()
    controller.abort()
    await expect(next).rejects.toBeInstanceOf(CallAbortedError)
  })

  it('are broken off when the loop is left early', async () => {
    await using database = await openDatabase({ pool: { poolMax: 2 } })
    const list = counted(['hello', 'hold 1', 'hold 2', 'hold 3'])
    for await (const { index } of database.pool.profile(profileName).askMany(list)) {
      expect(index).toBe(0)
      await database.model.holding(2)
      break
    }
    expect(list).toMatchObject({ taken: 3, closed: true })
    expect(breaks(database.emulator)).toBe(2)
    expect(database.pool.stats()).toMatchObject({ inUse: 0, waiting: 0 })
  })

  it('are broken off when the reader leaves while it waits', async () => {
    await using database = await openDatabase()
    const answers = database.pool.profile(profileName).askMany(['hold it'])
    const waiting = answers.next()
    await database.model.holding(1)
    await answers.return?.()
    expect(await waiting).toEqual({ value: undefined, done: true })
    expect(database.pool.stats().inUse).toBe(0)
    expect(breaks(database.emulator)).toBe(1)
  })

  it('may be none, and nothing is asked before the first answer is wanted', async () => {
    await using database = await openDatabase({ pool: { verify: 'none' } })
    const profile = database.pool.profile(profileName)
    expect(await collect(profile.askMany([]))).toEqual([])
    const list = counted(['hello'])
    const answers = profile.askMany(list)
    await answers.return?.()
    expect(await answers.next()).toEqual({ value: undefined, done: true })
    expect(list.taken).toBe(0)
    expect(database.emulator.ledger.opened).toBe(0)
  })

  it.each<[string, unknown, unknown]>([
    ['questions', 'hello', {}],
    ['questions', undefined, {}],
    ['questions', { prompt: 'hello' }, {}],
    ['options', [], null],
    ['options.action', [], { action: 'dance' }],
    ['options.concurrency', [], { concurrency: 0 }],
    ['options.concurrency', [], { concurrency: 5 }],
    ['options.concurrency', [], { concurrency: 1.5 }],
    ['options.order', [], { order: 'random' }],
    ['options.signal', [], { signal: 'stop' }],
    ['options.timeoutMs', [], { timeoutMs: -1 }],
    ['options.onPhase', [], { onPhase: () => {} }],
  ])('name %s when it is unusable: %j %j', async (argument, questions, options) => {
    await using database = await openDatabase({ pool: { verify: 'none' } })
    const answers = database.pool.profile(profileName).askMany(questions as Questions, options as AskManyOptions)
    await expect(answers.next()).rejects.toMatchObject({ code: SelectAIArgumentError.code, argument })
  })
})
