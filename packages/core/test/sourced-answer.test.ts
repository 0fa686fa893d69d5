import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parseSources, VectorIndexNotFoundError } from '../src/index.ts'
import { type DocumentServer, serveDocuments } from './document-server.ts'
import { openDatabase } from './open-database.ts'

const store = 'https://objectstorage.us-ashburn-1.oraclecloud.com/n/my_namespace/b/my_bucket/o'

describe('parseSources', () => {
  it('takes the list off the end of an answer', () => {
    const text = [
      'The environments are:',
      ' 1. one',
      ' 2. two',
      '',
      'Sources:',
      `  - one.json (${store}/graph/one.json)`,
      `  - two (final).json (${store}/graph/two%20(final).json)`,
    ].join('\n')
    expect(parseSources(text)).toEqual({
      answer: 'The environments are:\n 1. one\n 2. two',
      sources: [
        { name: 'one.json', uri: `${store}/graph/one.json` },
        { name: 'two (final).json', uri: `${store}/graph/two%20(final).json` },
      ],
    })
  })

  it.each([
    ['[1-58]', [{ start: 1, end: 58 }]],
    [
      '[1-58, 100-230]',
      [
        { start: 1, end: 58 },
        { start: 100, end: 230 },
      ],
    ],
    ['(start_offset: 1, end_offset: 58)', [{ start: 1, end: 58 }]],
  ])('reads offsets written as %s', (written, offsets) => {
    expect(parseSources(`A.\n\nSources:\n  - one.txt (https://h/one.txt) ${written}`).sources).toEqual([
      { name: 'one.txt', uri: 'https://h/one.txt', offsets },
    ])
  })

  it.each([
    ['no list', 'There is nothing.'],
    ['nothing', ''],
    ['a heading alone', 'An answer.\n\nSources:'],
    ['a list that goes on as text', 'Sources:\n- wood\n- wind\n\nThose are the sources of energy.'],
    ['the word within a sentence', 'Sources: wood and wind.'],
  ])('leaves an answer with %s as it is', (_, text) => {
    expect(parseSources(text)).toEqual({ answer: text, sources: [] })
  })

  it('takes the last list, names without addresses, and lines that end as on Windows', () => {
    const text = 'Sources:\n- wood\n\nThat is all.\r\n\r\nSources:\r\n  - energy.txt\r\n'
    expect(parseSources(text)).toEqual({
      answer: 'Sources:\n- wood\n\nThat is all.',
      sources: [{ name: 'energy.txt' }],
    })
  })

  it('is quick with texts that are made to be slow', () => {
    const start = performance.now()
    parseSources(`${'Sources:\n'.repeat(20_000)}- ${'(a:('.repeat(20_000)}`)
    parseSources(`Sources:\n- x ${'(a:()'.repeat(20_000)} (a:${'()'.repeat(20_000)}`)
    expect(performance.now() - start).toBeLessThan(1000)
  })
})

describe('narrateWithSources', () => {
  let server: DocumentServer

  beforeAll(async () => {
    server = await serveDocuments({ 'handbook.txt': 'The workshop opens at eight.' })
  })
  afterAll(() => server[Symbol.asyncDispose]())

  it('gives the answer and its sources, with offsets when the profile asks for them', async () => {
    await using database = await openDatabase()
    const { pool } = database
    const uri = `${server.origin}/handbook.txt`
    const profile = pool.profile('handbook')
    await profile.create({
      attributes: { provider: 'oci', credential_name: 'OCI$RESOURCE_PRINCIPAL', enable_source_offsets: true },
    })
    const attributes = { location: uri, profile_name: 'handbook' }
    await pool.vectorIndex('handbook').create({ attributes }, { waitForCompletion: true, linkProfile: true })
    const narrated = await profile.narrateWithSources('When does the workshop open?')
    expect(narrated.answer).toMatch(/^echo of \d+ characters$/)
    expect(narrated.sources).toEqual([{ name: 'handbook.txt', uri, offsets: [{ start: 1, end: 28 }] }])
    const { rows } = await profile.runSql('When does the workshop open?')
    expect(rows).toMatchObject([{ data: 'The workshop opens at eight.', url: uri }])
    await profile.merge({ enable_sources: false })
    expect((await profile.narrateWithSources('When does the workshop open?')).sources).toEqual([])
  })

  it('gives no sources for a profile without a vector index', async () => {
    await using database = await openDatabase()
    const narrated = await database.pool.profile('OCI_AI_PROFILE').narrateWithSources('sql SELECT 1 AS one FROM dual')
    expect(narrated).toEqual({ answer: 'There are 1 rows.', sources: [] })
  })

  it('rejects when the index that the profile names is not there', async () => {
    await using database = await openDatabase()
    const profile = database.pool.profile('lost')
    await profile.create({
      attributes: { provider: 'oci', credential_name: 'OCI$RESOURCE_PRINCIPAL', vector_index_name: 'nowhere' },
    })
    const asked = profile.narrateWithSources('When does the workshop open?')
    await expect(asked).rejects.toBeInstanceOf(VectorIndexNotFoundError)
    await expect(asked).rejects.toMatchObject({ index: 'nowhere', cause: { errorNum: 20048 } })
  })
})
