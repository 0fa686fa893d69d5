import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as admin from '../src/admin/index.ts'
import {
  AgentObjectNotFoundError,
  ConversationNotFoundError,
  CredentialNotFoundError,
  DatabaseError,
  InvalidAttributeError,
  ProfileNotFoundError,
  ProviderError,
  SelectAIArgumentError,
  type SelectAIPool,
  UserNotFoundError,
  type VectorIndex,
  VectorIndexNotFoundError,
  VectorTableExistsError,
} from '../src/index.ts'
import { calls, everything } from './every-call.ts'
import { type OpenDatabase, openDatabase } from './open-database.ts'

// What every method says when that which it is about, or a user that it names, is not there.

const errors = {
  AgentObjectNotFoundError,
  ConversationNotFoundError,
  CredentialNotFoundError,
  ProfileNotFoundError,
  VectorIndexNotFoundError,
}

/** The error of each owner's methods, and of those that are about something else. */
const errorOfOwner: Readonly<Record<string, keyof typeof errors>> = {
  Profile: 'ProfileNotFoundError',
  ChatSession: 'ProfileNotFoundError',
  Conversation: 'ConversationNotFoundError',
  VectorIndex: 'VectorIndexNotFoundError',
  'VectorIndex.create': 'ProfileNotFoundError',
  'VectorIndex.createOrReplace': 'ProfileNotFoundError',
  Agent: 'AgentObjectNotFoundError',
  AgentTask: 'AgentObjectNotFoundError',
  AgentTool: 'AgentObjectNotFoundError',
  AgentTeam: 'AgentObjectNotFoundError',
  'SelectAIPool.importTeam': 'ProfileNotFoundError',
  'admin.updateCredential': 'CredentialNotFoundError',
  'admin.deleteCredential': 'CredentialNotFoundError',
  'admin.grantCredentialAccess': 'CredentialNotFoundError',
  'admin.revokeCredentialAccess': 'CredentialNotFoundError',
}

/** Methods that need nothing to be there. */
const creations = ['Profile', 'Agent', 'AgentTask', 'AgentTool', 'AgentTeam'].flatMap((owner) => [
  `${owner}.create`,
  `${owner}.createOrReplace`,
])

const rows = calls.flatMap(({ name, call }) => {
  const error = errorOfOwner[name] ?? errorOfOwner[name.split('.')[0] ?? '']
  return error === undefined || creations.includes(name) ? [] : [{ name, call, error }]
})

const mail = { host: 'smtp.example.com', privileges: 'smtp' }

/** Everything that names a user or a role. */
const namingUsers: Readonly<Record<string, (pool: SelectAIPool, user: string) => Promise<unknown>>> = {
  'Profile.grantAccess': (pool, user) => pool.profile('THERE').grantAccess(user),
  'Profile.revokeAccess': (pool, user) => pool.profile('THERE').revokeAccess(user),
  'VectorIndex.grantAccess': (pool, user) => pool.vectorIndex('THERE').grantAccess(user),
  'VectorIndex.revokeAccess': (pool, user) => pool.vectorIndex('THERE').revokeAccess(user),
  'AgentTeam.grantAccess': (pool, user) => pool.team('THERE').grantAccess(user),
  'AgentTeam.revokeAccess': (pool, user) => pool.team('THERE').revokeAccess(user),
  'admin.grantCredentialAccess': (pool, user) => admin.grantCredentialAccess(pool, 'THERE', user),
  'admin.revokeCredentialAccess': (pool, user) => admin.revokeCredentialAccess(pool, 'THERE', user),
  'admin.grantPrivileges': (pool, user) => admin.grantPrivileges(pool, user),
  'admin.revokePrivileges': (pool, user) => admin.revokePrivileges(pool, user),
  'admin.grantHttpAccess': (pool, user) => admin.grantHttpAccess(pool, user, mail.host),
  'admin.revokeHttpAccess': (pool, user) => admin.revokeHttpAccess(pool, user, mail.host),
  'admin.grantNetworkAccess': (pool, user) => admin.grantNetworkAccess(pool, user, mail),
  'admin.revokeNetworkAccess': (pool, user) => admin.revokeNetworkAccess(pool, user, mail),
  'admin.enablePrincipalAuth': (pool, user) => admin.enablePrincipalAuth(pool, user, 'oci'),
  'admin.disablePrincipalAuth': (pool, user) => admin.disablePrincipalAuth(pool, user, 'oci'),
}

const namesUser = (name: string) => /\.(grant|revoke)|PrincipalAuth$/.test(name)

const lists: Readonly<Record<string, (pool: SelectAIPool, pattern: string) => Promise<unknown>>> = {
  listProfiles: (pool, pattern) => pool.listProfiles({ pattern }),
  'listProfiles of an owner': (pool, pattern) => pool.listProfiles({ pattern, owner: 'ADMIN' }),
  listVectorIndexes: (pool, pattern) => pool.listVectorIndexes({ pattern }),
  'listVectorIndexes of an owner': (pool, pattern) => pool.listVectorIndexes({ pattern, owner: 'ADMIN' }),
  listConversations: (pool, pattern) => pool.listConversations({ pattern }),
  listAgents: (pool, pattern) => pool.listAgents({ pattern }),
  listTasks: (pool, pattern) => pool.listTasks({ pattern }),
  listTools: (pool, pattern) => pool.listTools({ pattern }),
  listTeams: (pool, pattern) => pool.listTeams({ pattern }),
}

const principal = { provider: 'oci', credential_name: 'OCI$RESOURCE_PRINCIPAL' } as const
const location = 'http://127.0.0.1:1/x.txt'

const createAgent = `BEGIN DBMS_CLOUD_AI_AGENT.CREATE_AGENT('THERE', '{"profile_name": "THERE", "role": "x"}'); END;`

describe('a database', () => {
  let database: OpenDatabase
  let pool: SelectAIPool

  beforeAll(async () => {
    database = await openDatabase({
      emulator: { users: [{ user: 'U', password: 'u' }] },
      pool: { user: 'ADMIN' },
    })
    pool = database.pool
    await pool.profile('THERE').create({ attributes: principal })
    await pool.vectorIndex('THERE').create({ attributes: { location, profile_name: 'THERE' }, enabled: false })
    await pool.team('THERE').create({ attributes: { agents: [{ name: 'A', task: 'T' }] } })
    await pool.task('THERE').create({ attributes: { instruction: 'x' } })
    await pool.tool('THERE').create({ attributes: { function: 'F' } })
    await pool.withConnection((connection) => connection.execute(createAgent))
    await admin.createCredential(pool, 'THERE', { username: 'U', password: 'p' })
  })

  afterAll(() => database[Symbol.asyncDispose]())

  it.each(rows)('without it has $name end with $error', async ({ call, error }) => {
    const attempt = (async () => call(pool, {}))()
    await expect(attempt).rejects.toBeInstanceOf(errors[error])
    await expect(attempt).rejects.toMatchObject({ code: errors[error].code, retryable: false })
  })

  it('knows all methods that name a user', () => {
    expect(Object.keys(namingUsers).sort()).toEqual(
      calls
        .map(({ name }) => name)
        .filter(namesUser)
        .sort(),
    )
  })

  it.each(Object.entries(namingUsers))('without the user has %s end with UserNotFoundError', async (_, call) => {
    const attempt = (async () => {
      const outcomes = (await call(pool, 'nobody')) as readonly admin.UserOutcome[] | undefined
      await everything(Promise.resolve(outcomes ?? []))
    })()
    await expect(attempt).rejects.toBeInstanceOf(UserNotFoundError)
    await expect(attempt).rejects.toMatchObject({ code: 'USER_NOT_FOUND', user: 'NOBODY', retryable: false })
  })

  it.each(['VectorIndex.revokeAccess', 'AgentTeam.revokeAccess'])(
    'without the grant has %s end with DatabaseError',
    async (name) => {
      const attempt = namingUsers[name]?.(pool, 'U')
      await expect(attempt).rejects.toBeInstanceOf(DatabaseError)
      await expect(attempt).rejects.toMatchObject({ errorNumber: 1927 })
    },
  )

  it.each(Object.entries(lists))('that cannot read a pattern has %s name it', async (_, list) => {
    for (const [pattern, errorNum] of [
      ['[', 12726],
      ['x'.repeat(513), 12733],
    ] as const) {
      const attempt = list(pool, pattern)
      await expect(attempt).rejects.toBeInstanceOf(SelectAIArgumentError)
      await expect(attempt).rejects.toMatchObject({ argument: 'options.pattern', cause: { errorNum } })
    }
  })

  it.each<[string, (index: VectorIndex) => Promise<void>]>([
    ['setAttribute', (index) => index.setAttribute('PROFILE_NAME', 'NO_PROFILE')],
    ['setAttributes', (index) => index.setAttributes({ profile_name: 'NO_PROFILE', match_limit: 3 })],
  ])('without the profile has VectorIndex.%s end with ProfileNotFoundError, and nothing changes', async (_, change) => {
    const index = pool.vectorIndex('THERE')
    const before = await index.fetch()
    const attempt = change(index)
    await expect(attempt).rejects.toBeInstanceOf(ProfileNotFoundError)
    await expect(attempt).rejects.toMatchObject({ profile: 'NO_PROFILE', cause: { errorNum: 20046 } })
    expect(await index.fetch()).toEqual(before)
    await index.setAttribute('profile_name', 'THERE')
  })

  it('names the index whose table is there already when none can be replaced', async () => {
    const index = pool.vectorIndex('LEFT_BEHIND')
    const definition = { attributes: { location, profile_name: 'THERE' }, enabled: false }
    await index.create(definition)
    await index.delete({ includeData: false })
    const attempt = index.createOrReplace(definition)
    await expect(attempt).rejects.toBeInstanceOf(VectorTableExistsError)
    await expect(attempt).rejects.toMatchObject({ index: 'LEFT_BEHIND', cause: { errorNum: 955 } })
  })

  it.each<[string, (attributes: object) => Promise<void>]>([
    ['task', (attributes) => pool.task('T').create({ attributes: { instruction: 'x', ...attributes } })],
    ['tool', (attributes) => pool.tool('T').create({ attributes: { function: 'F', ...attributes } })],
    [
      'team',
      (attributes) => pool.team('T').create({ attributes: { agents: [{ name: 'A', task: 'T' }], ...attributes } }),
    ],
  ])('names the attribute that it refuses when a %s is created', async (kind, create) => {
    const attempt = create({ colour: 'red' })
    await expect(attempt).rejects.toBeInstanceOf(InvalidAttributeError)
    await expect(attempt).rejects.toMatchObject({ kind, attribute: 'colour' })
  })

  it('that cannot load a team has the import end with ProviderError', async () => {
    const place = { location, credentialName: 'THERE' }
    const attempt = pool.importTeam({ ...place, profileName: 'THERE' })
    await expect(attempt).rejects.toBeInstanceOf(ProviderError)
  })
})
