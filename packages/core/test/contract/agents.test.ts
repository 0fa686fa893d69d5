import { describe, expect, it } from 'vitest'
import { AgentObjectExistsError, AgentObjectNotFoundError } from '../../src/index.ts'
import { openContractDatabase } from './contract-database.ts'
import { createProfile, createSqlTool, createTeam } from './contract-objects.ts'

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

  it('and tells and runs their tools', async () => {
    await using database = await openContractDatabase()
    const tool = await createSqlTool(database)
    expect(JSON.parse(await tool.describe())).toMatchObject({ tool_name: tool.name })
    expect(await tool.run('How many promotions are there?')).toContain('503')
  })

  it('and lists what they consist of', async () => {
    await using database = await openContractDatabase()
    const { pool } = database
    const team = await createTeam(database)
    const { attributes } = await team.fetch()
    const { name: agent = '', task = '' } = attributes.agents[0] ?? {}
    expect(await pool.listAgents({ pattern: `^${agent}$` })).toMatchObject([{ name: agent }])
    const [fetched] = await pool.listTasks({ pattern: `^${task}$` })
    const [tool = ''] = fetched?.attributes.tools ?? []
    expect(await pool.listTools({ pattern: `^${tool}$` })).toMatchObject([{ name: tool }])
    expect(JSON.parse(await team.describe())).toMatchObject({ team_name: team.name })
    expect(JSON.parse(await team.listTools())).toMatchObject([{ tool_name: tool }])
  })

  it('and tells what their tasks and tools did', async () => {
    await using database = await openContractDatabase()
    const team = await createTeam(database)
    await team.run('How many promotions are there?')
    const { pool } = database
    expect(await pool.listTaskRuns({ teamName: team.name })).toMatchObject([{ teamName: team.name }])
    expect((await pool.listToolRuns({ limit: 1 })).length).toBe(1)
  })

  it('and brings them elsewhere', async () => {
    await using database = await openContractDatabase()
    const team = await createTeam(database)
    const { name: profileName } = await createProfile(database)
    const specification = await team.export()
    const copy = database.pool.team(database.freshName())
    database.afterwards(() => copy.delete({ force: true }))
    await database.pool.importTeam({ specification, profileName, teamName: copy.name, force: true })
    expect(await copy.fetch()).toMatchObject({ status: 'enabled' })
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
