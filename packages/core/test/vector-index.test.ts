import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  CallAbortedError,
  CallTimeoutError,
  DatabaseError,
  InvalidAttributeError,
  PrivilegeError,
  ProfileNotFoundError,
  ProviderError,
  SelectAIArgumentError,
  type SelectAIPool,
  UserNotFoundError,
  type VectorIndex,
  type VectorIndexAttributes,
  type VectorIndexDefinition,
  VectorIndexExistsError,
  VectorIndexNotFoundError,
  VectorIndexReplaceError,
  VectorTableExistsError,
} from '../src/index.ts'
import { shortTextCharacters } from '../src/sql/short-texts.ts'
import * as statements from '../src/sql/vector-index-statements.ts'
import { type DocumentServer, serveDocuments } from './document-server.ts'
import { openDatabase, roundTrips } from './open-database.ts'

let server: DocumentServer

beforeAll(async () => {
  server = await serveDocuments({
    'handbook.txt': 'The workshop opens at eight in the morning.',
    'news.txt': 'Old news.',
  })
})
afterAll(() => server[Symbol.asyncDispose]())

const attributesWith = (more: Partial<VectorIndexAttributes> = {}): VectorIndexAttributes => ({
  location: `${server.origin}/handbook.txt`,
  profile_name: 'OCI_AI_PROFILE',
  ...more,
})

let made = 0

/** An index of a name that no other test uses. */
function freshIndex(pool: SelectAIPool): VectorIndex {
  made += 1
  return pool.vectorIndex(`made_${made}`)
}

async function createdIndex(pool: SelectAIPool, more: Partial<VectorIndexAttributes> = {}): Promise<VectorIndex> {
  const index = freshIndex(pool)
  await index.create({ attributes: attributesWith(more) }, { waitForCompletion: true })
  return index
}

/** A profile of its own that answers from the index. */
async function readerOf(pool: SelectAIPool, index: VectorIndex) {
  const profile = pool.profile(`reader_of_${index.name}`)
  await profile.create({
    attributes: { provider: 'oci', credential_name: 'OCI$RESOURCE_PRINCIPAL', vector_index_name: index.name },
  })
  return profile
}

describe('a vector index that is created', () => {
  it('is read back with what was set and what the database adds, typed and frozen', async () => {
    await using database = await openDatabase()
    const index = freshIndex(database.pool)
    const attributes = attributesWith({
      chunk_size: 500,
      match_limit: 3,
      similarity_threshold: 0.25,
      vector_distance_metric: 'COSINE',
      vector_db_provider: 'oracle',
      enable_sources: true,
    })
    const before = structuredClone(attributes)
    await index.create({ attributes, description: 'The handbook' })
    expect(attributes).toEqual(before)
    const fetched = await index.fetch()
    expect(fetched).toEqual({
      name: index.name.toUpperCase(),
      status: 'enabled',
      description: 'The handbook',
      created: expect.any(Date),
      lastModified: expect.any(Date),
      attributes: {
        ...attributes,
        vector_distance_metric: 'cosine',
        refresh_rate: 1440,
        pipeline_name: `${index.name.toUpperCase()}$VECPIPELINE`,
      },
    })
    expect(Object.isFrozen(fetched) && Object.isFrozen(fetched.attributes)).toBe(true)
    const copy = freshIndex(database.pool)
    await copy.create({ attributes: fetched.attributes })
    expect((await copy.fetch()).attributes).toMatchObject({ match_limit: 3, similarity_threshold: 0.25 })
  })

  it('has its documents loaded when it was waited for, and leaves the profile alone', async () => {
    await using database = await openDatabase()
    const index = await createdIndex(database.pool)
    const count = await database.pool.withConnection(async (connection) => {
      const { rows } = await connection.execute<[number]>(`SELECT COUNT(*) FROM ${index.name}$vectab`)
      return rows?.[0]?.[0]
    })
    expect(count).toBe(1)
    const { attributes } = await database.pool.profile('OCI_AI_PROFILE').fetch()
    expect(attributes).not.toHaveProperty('vector_index_name')
  })

  it('is what its profile answers from when that is asked for', async () => {
    await using database = await openDatabase()
    const profile = database.pool.profile('linked')
    await profile.create({ attributes: { provider: 'oci', credential_name: 'OCI$RESOURCE_PRINCIPAL' } })
    const index = freshIndex(database.pool)
    const options = { waitForCompletion: true, linkProfile: true }
    await index.create({ attributes: attributesWith({ profile_name: 'linked' }) }, options)
    expect((await profile.fetch()).attributes).toMatchObject({ vector_index_name: index.name })
    const other = freshIndex(database.pool)
    await other.createOrReplace({ attributes: attributesWith({ profile_name: 'linked' }) }, options)
    expect((await profile.fetch()).attributes).toMatchObject({ vector_index_name: other.name })
  })

  it('loads and answers nothing while it is disabled', async () => {
    await using database = await openDatabase()
    const index = freshIndex(database.pool)
    await index.create({ attributes: attributesWith(), enabled: false })
    expect(await index.fetch()).toMatchObject({ status: 'disabled' })
    expect(await index.refreshTimes()).toMatchObject({ lastRefresh: undefined, pipelineStatus: 'stopped' })
    const profile = await readerOf(database.pool, index)
    await expect(profile.narrate('When does the workshop open?')).rejects.toBeInstanceOf(VectorIndexNotFoundError)
  })

  it('is not created twice, nor over a table that was left behind', async () => {
    await using database = await openDatabase()
    const index = await createdIndex(database.pool)
    const again = index.create({ attributes: attributesWith() })
    await expect(again).rejects.toBeInstanceOf(VectorIndexExistsError)
    await expect(again).rejects.toMatchObject({ index: index.name, cause: { errorNum: 20048 } })
    await index.delete({ includeData: false })
    const onTop = index.create({ attributes: attributesWith() })
    await expect(onTop).rejects.toBeInstanceOf(VectorTableExistsError)
    await expect(onTop).rejects.toMatchObject({ index: index.name, cause: { errorNum: 955 } })
  })

  it.each([
    ['an unknown attribute', { nonsense: 1 }, 'nonsense', 20048],
    ['a value out of range', { match_limit: 9000 }, 'match_limit', 20048],
  ])('is refused by the database with %s, and then is not there', async (_, refused, attribute, errorNum) => {
    await using database = await openDatabase()
    const index = freshIndex(database.pool)
    const attempt = index.create({ attributes: attributesWith(refused) })
    await expect(attempt).rejects.toBeInstanceOf(InvalidAttributeError)
    const expected = { kind: 'vector index', object: index.name, attribute, cause: { errorNum } }
    await expect(attempt).rejects.toMatchObject(expected)
    await expect(index.fetch()).rejects.toBeInstanceOf(VectorIndexNotFoundError)
  })

  it('needs a profile that exists, and the privilege for pipelines', async () => {
    await using database = await openDatabase({ emulator: {} })
    const { pool } = database
    const orphan = freshIndex(pool).create({ attributes: attributesWith({ profile_name: 'nobody' }) })
    await expect(orphan).rejects.toBeInstanceOf(ProfileNotFoundError)
    await expect(orphan).rejects.toMatchObject({ profile: 'nobody' })
    const admin = await database.createPool({ user: 'ADMIN', password: 'demo' })
    await admin.withConnection((connection) => connection.execute('REVOKE EXECUTE ON DBMS_CLOUD_PIPELINE FROM demo'))
    await expect(freshIndex(pool).create({ attributes: attributesWith() })).rejects.toBeInstanceOf(PrivilegeError)
  })

  it('is there all the same when its documents cannot be loaded', async () => {
    await using database = await openDatabase()
    const index = freshIndex(database.pool)
    const attributes = attributesWith({ location: `${server.origin}/missing.txt` })
    const waiting = index.create({ attributes }, { waitForCompletion: true })
    await expect(waiting).rejects.toBeInstanceOf(ProviderError)
    await expect(waiting).rejects.toMatchObject({ cause: { errorNum: 20404 } })
    expect(await index.fetch()).toMatchObject({ status: 'enabled' })
  })

  it('is waited for no longer than the budget or the signal allows, and then goes on loading', async () => {
    await using database = await openDatabase()
    const attributes = attributesWith({ location: `${server.origin}/never.txt` })
    const late = freshIndex(database.pool)
    const waiting = late.create({ attributes }, { waitForCompletion: true, timeoutMs: 1500 })
    await expect(waiting).rejects.toBeInstanceOf(CallTimeoutError)
    expect(await late.refreshTimes()).toMatchObject({ pipelineStatus: 'started' })
    const aborted = freshIndex(database.pool)
    const controller = new AbortController()
    const onPhase = () => controller.abort()
    const call = aborted.create({ attributes }, { waitForCompletion: true, signal: controller.signal, onPhase })
    await expect(call).rejects.toBeInstanceOf(CallAbortedError)
    await late.delete()
    await aborted.delete({ force: true })
  })

  it.each<[string, unknown, string]>([
    ['no definition', undefined, 'definition'],
    ['an unknown part', { attributes: {}, nonsense: 1 }, 'definition.nonsense'],
    ['no attributes', {}, 'definition.attributes'],
    ['no location', { attributes: { profile_name: 'P' } }, 'definition.attributes'],
    ['no profile', { attributes: { location: 'here' } }, 'definition.attributes'],
    [
      'a number as text',
      { attributes: { location: 'l', profile_name: 'P', match_limit: '5' } },
      'definition.attributes.match_limit',
    ],
    [
      'an unknown metric',
      { attributes: { location: 'l', profile_name: 'P', vector_distance_metric: 'mile' } },
      'definition.attributes.vector_distance_metric',
    ],
    [
      'NULL',
      { attributes: { location: 'l', profile_name: 'P', chunk_size: null } },
      'definition.attributes.chunk_size',
    ],
    [
      'a long description',
      { attributes: { location: 'l', profile_name: 'P' }, description: 'x'.repeat(4001) },
      'definition.description',
    ],
    [
      'enabled that is no boolean',
      { attributes: { location: 'l', profile_name: 'P' }, enabled: 'yes' },
      'definition.enabled',
    ],
  ])('is refused for %s before anything is sent', async (_, definition, argument) => {
    await using database = await openDatabase()
    const index = freshIndex(database.pool)
    const before = roundTrips(database.emulator)
    for (const method of ['create', 'createOrReplace'] as const) {
      const attempt = index[method](definition as VectorIndexDefinition)
      await expect(attempt).rejects.toBeInstanceOf(SelectAIArgumentError)
      await expect(attempt).rejects.toMatchObject({ argument })
    }
    expect(roundTrips(database.emulator)).toBe(before)
  })
})

describe('a vector index that is replaced', () => {
  it('has nothing left of the old one', async () => {
    await using database = await openDatabase()
    const index = freshIndex(database.pool)
    await index.createOrReplace({ attributes: attributesWith({ match_limit: 2 }), description: 'old' })
    await index.createOrReplace({ attributes: attributesWith() }, { waitForCompletion: true })
    const fetched = await index.fetch()
    expect(fetched).not.toHaveProperty('description')
    expect(fetched.attributes).not.toHaveProperty('match_limit')
  })

  it('is told to be gone when the database refuses the replacement', async () => {
    await using database = await openDatabase()
    const index = await createdIndex(database.pool)
    const attempt = index.createOrReplace({ attributes: attributesWith({ nonsense: 1 }) }, { linkProfile: true })
    await expect(attempt).rejects.toBeInstanceOf(VectorIndexReplaceError)
    await expect(attempt).rejects.toMatchObject({
      index: index.name,
      cause: { code: 'INVALID_ATTRIBUTE', attribute: 'nonsense', cause: { errorNum: 20048 } },
    })
    await expect(index.fetch()).rejects.toBeInstanceOf(VectorIndexNotFoundError)
    const first = index.createOrReplace({ attributes: attributesWith({ nonsense: 1 }) })
    await expect(first).rejects.toBeInstanceOf(InvalidAttributeError)
  })

  it('is there when only its documents cannot be loaded', async () => {
    await using database = await openDatabase()
    const index = await createdIndex(database.pool)
    const attributes = attributesWith({ location: `${server.origin}/missing.txt` })
    const attempt = index.createOrReplace({ attributes }, { waitForCompletion: true })
    await expect(attempt).rejects.toBeInstanceOf(ProviderError)
    expect((await index.fetch()).attributes.location).toBe(attributes.location)
  })
})

describe('a vector index', () => {
  it('is enabled and disabled, also when it is so already', async () => {
    await using database = await openDatabase()
    const index = await createdIndex(database.pool)
    await index.enable()
    await index.disable()
    await index.disable()
    expect(await index.fetch()).toMatchObject({ status: 'disabled' })
    await index.enable()
    expect(await index.fetch()).toMatchObject({ status: 'enabled' })
  })

  it('has one attribute or several changed, all or none', async () => {
    await using database = await openDatabase()
    const index = await createdIndex(database.pool)
    await index.setAttribute('similarity_threshold', 0.5)
    await index.setAttributes({ match_limit: 7, refresh_rate: 60 })
    expect((await index.fetch()).attributes).toMatchObject({
      similarity_threshold: 0.5,
      match_limit: 7,
      refresh_rate: 60,
    })
    const fixed = index.setAttributes({ match_limit: 9, location: 'elsewhere' })
    await expect(fixed).rejects.toBeInstanceOf(InvalidAttributeError)
    await expect(fixed).rejects.toMatchObject({ attribute: 'location', cause: { errorNum: 20047 } })
    await expect(index.setAttribute('nonsense', 'x')).rejects.toMatchObject({ attribute: 'nonsense' })
    expect((await index.fetch()).attributes).toMatchObject({ match_limit: 7 })
    await expect(index.setAttribute('match_limit', '9')).rejects.toMatchObject({ argument: 'value' })
    await expect(index.setAttribute('a b', 9)).rejects.toMatchObject({ argument: 'name' })
    await expect(index.setAttributes({})).rejects.toMatchObject({ argument: 'attributes' })
  })

  it('loads what is new when it is refreshed, and is refreshed again later', async () => {
    await using database = await openDatabase()
    const start = Date.now()
    const index = await createdIndex(database.pool, { location: `${server.origin}/news.txt`, refresh_rate: 30 })
    const profile = await readerOf(database.pool, index)
    server.documents['news.txt'] = 'Swans live on the lake.'
    expect((await profile.runSql('Where are the swans?')).rows).toEqual([])
    await index.refresh()
    expect((await profile.runSql('Where are the swans?')).rows).toMatchObject([{ data: 'Swans live on the lake.' }])
    const times = await index.refreshTimes()
    expect(times).toMatchObject({ pipelineStatus: 'started', statusTable: expect.stringContaining('_STATUS') })
    expect(times.pipeline).toBe(`${index.name.toUpperCase()}$VECPIPELINE`)
    expect(times.lastRefresh?.getTime()).toBeGreaterThanOrEqual(start)
    expect(times.lastRefresh?.getTime()).toBeLessThanOrEqual(Date.now())
    expect(Number(times.nextRefresh) - Number(times.lastRefresh)).toBe(30 * 60_000)
    delete server.documents['news.txt']
    await expect(index.refresh()).rejects.toBeInstanceOf(ProviderError)
    expect(await index.refreshTimes()).toMatchObject({ pipelineStatus: 'started' })
    await index.disable()
    await expect(index.refresh()).rejects.toBeInstanceOf(ProviderError)
    expect(await index.refreshTimes()).toMatchObject({ pipelineStatus: 'stopped', nextRefresh: undefined })
  })

  it('is shared with other users, who find it under the name of its owner', async () => {
    const users = [{ user: 'OTHER', password: 'other' }]
    await using database = await openDatabase({ emulator: { users } })
    const index = await createdIndex(database.pool)
    const others = await database.createPool({ user: 'OTHER', password: 'other' })
    const shared = others.vectorIndex(index.name, { owner: 'demo' })
    await expect(shared.fetch()).rejects.toBeInstanceOf(VectorIndexNotFoundError)
    await index.grantAccess('OTHER')
    expect(await shared.fetch()).toMatchObject({ owner: 'DEMO', name: index.name.toUpperCase() })
    const reader = others.profile('reader')
    await reader.create({
      attributes: {
        provider: 'oci',
        credential_name: 'OCI$RESOURCE_PRINCIPAL',
        vector_index_name: shared.qualifiedName,
      },
    })
    expect((await reader.narrateWithSources('When does the workshop open?')).sources).toHaveLength(1)
    await index.revokeAccess('OTHER')
    await expect(shared.fetch()).rejects.toBeInstanceOf(VectorIndexNotFoundError)
    await expect(index.grantAccess('nobody')).rejects.toBeInstanceOf(UserNotFoundError)
    await expect(index.revokeAccess('OTHER')).rejects.toBeInstanceOf(DatabaseError)
    await expect(index.grantAccess(' ')).rejects.toMatchObject({ argument: 'userOrRole' })
  })

  it('is listed among those of its owner, as far as they are shared', async () => {
    const users = [{ user: 'OTHER', password: 'other' }]
    await using database = await openDatabase({ emulator: { users } })
    const shared = await createdIndex(database.pool)
    const own = await createdIndex(database.pool)
    const long = 'long '.repeat(400)
    await shared.createOrReplace({ attributes: attributesWith(), description: long })
    await shared.grantAccess('OTHER')
    const others = await database.createPool({ user: 'OTHER', password: 'other' })
    expect(await others.listVectorIndexes()).toEqual([])
    const found = await others.listVectorIndexes({ owner: 'demo' })
    expect(found).toEqual([await others.vectorIndex(shared.name, { owner: 'DEMO' }).fetch()])
    expect(found[0]).toMatchObject({ owner: 'DEMO', name: shared.name.toUpperCase(), description: long })
    const mine = await database.pool.listVectorIndexes({ owner: 'DEMO', pattern: `^${own.name}$` })
    expect(mine).toMatchObject([{ owner: 'DEMO', name: own.name.toUpperCase() }])
    const before = roundTrips(database.emulator)
    await database.pool.listVectorIndexes({ owner: 'DEMO', pattern: `^${own.name}$` })
    expect(roundTrips(database.emulator) - before).toBe(1)
  })

  it('has the same name however its owner is given', async () => {
    await using database = await openDatabase({ pool: { verify: 'none' } })
    const { pool } = database
    for (const index of [
      pool.vectorIndex('APP.HANDBOOK'),
      pool.vectorIndex('HANDBOOK', { owner: 'APP' }),
      pool.vectorIndex('App.HANDBOOK', { owner: 'APP' }),
    ]) {
      expect(index).toMatchObject({ name: 'HANDBOOK', owner: 'APP', qualifiedName: 'APP.HANDBOOK' })
    }
    expect(pool.vectorIndex('HANDBOOK')).toMatchObject({ owner: undefined, qualifiedName: 'HANDBOOK' })
    const attempts: [string, () => unknown][] = [
      ['options.owner', () => pool.vectorIndex('HANDBOOK', { owner: 'a b' })],
      ['options.owner', () => pool.vectorIndex('APP.HANDBOOK', { owner: 'DEMO' })],
      ['options.schema', () => pool.vectorIndex('HANDBOOK', { schema: 'DEMO' } as object)],
      ['options', () => pool.vectorIndex('HANDBOOK', null as unknown as object)],
      ['options.owner', () => pool.listVectorIndexes({ owner: '' })],
    ]
    for (const [argument, attempt] of attempts) {
      await expect((async () => attempt())()).rejects.toMatchObject({ code: 'INVALID_ARGUMENT', argument })
    }
  })

  it('is deleted, and with force also when it is gone', async () => {
    await using database = await openDatabase()
    const index = await createdIndex(database.pool)
    await index.delete()
    await expect(index.fetch()).rejects.toBeInstanceOf(VectorIndexNotFoundError)
    await expect(index.delete()).rejects.toMatchObject({ index: index.name, cause: { errorNum: 20048 } })
    await index.delete({ force: true })
  })

  const calls: [string, (index: VectorIndex) => Promise<unknown>][] = [
    ['setAttribute', (index) => index.setAttribute('match_limit', 1)],
    ['setAttributes', (index) => index.setAttributes({ match_limit: 1 })],
    ['fetch', (index) => index.fetch()],
    ['enable', (index) => index.enable()],
    ['disable', (index) => index.disable()],
    ['refresh', (index) => index.refresh()],
    ['refreshTimes', (index) => index.refreshTimes()],
    ['grantAccess', (index) => index.grantAccess('ADMIN')],
    ['revokeAccess', (index) => index.revokeAccess('ADMIN')],
    ['delete', (index) => index.delete()],
  ]

  it.each(calls)('that does not exist shows in %s', async (_, call) => {
    await using database = await openDatabase()
    const attempt = call(database.pool.vectorIndex('nowhere'))
    await expect(attempt).rejects.toBeInstanceOf(VectorIndexNotFoundError)
    await expect(attempt).rejects.toMatchObject({ index: 'nowhere' })
  })

  it.each(calls.filter(([name]) => name !== 'fetch'))('of another owner cannot be given to %s', async (_, call) => {
    await using database = await openDatabase()
    const before = roundTrips(database.emulator)
    await expect(call(database.pool.vectorIndex('sh.v'))).rejects.toMatchObject({ argument: 'vectorIndex' })
    expect(roundTrips(database.emulator)).toBe(before)
  })

  it('has a name and options that are checked before anything is sent', async () => {
    await using database = await openDatabase()
    for (const name of ['', '1a', 'a b', 'a.b.c', 'é'.repeat(70)]) {
      expect(() => database.pool.vectorIndex(name)).toThrow(SelectAIArgumentError)
    }
    const index = database.pool.vectorIndex('v')
    const before = roundTrips(database.emulator)
    const attributes = attributesWith()
    const options = (value: object) => value as never
    for (const [attempt, argument] of [
      [index.create({ attributes }, options({ wait: true })), 'options.wait'],
      [index.create({ attributes }, options({ waitForCompletion: 'yes' })), 'options.waitForCompletion'],
      [index.createOrReplace({ attributes }, options({ linkProfile: 1 })), 'options.linkProfile'],
      [index.delete(options({ includeData: 0 })), 'options.includeData'],
      [index.delete(options({ force: null })), 'options.force'],
      [index.fetch(options({ nonsense: 1 })), 'options.nonsense'],
      [index.refreshTimes(options({ timeoutMs: 0 })), 'options.timeoutMs'],
      [database.pool.listVectorIndexes({ pattern: '' }), 'options.pattern'],
    ] as const) {
      await expect(attempt).rejects.toMatchObject({ argument })
    }
    expect(roundTrips(database.emulator)).toBe(before)
  })
})

describe('the list of vector indexes', () => {
  it('has those whose names match, with all attributes and long texts, in one round trip or three', async () => {
    await using database = await openDatabase({ emulator: {}, pool: { poolMax: 1 } })
    const { pool } = database
    const attributes = attributesWith()
    for (const name of ['list_b', 'list_a', 'unlisted'])
      await pool.vectorIndex(name).create({ attributes, enabled: false })
    const list = () => pool.listVectorIndexes({ pattern: '^LIST' })
    await list()
    const before = roundTrips(database.emulator)
    expect((await list()).map(({ name }) => name)).toEqual(['LIST_A', 'LIST_B'])
    expect(roundTrips(database.emulator) - before).toBe(1)
    const description = 'x'.repeat(3000)
    await pool.vectorIndex('list_c').create({ attributes, description })
    expect(await list()).toMatchObject([{}, {}, { name: 'LIST_C', description, attributes }])
    expect(await pool.listVectorIndexes()).toHaveLength(4)
    await expect(pool.listVectorIndexes({ pattern: '(' })).rejects.toBeInstanceOf(SelectAIArgumentError)
  })
})

describe('the statements of vector indexes', () => {
  it('leave out the texts that are too long for them, and no others', () => {
    const texts = Object.values(statements).filter((text) => text.includes('longest_text'))
    const limits = texts.flatMap((text) =>
      [...text.matchAll(/<= (\d+) THEN TO_CHAR/g)].map(([, limit]) => Number(limit)),
    )
    expect(limits).toEqual(Array.from({ length: 8 }, () => shortTextCharacters))
  })
})
