import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { mayBeCalled, openVectorDatabase, type VectorDatabase } from './vector-index-fixture.ts'

let database: VectorDatabase

beforeAll(async () => {
  database = await openVectorDatabase({ users: [{ user: 'OTHER', password: 'demo' }] })
})
afterAll(() => database[Symbol.asyncDispose]())

const attributesOf = async (name: string) => {
  const rows = await database.select(
    'SELECT attribute_name AS name, attribute_value AS value FROM user_cloud_vector_index_attributes WHERE index_name = :name',
    { name },
  )
  return Object.fromEntries(rows.map(({ NAME, VALUE }) => [NAME, VALUE]))
}

describe('CREATE_VECTOR_INDEX', () => {
  test('makes an index with what was sent, a refresh rate and a pipeline, and loads the documents into a table', async () => {
    await database.create('made', { chunk_size: 60, chunk_overlap: 10 }, { description: 'The handbook' })
    expect(
      await database.select('SELECT index_name, status, description FROM user_cloud_vector_indexes'),
    ).toContainEqual({
      INDEX_NAME: 'MADE',
      STATUS: 'ENABLED',
      DESCRIPTION: 'The handbook',
    })
    expect(await attributesOf('MADE')).toEqual({
      location: 'handbook.txt',
      profile_name: 'OCI_AI_PROFILE',
      chunk_size: '60',
      chunk_overlap: '10',
      refresh_rate: '1440',
      pipeline_name: 'MADE$VECPIPELINE',
    })
    const rows = await database.select('SELECT content, attributes, embedding FROM made$vectab')
    expect(rows.length).toBeGreaterThan(2)
    expect(rows[0]?.CONTENT).toBe('The workshop opens at eight in the morning.')
    expect(JSON.parse(String(rows[0]?.ATTRIBUTES))).toEqual({
      object_name: 'handbook.txt',
      location_uri: expect.stringMatching(/^file:\/\/\/.*\/$/),
      object_size: 151,
      last_modified: expect.any(String),
      start_offset: 1,
      end_offset: 43,
    })
    expect(JSON.parse(String(rows[0]?.EMBEDDING))).toHaveLength(1024)
  })

  test('keeps the table name and the dimension that it is given', async () => {
    await database.create('named', { vector_table_name: 'my_chunks', vector_dimension: 16 })
    const [row] = await database.select('SELECT embedding FROM my_chunks')
    expect(JSON.parse(String(row?.EMBEDDING))).toHaveLength(16)
    await database.call('DROP_VECTOR_INDEX', { index_name: 'named' })
    await expect(database.select('SELECT * FROM my_chunks')).rejects.toMatchObject({ errorNum: 942 })
  })

  test.each([
    ['an unknown attribute', { current_version: 'Y' }, 20048, 'Invalid vector index attribute - current_version'],
    ['a pipeline of its own', { pipeline_name: 'P' }, 20048, 'Invalid vector index attribute - pipeline_name'],
    ['too many matches', { match_limit: 8193 }, 20048, 'match_limit'],
    ['a number that is none', { chunk_size: 'big' }, 20048, 'chunk_size'],
    ['NULL', { match_limit: null }, 20048, 'match_limit'],
    ['an overlap that is no less than the size', { chunk_size: 10, chunk_overlap: 10 }, 20048, 'chunk_overlap'],
    ['an unknown metric', { vector_distance_metric: 'miles' }, 20048, 'vector_distance_metric'],
    ['another kind of database', { vector_db_provider: 'other' }, 20048, 'vector_db_provider'],
    ['no location', { location: undefined }, 20048, 'Missing vector index attribute - location'],
    ['a profile name that is too long', { profile_name: 'P'.repeat(129) }, 20048, 'profile_name'],
    ['a profile that does not exist', { profile_name: 'NOBODY' }, 20046, 'Invalid profile NOBODY'],
  ])('refuses %s', async (_, attributes, errorNum, message) => {
    await expect(database.create('refused', attributes)).rejects.toMatchObject({
      errorNum,
      message: expect.stringContaining(message),
    })
    expect(await database.select(`SELECT table_name FROM user_tables WHERE table_name LIKE 'REFUSED%'`)).toEqual([])
  })

  test.each([
    ['no name', '', 'Missing vector index name'],
    ['a bad name', 'a-b', 'Invalid vector index name - a-b'],
  ])('refuses %s', async (_, name, message) => {
    await expect(database.create(name)).rejects.toMatchObject({
      errorNum: 20048,
      message: expect.stringContaining(message),
    })
  })

  test('refuses a name that is taken, a description that is too long and a table that was left behind', async () => {
    await database.create('twice')
    await expect(database.create('TWICE')).rejects.toMatchObject({
      errorNum: 20048,
      message: expect.stringContaining('Vector Index TWICE already exists'),
    })
    await expect(database.create('long', {}, { description: 'x'.repeat(5000) })).rejects.toMatchObject({
      errorNum: 20045,
    })
    await database.call('DROP_VECTOR_INDEX', { index_name: 'twice', include_data: false })
    await expect(database.create('twice')).rejects.toMatchObject({ errorNum: 955 })
    await database.connection.execute('DROP TABLE twice$vectab')
    await database.create('twice')
  })

  test('needs a profile whose provider may be called', async () => {
    await database.call('CREATE_PROFILE', { profile_name: 'KEYLESS', attributes: '{"provider": "openai"}' })
    await expect(database.create('keyless', { profile_name: 'KEYLESS' })).rejects.toMatchObject({ errorNum: 20010 })
    await expect(database.select('SELECT * FROM keyless$vectab')).rejects.toMatchObject({ errorNum: 942 })
  })

  test('keeps a profile whose provider may be called', async () => {
    await database.create('keeper')
    const set = (attribute_value: string) =>
      database.call('UPDATE_VECTOR_INDEX', { index_name: 'keeper', attribute_name: 'profile_name', attribute_value })
    await expect(set('KEYLESS')).rejects.toMatchObject({ errorNum: 20010 })
    await expect(set('NOBODY')).rejects.toMatchObject({
      errorNum: 20046,
      message: expect.stringContaining('Invalid profile NOBODY'),
    })
    const attributes = JSON.stringify({ match_limit: 3, PROFILE_NAME: 'NOBODY' })
    const several = database.call('UPDATE_VECTOR_INDEX', { index_name: 'keeper', attributes })
    await expect(several).rejects.toMatchObject({ errorNum: 20046 })
    const kept = await database.select(
      `SELECT attribute_name, attribute_value FROM user_cloud_vector_index_attributes
        WHERE index_name = 'KEEPER' AND attribute_name IN ('match_limit', 'profile_name')`,
    )
    expect(kept).toEqual([{ ATTRIBUTE_NAME: 'profile_name', ATTRIBUTE_VALUE: 'OCI_AI_PROFILE' }])
  })

  test('needs EXECUTE on DBMS_CLOUD_PIPELINE', async () => {
    const admin = await database.connect('ADMIN')
    await admin.execute('REVOKE EXECUTE ON DBMS_CLOUD_PIPELINE FROM demo')
    await expect(database.create('without')).rejects.toMatchObject({
      errorNum: 6550,
      message: expect.stringContaining(`PLS-00201: identifier 'DBMS_CLOUD_PIPELINE' must be declared`),
    })
    await admin.execute('GRANT EXECUTE ON DBMS_CLOUD_PIPELINE TO demo')
    await database.create('without')
  })
})

describe('an index', () => {
  test('is enabled and disabled once', async () => {
    await database.create('switch', {}, { status: 'disabled' })
    const status = async () =>
      (await database.select(`SELECT status FROM user_cloud_pipelines WHERE pipeline_name = 'SWITCH$VECPIPELINE'`))[0]
    expect(await status()).toEqual({ STATUS: 'STOPPED' })
    await database.call('ENABLE_VECTOR_INDEX', { index_name: 'switch' })
    expect(await status()).toEqual({ STATUS: 'STARTED' })
    await expect(database.call('ENABLE_VECTOR_INDEX', { index_name: 'switch' })).rejects.toMatchObject({
      errorNum: 20000,
      message: expect.stringContaining('Vector Index is already in the desired status'),
    })
    await database.call('DISABLE_VECTOR_INDEX', { index_name: 'switch' })
    await expect(database.call('DISABLE_VECTOR_INDEX', { index_name: 'switch' })).rejects.toMatchObject({
      errorNum: 20000,
    })
  })

  test('is changed by one attribute or by several, where it can be', async () => {
    await database.create('changed')
    await database.call('UPDATE_VECTOR_INDEX', {
      index_name: 'changed',
      attribute_name: 'match_limit',
      attribute_value: '7',
    })
    await database.call('UPDATE_VECTOR_INDEX', {
      index_name: 'changed',
      attributes: '{"similarity_threshold": 0.5, "refresh_rate": 60}',
    })
    expect(await attributesOf('CHANGED')).toMatchObject({
      match_limit: '7',
      similarity_threshold: '0.5',
      refresh_rate: '60',
    })
    const update = (attributes: string) => database.call('UPDATE_VECTOR_INDEX', { index_name: 'changed', attributes })
    await expect(update('{"match_limit": 9, "chunk_size": 10}')).rejects.toMatchObject({ errorNum: 20047 })
    await expect(update('{"match_limit": 9, "description": "x"}')).rejects.toMatchObject({ errorNum: 20048 })
    await database.connection.execute(
      `BEGIN DBMS_CLOUD_AI.UPDATE_VECTOR_INDEX('changed', '{"refresh_rate": 61}'); END;`,
    )
    await database.connection.execute(
      "BEGIN DBMS_CLOUD_AI.UPDATE_VECTOR_INDEX('changed', 'similarity_threshold', 0.6); END;",
    )
    expect(await attributesOf('CHANGED')).toMatchObject({ similarity_threshold: '0.6', refresh_rate: '61' })
    expect(await attributesOf('CHANGED')).toMatchObject({ match_limit: '7' })
  })

  test.each([
    ['DROP_VECTOR_INDEX', {}],
    ['ENABLE_VECTOR_INDEX', {}],
    ['DISABLE_VECTOR_INDEX', {}],
    ['UPDATE_VECTOR_INDEX', { attributes: '{"match_limit": 1}' }],
    ['GRANT_VECTOR_INDEX_ACCESS', { user_or_role_name: 'OTHER' }],
    ['REVOKE_VECTOR_INDEX_ACCESS', { user_or_role_name: 'OTHER' }],
  ])('that does not exist cannot be given to %s', async (name, more) => {
    await expect(database.call(name, { index_name: 'nowhere', ...more })).rejects.toMatchObject({
      errorNum: 20048,
      message: expect.stringContaining('nowhere does not exist'),
    })
  })

  test('is dropped with its tables, and with force also when it or they are gone', async () => {
    await database.create('gone')
    await database.connection.execute('DROP TABLE gone$vectab')
    await expect(database.call('DROP_VECTOR_INDEX', { index_name: 'gone' })).rejects.toMatchObject({ errorNum: 942 })
    await database.call('DROP_VECTOR_INDEX', { index_name: 'gone', force: true })
    await database.call('DROP_VECTOR_INDEX', { index_name: 'gone', force: true })
    expect(await database.select(`SELECT 1 FROM user_cloud_pipelines WHERE pipeline_name LIKE 'GONE%'`)).toEqual([])
  })

  test('is searched and seen by those whom its owner lets', async () => {
    await database.create('shared')
    const other = await database.connect('OTHER')
    const seen = (view: string, through = other) =>
      database.select(`SELECT owner, index_name FROM ${view} WHERE index_name = 'SHARED'`, {}, through)
    const attributes = JSON.stringify({ ...mayBeCalled, vector_index_name: 'DEMO.SHARED' })
    await database.call('CREATE_PROFILE', { profile_name: 'reader', attributes }, other)
    const ask = () => database.ask('reader', 'When does the workshop open?', 'narrate', other)
    expect(await seen('all_cloud_vector_indexes')).toEqual([])
    await expect(ask()).rejects.toMatchObject({ errorNum: 20048 })
    await database.call('GRANT_VECTOR_INDEX_ACCESS', { index_name: 'shared', user_or_role_name: 'other' })
    expect(await seen('all_cloud_vector_indexes')).toEqual([{ OWNER: 'DEMO', INDEX_NAME: 'SHARED' }])
    expect(await ask()).toContain('opens at eight')
    await database.call('REVOKE_VECTOR_INDEX_ACCESS', { index_name: 'shared', user_or_role_name: 'other' })
    expect(await seen('all_cloud_vector_indexes')).toEqual([])
    const admin = await database.connect('ADMIN')
    await expect(seen('dba_cloud_vector_indexes')).rejects.toMatchObject({ errorNum: 942 })
    expect(await seen('dba_cloud_vector_indexes', admin)).toEqual([{ OWNER: 'DEMO', INDEX_NAME: 'SHARED' }])
    const grant = (grantee: string) =>
      database.call('GRANT_VECTOR_INDEX_ACCESS', { index_name: 'shared', user_or_role_name: grantee })
    await expect(grant('nobody')).rejects.toMatchObject({ errorNum: 1917 })
    const revoke = { index_name: 'shared', user_or_role_name: 'other' }
    await expect(database.call('REVOKE_VECTOR_INDEX_ACCESS', revoke)).rejects.toMatchObject({ errorNum: 1927 })
  })
})
