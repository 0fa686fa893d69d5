import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type AgentDatabase, createTeam, openAgentDatabase } from './cloud-ai-agent-fixture.ts'
import { scriptedModel } from './cloud-ai-fixture.ts'

const conversation = '30C9DB6E-EA4D-AFBA-E063-9C6D46644B92'

describe('agents of the offline model', () => {
  let database: AgentDatabase
  const run = (user_prompt: string | null, params: object = {}) =>
    database.text('RUN_TEAM', { team_name: 'CREW', user_prompt, params })
  const toolsUsed = async () =>
    (await database.rows('SELECT tool_name FROM user_ai_agent_tool_history ORDER BY start_date')).map(
      ({ TOOL_NAME }) => TOOL_NAME,
    )

  beforeAll(async () => {
    database = await openAgentDatabase()
    const profile = { profile_name: 'OCI_AI_PROFILE' }
    await database.call('CREATE_TOOL', { tool_name: 'DATA', attributes: { tool_type: 'SQL', tool_params: profile } })
    await database.call('CREATE_TOOL', {
      tool_name: 'QUOTE',
      description: 'Puts a text into quotation marks',
      attributes: { function: 'DBMS_ASSERT.ENQUOTE_LITERAL' },
    })
    const tool_params = { notification_type: 'slack', credential_name: 'C', channel: '#sales' }
    await database.call('CREATE_TOOL', { tool_name: 'TELL', attributes: { tool_type: 'NOTIFICATION', tool_params } })
    await createTeam(database, 'CREW', { task: { tools: ['DATA', 'QUOTE', 'TELL'] } })
  })
  afterAll(() => database[Symbol.asyncDispose]())

  test('use the SQL tool for a question about data', async () => {
    expect(JSON.parse(String(await run('How many channels are there?')))).toEqual([{ CHANNEL_COUNT: 5 }])
    expect(await toolsUsed()).toEqual(['DATA'])
  })

  test('use a function whose words are in the question', async () => {
    expect(await run('Put "tea" into quotation marks')).toBe("'tea'")
  })

  test.each([
    'How many channels are there? Send it to Slack.',
    'How many channels are there, and then notify the sales people',
  ])('send what they found when the question says so: %s', async (question) => {
    const answer = await run(question)
    expect(answer).toContain('"CHANNEL_COUNT" : 5')
    expect(answer).toContain('Nothing was sent')
    expect((await toolsUsed()).slice(-2)).toEqual(['DATA', 'TELL'])
  })

  test('ask a human when the task says so', async () => {
    const attributes = {
      instruction: 'Ask the user which year. Then answer {query}',
      enable_human_tool: true,
      tools: ['DATA'],
    }
    await database.call('SET_ATTRIBUTES', { object_name: 'CREW_TASK', object_type: 'task', attributes })
    const params = { conversation_id: conversation }
    expect(await run('How many promotions?', params)).toBe('Ask the user which year.')
    expect(JSON.parse(String(await run('in 2001', params)))).toEqual([{ PROMOTION_COUNT: expect.any(Number) }])
  })

  test('read a long question as fast as a short one', async () => {
    const question = `${'x '.repeat(100_000)}ask ${' '.repeat(100_000)}`
    const start = performance.now()
    expect(await run(question)).toBeTruthy()
    expect(performance.now() - start).toBeLessThan(5000)
  })

  test('say that they are no language model when they have no tool', async () => {
    const attributes = { instruction: 'Answer {query}', tools: [] }
    await database.call('SET_ATTRIBUTES', { object_name: 'CREW_TASK', object_type: 'task', attributes })
    expect(await run('Write a poem')).toContain('no language model')
    expect(await run(null)).toContain('no language model')
  })
})

test('a model without a method for agents decides in a chat', async () => {
  const prompts: string[] = []
  const replies = [
    '```json\n{"tool": "quote", "input": {"str": "tea"}}\n```',
    '{"ask": "More?"}',
    '{"answer": "That is all."}',
    'No JSON at all',
  ]
  const model = scriptedModel({
    chat: async ({ prompt }) => {
      prompts.push(prompt)
      return replies.shift() ?? ''
    },
  })
  await using database = await openAgentDatabase({ model })
  await database.call('CREATE_TOOL', { tool_name: 'QUOTE', attributes: { function: 'DBMS_ASSERT.ENQUOTE_LITERAL' } })
  await createTeam(database, 'CHATS', { task: { tools: ['QUOTE'], enable_human_tool: true } })
  const run = (user_prompt: string) =>
    database.text('RUN_TEAM', { team_name: 'CHATS', user_prompt, params: { conversation_id: conversation } })
  expect(await run('tea')).toBe('More?')
  expect(await run('no')).toBe('That is all.')
  expect(await run('again')).toBe('No JSON at all')
  expect(prompts[0]).toContain('You are CHATS')
  expect(prompts[1]).toContain(`"output":"'tea'"`)
  expect(prompts[2]).toContain('"answered":"no"')
})
