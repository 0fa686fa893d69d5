import { afterAll, beforeAll, expect, test } from 'vitest'
import { mayBeCalled, openVectorDatabase, type VectorDatabase } from './vector-index-fixture.ts'

let database: VectorDatabase
beforeAll(async () => {
  database = await openVectorDatabase({ users: [{ user: 'OTHER', password: 'demo' }] })
  await database.profile('guide', { ...mayBeCalled, vector_index_name: 'guide_index' })
  await database.create('guide_index', { profile_name: 'GUIDE', location: 'handbook.txt' })
})
afterAll(() => database[Symbol.asyncDispose]())

const definition = async (type: string, name: string, params: string | null = null, through = database.connection) => {
  const sql =
    'SELECT DBMS_CLOUD_AI.GET_DEFINITION(object_type => :type, object_name => :name, params => :params) AS text FROM dual'
  const [row] = await database.select(sql, { type, name, params }, through)
  return String(row?.TEXT)
}

test('GET_DEFINITION tells a profile and a vector index as the block that creates them', async () => {
  expect(await definition('profile', 'guide')).toMatch(
    /^BEGIN\n {2}DBMS_CLOUD_AI\.CREATE_PROFILE\(\n {4}profile_name => 'GUIDE',\n {4}attributes => '\{.*\}'\);\nEND;$/,
  )
  expect(await definition('VECTOR INDEX', 'guide_index')).toMatch(
    /^BEGIN\n {2}DBMS_CLOUD_AI\.CREATE_VECTOR_INDEX\(\n {4}index_name => 'GUIDE_INDEX',\n {4}attributes => '\{.*\}'\);\nEND;$/,
  )
})

test('with dependent_objects the profile comes before what stands for it or upon it', async () => {
  const both = /CREATE_PROFILE\([^;]*'GUIDE'[\s\S]*CREATE_VECTOR_INDEX\([^;]*'GUIDE_INDEX'/
  const params = '{"dependent_objects": true}'
  expect(await definition('PROFILE', 'guide', params)).toMatch(both)
  expect(await definition('VECTOR_INDEX', 'guide_index', params)).toMatch(both)
})

test('it fails for objects that are not the own, for other types and for params that are none', async () => {
  await expect(definition('PROFILE', 'nobody')).rejects.toMatchObject({ errorNum: 20046 })
  await expect(definition('VECTOR INDEX', 'nobody')).rejects.toMatchObject({ errorNum: 20048 })
  await expect(definition('TABLE', 'guide')).rejects.toMatchObject({ errorNum: 20000 })
  await expect(definition('PROFILE', 'guide', '[')).rejects.toMatchObject({ errorNum: 40441 })
  const other = await database.connect('other')
  await expect(definition('PROFILE', 'guide', null, other)).rejects.toMatchObject({ errorNum: 20046 })
})
