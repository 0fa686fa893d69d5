import { describe, expect, it } from 'vitest'
import {
  createCredential,
  deleteCredential,
  grantCredentialAccess,
  grantHttpAccess,
  revokeCredentialAccess,
} from '../src/admin/index.ts'
import {
  CredentialNotFoundError,
  PrivilegeError,
  ProfileCredentialError,
  ProfileNotFoundError,
  type SelectAIPool,
  UserNotFoundError,
} from '../src/index.ts'
import { type OpenDatabase, openDatabase, roundTrips } from './open-database.ts'

const users = [
  { user: 'OTHER', password: 'other' },
  { user: '"Mixed"', password: 'mixed' },
]
const attributes = { provider: 'oci', credential_name: 'OCI$RESOURCE_PRINCIPAL' } as const
const key = { username: 'OPENAI', password: 'sk-canary' }
const open = () => openDatabase({ emulator: { users } })
const otherPool = (database: OpenDatabase) => database.createPool({ user: 'OTHER', password: 'other' })

describe('a shared profile', () => {
  it('is asked and read by its owner and name while access is granted', async () => {
    await using database = await open()
    const own = database.pool.profile('SALES')
    await own.create({ attributes, description: 'Sales' })
    const shared = (await otherPool(database)).profile('sales', { owner: 'demo' })
    expect(shared).toMatchObject({ name: 'sales', owner: 'demo', qualifiedName: 'demo.sales' })
    await expect(shared.chat('hello')).rejects.toBeInstanceOf(ProfileNotFoundError)
    await expect(shared.chat('hello')).rejects.toMatchObject({ profile: 'demo.sales' })
    await expect(shared.fetch()).rejects.toBeInstanceOf(ProfileNotFoundError)
    await own.grantAccess('other')
    expect(await shared.chat('hello')).toBe('echo of 5 characters')
    expect(await shared.narrate('sql SELECT 1 AS one FROM dual')).toBe('There are 1 rows.')
    expect(JSON.parse(await shared.summarize({ content: 'A text.' }))).toMatchObject({ content: 'A text.' })
    expect(JSON.parse(await shared.translate('Thank you', { targetLanguage: 'de' }))).toMatchObject({
      text: 'Thank you',
    })
    expect(await shared.fetch()).toMatchObject({ name: 'SALES', owner: 'DEMO', description: 'Sales' })
    await using session = shared.chatSession()
    expect(await session.chat('hello')).toBe('echo of 5 characters')
    for await (const result of shared.askMany(['hello'])) expect(result.status).toBe('fulfilled')
    await own.revokeAccess('OTHER')
    await expect(shared.chat('hello')).rejects.toBeInstanceOf(ProfileNotFoundError)
  })

  it('is meant, and no profile of the same name, by everything that may be asked of it', async () => {
    await using database = await open()
    const own = database.pool.profile('SALES')
    await own.create({ attributes })
    await own.grantAccess('OTHER')
    const other = await otherPool(database)
    const profile = other.profile('SALES', { owner: 'DEMO' })
    const statement = { prompt: 'sql SELECT 1 AS shared FROM dual', action: 'showsql' } as const
    for await (const result of profile.askMany([statement], { pipeline: true })) {
      expect(result).toMatchObject({ status: 'fulfilled', answer: expect.stringContaining('shared') })
    }
    const corrected = profile.addNegativeFeedback({ ...statement, response: 'SELECT 2 AS better FROM dual' })
    await expect(corrected).rejects.toBeInstanceOf(PrivilegeError)
    const refused = { code: 'FEEDBACK_REFUSED', profile: 'DEMO.SALES' }
    await expect(profile.addPositiveFeedback(statement)).rejects.toMatchObject(refused)
    await expect(profile.deleteFeedback(statement)).rejects.toMatchObject(refused)
    const noTable = profile.generateSyntheticData({ objectName: 'NONE', recordCount: 1 })
    await expect(noTable).rejects.toMatchObject({ errorNumber: 942 })
  })

  it('is listed among those of its owner, in one round trip', async () => {
    await using database = await open()
    const long = database.pool.profile('SALES_LONG')
    await long.create({ attributes, description: 'd'.repeat(2000) })
    await long.grantAccess('PUBLIC')
    await database.pool.profile('SALES_SHORT').create({ attributes })
    await database.pool.profile('SALES_SHORT').grantAccess('"Mixed"')
    const mixed = await database.createPool({ user: '"Mixed"', password: 'mixed', poolMax: 1 })
    const names = async (pool: SelectAIPool, pattern: string, owner: string) =>
      (await pool.listProfiles({ pattern, owner })).map((profile) => `${profile.owner}.${profile.name}`)
    expect(await names(mixed, '^sales', 'demo')).toEqual(['DEMO.SALES_LONG', 'DEMO.SALES_SHORT'])
    expect(await names(await otherPool(database), '^sales', 'demo')).toEqual(['DEMO.SALES_LONG'])
    expect((await mixed.listProfiles({ owner: 'DEMO', pattern: 'LONG' }))[0]?.description).toHaveLength(2000)
    const before = roundTrips(database.emulator)
    await mixed.listProfiles({ owner: 'DEMO', pattern: 'SHORT' })
    expect(roundTrips(database.emulator) - before).toBe(1)
  })

  it('is changed and shared by its owner alone', async () => {
    await using database = await open()
    const shared = (await otherPool(database)).profile('OCI_AI_PROFILE', { owner: 'DEMO' })
    const refused = { code: 'INVALID_ARGUMENT', argument: 'profile' }
    await expect(shared.grantAccess('OTHER')).rejects.toMatchObject(refused)
    await expect(shared.revokeAccess('OTHER')).rejects.toMatchObject(refused)
    await expect(shared.merge({ temperature: 0 })).rejects.toMatchObject(refused)
  })

  it.each(['grantAccess', 'revokeAccess'] as const)(
    '%s tells of a profile and a user that are not there',
    async (method) => {
      await using database = await open()
      await expect(database.pool.profile('NO_SUCH')[method]('OTHER')).rejects.toBeInstanceOf(ProfileNotFoundError)
      const noUser = database.pool.profile('OCI_AI_PROFILE')[method]('nobody')
      await expect(noUser).rejects.toBeInstanceOf(UserNotFoundError)
      await expect(noUser).rejects.toMatchObject({ user: 'NOBODY', cause: { errorNum: 1917 } })
    },
  )

  it('is told of what cannot be right before anything is sent', async () => {
    await using database = await openDatabase({ pool: { verify: 'none' } })
    const { pool } = database
    const profile = pool.profile('SALES')
    const attempts: [string, () => unknown][] = [
      ['userOrRole', () => profile.grantAccess('a b')],
      ['userOrRole', () => profile.revokeAccess(undefined as unknown as string)],
      ['options.force', () => profile.grantAccess('OTHER', { force: true } as object)],
      ['options.owner', () => pool.profile('SALES', { owner: 'a b' })],
      ['options.owner', () => pool.profile('APP.SALES', { owner: 'DEMO' })],
      ['options.schema', () => pool.profile('SALES', { schema: 'DEMO' } as object)],
      ['options', () => pool.profile('SALES', null as unknown as object)],
      ['profile', () => pool.profile('A.B.C')],
      ['options.owner', () => pool.listProfiles({ owner: '' })],
    ]
    for (const [argument, attempt] of attempts) {
      await expect((async () => attempt())()).rejects.toMatchObject({ code: 'INVALID_ARGUMENT', argument })
    }
    expect(database.emulator.ledger.opened).toBe(0)
  })

  it('has the same name however its owner is given', async () => {
    await using database = await openDatabase({ pool: { verify: 'none' } })
    const { pool } = database
    for (const profile of [
      pool.profile('APP.SALES'),
      pool.profile('SALES', { owner: 'APP' }),
      pool.profile('App.SALES', { owner: 'APP' }),
    ]) {
      expect(profile).toMatchObject({ name: 'SALES', owner: 'APP', qualifiedName: 'APP.SALES' })
    }
    expect(pool.profile('SALES')).toMatchObject({ owner: undefined, qualifiedName: 'SALES' })
  })
})

describe('a shared credential', () => {
  const openai = { provider: 'openai', credential_name: 'KEY' } as const

  it('lets another user use the profile that names it', async () => {
    await using database = await open()
    const { pool } = database
    const admin = await database.createPool({ user: 'ADMIN' })
    await grantHttpAccess(admin, 'OTHER', 'api.openai.com')
    await createCredential(pool, 'KEY', key)
    await pool.profile('SALES').create({ attributes: openai })
    await pool.profile('SALES').grantAccess('OTHER')
    const shared = (await otherPool(database)).profile('SALES', { owner: 'DEMO' })
    await expect(shared.chat('hello')).rejects.toBeInstanceOf(ProfileCredentialError)
    expect(await grantCredentialAccess(pool, 'key', ['other', 'nobody', '"Mixed"'])).toMatchObject([
      { user: 'OTHER', status: 'fulfilled' },
      { user: 'NOBODY', status: 'rejected', error: { code: 'USER_NOT_FOUND' } },
      { user: 'Mixed', status: 'fulfilled' },
    ])
    expect(await shared.chat('hello')).toBe('echo of 5 characters')
    expect(await revokeCredentialAccess(pool, 'KEY', 'OTHER')).toEqual([{ user: 'OTHER', status: 'fulfilled' }])
    expect(await revokeCredentialAccess(pool, 'KEY', 'OTHER')).toEqual([{ user: 'OTHER', status: 'fulfilled' }])
    await expect(shared.chat('hello')).rejects.toMatchObject({ code: 'PROFILE_CREDENTIAL_MISSING', credential: 'KEY' })
  })

  it.each([grantCredentialAccess, revokeCredentialAccess])('is told of one that does not exist', async (change) => {
    await using database = await open()
    const [outcome] = await change(database.pool, 'NO_KEY', 'OTHER')
    expect(outcome?.status === 'rejected' && CredentialNotFoundError.isInstance(outcome.error)).toBe(true)
    await expect(change(database.pool, 'a b', 'OTHER')).rejects.toMatchObject({ argument: 'name' })
    await expect(change(database.pool, 'KEY', [])).rejects.toMatchObject({ argument: 'users' })
    await expect(change(database.pool, 'KEY', 'OTHER', { all: true } as object)).rejects.toMatchObject({
      argument: 'options.all',
    })
  })

  it('is named without its owner once it has a public synonym', async () => {
    await using database = await open()
    const admin = await database.createPool({ user: 'ADMIN' })
    await createCredential(admin, 'KEY', key, { publicSynonym: true })
    await grantCredentialAccess(admin, 'KEY', 'DEMO')
    await grantHttpAccess(admin, 'DEMO', 'api.openai.com')
    const profile = database.pool.profile('SALES')
    await profile.create({ attributes: openai })
    expect(await profile.chat('hello')).toBe('echo of 5 characters')
    await deleteCredential(admin, 'KEY', { publicSynonym: true })
    await expect(profile.chat('hello')).rejects.toBeInstanceOf(ProfileCredentialError)
    await deleteCredential(admin, 'KEY', { publicSynonym: true, force: true })
  })

  it('is stored all the same when the synonym is refused', async () => {
    await using database = await open()
    const refused = createCredential(database.pool, 'KEY', key, { publicSynonym: true })
    await expect(refused).rejects.toBeInstanceOf(PrivilegeError)
    await expect(createCredential(database.pool, 'KEY', key)).rejects.toMatchObject({ code: 'CREDENTIAL_EXISTS' })
    const wrong = { publicSynonym: 'yes' as unknown as boolean }
    const argument = 'options.publicSynonym'
    await expect(createCredential(database.pool, 'KEY', key, wrong)).rejects.toMatchObject({ argument })
    await expect(deleteCredential(database.pool, 'KEY', wrong)).rejects.toMatchObject({ argument })
  })
})
