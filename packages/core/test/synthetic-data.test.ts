import { describe, expect, it } from 'vitest'
import {
  CallAbortedError,
  CallTimeoutError,
  DatabaseError,
  PrivilegeError,
  ProfileNotFoundError,
  ProviderError,
  SelectAIArgumentError,
  type SelectAIPool,
  type SyntheticDataRequest,
} from '../src/index.ts'
import { idle, type OpenDatabase, openDatabase, roundTrips } from './open-database.ts'

const name = 'OCI_AI_PROFILE'

/** A database with a table of directors and one of their movies. */
async function openFilms(): Promise<OpenDatabase> {
  const database = await openDatabase({ emulator: {} })
  await database.pool.withConnection(async (connection) => {
    await connection.execute('CREATE TABLE director (id NUMBER(3) PRIMARY KEY, name VARCHAR2(40) NOT NULL)')
    await connection.execute(
      'CREATE TABLE movie (id NUMBER PRIMARY KEY, title VARCHAR2(40), released DATE, director_id NUMBER NOT NULL REFERENCES director)',
    )
  })
  return database
}

async function count(pool: SelectAIPool, query: string): Promise<number | undefined> {
  const { rows } = await pool.withConnection((connection) => connection.execute<[number]>(query))
  return rows?.[0]?.[0]
}

describe('synthetic data', () => {
  it('fills a table with as many rows as asked for, and tells of the operation', async () => {
    await using database = await openFilms()
    const { pool } = database
    const operation = await pool.profile(name).generateSyntheticData({ objectName: 'director', recordCount: 25 })
    expect(operation).toEqual({
      id: expect.any(Number),
      status: 'COMPLETED',
      rowsLoaded: 25,
      statusTable: `SYNTHETIC_DATA$${operation?.id}_STATUS`,
    })
    expect(Object.isFrozen(operation)).toBe(true)
    expect(await count(pool, 'SELECT COUNT(*) FROM director')).toBe(25)
    expect(await count(pool, `SELECT MAX(rows_loaded) FROM ${operation?.statusTable}`)).toBe(25)
    const none = await pool.profile(name).generateSyntheticData({ objectName: 'director', recordCount: 0 })
    expect(none?.rowsLoaded).toBe(0)
  })

  it('fills several tables, each with rows as it is asked for', async () => {
    await using database = await openFilms()
    const { pool } = database
    const operation = await pool.profile(name).generateSyntheticData({
      objectList: [
        { owner: 'DEMO', name: 'MOVIE', recordCount: 40, userPrompt: 'Released between 2010 and 2012' },
        { owner: 'DEMO', name: 'DIRECTOR', recordCount: 5 },
      ],
      params: { sampleRows: 1, tableStatistics: false, priority: 'LOW', comments: true },
    })
    expect(operation).toMatchObject({ status: 'COMPLETED', rowsLoaded: 45 })
    const query = 'SELECT COUNT(*) FROM movie m JOIN director d ON d.id = m.director_id'
    expect(await count(pool, `${query} WHERE EXTRACT(YEAR FROM released) BETWEEN 2010 AND 2012`)).toBe(40)
  })

  it('takes owner, wish and parameters for one table too, and sends what is given', async () => {
    await using database = await openFilms()
    const request = {
      objectName: 'DIRECTOR',
      ownerName: 'DEMO',
      recordCount: 3,
      userPrompt: "name is 'Ada'",
      params: { sampleRows: 0, priority: 'MEDIUM' },
    } as const
    await database.pool.profile(name).generateSyntheticData(request)
    expect(await count(database.pool, "SELECT COUNT(*) FROM director WHERE name = 'Ada'")).toBe(3)
    const [sent] = database.emulator.ledger.sessions
      .flatMap(({ statements }) => statements)
      .filter(({ sql }) => sql.includes('GENERATE_SYNTHETIC_DATA'))
    expect(sent?.binds.find((bind) => bind.name === 'PARAMS')).toMatchObject({
      value: '{"sample_rows":0,"priority":"MEDIUM"}',
    })
  })

  it('does not guess which operation was its own when several ran at the same time', async () => {
    await using database = await openFilms()
    const profile = database.pool.profile(name)
    const both = await Promise.all([
      profile.generateSyntheticData({ objectName: 'DIRECTOR', recordCount: 200 }),
      profile.generateSyntheticData({ objectName: 'DIRECTOR', recordCount: 300 }),
    ])
    const told = both.filter((operation) => operation !== undefined)
    for (const operation of told) expect(operation.rowsLoaded).toBe(operation === both[0] ? 200 : 300)
    expect(await count(database.pool, 'SELECT COUNT(*) FROM director')).toBe(500)
  })

  it('inserts all rows or none', async () => {
    await using database = await openFilms()
    const { pool } = database
    const objectList = [
      { owner: 'DEMO', name: 'MOVIE', recordCount: 1 },
      { owner: 'DEMO', name: 'DIRECTOR', recordCount: 1000 },
    ]
    await expect(pool.profile(name).generateSyntheticData({ objectList })).rejects.toThrow(ProviderError)
    expect(await count(pool, 'SELECT COUNT(*) FROM director')).toBe(0)
  })

  it('tells failures apart', async () => {
    await using database = await openFilms()
    const profile = database.pool.profile(name)
    const request = { objectName: 'NONE', recordCount: 1 }
    await expect(profile.generateSyntheticData(request)).rejects.toMatchObject({
      code: DatabaseError.code,
      errorNumber: 942,
    })
    const foreign = { objectName: 'CHANNELS', ownerName: 'SH', recordCount: 1 }
    await expect(profile.generateSyntheticData(foreign)).rejects.toThrow(PrivilegeError)
    const other = database.pool.profile('NONE')
    await expect(other.generateSyntheticData(request)).rejects.toThrow(ProfileNotFoundError)
  })

  it('ends with its signal or its deadline, and leaves nothing behind', async () => {
    await using database = await openFilms()
    const { pool } = database
    const profile = pool.profile(name)
    const request = { objectName: 'MOVIE', recordCount: 100_000 }
    await profile.generateSyntheticData({ objectName: 'DIRECTOR', recordCount: 5 })
    const aborted = profile.generateSyntheticData(request, { signal: AbortSignal.abort() })
    await expect(aborted).rejects.toThrow(CallAbortedError)
    await expect(profile.generateSyntheticData(request, { timeoutMs: 300 })).rejects.toThrow(CallTimeoutError)
    await idle(pool)
    expect(await count(pool, 'SELECT COUNT(*) FROM movie')).toBe(0)
  })

  const entry = { owner: 'DEMO', name: 'MOVIE', recordCount: 1 }
  const table = { objectName: 'MOVIE', recordCount: 1 }

  it.each<[string, unknown, string]>([
    ['nothing', undefined, 'request'],
    ['neither name nor list', {}, 'request'],
    ['both', { ...table, objectList: [entry] }, 'request'],
    ['a blank name', { ...table, objectName: ' ' }, 'request.objectName'],
    ['a blank owner', { ...table, ownerName: '' }, 'request.ownerName'],
    ['no count', { objectName: 'MOVIE' }, 'request.recordCount'],
    ['a negative count', { ...table, recordCount: -1 }, 'request.recordCount'],
    ['half a row', { ...table, recordCount: 1.5 }, 'request.recordCount'],
    ['a blank wish', { ...table, userPrompt: '' }, 'request.userPrompt'],
    ['a part that is not known', { ...table, record_count: 1 }, 'request.record_count'],
    ['an empty list', { objectList: [] }, 'request.objectList'],
    ['a list that is none', { objectList: 'MOVIE' }, 'request.objectList'],
    ['a count beside a list', { objectList: [entry], recordCount: 1 }, 'request.recordCount'],
    ['an entry without owner', { objectList: [entry, { ...entry, owner: undefined }] }, 'request.objectList[1].owner'],
    ['an entry without count', { objectList: [{ owner: 'DEMO', name: 'X' }] }, 'request.objectList[0].recordCount'],
    ['an entry with more', { objectList: [{ ...entry, params: {} }] }, 'request.objectList[0].params'],
    ['another priority', { ...table, params: { priority: 'NOW' } }, 'request.params.priority'],
    ['a bad sample', { ...table, params: { sampleRows: -1 } }, 'request.params.sampleRows'],
    ['a word for a truth', { ...table, params: { comments: 'yes' } }, 'request.params.comments'],
    ['statistics of another kind', { ...table, params: { tableStatistics: 1 } }, 'request.params.tableStatistics'],
    ['an unknown parameter', { ...table, params: { speed: 1 } }, 'request.params.speed'],
  ])('of %s is refused before anything is sent', async (_, request, argument) => {
    await using database = await openDatabase()
    const before = roundTrips(database.emulator)
    const profile = database.pool.profile(name)
    const error = await profile
      .generateSyntheticData(request as SyntheticDataRequest)
      .catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(SelectAIArgumentError)
    expect(error).toMatchObject({ argument })
    expect(roundTrips(database.emulator)).toBe(before)
  })
})
