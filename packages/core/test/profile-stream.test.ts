import { Readable } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { CallAbortedError, CallTimeoutError, ProviderError, type StreamOptions } from '../src/index.ts'
import { breaks, openDatabase, roundTrips, until } from './open-database.ts'

const profileName = 'OCI_AI_PROFILE'

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = []
  for await (const item of items) all.push(item)
  return all
}

describe('a stream', () => {
  it('gives the answer in pieces of the size asked for', async () => {
    await using database = await openDatabase()
    const profile = database.pool.profile(profileName)
    expect(await collect(profile.stream('text abcdefgh', { chunkSize: 3 }))).toEqual(['abc', 'def', 'gh'])
    const pieces = await collect(profile.stream('answer 20000'))
    expect(pieces.map((piece) => piece.length)).toEqual([8192, 8192, 3616])
    expect(await collect(profile.stream('text '))).toEqual([])
  })

  it.each([2, 3, 4, 5])('never cuts through an emoji, with pieces of %i', async (chunkSize) => {
    await using database = await openDatabase()
    const text = `a😀b😀😀c${'😀'.repeat(9)}`
    const pieces = await collect(database.pool.profile(profileName).stream(`text ${text}`, { chunkSize }))
    expect(pieces.join('')).toBe(text)
    for (const piece of pieces) {
      expect(piece.length).toBeLessThanOrEqual(chunkSize)
      expect(Buffer.from(piece).toString()).toBe(piece)
    }
  })

  it('takes the other actions and options of a question', async () => {
    await using database = await openDatabase()
    const profile = database.pool.profile(profileName)
    const [sql] = await collect(profile.stream('sql SELECT 1 AS n FROM dual', { action: 'showsql' }))
    expect(sql).toMatch(/SELECT 1/i)
    const attributes = await collect(profile.stream('attributes', { attributes: { temperature: 0.25 } }))
    expect(JSON.parse(attributes.join(''))).toMatchObject({ temperature: 0.25 })
  })

  it('has given its connection back before the first piece, and costs what the question costs', async () => {
    await using database = await openDatabase({ pool: { poolMax: 1 } })
    const profile = database.pool.profile(profileName)
    await profile.chat('hello')
    const before = roundTrips(database.emulator)
    const stream = profile.stream('answer 20000')
    expect(roundTrips(database.emulator)).toBe(before)
    expect((await stream.next()).value).toHaveLength(8192)
    expect(database.pool.stats()).toMatchObject({ inUse: 0, holders: [] })
    expect(roundTrips(database.emulator) - before).toBe(2)
    expect(await profile.chat('hello')).toBe('echo of 5 characters')
    expect(await collect(stream)).toHaveLength(2)
  })

  it('ends for good when the loop is left', async () => {
    await using database = await openDatabase()
    const stream = database.pool.profile(profileName).stream('answer 20000')
    for await (const _ of stream) break
    expect(await stream.next()).toEqual({ value: undefined, done: true })
  })

  it('breaks the question off when its reader leaves while it waits', async () => {
    await using database = await openDatabase()
    const stream = database.pool.profile(profileName).stream('hold it')
    const waiting = stream.next()
    await database.model.holding(1)
    await stream.return?.()
    expect(await waiting).toEqual({ value: undefined, done: true })
    expect(breaks(database.emulator)).toBe(1)
    expect(database.pool.stats().inUse).toBe(0)
  })

  it('is broken off when a stream of Node made of it is destroyed', async () => {
    await using database = await openDatabase()
    const readable = Readable.from(database.pool.profile(profileName).stream('hold it'))
    readable.resume()
    await database.model.holding(1)
    readable.destroy()
    await until(() => database.pool.stats().inUse === 0)
    expect(breaks(database.emulator)).toBe(1)
  })

  it('rejects with the first piece for whatever fails in the call', async () => {
    await using database = await openDatabase()
    const profile = database.pool.profile(profileName)
    await expect(profile.stream('fail out of credit').next()).rejects.toBeInstanceOf(ProviderError)
    await expect(profile.stream('hold it', { timeoutMs: 50 }).next()).rejects.toBeInstanceOf(CallTimeoutError)
    const reason = new Error('the client has gone')
    const aborted = profile.stream('hello', { signal: AbortSignal.abort(reason) }).next()
    await expect(aborted).rejects.toMatchObject({ code: CallAbortedError.code, cause: reason })
    const controller = new AbortController()
    const stuck = profile.stream('hold it', { signal: controller.signal }).next()
    await database.model.holding(1)
    controller.abort(reason)
    await expect(stuck).rejects.toMatchObject({ code: CallAbortedError.code, cause: reason })
  })

  it.each<[string, string, unknown]>([
    ['prompt', ' ', {}],
    ['options', 'hello', null],
    ['options.action', 'hello', { action: 'runsql' }],
    ['options.action', 'hello', { action: 'dance' }],
    ['options.chunkSize', 'hello', { chunkSize: 1 }],
    ['options.chunkSize', 'hello', { chunkSize: 2.5 }],
    ['options.chunk', 'hello', { chunk: 5 }],
    ['options.signal', 'hello', { signal: 'stop' }],
    ['options.conversationId', 'hello', { conversationId: '' }],
    ['options.attributes', 'hello', { attributes: [] }],
  ])('is not made when %s is unusable, and nothing is sent', async (argument, prompt, options) => {
    await using database = await openDatabase({ pool: { verify: 'none' } })
    const profile = database.pool.profile(profileName)
    expect(() => profile.stream(prompt, options as StreamOptions)).toThrow(
      expect.objectContaining({ code: 'INVALID_ARGUMENT', argument }),
    )
    expect(database.emulator.ledger.opened).toBe(0)
  })
})
