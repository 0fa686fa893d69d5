import { afterAll, beforeAll, describe, expect, test } from 'vitest'
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

const ofAgents = async (type: string, name: string, params: string | null = null, through = database.connection) => {
  const sql = 'SELECT DBMS_CLOUD_AI_AGENT.GET_DEFINITION(:type, :name, :params) AS text FROM dual'
  const [row] = await database.select(sql, { type, name, params }, through)
  return String(row?.TEXT)
}

const namesIn = (block: string) => [...block.matchAll(/_name => '(\w+)'/g)].map(([, name]) => name)

describe('GET_DEFINITION of agents', () => {
  beforeAll(async () => {
    const create = (kind: string, name: string, attributes: object) =>
      database.call(`DBMS_CLOUD_AI_AGENT.CREATE_${kind}`, {
        [`${kind.toLowerCase()}_name`]: name,
        attributes: JSON.stringify(attributes),
      })
    await database.profile('helper')
    await create('AGENT', 'guest', { profile_name: 'helper', role: 'x' })
    await create('AGENT', 'host', { profile_name: 'GUIDE', role: 'x' })
    await create('TOOL', 'finder', { tool_type: 'RAG', tool_params: { profile_name: 'guide' } })
    await create('TASK', 'first', { instruction: 'x', tools: ['finder', 'absent'], input: 'second' })
    await create('TASK', 'second', { instruction: 'x', tools: ['FINDER'], input: 'FIRST' })
    await create('TEAM', 'crew', { agents: ['guest', 'host'].map((name) => ({ name, task: 'first' })) })
  })

  test.each([
    ['AGENT', 'host', ['HOST']],
    ['TOOL', 'finder', ['FINDER']],
    ['TASK', 'first', ['FIRST']],
    ['team', 'crew', ['CREW']],
  ])('tells a %s alone', async (type, name, names) => {
    expect(namesIn(await ofAgents(type, name))).toEqual(names)
    expect(namesIn(await ofAgents(type, name, '{"dependent_objects": false}'))).toEqual(names)
  })

  test.each([
    ['AGENT', 'host', ['GUIDE', 'GUIDE_INDEX', 'HOST']],
    ['TOOL', 'finder', ['GUIDE', 'GUIDE_INDEX', 'FINDER']],
    ['TASK', 'first', ['GUIDE', 'GUIDE_INDEX', 'FINDER', 'SECOND', 'FIRST']],
    ['team', 'crew', ['HELPER', 'GUIDE', 'GUIDE_INDEX', 'GUEST', 'FINDER', 'SECOND', 'FIRST', 'HOST', 'CREW']],
  ])('with dependent_objects tells a %s after what it needs, each once', async (type, name, names) => {
    expect(namesIn(await ofAgents(type, name, '{"dependent_objects": true}'))).toEqual(names)
  })

  test('fails as that of profiles does', async () => {
    await expect(ofAgents('AGENT', 'nobody')).rejects.toMatchObject({ errorNum: 20050 })
    await expect(ofAgents('TABLE', 'host')).rejects.toMatchObject({ errorNum: 20000 })
    await expect(ofAgents('AGENT', 'host', '[')).rejects.toMatchObject({ errorNum: 40441 })
  })
})

describe('GET_DEFINITION of pipelines', () => {
  const ofPipeline = async (name: string, params: string | null = null) => {
    const sql = 'SELECT DBMS_CLOUD_PIPELINE.GET_DEFINITION(pipeline_name => :name, params => :params) AS text FROM dual'
    const [row] = await database.select(sql, { name, params })
    return String(row?.TEXT)
  }

  test('tells the index that a pipeline comes with, and with dependent_objects the profile', async () => {
    expect(await ofPipeline('guide_index$vecpipeline')).toBe(await definition('VECTOR INDEX', 'guide_index'))
    const params = '{"dependent_objects": true}'
    expect(await ofPipeline('guide_index$vecpipeline', params)).toBe(
      await definition('VECTOR INDEX', 'guide_index', params),
    )
  })

  test.each([
    ['enabled', 'STOP_PIPELINE', 'STOPPED'],
    ['disabled', 'START_PIPELINE', 'STARTED'],
  ])('leaves the pipeline of an index that is %s as %s did', async (status, subprogram, outcome) => {
    const statusNow = async () =>
      (await database.select(`SELECT status FROM user_cloud_pipelines WHERE pipeline_name = 'ODD$VECPIPELINE'`))[0]
    await database.create('odd', {}, { status })
    await database.call(`DBMS_CLOUD_PIPELINE.${subprogram}`, { pipeline_name: 'ODD$VECPIPELINE' })
    const block = await ofPipeline('ODD$VECPIPELINE')
    await database.call('DROP_VECTOR_INDEX', { index_name: 'odd' })
    await database.connection.execute(block)
    expect(await statusNow()).toEqual({ STATUS: outcome })
    expect(await ofPipeline('ODD$VECPIPELINE')).toBe(block)
    await database.call('DROP_VECTOR_INDEX', { index_name: 'odd' })
  })

  test('fails for a pipeline that is not there', async () => {
    await expect(ofPipeline('NOBODY')).rejects.toMatchObject({ errorNum: 20044 })
  })
})
