import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  AgentObjectNotFoundError,
  ProfileNotFoundError,
  SelectAIArgumentError,
  VectorIndexNotFoundError,
} from '../src/index.ts'
import { type DocumentServer, serveDocuments } from './document-server.ts'
import { type OpenDatabase, openDatabase } from './open-database.ts'

let documents: DocumentServer
let database: OpenDatabase
beforeAll(async () => {
  documents = await serveDocuments({ 'handbook.txt': 'The workshop opens at eight in the morning.' })
  database = await openDatabase()
})
afterAll(async () => {
  await database[Symbol.asyncDispose]()
  await documents[Symbol.asyncDispose]()
})

const run = (block: string): Promise<unknown> => database.pool.withConnection((connection) => connection.execute(block))

const attributes = { provider: 'oci', credential_name: 'OCI$RESOURCE_PRINCIPAL' } as const

describe('the definition of a profile', () => {
  it('creates it anew, with its status, its description and every quote', async () => {
    const profile = database.pool.profile('DEFINED')
    await profile.create({
      attributes: { ...attributes, stop_tokens: ["it's"], temperature: 0.5 },
      description: "The team's",
      enabled: false,
    })
    const before = await profile.fetch()
    const block = await profile.definition()
    await profile.delete()
    await run(block)
    const { status, description, attributes: after } = await profile.fetch()
    expect([status, description, after]).toEqual([before.status, before.description, before.attributes])
    expect(await profile.definition()).toBe(block)
  })

  it('creates its vector index too when that is wanted', async () => {
    const profile = database.pool.profile('WHOLE')
    const index = database.pool.vectorIndex('WHOLE_INDEX')
    await profile.create({ attributes })
    await index.create(
      { attributes: { location: `${documents.origin}/handbook.txt`, profile_name: 'WHOLE', vector_dimension: 16 } },
      { linkProfile: true, waitForCompletion: true },
    )
    expect(await profile.definition()).not.toContain('CREATE_VECTOR_INDEX')
    const block = await profile.definition({ dependentObjects: true })
    expect(await index.definition({ dependentObjects: true })).toContain('CREATE_PROFILE')
    await index.delete()
    await profile.delete()
    await run(block)
    expect((await profile.fetch()).attributes).toMatchObject({ vector_index_name: 'WHOLE_INDEX' })
    expect((await index.fetch()).attributes).toMatchObject({ vector_dimension: 16 })
  })

  it('is told of own profiles that are there', async () => {
    await expect(database.pool.profile('NOBODY').definition()).rejects.toBeInstanceOf(ProfileNotFoundError)
    const another = database.pool.profile('P', { owner: 'OTHER' }).definition()
    await expect(another).rejects.toBeInstanceOf(SelectAIArgumentError)
  })
})

describe('the definition of a vector index', () => {
  it('creates it anew and loads its documents again', async () => {
    const index = database.pool.vectorIndex('DEFINED_INDEX')
    const location = `${documents.origin}/handbook.txt`
    const given = { location, profile_name: 'OCI_AI_PROFILE', chunk_size: 60, chunk_overlap: 10 }
    await index.create({ attributes: given, description: 'The handbook' }, { waitForCompletion: true })
    const block = await index.definition()
    expect(block).not.toContain('CREATE_PROFILE')
    await index.delete()
    await run(block)
    expect(await index.fetch()).toMatchObject({ status: 'enabled', description: 'The handbook', attributes: given })
    expect(await index.definition()).toBe(block)
  })

  it('is told of own indexes that are there', async () => {
    await expect(database.pool.vectorIndex('NOBODY').definition()).rejects.toBeInstanceOf(VectorIndexNotFoundError)
  })
})

describe('the definition of a team', () => {
  it('creates all that it needs too when that is wanted', async () => {
    const { pool } = database
    const profile = pool.profile('CLERKS')
    const agents = ['CLERK', 'LEADER'].map((name) => pool.agent(name))
    const tool = pool.tool('CLERK_DATA')
    const task = pool.task('CLERK_TASK')
    const team = pool.team('CLERK_TEAM')
    const all = [profile, ...agents, tool, task, team]
    await profile.create({ attributes })
    for (const agent of agents) await agent.create({ attributes: { profile_name: 'CLERKS', role: "The clerk's" } })
    await tool.create({ attributes: { tool_type: 'SQL', tool_params: { profile_name: 'CLERKS' } }, enabled: false })
    await task.create({ attributes: { instruction: 'Answer {query}', tools: ['CLERK_DATA'] } })
    const members = [{ name: 'CLERK', task: 'CLERK_TASK' }]
    await team.create({ attributes: { agents: members, supervisor_agent: 'LEADER' }, description: 'All clerks' })
    expect((await team.definition()).match(/CREATE_\w+/g)).toEqual(['CREATE_TEAM'])

    const before = await Promise.all(all.map((each) => each.fetch()))
    const block = await team.definition({ dependentObjects: true })
    for (const each of all) await each.delete()
    await run(block)
    const made = { created: expect.any(Date), lastModified: expect.any(Date) }
    const after = await Promise.all(all.map((each) => each.fetch()))
    expect(after).toEqual(before.map((each) => ({ ...each, ...made })))
    expect(await team.definition({ dependentObjects: true })).toBe(block)
  })

  it('is told of own teams that are there, with options that can be right', async () => {
    const { pool } = database
    const missing = pool.team('NOBODY').definition({ dependentObjects: true })
    await expect(missing).rejects.toBeInstanceOf(AgentObjectNotFoundError)
    const wrong = pool.team('NOBODY').definition({ dependentObjects: 'yes' as never })
    await expect(wrong).rejects.toMatchObject({ argument: 'options.dependentObjects' })
  })
})
