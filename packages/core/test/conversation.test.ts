import { describe, expect, it } from 'vitest'
import {
  CallAbortedError,
  type Conversation,
  ConversationNotFoundError,
  DatabaseError,
  SelectAIArgumentError,
} from '../src/index.ts'
import { openDatabase, roundTrips } from './open-database.ts'

const profileName = 'OCI_AI_PROFILE'
const unknownId = '30C9DB6E-EA4D-AFBA-E063-9C6D46644B92'

describe('a conversation', () => {
  it('is created with the defaults of the database', async () => {
    await using database = await openDatabase()
    const { id } = await database.pool.createConversation()
    expect(id).toMatch(/^[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}$/)
    const description = await database.pool.conversation(id).fetch()
    expect(description).toEqual({
      id,
      title: 'New Conversation',
      description: undefined,
      retentionDays: 7,
      conversationLength: 10,
      created: expect.any(Date),
      lastModified: expect.any(Date),
    })
    expect(Object.isFrozen(description)).toBe(true)
    expect(Math.abs(Date.now() - description.created.getTime())).toBeLessThan(60_000)
  })

  it('keeps its attributes in any language, and changes those that are given', async () => {
    await using database = await openDatabase()
    const attributes = { title: '売上 📈 «été»', description: 'Ü'.repeat(500), retentionDays: 0, conversationLength: 3 }
    const conversation = await database.pool.createConversation(attributes)
    expect(await conversation.fetch()).toMatchObject(attributes)
    await conversation.update({ title: 'Promotions', description: undefined })
    expect(await conversation.fetch()).toMatchObject({ ...attributes, title: 'Promotions' })
    await conversation.update({ description: '' })
    expect(await conversation.fetch()).toMatchObject({ ...attributes, title: 'Promotions', description: undefined })
  })

  it('sends only the attributes that are given, and none when there are none', async () => {
    await using database = await openDatabase()
    const conversation = await database.pool.createConversation({ title: undefined })
    await database.pool.createConversation({ retentionDays: 30 })
    await conversation.update({ conversationLength: 4 })
    const sent = database.emulator.ledger.sessions
      .flatMap(({ statements }) => statements)
      .filter(({ sql }) => sql.includes('_CONVERSATION'))
      .map(({ binds }) => binds.map(({ name }) => name))
    expect(sent).toEqual([['CONVERSATION_ID'], ['CONVERSATION_ID', 'ATTRIBUTES'], ['CONVERSATION_ID', 'ATTRIBUTES']])
    expect(await conversation.fetch()).toMatchObject({ title: 'New Conversation', retentionDays: 7 })
  })

  it('gives the model the questions before, over whatever connection, up to its length', async () => {
    await using database = await openDatabase()
    const other = await database.createPool()
    const { id: conversationId } = await database.pool.createConversation({ conversationLength: 2 })
    const here = database.pool.profile(profileName)
    const there = other.profile(profileName)
    await here.chat('one', { conversationId })
    expect(JSON.parse(await there.chat('history', { conversationId: conversationId.toLowerCase() }))).toEqual(['one'])
    await here.runSql('sql SELECT 1 AS n FROM dual', { conversationId })
    expect(JSON.parse(await there.chat('history', { conversationId }))).toEqual([
      'history',
      'sql SELECT 1 AS n FROM dual',
    ])
    expect(JSON.parse(await here.chat('history'))).toEqual([])
  })

  it('tells its prompts in their order, with long texts whole', async () => {
    await using database = await openDatabase()
    const conversation = await database.pool.createConversation()
    expect(await conversation.listPrompts()).toEqual([])
    const profile = database.pool.profile('oci_ai_profile')
    const options = { conversationId: conversation.id }
    await profile.chat('answer 50000', options)
    await profile.chat(`text ${'漢😀'.repeat(10_000)}`, options)
    await profile.showSql('sql SELECT 1 AS n FROM dual', options)
    await profile.showPrompt('How many?', options)
    await expect(profile.chat('fail out of credit', options)).rejects.toThrow()
    const prompts = await conversation.listPrompts()
    expect(prompts.map(({ action }) => action)).toEqual(['chat', 'chat', 'showsql'])
    expect(prompts[0]).toEqual({
      id: expect.stringMatching(/^[0-9A-F-]{36}$/),
      profile: profileName,
      action: 'chat',
      prompt: 'answer 50000',
      response: 'x'.repeat(50_000),
      created: expect.any(Date),
      lastModified: expect.any(Date),
    })
    expect(prompts[1]?.response).toBe('漢😀'.repeat(10_000))
    expect(Object.isFrozen(prompts) && prompts.every(Object.isFrozen)).toBe(true)
  })

  it('loses a prompt, and with it the model does', async () => {
    await using database = await openDatabase()
    const conversation = await database.pool.createConversation()
    const profile = database.pool.profile(profileName)
    await profile.chat('one', { conversationId: conversation.id })
    await profile.chat('two', { conversationId: conversation.id })
    const [first] = await conversation.listPrompts()
    await conversation.deletePrompt(first?.id as string)
    expect(JSON.parse(await profile.chat('history', { conversationId: conversation.id }))).toEqual(['two'])
    const again = conversation.deletePrompt(first?.id as string)
    await expect(again).rejects.toBeInstanceOf(ConversationNotFoundError)
    await expect(again).rejects.toMatchObject({ conversationId: conversation.id, promptId: first?.id })
  })

  it('does not delete the prompt of another conversation', async () => {
    await using database = await openDatabase()
    const [mine, yours] = [await database.pool.createConversation(), await database.pool.createConversation()]
    await database.pool.profile(profileName).chat('one', { conversationId: yours.id })
    const [prompt] = await yours.listPrompts()
    await expect(mine.deletePrompt(prompt?.id as string)).rejects.toBeInstanceOf(ConversationNotFoundError)
    expect(await yours.listPrompts()).toHaveLength(1)
  })

  it('is listed with the others of its user, oldest first, until it is deleted', async () => {
    await using database = await openDatabase({
      emulator: { users: [{ user: 'ANNA', password: 'anna' }] },
    })
    const anna = await database.createPool({ user: 'ANNA', password: 'anna' })
    expect(await database.pool.listConversations()).toEqual([])
    const created: Conversation[] = []
    for (const title of ['one', 'two', 'three']) created.push(await database.pool.createConversation({ title }))
    await created[0]?.update({ description: 'changed last' })
    const list = await database.pool.listConversations()
    expect(list.map(({ title }) => title)).toEqual(['one', 'two', 'three'])
    expect(list[0]).toEqual(await created[0]?.fetch())
    expect(Object.isFrozen(list)).toBe(true)
    expect(await database.pool.listConversations({ pattern: '^T' })).toEqual(list.slice(1))
    expect(await database.pool.listConversations({ pattern: 'four' })).toEqual([])
    await created[1]?.delete()
    expect((await database.pool.listConversations()).map(({ title }) => title)).toEqual(['one', 'three'])
    expect(await anna.listConversations()).toEqual([])
    const conversationId = created[0]?.id as string
    await expect(anna.conversation(conversationId).fetch()).rejects.toBeInstanceOf(ConversationNotFoundError)
    await expect(anna.profile(profileName).chat('hello', { conversationId })).rejects.toBeInstanceOf(
      ConversationNotFoundError,
    )
  })

  const uses: [string, (conversation: Conversation) => Promise<unknown>][] = [
    ['fetch', (conversation) => conversation.fetch()],
    ['update', (conversation) => conversation.update({ title: 'x' })],
    ['listPrompts', (conversation) => conversation.listPrompts()],
    ['deletePrompt', (conversation) => conversation.deletePrompt(unknownId)],
    ['delete', (conversation) => conversation.delete()],
  ]

  it.each(uses)('that is gone is an error of its own for %s', async (_, use) => {
    await using database = await openDatabase()
    const conversation = await database.pool.createConversation()
    await conversation.delete()
    await conversation.delete({ force: true })
    const attempt = use(conversation)
    await expect(attempt).rejects.toBeInstanceOf(ConversationNotFoundError)
    await expect(attempt).rejects.toMatchObject({ conversationId: conversation.id, retryable: false })
    expect(ConversationNotFoundError.isInstance(await attempt.catch((error: unknown) => error))).toBe(true)
    expect(database.pool.stats()).toMatchObject({ open: 1, inUse: 0 })
  })

  it('that is gone is the same error for a question', async () => {
    await using database = await openDatabase()
    const attempt = database.pool.profile(profileName).chat('hello', { conversationId: unknownId.toLowerCase() })
    await expect(attempt).rejects.toBeInstanceOf(ConversationNotFoundError)
    await expect(attempt).rejects.toMatchObject({ conversationId: unknownId, cause: { errorNum: 20050 } })
  })

  // The driver describes a query with long texts first and fetches its rows then.
  const costs: Record<string, number> = { fetch: 2, listPrompts: 2 }

  it.each(uses)('costs one round trip for %s, and two for reading', async (name, use) => {
    await using database = await openDatabase()
    const conversation = await database.pool.createConversation({ description: 'd' })
    await database.pool.profile(profileName).chat('answer 50000', { conversationId: conversation.id })
    await use(conversation).catch(() => {})
    const next = await database.pool.createConversation({ description: 'd' })
    await database.pool.profile(profileName).chat('answer 50000', { conversationId: next.id })
    const before = roundTrips(database.emulator)
    await use(next).catch(() => {})
    expect(roundTrips(database.emulator) - before).toBe(costs[name] ?? 1)
  })

  it('costs one round trip to create, two to list, and none to name', async () => {
    await using database = await openDatabase()
    await database.pool.createConversation({ title: 'x' })
    await database.pool.listConversations()
    const before = roundTrips(database.emulator)
    const { id } = await database.pool.createConversation({ title: 'y' })
    expect(roundTrips(database.emulator) - before).toBe(1)
    await database.pool.listConversations()
    expect(roundTrips(database.emulator) - before).toBe(3)
    database.pool.conversation(id)
    expect(roundTrips(database.emulator) - before).toBe(3)
  })

  it('names a title that the database finds too long, though it was fine here', async () => {
    await using database = await openDatabase()
    const conversation = await database.pool.createConversation()
    const title = 'ü'.repeat(200)
    const created = database.pool.createConversation({ title })
    await expect(created).rejects.toMatchObject({ code: 'INVALID_ARGUMENT', argument: 'attributes.title' })
    await expect(created).rejects.toMatchObject({ cause: { errorNum: 20050 } })
    await expect(conversation.update({ title })).rejects.toMatchObject({ argument: 'changes.title' })
  })

  it('refuses what cannot be right before anything is sent', async () => {
    await using database = await openDatabase({ pool: { verify: 'none' } })
    const { pool } = database
    const conversation = pool.conversation(unknownId)
    const attempts: [string, () => Promise<unknown>][] = [
      ['attributes', () => pool.createConversation('title' as never)],
      ['attributes', () => pool.createConversation(null as unknown as object)],
      ['attributes', () => pool.createConversation([] as object)],
      ['attributes.title', () => pool.createConversation({ title: ' ' })],
      ['attributes.title', () => pool.createConversation({ title: 'x'.repeat(255) })],
      ['attributes.description', () => pool.createConversation({ description: 7 as unknown as string })],
      ['attributes.retentionDays', () => pool.createConversation({ retentionDays: -1 })],
      ['attributes.conversationLength', () => pool.createConversation({ conversationLength: 1.5 })],
      ['attributes.retention_days', () => pool.createConversation({ retention_days: 5 } as object)],
      ['attributes.constructor', () => pool.createConversation({ constructor: 5 } as object)],
      ['options.timeout', () => pool.createConversation({}, { timeout: 5 } as object)],
      ['options.timeoutMs', () => pool.listConversations({ timeoutMs: 0 })],
      ['changes', () => conversation.update({})],
      ['changes', () => conversation.update({ title: undefined })],
      ['changes.title', () => conversation.update({ title: '' })],
      ['promptId', () => conversation.deletePrompt('1')],
      ['options.force', () => conversation.delete({ force: 1 as unknown as boolean })],
      ['options.force', () => conversation.fetch({ force: true } as object)],
      ['key', () => conversation.addTag(' ', 'x')],
      ['value', () => conversation.addTag('topic', undefined as unknown as string)],
      ['options.force', () => conversation.addTag('topic', 'x', { force: true } as object)],
      ['key', () => conversation.removeTag('')],
      ['options.force', () => conversation.removeTag('topic', { force: 1 as unknown as boolean })],
    ]
    for (const [argument, attempt] of attempts) {
      await expect(attempt()).rejects.toMatchObject({ code: 'INVALID_ARGUMENT', argument })
    }
    for (const id of ['', '7', 'x'.repeat(36), `${unknownId} `, undefined]) {
      expect(() => pool.conversation(id as string)).toThrow(SelectAIArgumentError)
    }
    expect(pool.conversation(unknownId.toLowerCase()).id).toBe(unknownId)
    expect(database.emulator.ledger.opened).toBe(0)
  })

  it('has tags that are set and taken away', async () => {
    await using database = await openDatabase()
    const conversation = await database.pool.createConversation()
    await conversation.addTag('topic', 'sales')
    await conversation.addTag('topic', 'promotions')
    await conversation.removeTag('topic')
    const missing = conversation.removeTag('topic')
    await expect(missing).rejects.toBeInstanceOf(ConversationNotFoundError)
    await expect(missing).rejects.toMatchObject({
      conversationId: conversation.id,
      tagKey: 'topic',
      message: expect.stringContaining("no tag 'topic'"),
      cause: { errorNum: 20050 },
    })
    await conversation.removeTag('topic', { force: true })
    const gone = database.pool.conversation(unknownId)
    for (const call of [gone.addTag('topic', 'x'), gone.removeTag('topic', { force: true })]) {
      await expect(call).rejects.toBeInstanceOf(ConversationNotFoundError)
      await expect(call).rejects.toMatchObject({ conversationId: unknownId, tagKey: undefined })
    }
  })

  it('is a call like any other: it listens to its signal, and other errors of the database stay what they are', async () => {
    await using database = await openDatabase()
    const aborted = database.pool.listConversations({ signal: AbortSignal.abort() })
    await expect(aborted).rejects.toBeInstanceOf(CallAbortedError)
    const description = 'ü'.repeat(3000)
    await expect(database.pool.createConversation({ description })).rejects.toMatchObject({
      argument: 'attributes.description',
    })
    await expect(database.pool.profile('NO_SUCH').chat('x', { conversationId: unknownId })).rejects.not.toBeInstanceOf(
      DatabaseError,
    )
  })
})
