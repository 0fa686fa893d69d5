import { randomBytes } from 'node:crypto'
import { grantPrivileges } from '../../src/admin/index.ts'
import type { AgentTeam, AgentTool, Profile, SelectAIPool, VectorIndex } from '../../src/index.ts'
import type { ContractDatabase } from './contract-database.ts'

/** A profile that exists until the end of the test. */
export async function createProfile(database: ContractDatabase): Promise<Profile> {
  const profile = database.pool.profile(database.freshName())
  database.afterwards(() => profile.delete({ force: true }))
  await profile.create({ attributes: database.attributes, description: 'Made by a test' })
  return profile
}

/** A vector index with its documents loaded, and a profile that embeds for it; both exist until the end of the test. */
export async function createIndex(database: ContractDatabase): Promise<VectorIndex> {
  const { location, credentialName } = database.documents ?? { location: '' }
  const profile = await createProfile(database)
  const index = database.pool.vectorIndex(database.freshName())
  database.afterwards(() => index.delete({ force: true }))
  const attributes = {
    location,
    profile_name: profile.name,
    match_limit: 3,
    ...(credentialName === undefined ? {} : { object_storage_credential_name: credentialName }),
  }
  await index.create({ attributes }, { waitForCompletion: true })
  return index
}

/** A tool that asks the schema SH; it exists until the end of the test. */
export async function createSqlTool(database: ContractDatabase): Promise<AgentTool> {
  const { name: profileName } = await createProfile(database)
  const tool = database.pool.tool(database.freshName())
  database.afterwards(() => tool.delete({ force: true }))
  await tool.create({ attributes: { tool_type: 'SQL', tool_params: { profile_name: profileName } } })
  return tool
}

/** A team of one agent that asks the schema SH; all of it exists until the end of the test. */
export async function createTeam(database: ContractDatabase): Promise<AgentTeam> {
  const { pool } = database
  const { name: profileName } = await createProfile(database)
  const tool = await createSqlTool(database)
  const [task, agent, team] = [
    pool.task(database.freshName()),
    pool.agent(database.freshName()),
    pool.team(database.freshName()),
  ]
  for (const each of [task, agent, team]) database.afterwards(() => each.delete({ force: true }))
  const instruction = 'Answer the question of the user: {query}'
  await task.create({ attributes: { instruction, tools: [tool.name], enable_human_tool: false } })
  await agent.create({
    attributes: { profile_name: profileName, role: 'You answer questions about sales.', enable_human_tool: false },
  })
  await team.create({ attributes: { agents: [{ name: agent.name, task: task.name }] }, description: 'Made by a test' })
  return team
}

/** A user who may run Select AI, and a pool of theirs, until the end of the test. */
export async function createUser(database: ContractDatabase): Promise<{ user: string; pool: SelectAIPool }> {
  const user = database.freshName()
  const password = `Aa1_${randomBytes(8).toString('hex')}`
  const run = (sql: string) => database.admin.withConnection((connection) => connection.execute(sql))
  await run(`CREATE USER ${user} IDENTIFIED BY "${password}"`)
  database.afterwards(() => run(`DROP USER ${user} CASCADE`))
  await run(`GRANT CREATE SESSION TO ${user}`)
  await grantPrivileges(database.admin, user)
  const pool = await database.createPool({ user, password })
  // A user who is logged on cannot be dropped.
  database.afterwards(() => pool.close())
  return { user, pool }
}
