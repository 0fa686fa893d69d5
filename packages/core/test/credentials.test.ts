import { inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import {
  createCredential,
  createOrReplaceCredential,
  deleteCredential,
  listCredentials,
  updateCredential,
} from '../src/admin/index.ts'
import { CredentialExistsError, CredentialNotFoundError, SelectAIArgumentError } from '../src/index.ts'
import { openDatabase, roundTrips } from './open-database.ts'

const secret = 'sk-canary-7f3a'
const openai = { username: 'OPENAI', password: secret, comments: 'for tests' }
const oci = {
  userOcid: 'ocid1.user.oc1..one',
  tenancyOcid: 'ocid1.tenancy.oc1..one',
  privateKey: 'MIIEcanary',
  fingerprint: '12:34',
}

/** A database of its own, since credentials stay. */
const ownDatabase = () => openDatabase({ emulator: { users: [{ user: 'OTHER', password: 'other' }] } })

describe('credentials', () => {
  it('are created, changed, listed and deleted', async () => {
    await using database = await ownDatabase()
    const { pool } = database
    await createCredential(pool, 'openai_cred', openai)
    await createCredential(pool, 'OCI_CRED', oci)
    const stored = { name: 'OPENAI_CRED', username: 'OPENAI', comments: 'for tests', enabled: true }
    const other = { name: 'OCI_CRED', username: oci.userOcid, comments: undefined, enabled: true }
    expect(await listCredentials(pool)).toEqual([other, stored])
    await updateCredential(pool, 'OPENAI_CRED', { username: 'ANOTHER', password: 'x' })
    expect(await listCredentials(pool)).toEqual([other, { ...stored, username: 'ANOTHER' }])
    await updateCredential(pool, 'OCI_CRED', { privateKey: 'MIIEother', fingerprint: '56:78' })
    await deleteCredential(pool, 'Openai_Cred')
    expect(await listCredentials(pool)).toEqual([other])
  })

  it('are replaced whatever their kind was, and created when there is none', async () => {
    await using database = await ownDatabase()
    const { pool } = database
    await createOrReplaceCredential(pool, 'CRED', openai)
    await createOrReplaceCredential(pool, 'CRED', oci)
    expect(await listCredentials(pool)).toMatchObject([{ name: 'CRED', username: oci.userOcid }])
  })

  it('belong to their user', async () => {
    await using database = await ownDatabase()
    await createCredential(database.pool, 'CRED', openai)
    const other = await database.createPool({ user: 'OTHER', password: 'other' })
    expect(await listCredentials(other)).toEqual([])
    await createCredential(other, 'CRED', openai)
  })

  it('cost one round trip for each call', async () => {
    await using database = await openDatabase({ emulator: {}, pool: { poolMax: 1 } })
    const { pool, emulator } = database
    await createOrReplaceCredential(pool, 'CRED', openai)
    await listCredentials(pool)
    await deleteCredential(pool, 'CRED')
    const calls = [
      () => createCredential(pool, 'CRED', openai),
      () => createOrReplaceCredential(pool, 'CRED', oci),
      () => updateCredential(pool, 'CRED', oci),
      () => listCredentials(pool),
      () => deleteCredential(pool, 'CRED', { force: true }),
    ]
    for (const call of calls) {
      const before = roundTrips(emulator)
      await call()
      expect(roundTrips(emulator) - before).toBe(1)
    }
  })
})

describe('errors of credentials', () => {
  it('tell a name that is taken from one that nobody knows', async () => {
    await using database = await ownDatabase()
    const { pool } = database
    await createCredential(pool, 'CRED', openai)
    const taken = createCredential(pool, 'CRED', openai)
    await expect(taken).rejects.toBeInstanceOf(CredentialExistsError)
    await expect(taken).rejects.toMatchObject({
      code: 'CREDENTIAL_EXISTS',
      credential: 'CRED',
      cause: { errorNum: 20022 },
    })
    for (const call of [updateCredential(pool, 'NOBODY', { password: 'x' }), deleteCredential(pool, 'NOBODY')]) {
      await expect(call).rejects.toBeInstanceOf(CredentialNotFoundError)
      await expect(call).rejects.toMatchObject({ credential: 'NOBODY', cause: { errorNum: 20004 } })
    }
    await deleteCredential(pool, 'NOBODY', { force: true })
  })

  it('never print the secret, and neither does the ledger', async () => {
    await using database = await ownDatabase()
    const { pool, emulator } = database
    await createCredential(pool, 'CRED', openai)
    const error = await createCredential(pool, 'CRED', openai).catch((reason: unknown) => reason)
    expect(inspect(error, { depth: 9 })).not.toContain(secret)
    const kept = JSON.stringify(emulator.ledger.snapshot())
    expect(kept).toContain('CREATE_CREDENTIAL')
    expect(kept).not.toContain(secret)
  })

  it.each([
    ['a name that is none', () => ['a b', openai], 'name'],
    ['a name that is too long', () => ['n'.repeat(129), openai], 'name'],
    ['a password alone', () => ['CRED', { password: 'x' }], 'definition.username'],
    ['a blank password', () => ['CRED', { username: 'x', password: ' ' }], 'definition.password'],
    ['half a key', () => ['CRED', { userOcid: 'x', privateKey: 'y' }], 'definition.tenancyOcid'],
    ['two kinds in one', () => ['CRED', { ...openai, ...oci }], 'definition.username'],
    ['a key with its frame', () => ['CRED', { ...oci, privateKey: '-----BEGIN KEY-----' }], 'definition.privateKey'],
    ['an unknown part', () => ['CRED', { ...openai, user: 'x' }], 'definition.user'],
    ['long comments', () => ['CRED', { ...openai, comments: 'x'.repeat(241) }], 'definition.comments'],
    ['no definition', () => ['CRED', undefined], 'definition'],
  ])('are told of %s before anything is sent', async (_what, args, argument) => {
    await using database = await openDatabase({ pool: { verify: 'none' } })
    const [name, definition] = args() as [string, never]
    for (const call of [createCredential, createOrReplaceCredential]) {
      const refused = call(database.pool, name, definition)
      await expect(refused).rejects.toBeInstanceOf(SelectAIArgumentError)
      await expect(refused).rejects.toMatchObject({ argument })
      await expect(refused).rejects.not.toThrow(secret)
    }
    expect(database.emulator.ledger.opened).toBe(0)
  })

  it('are told of changes that change nothing, and of options that do not exist', async () => {
    await using database = await openDatabase({ pool: { verify: 'none' } })
    const { pool } = database
    await expect(updateCredential(pool, 'CRED', {})).rejects.toMatchObject({ argument: 'changes' })
    const replace = { replace: true } as never
    await expect(createCredential(pool, 'CRED', openai, replace)).rejects.toMatchObject({ argument: 'options.replace' })
    await expect(deleteCredential(pool, 'CRED', { force: 1 as never })).rejects.toMatchObject({
      argument: 'options.force',
    })
    expect(database.emulator.ledger.opened).toBe(0)
  })
})
