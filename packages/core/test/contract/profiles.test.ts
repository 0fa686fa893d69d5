import { describe, expect, it } from 'vitest'
import { InvalidAttributeError, ProfileExistsError, ProfileNotFoundError } from '../../src/index.ts'
import { openContractDatabase } from './contract-database.ts'
import { createProfile } from './contract-objects.ts'

describe('the database keeps profiles', () => {
  it('with what was set, and lists them', async () => {
    await using database = await openContractDatabase()
    const profile = await createProfile(database)
    const fetched = await profile.fetch()
    expect(fetched).toMatchObject({
      name: profile.name.toUpperCase(),
      status: 'enabled',
      description: 'Made by a test',
      attributes: database.attributes,
    })
    expect(Math.abs(Date.now() - fetched.created.getTime())).toBeLessThan(600_000)
    expect(await database.pool.listProfiles({ pattern: `^${profile.name}$` })).toEqual([fetched])
  })

  it('and changes single attributes and several', async () => {
    await using database = await openContractDatabase()
    const profile = await createProfile(database)
    await profile.setAttribute('temperature', 0.5)
    await profile.setAttribute('comments', false)
    await profile.merge({ max_tokens: 512, stop_tokens: [';'] })
    expect((await profile.fetch()).attributes).toEqual({
      ...database.attributes,
      temperature: 0.5,
      comments: false,
      max_tokens: 512,
      stop_tokens: [';'],
    })
  })

  it('and replaces one, which loses what is not given again', async () => {
    await using database = await openContractDatabase()
    const profile = await createProfile(database)
    await profile.createOrReplace({ attributes: { ...database.attributes, seed: 7 } })
    const { description, attributes } = await profile.fetch()
    expect(description).toBeUndefined()
    expect(attributes).toEqual({ ...database.attributes, seed: 7 })
  })

  it('and tells how one was made', async () => {
    await using database = await openContractDatabase()
    const profile = await createProfile(database)
    expect(await profile.definition()).toContain(profile.name)
  })

  it('and enables and disables them', async () => {
    await using database = await openContractDatabase()
    const profile = await createProfile(database)
    await profile.disable()
    expect(await profile.fetch()).toMatchObject({ status: 'disabled' })
    await expect(profile.chat('hello')).rejects.toThrow()
    await profile.enable()
    expect(await profile.fetch()).toMatchObject({ status: 'enabled' })
  })

  it('but not two of one name', async () => {
    await using database = await openContractDatabase()
    const profile = await createProfile(database)
    const again = profile.create({ attributes: database.attributes })
    await expect(again).rejects.toBeInstanceOf(ProfileExistsError)
    await expect(again).rejects.toMatchObject({ cause: { errorNum: 20046 } })
  })

  it('but none with an attribute that it does not know', async () => {
    await using database = await openContractDatabase()
    const profile = database.pool.profile(database.freshName())
    database.afterwards(() => profile.delete({ force: true }))
    const attempt = profile.create({ attributes: { ...database.attributes, nonsense: 1 } })
    await expect(attempt).rejects.toBeInstanceOf(InvalidAttributeError)
  })

  it('and none when it has been deleted', async () => {
    await using database = await openContractDatabase()
    const profile = await createProfile(database)
    await profile.delete()
    await expect(profile.fetch()).rejects.toBeInstanceOf(ProfileNotFoundError)
    await expect(profile.chat('hello')).rejects.toBeInstanceOf(ProfileNotFoundError)
    await expect(profile.delete()).rejects.toBeInstanceOf(ProfileNotFoundError)
    await profile.delete({ force: true })
  })
})
