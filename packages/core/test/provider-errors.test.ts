import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createCredential, disableDataAccess } from '../src/admin/index.ts'
import {
  AnswerTooLongError,
  DataAccessDisabledError,
  NetworkAccessError,
  ProfileCredentialError,
  ProfileNotFoundError,
  ProviderError,
  type SelectAIPool,
} from '../src/index.ts'
import { type OpenDatabase, openDatabase } from './open-database.ts'

// What else than questions needs a provider: each row is one, with the profile that it is to use.

type Work = (pool: SelectAIPool, profile: string, prompt?: string) => Promise<unknown>

const principal = { provider: 'oci', credential_name: 'OCI$RESOURCE_PRINCIPAL' } as const
const question = 'sql SELECT 1 AS one FROM dual'

/** In the words of the database, each object under the name of its profile. */
const createObjects = `
  BEGIN
    DBMS_CLOUD_AI_AGENT.CREATE_AGENT(:name, '{"profile_name": "' || :name || '", "role": "x"}');
    DBMS_CLOUD_AI_AGENT.CREATE_TASK(:name, '{"instruction": "Answer {query}"}');
    DBMS_CLOUD_AI_AGENT.CREATE_TOOL(:name, '{"tool_type": "SQL", "tool_params": {"profile_name": "' || :name || '"}}');
    DBMS_CLOUD_AI_AGENT.CREATE_TEAM(:name, '{"agents": [{"name": "' || :name || '", "task": "' || :name || '"}]}');
  END;`

const synthetic: Work = (pool, name) => pool.profile(name).generateSyntheticData({ objectName: 'ROOM', recordCount: 1 })
const runTeam: Work = (pool, name, prompt = question) => pool.team(name).run(prompt)
const runTool: Work = (pool, name, prompt = question) => pool.tool(name).run(prompt)

const works: readonly [string, Work][] = [
  ['Profile.generateSyntheticData', synthetic],
  ['AgentTeam.run', runTeam],
  ['AgentTool.run', runTool],
]
const profiles = ['READY', 'NOWHERE', 'RESTING', 'KEYLESS', 'HOSTLESS']

describe('work for a provider', () => {
  let database: OpenDatabase
  let app: SelectAIPool

  beforeAll(async () => {
    const users = [{ user: 'APP', password: 'app' }]
    database = await openDatabase({ emulator: { users }, pool: { user: 'ADMIN' } })
    app = await database.createPool({ user: 'APP', password: 'app' })
    await createCredential(app, 'KEY', { username: 'OPENAI', password: 'secret' })
    await app.profile('READY').create({ attributes: principal })
    await app.profile('RESTING').create({ attributes: principal, enabled: false })
    await app.profile('KEYLESS').create({ attributes: { provider: 'openai', credential_name: 'NO_KEY' } })
    await app.profile('HOSTLESS').create({ attributes: { provider: 'openai', credential_name: 'KEY' } })
    await app.withConnection(async (connection) => {
      await connection.execute('CREATE TABLE room (id NUMBER)')
      for (const name of profiles) await connection.execute(createObjects, { name })
    })
  })

  afterAll(() => database[Symbol.asyncDispose]())

  it.each(works)('is done by %s', async (_, work) => {
    expect(await work(app, 'READY')).toBeDefined()
  })

  it.each(works)('ends in %s with ProfileNotFoundError without the profile', async (_, work) => {
    const attempt = work(app, 'NOWHERE')
    await expect(attempt).rejects.toBeInstanceOf(ProfileNotFoundError)
    await expect(attempt).rejects.toMatchObject({ profile: 'NOWHERE' })
  })

  it.each(works)('ends in %s with ProfileNotFoundError when the profile is disabled', async (_, work) => {
    await expect(work(app, 'RESTING')).rejects.toBeInstanceOf(ProfileNotFoundError)
  })

  it.each(works)('ends in %s with ProfileCredentialError without the credential', async (_, work) => {
    const attempt = work(app, 'KEYLESS')
    await expect(attempt).rejects.toBeInstanceOf(ProfileCredentialError)
    await expect(attempt).rejects.toMatchObject({ credential: 'NO_KEY' })
  })

  it.each(works)('ends in %s with NetworkAccessError without access to the host', async (_, work) => {
    await expect(work(app, 'HOSTLESS')).rejects.toBeInstanceOf(NetworkAccessError)
  })

  it('ends in AgentTeam.run with ProviderError when the provider fails', async () => {
    await expect(runTeam(app, 'READY', 'fail out of credit')).rejects.toBeInstanceOf(ProviderError)
  })

  it('ends in AgentTool.run with ProviderError when the model gives no SQL to run', async () => {
    await expect(runTool(app, 'READY', 'sql DROP TABLE room')).rejects.toBeInstanceOf(ProviderError)
  })

  it.each<[string, (pool: SelectAIPool) => Promise<unknown>]>([
    ['AgentTeam.run', (pool) => pool.team('READY').run(question)],
    ['AgentTool.run', (pool) => pool.tool('READY').run(question)],
    ['AgentTool.describe', (pool) => pool.tool('READY').describe()],
    ['AgentTeam.describe', (pool) => pool.team('READY').describe()],
    ['AgentTeam.listTools', (pool) => pool.team('READY').listTools()],
    ['AgentTeam.export', (pool) => pool.team('READY').export()],
    ['Agent.definition', (pool) => pool.agent('READY').definition()],
    ['AgentTask.definition', (pool) => pool.task('READY').definition()],
    ['AgentTool.definition', (pool) => pool.tool('READY').definition()],
    ['AgentTeam.definition', (pool) => pool.team('READY').definition()],
  ])('ends in %s with AnswerTooLongError for an answer longer than the pool allows', async (_, call) => {
    await using brief = await database.createPool({ user: 'APP', password: 'app', maxAnswerCharacters: 1 })
    await expect(call(brief)).rejects.toBeInstanceOf(AnswerTooLongError)
  })

  it('ends in Profile.generateSyntheticData with DataAccessDisabledError when data access is disabled', async () => {
    await disableDataAccess(database.pool)
    await expect(synthetic(app, 'READY')).rejects.toBeInstanceOf(DataAccessDisabledError)
  })
})
