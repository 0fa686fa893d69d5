import { describe, expect, it } from 'vitest'
import { AgentObjectExistsError, AgentObjectNotFoundError, type AgentTeam } from '../../src/index.ts'
import { type ContractDatabase, openContractDatabase } from './contract-database.ts'
import { createProfile } from './contract-objects.ts'

/** A team of one agent that asks the schema SH; all of it exists until the end of the test. */
async function createTeam(database: ContractDatabase): Promise<AgentTeam> {
  const { pool } = database
  const { name: profileName } = await createProfile(database)
  const [tool, task, agent, team] = [
    pool.tool(database.freshName()),
    pool.task(database.freshName()),
    pool.agent(database.freshName()),
    pool.team(database.freshName()),
  ]
  for (const each of [tool, task, agent, team]) database.afterwards(() => each.delete({ force: true }))
  await tool.create({ attributes: { tool_type: 'SQL', tool_params: { profile_name: profileName } } })
  const instruction = 'Answer the question of the user: {query}'
  await task.create({ attributes: { instruction, tools: [tool.name], enable_human_tool: false } })
  await agent.create({
    attributes: { profile_name: profileName, role: 'You answer questions about sales.', enable_human_tool: false },
  })
  await team.create({ attributes: { agents: [{ name: agent.name, task: task.name }] }, description: 'Made by a test' })
  return team
}

describe('the database keeps agents and teams', () => {
  it('and reads and switches them', async () => {
    await using database = await openContractDatabase()
    const team = await createTeam(database)
    const fetched = await team.fetch()
    expect(fetched).toMatchObject({ name: team.name, status: 'enabled', description: 'Made by a test' })
    expect(await database.pool.listTeams({ pattern: `^${team.name}$` })).toEqual([fetched])
    await team.disable()
    await team.disable()
    expect(await team.fetch()).toMatchObject({ status: 'disabled' })
    await team.enable()
  })

  it('and runs them, in a conversation that it remembers', async () => {
    await using database = await openContractDatabase()
    const team = await createTeam(database)
    const { text, state, conversationId } = await team.run('How many promotions are there?')
    expect(state).toBe('succeeded')
    expect(text).toContain('503')
    const runs = await database.pool.listTeamRuns({ teamName: team.name })
    expect(runs).toMatchObject([{ teamName: team.name, conversationId }])
  })

  it('but not two of one name, and none that was deleted', async () => {
    await using database = await openContractDatabase()
    const team = await createTeam(database)
    const { attributes } = await team.fetch()
    await expect(team.create({ attributes })).rejects.toBeInstanceOf(AgentObjectExistsError)
    await team.delete()
    await expect(team.fetch()).rejects.toBeInstanceOf(AgentObjectNotFoundError)
    await expect(team.delete()).rejects.toBeInstanceOf(AgentObjectNotFoundError)
    await team.delete({ force: true })
  })
})
