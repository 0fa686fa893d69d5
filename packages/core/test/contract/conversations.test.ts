import { describe, expect, it } from 'vitest'
import { ConversationNotFoundError } from '../../src/index.ts'
import { openContractDatabase } from './contract-database.ts'
import { createProfile } from './contract-objects.ts'

describe('the database keeps conversations', () => {
  it('with the attributes that were given, and its own defaults', async () => {
    await using database = await openContractDatabase()
    const conversation = await database.pool.createConversation({ title: '売上 📈', retentionDays: 1 })
    database.afterwards(() => conversation.delete({ force: true }))
    expect(await conversation.fetch()).toMatchObject({ title: '売上 📈', retentionDays: 1, conversationLength: 10 })
    await conversation.update({ description: 'changed' })
    expect(await conversation.fetch()).toMatchObject({ title: '売上 📈', description: 'changed', retentionDays: 1 })
    const ids = (await database.pool.listConversations()).map(({ id }) => id)
    expect(ids).toContain(conversation.id)
  })

  it('with their questions and answers', async () => {
    await using database = await openContractDatabase()
    const profile = await createProfile(database)
    const conversation = await database.pool.createConversation({ retentionDays: 1 })
    database.afterwards(() => conversation.delete({ force: true }))
    const answer = await profile.chat('What is a promotion?', { conversationId: conversation.id })
    await profile.showSql('How many promotions are there?', { conversationId: conversation.id })
    const prompts = await conversation.listPrompts()
    expect(prompts).toMatchObject([
      { action: 'chat', prompt: 'What is a promotion?', response: answer, profile: profile.name.toUpperCase() },
      { action: 'showsql', prompt: 'How many promotions are there?' },
    ])
    await conversation.deletePrompt(prompts[0]?.id ?? '')
    expect(await conversation.listPrompts()).toMatchObject([{ action: 'showsql' }])
  })

  it('with tags that are set and taken away', async () => {
    await using database = await openContractDatabase()
    const conversation = await database.pool.createConversation({ retentionDays: 1 })
    database.afterwards(() => conversation.delete({ force: true }))
    await conversation.addTag('topic', 'sales')
    await conversation.removeTag('topic')
    await expect(conversation.removeTag('topic')).rejects.toThrow()
    await conversation.removeTag('topic', { force: true })
  })

  it('until they are deleted', async () => {
    await using database = await openContractDatabase()
    const profile = await createProfile(database)
    const conversation = await database.pool.createConversation({ retentionDays: 1 })
    await conversation.delete()
    const uses = [
      () => conversation.fetch(),
      () => conversation.listPrompts(),
      () => conversation.update({ title: 'x' }),
      () => conversation.addTag('topic', 'sales'),
      () => conversation.removeTag('topic', { force: true }),
      () => conversation.delete(),
      () => profile.chat('hello', { conversationId: conversation.id }),
    ]
    for (const use of uses) await expect(use()).rejects.toBeInstanceOf(ConversationNotFoundError)
    await conversation.delete({ force: true })
  })
})
