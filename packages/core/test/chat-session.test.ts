import { describe, expect, it } from 'vitest'
import {
  CallAbortedError,
  CallTimeoutError,
  ConversationNotFoundError,
  NoSqlGeneratedError,
  PoolClosedError,
  PoolQueueFullError,
  ProviderError,
  SelectAIArgumentError,
} from '../src/index.ts'
import { idle, openDatabase, roundTrips } from './open-database.ts'

const profileName = 'OCI_AI_PROFILE'
const unknownId = '30C9DB6E-EA4D-AFBA-E063-9C6D46644B92'

async function collect(pieces: AsyncIterable<string>): Promise<string[]> {
  const collected: string[] = []
  for await (const piece of pieces) collected.push(piece)
  return collected
}

describe('a chat session', () => {
  it('asks everything within one conversation, which the first question creates', async () => {
    await using database = await openDatabase()
    const session = database.pool.profile(profileName).chatSession({ attributes: { title: '会話' } })
    expect(session.conversation).toBeUndefined()
    expect(await session.chat('one')).toBe('echo of 3 characters')
    const { conversation } = session
    expect((await conversation?.fetch())?.title).toBe('会話')
    expect(await session.showSql('sql SELECT 1 AS n FROM dual')).toMatch(/SELECT/)
    expect(await session.explainSql('sql SELECT 1 AS n FROM dual')).toContain('explained')
    expect(await session.narrate('sql SELECT 1 AS n FROM dual')).toBe('There are 1 rows.')
    expect(await session.runSql<{ N: number }>('sql SELECT 1 AS n FROM dual')).toEqual({
      rows: [{ N: 1 }],
      columns: ['N'],
    })
    expect(JSON.parse(await session.showPrompt('How many?'))).toBeTruthy()
    expect(JSON.parse(await session.chat('history'))).toHaveLength(5)
    expect(session.conversation).toBe(conversation)
    expect((await conversation?.listPrompts())?.map(({ action }) => action)).toEqual([
      'chat',
      'showsql',
      'explainsql',
      'narrate',
      'runsql',
      'chat',
    ])
  })

  it('costs nothing to make, one round trip for a question, and one more for the first', async () => {
    await using database = await openDatabase()
    const profile = database.pool.profile(profileName)
    await using warm = profile.chatSession({ attributes: { title: 'x' } })
    await warm.chat('hello')
    const before = roundTrips(database.emulator)
    await using session = profile.chatSession({ attributes: { title: 'y' } })
    expect(roundTrips(database.emulator) - before).toBe(0)
    await session.chat('hello')
    expect(roundTrips(database.emulator) - before).toBe(2)
    await session.chat('hello', { attributes: { temperature: 0 } })
    await session.chat('hello')
    expect(roundTrips(database.emulator) - before).toBe(4)
  })

  it('holds no connection between questions, so that many sessions share one', async () => {
    await using database = await openDatabase({ pool: { poolMax: 1 } })
    const profile = database.pool.profile(profileName)
    const sessions = Array.from({ length: 5 }, () => profile.chatSession())
    for (const session of sessions) {
      await session.chat('hello')
      expect(database.pool.stats()).toMatchObject({ inUse: 0, open: 1 })
    }
    await Promise.all(sessions.map((session, index) => session.chat(`turn ${index}`)))
    for (const [index, session] of sessions.entries()) {
      expect(JSON.parse(await session.chat('history'))).toEqual(['hello', `turn ${index}`])
    }
    expect(database.pool.stats()).toMatchObject({ inUse: 0, open: 1 })
  })

  it('goes on with a conversation by its id, also over another pool', async () => {
    await using database = await openDatabase()
    const other = await database.createPool()
    const first = database.pool.profile(profileName).chatSession()
    await first.chat('one')
    await first.close()
    const conversationId = first.conversation?.id as string
    await using second = other.profile(profileName).chatSession({ conversationId: conversationId.toLowerCase() })
    expect(second.conversation?.id).toBe(conversationId)
    expect(JSON.parse(await second.chat('history'))).toEqual(['one'])
  })

  it('sends questions that are asked at the same time one after the other', async () => {
    await using database = await openDatabase({ pool: { poolMax: 4 } })
    const session = database.pool.profile(profileName).chatSession()
    const first = session.chat('hold one')
    const second = session.chat('two')
    const third = session.chat('history')
    await database.model.holding(1)
    expect(database.pool.stats()).toMatchObject({ inUse: 1, waiting: 0 })
    database.model.answerFirst('held')
    expect(await first).toBe('held')
    expect(await second).toBe('echo of 3 characters')
    expect(JSON.parse(await third)).toEqual(['hold one', 'two'])
  })

  it('gives an answer in pieces, as a turn that is asked with the first piece', async () => {
    await using database = await openDatabase()
    const session = database.pool.profile(profileName).chatSession()
    const pieces = session.stream('text abcdefgh', { chunkSize: 3 })
    await session.chat('first')
    const seen: string[] = []
    for await (const piece of pieces) {
      seen.push(piece)
      expect(database.pool.stats().inUse).toBe(0)
    }
    expect(seen).toEqual(['abc', 'def', 'gh'])
    const [sql] = await collect(session.stream('sql SELECT 1 AS n FROM dual', { action: 'showsql' }))
    expect(sql).toMatch(/SELECT/)
    expect(JSON.parse(await session.chat('history'))).toEqual(['first', 'text abcdefgh', 'sql SELECT 1 AS n FROM dual'])
  })

  it('breaks off a question whose pieces nobody wants any more, and goes on with the next', async () => {
    await using database = await openDatabase()
    const session = database.pool.profile(profileName).chatSession()
    const pieces = session.stream('hold it')
    const waiting = pieces.next()
    await database.model.holding(1)
    await pieces.return?.()
    expect((await waiting).done).toBe(true)
    expect(JSON.parse(await session.chat('history'))).toEqual([])
  })

  it('asks nothing more in pieces when it has been closed', async () => {
    await using database = await openDatabase()
    const session = database.pool.profile(profileName).chatSession()
    const pieces = session.stream('hello')
    await session.close()
    await expect(pieces.next()).rejects.toMatchObject({ argument: 'session' })
    expect(() => session.stream('hello')).toThrow(SelectAIArgumentError)
  })

  it('lets a question wait for the one before no longer than its own time', async () => {
    await using database = await openDatabase()
    const session = database.pool.profile(profileName).chatSession()
    const first = session.chat('hold one')
    await database.model.holding(1)
    const late = session.chat('late', { timeoutMs: 30 })
    const controller = new AbortController()
    const aborted = session.chat('aborted', { signal: controller.signal })
    const last = session.chat('history')
    await expect(late).rejects.toBeInstanceOf(CallTimeoutError)
    await expect(late).rejects.toMatchObject({ phase: 'waiting', timeoutMs: 30 })
    controller.abort()
    await expect(aborted).rejects.toBeInstanceOf(CallAbortedError)
    expect(database.model.held).toHaveLength(1)
    database.model.answerFirst('held')
    await first
    expect(JSON.parse(await last)).toEqual(['hold one'])
  })

  it('goes on after a question that failed, which is no part of the conversation', async () => {
    await using database = await openDatabase()
    const session = database.pool.profile(profileName).chatSession()
    await expect(session.chat('fail out of credit')).rejects.toBeInstanceOf(ProviderError)
    expect(session.conversation).toBeDefined()
    await expect(session.runSql('what is love')).rejects.toBeInstanceOf(NoSqlGeneratedError)
    expect(JSON.parse(await session.chat('history'))).toEqual(['what is love'])
  })

  it('breaks a question off, and goes on with the next', async () => {
    await using database = await openDatabase()
    const session = database.pool.profile(profileName).chatSession()
    const controller = new AbortController()
    const broken = session.chat('hold', { signal: controller.signal })
    await database.model.holding(1)
    controller.abort()
    await expect(broken).rejects.toBeInstanceOf(CallAbortedError)
    expect(JSON.parse(await session.chat('history'))).toEqual([])
  })

  it('deletes its conversation at the end when asked to, and only then', async () => {
    await using database = await openDatabase()
    const profile = database.pool.profile(profileName)
    const kept = profile.chatSession()
    await kept.chat('one')
    await kept.close()
    expect(await kept.conversation?.listPrompts()).toHaveLength(1)
    let id = ''
    {
      await using session = profile.chatSession({ deleteAtEnd: true })
      await session.chat('one')
      id = session.conversation?.id as string
    }
    await expect(database.pool.conversation(id).fetch()).rejects.toBeInstanceOf(ConversationNotFoundError)
    const given = await database.pool.createConversation()
    await profile.chatSession({ conversationId: given.id, deleteAtEnd: true }).close()
    await expect(given.fetch()).rejects.toBeInstanceOf(ConversationNotFoundError)
  })

  it('ends without a word when there is nothing to delete', async () => {
    await using database = await openDatabase({ pool: { verify: 'none' } })
    const session = database.pool.profile(profileName).chatSession({ deleteAtEnd: true })
    await session.close()
    expect(database.emulator.ledger.opened).toBe(0)
    const conversation = await database.pool.createConversation()
    const other = database.pool.profile(profileName).chatSession({ conversationId: conversation.id, deleteAtEnd: true })
    await conversation.delete()
    await other.close()
    expect(other.close()).toBe(other.close())
  })

  it('waits for the question under way before it closes, and takes no more', async () => {
    await using database = await openDatabase()
    const session = database.pool.profile(profileName).chatSession({ deleteAtEnd: true })
    const question = session.chat('hold')
    await database.model.holding(1)
    const closing = session.close()
    await expect(session.chat('more')).rejects.toMatchObject({ code: 'INVALID_ARGUMENT', argument: 'session' })
    database.model.answerFirst('held')
    expect(await question).toBe('held')
    await closing
    await expect(session.conversation?.fetch()).rejects.toBeInstanceOf(ConversationNotFoundError)
  })

  it('stays closed when its conversation could not be deleted, and deletes it when it is closed again', async () => {
    await using database = await openDatabase({ pool: { poolMax: 1, queueMax: 0 } })
    const session = database.pool.profile(profileName).chatSession({ deleteAtEnd: true })
    await session.chat('one')
    await database.pool.withConnection(async () => {
      await expect(session.close()).rejects.toBeInstanceOf(PoolQueueFullError)
    })
    await session.close()
    await expect(session.chat('two')).rejects.toMatchObject({ argument: 'session' })
    await expect(session.conversation?.fetch()).rejects.toBeInstanceOf(ConversationNotFoundError)
  })

  it('tells that its conversation is gone', async () => {
    await using database = await openDatabase()
    const profile = database.pool.profile(profileName)
    const session = profile.chatSession()
    await session.chat('one')
    await session.conversation?.delete()
    const attempt = session.chat('two')
    await expect(attempt).rejects.toBeInstanceOf(ConversationNotFoundError)
    await expect(attempt).rejects.toMatchObject({ conversationId: session.conversation?.id })
    const never = profile.chatSession({ conversationId: unknownId })
    await expect(never.runSql('sql SELECT 1 FROM dual')).rejects.toBeInstanceOf(ConversationNotFoundError)
  })

  it('refuses waiting questions when the pool closes', async () => {
    await using database = await openDatabase()
    const pool = await database.createPool()
    const session = pool.profile(profileName).chatSession()
    const first = session.chat('hold')
    await database.model.holding(1)
    const second = session.chat('two')
    const refused = expect(second).rejects.toBeInstanceOf(PoolClosedError)
    const closing = pool.close({ drainTimeoutMs: 5000 })
    database.model.answerFirst('held')
    expect(await first).toBe('held')
    await refused
    await closing
    await expect(session.chat('three')).rejects.toBeInstanceOf(PoolClosedError)
  })

  it('names the attribute that the database refuses when it creates the conversation', async () => {
    await using database = await openDatabase()
    const session = database.pool.profile(profileName).chatSession({ attributes: { title: 'ü'.repeat(200) } })
    await expect(session.chat('one')).rejects.toMatchObject({ argument: 'options.attributes.title' })
    expect(session.conversation).toBeUndefined()
    await idle(database.pool)
  })

  it('refuses what cannot be right before anything is sent', async () => {
    await using database = await openDatabase({ pool: { verify: 'none' } })
    const profile = database.pool.profile(profileName)
    const options: [string, object | null][] = [
      ['options', null],
      ['options.title', { title: 'x' }],
      ['options.attributes.title', { attributes: { title: '' } }],
      ['options.attributes', { attributes: {}, conversationId: unknownId }],
      ['options.conversationId', { conversationId: '7' }],
      ['options.deleteAtEnd', { deleteAtEnd: 'yes' }],
    ]
    for (const [argument, option] of options) {
      let thrown: unknown
      try {
        profile.chatSession(option as object)
      } catch (error) {
        thrown = error
      }
      expect(thrown).toBeInstanceOf(SelectAIArgumentError)
      expect(thrown).toMatchObject({ argument })
    }
    const session = profile.chatSession()
    const attempts: [string, () => Promise<unknown>][] = [
      ['prompt', () => session.chat(' ')],
      ['options.timeoutMs', () => session.narrate('x', { timeoutMs: -1 })],
      ['options.colour', () => session.runSql('x', { colour: 1 } as object)],
      ['options.conversationId', () => session.chat('x', { conversationId: unknownId } as object)],
      ['options', () => session.chat('x', null as unknown as object)],
    ]
    for (const [argument, attempt] of attempts) {
      await expect(attempt()).rejects.toMatchObject({ code: 'INVALID_ARGUMENT', argument })
    }
    expect(session.conversation).toBeUndefined()
    expect(database.emulator.ledger.opened).toBe(0)
  })
})
