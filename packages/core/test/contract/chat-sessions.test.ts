import { expect, it } from 'vitest'
import { openContractDatabase } from './contract-database.ts'
import { createProfile } from './contract-objects.ts'

it('the database keeps the questions of a chat session in one conversation', async () => {
  await using database = await openContractDatabase()
  const profile = await createProfile(database)
  await using session = profile.chatSession({ attributes: { retentionDays: 1 }, deleteAtEnd: true })
  const question = 'How many promotions are there?'
  expect((await session.chat('What is a promotion?')).length).toBeGreaterThan(0)
  expect(await session.showSql(question)).toMatch(/PROMOTIONS/i)
  expect(await session.explainSql(question)).toMatch(/PROMOTIONS/i)
  expect(await session.showPrompt(question)).toContain('PROMOTIONS')
  expect(await session.narrate(question)).toContain('503')
  expect((await session.runSql(question)).rows).toHaveLength(1)
  const pieces: string[] = []
  for await (const piece of session.stream(question, { action: 'narrate' })) pieces.push(piece)
  expect(pieces.join('')).toContain('503')
  const actions = (await session.conversation?.listPrompts())?.map(({ action }) => action)
  expect(actions).toEqual(['chat', 'showsql', 'explainsql', 'narrate', 'runsql', 'narrate'])
})
