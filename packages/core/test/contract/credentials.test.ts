import { describe, expect, it } from 'vitest'
import {
  createCredential,
  createOrReplaceCredential,
  deleteCredential,
  listCredentials,
  updateCredential,
} from '../../src/admin/index.ts'
import { CredentialExistsError, CredentialNotFoundError } from '../../src/index.ts'
import { openContractDatabase } from './contract-database.ts'

const key = { username: 'SOMEBODY', password: 'not-a-real-key', comments: 'made by a test' }

describe('the database keeps credentials', () => {
  it('and changes, replaces, lists and deletes them', async () => {
    await using database = await openContractDatabase()
    const { pool } = database
    const name = database.freshName()
    database.afterwards(() => deleteCredential(pool, name, { force: true }))
    const kept = async () => (await listCredentials(pool)).find((credential) => credential.name === name)
    await createCredential(pool, name, key)
    expect(await kept()).toEqual({ name, username: 'SOMEBODY', comments: 'made by a test', enabled: true })
    await updateCredential(pool, name, { username: 'OTHER' })
    expect(await kept()).toMatchObject({ username: 'OTHER' })
    await createOrReplaceCredential(pool, name, { username: 'THIRD', password: 'x' })
    expect(await kept()).toMatchObject({ username: 'THIRD' })
    await deleteCredential(pool, name)
    expect(await kept()).toBeUndefined()
  })

  it('but not two of one name, and none that was deleted', async () => {
    await using database = await openContractDatabase()
    const { pool } = database
    const name = database.freshName()
    database.afterwards(() => deleteCredential(pool, name, { force: true }))
    await createCredential(pool, name, key)
    await expect(createCredential(pool, name, key)).rejects.toBeInstanceOf(CredentialExistsError)
    await deleteCredential(pool, name)
    await expect(deleteCredential(pool, name)).rejects.toBeInstanceOf(CredentialNotFoundError)
    await expect(updateCredential(pool, name, { username: 'x' })).rejects.toBeInstanceOf(CredentialNotFoundError)
    await deleteCredential(pool, name, { force: true })
  })
})
