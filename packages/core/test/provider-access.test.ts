import { describe, expect, it } from 'vitest'
import {
  createCredential,
  deleteCredential,
  disableDataAccess,
  disablePrincipalAuth,
  enableDataAccess,
  enablePrincipalAuth,
  grantHttpAccess,
  revokeHttpAccess,
} from '../src/admin/index.ts'
import {
  CallAbortedError,
  DataAccessDisabledError,
  NetworkAccessError,
  PrivilegeError,
  ProfileCredentialError,
} from '../src/index.ts'
import { openDatabase } from './open-database.ts'

const administrator = { user: 'ADMIN', password: 'demo', poolMax: 1 }
const open = () => openDatabase({ emulator: { users: [{ user: 'APP', password: 'app' }] }, pool: administrator })
const key = { username: 'OPENAI', password: 'sk-canary' }

describe('asking a provider', () => {
  it('needs the credential that the profile names, and access to the host', async () => {
    await using database = await open()
    const app = await database.createPool({ user: 'APP', password: 'app' })
    const profile = app.profile('MINE')
    await profile.create({ attributes: { provider: 'openai', credential_name: 'KEY' } })
    const noKey = profile.chat('hello')
    await expect(noKey).rejects.toBeInstanceOf(ProfileCredentialError)
    await expect(noKey).rejects.toMatchObject({
      code: 'PROFILE_CREDENTIAL_MISSING',
      credential: 'KEY',
      profile: 'MINE',
      retryable: false,
      cause: { errorNum: 20004 },
    })
    await createCredential(app, 'KEY', key)
    const noAccess = profile.chat('hello')
    await expect(noAccess).rejects.toBeInstanceOf(NetworkAccessError)
    await expect(noAccess).rejects.toMatchObject({
      code: 'NETWORK_ACCESS_DENIED',
      retryable: false,
      message: expect.stringContaining('grantHttpAccess'),
      cause: { errorNum: 20000, message: expect.stringContaining('ORA-24247') },
    })
    await grantHttpAccess(database.pool, 'APP', 'api.openai.com')
    expect(await profile.chat('hello')).toBe('echo of 5 characters')
    await revokeHttpAccess(database.pool, 'APP', 'api.openai.com')
    await expect(profile.summarize({ content: 'A text.' })).rejects.toBeInstanceOf(NetworkAccessError)
    await deleteCredential(app, 'KEY')
    await expect(profile.summarize({ content: 'A text.' })).rejects.toBeInstanceOf(ProfileCredentialError)
  })

  it('counts the attributes of the question', async () => {
    await using database = await open()
    const app = await database.createPool({ user: 'APP', password: 'app' })
    const asked = app.profile('OCI_AI_PROFILE').chat('hello', { attributes: { credential_name: 'KEY' } })
    await expect(asked).rejects.toMatchObject({ code: 'PROFILE_CREDENTIAL_MISSING', credential: 'KEY' })
  })
})

describe('the identity of the database', () => {
  it('is used by whom it is enabled for', async () => {
    await using database = await open()
    const app = await database.createPool({ user: 'APP', password: 'app' })
    const profile = app.profile('OCI_AI_PROFILE')
    expect(await disablePrincipalAuth(database.pool, ['app', 'nobody'], 'oci')).toMatchObject([
      { user: 'APP', status: 'fulfilled' },
      { user: 'NOBODY', status: 'rejected', error: { code: 'USER_NOT_FOUND' } },
    ])
    await expect(profile.chat('hello')).rejects.toMatchObject({ credential: 'OCI$RESOURCE_PRINCIPAL' })
    expect(await enablePrincipalAuth(database.pool, 'APP', 'oci')).toEqual([{ user: 'APP', status: 'fulfilled' }])
    expect(await profile.chat('hello')).toBe('echo of 5 characters')
    const params = { azure_tenantid: 'tenant' }
    expect(await enablePrincipalAuth(database.pool, 'APP', 'azure', { params })).toMatchObject([
      { status: 'fulfilled' },
    ])
  })

  it.each([enablePrincipalAuth, disablePrincipalAuth])('is for administrators to decide on', async (change) => {
    await using database = await openDatabase()
    const [outcome] = await change(database.pool, 'DEMO', 'oci')
    expect(outcome).toMatchObject({ status: 'rejected', error: { code: 'MISSING_PRIVILEGE' } })
  })

  it('is told of what cannot be right before anything is sent', async () => {
    await using database = await openDatabase({ pool: { verify: 'none' } })
    const { pool } = database
    const attempts: [string, Promise<unknown>][] = [
      ['users', enablePrincipalAuth(pool, [], 'oci')],
      ['provider', enablePrincipalAuth(pool, 'APP', 'OCI' as 'oci')],
      ['provider', disablePrincipalAuth(pool, 'APP', undefined as unknown as 'oci')],
      ['options.params', enablePrincipalAuth(pool, 'APP', 'azure', { params: { a: 1 } as never })],
      ['options.params', enablePrincipalAuth(pool, 'APP', 'azure', { params: [] as never })],
      ['options.params', disablePrincipalAuth(pool, 'APP', 'azure', { params: {} } as object)],
    ]
    for (const [argument, attempt] of attempts) await expect(attempt).rejects.toMatchObject({ argument })
    expect(database.emulator.ledger.opened).toBe(0)
  })
})

describe('data access', () => {
  it('is switched for all users, and only narrations need it', async () => {
    await using database = await open()
    const app = await database.createPool({ user: 'APP', password: 'app' })
    const profile = app.profile('OCI_AI_PROFILE')
    const question = 'sql SELECT 1 AS one FROM dual'
    await disableDataAccess(database.pool)
    const refused = profile.narrate(question)
    await expect(refused).rejects.toBeInstanceOf(DataAccessDisabledError)
    await expect(refused).rejects.toMatchObject({
      code: 'DATA_ACCESS_DISABLED',
      retryable: false,
      cause: { errorNum: 20000 },
    })
    expect((await profile.runSql(question)).rows).toHaveLength(1)
    await enableDataAccess(database.pool)
    expect(await profile.narrate(question)).toBe('There are 1 rows.')
  })

  it.each([enableDataAccess, disableDataAccess])('is for administrators to decide on', async (change) => {
    await using database = await openDatabase()
    await expect(change(database.pool)).rejects.toBeInstanceOf(PrivilegeError)
    await expect(change(database.pool, { force: true } as object)).rejects.toMatchObject({ argument: 'options.force' })
    await expect(change(database.pool, { signal: AbortSignal.abort() })).rejects.toBeInstanceOf(CallAbortedError)
  })
})
