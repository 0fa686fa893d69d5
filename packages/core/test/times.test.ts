import { afterEach, expect, it, vi } from 'vitest'
import { openDatabase } from './open-database.ts'

// The database keeps these times in UTC without saying so, which shows in a process that is elsewhere alone.
afterEach(() => void vi.unstubAllEnvs())

it.each(['Asia/Tokyo', 'America/New_York', 'UTC'])('times of prompts and runs are right in %s', async (zone) => {
  vi.stubEnv('TZ', zone)
  await using database = await openDatabase({ emulator: {} })
  const { pool } = database
  const begun = Date.now()
  const conversation = await pool.createConversation()
  await pool.profile('OCI_AI_PROFILE').chat('Hello', { conversationId: conversation.id })
  await pool.tool('DATA').create({ attributes: { tool_type: 'SQL', tool_params: { profile_name: 'OCI_AI_PROFILE' } } })
  await pool.agent('ANALYST').create({ attributes: { profile_name: 'OCI_AI_PROFILE', role: 'You analyse.' } })
  await pool.task('LOOK').create({ attributes: { instruction: 'Answer: {query}', tools: ['DATA'] } })
  const agents = [{ name: 'ANALYST', task: 'LOOK' }]
  await pool.team('TIMED').create({ attributes: { agents, process: 'sequential' } })
  await pool.team('TIMED').run('use data sql SELECT 1 AS one FROM dual')
  const [prompt] = await conversation.listPrompts()
  const histories = await Promise.all([pool.listTeamRuns(), pool.listTaskRuns(), pool.listToolRuns()])
  const spans = histories.flatMap((runs) => runs.map(({ started, ended }) => [started, ended]))
  expect(spans).toHaveLength(3)
  for (const time of [prompt?.created, prompt?.lastModified, ...spans.flat()]) {
    expect(Number(time)).toBeGreaterThanOrEqual(begun)
    expect(Number(time)).toBeLessThanOrEqual(Date.now() + 1)
  }
})
