import { describe, expect, it } from 'vitest'
import { VectorIndexExistsError, VectorIndexNotFoundError } from '../../src/index.ts'
import { hasDocuments, openContractDatabase } from './contract-database.ts'
import { createIndex } from './contract-objects.ts'

describe.skipIf(!hasDocuments)('the database keeps vector indexes', () => {
  it('and reads, changes, lists and refreshes them', async () => {
    await using database = await openContractDatabase()
    const index = await createIndex(database)
    await index.setAttribute('match_limit', 2)
    await index.setAttributes({ similarity_threshold: 0.1 })
    const fetched = await index.fetch()
    expect(fetched).toMatchObject({ name: index.name, status: 'enabled' })
    expect(fetched.attributes).toMatchObject({ match_limit: 2, similarity_threshold: 0.1 })
    expect(await database.pool.listVectorIndexes({ pattern: `^${index.name}$` })).toEqual([fetched])
    await index.disable()
    await index.disable()
    expect(await index.fetch()).toMatchObject({ status: 'disabled' })
    await index.enable()
    await index.refresh({ timeoutMs: 300_000 })
    expect((await index.refreshTimes()).lastRefresh).toBeInstanceOf(Date)
  })

  it('and answers from their documents, with the sources', async () => {
    await using database = await openContractDatabase()
    const index = await createIndex(database)
    const reader = database.pool.profile(database.freshName())
    database.afterwards(() => reader.delete({ force: true }))
    await reader.create({ attributes: { ...database.attributes, vector_index_name: index.name } })
    const { answer, sources } = await reader.narrateWithSources('When does the workshop open?')
    expect(answer.length).toBeGreaterThan(0)
    expect(sources.length).toBeGreaterThan(0)
  })

  it('and tells how one was made, and replaces it', async () => {
    await using database = await openContractDatabase()
    const index = await createIndex(database)
    expect(await index.definition()).toContain(index.name)
    // The database names the pipeline itself.
    const { pipeline_name: _, ...attributes } = (await index.fetch()).attributes
    await index.createOrReplace({ attributes: { ...attributes, match_limit: 4 } }, { waitForCompletion: true })
    expect((await index.fetch()).attributes).toMatchObject({ match_limit: 4 })
  })

  it('but not two of one name, and none that was deleted', async () => {
    await using database = await openContractDatabase()
    const index = await createIndex(database)
    const { attributes } = await index.fetch()
    await expect(index.create({ attributes })).rejects.toBeInstanceOf(VectorIndexExistsError)
    await index.delete()
    await expect(index.fetch()).rejects.toBeInstanceOf(VectorIndexNotFoundError)
    await expect(index.delete()).rejects.toBeInstanceOf(VectorIndexNotFoundError)
    await index.delete({ force: true })
  })
})
