import { describe, expect, it } from 'vitest'
import * as admin from '../src/admin/index.ts'
import * as core from '../src/index.ts'
import { calls, everyCall } from './every-call.ts'
import { openDatabase, roundTrips } from './open-database.ts'

// What the client promises wherever it goes to the database. The tests of each subject say the rest.

const profileName = 'OCI_AI_PROFILE'

/** Methods that ask nothing of the database, or that end it. */
const others: Readonly<Record<string, readonly string[]>> = {
  Profile: ['chatSession'],
  ChatSession: ['close'],
  SelectAIPool: [
    ...['profile', 'conversation', 'vectorIndex', 'agent', 'task', 'tool', 'team'],
    ...['open', 'isConnected', 'stats', 'health', 'close'],
  ],
}

/** The methods of a class and of those that it extends, or the functions of the module. */
function methodsOf(owner: string): readonly string[] {
  if (owner === 'admin') return Object.keys(admin)
  const classes: Readonly<Record<string, { readonly prototype: object }>> = { ...core } as never
  const found = new Set<string>()
  let prototype: object | null = classes[owner]?.prototype ?? null
  while (prototype !== null && prototype !== Object.prototype) {
    for (const [name, { value }] of Object.entries(Object.getOwnPropertyDescriptors(prototype))) {
      if (name !== 'constructor' && typeof value === 'function') found.add(name)
    }
    prototype = Object.getPrototypeOf(prototype)
  }
  return [...found]
}

describe('clients', () => {
  it('stand side by side in one process, and importing them opens nothing', async () => {
    await using database = await openDatabase({ emulator: { users: [{ user: 'ANNA', password: 'anna' }] } })
    const anna = await database.createPool({ user: 'ANNA', password: 'anna', name: 'anna' })
    const whoAmI = (pool: core.SelectAIPool) =>
      pool.withConnection(async (connection) => (await connection.execute('SELECT USER FROM dual')).rows)
    expect(await Promise.all([database.pool, anna].map(whoAmI))).toEqual([[['DEMO']], [['ANNA']]])
    await anna.close()
    expect(await database.pool.isConnected()).toBe(true)
  })

  it('have handles that cost nothing', async () => {
    await using database = await openDatabase({ pool: { verify: 'none' } })
    const { pool } = database
    const handles = [pool.profile('P'), pool.vectorIndex('I'), pool.agent('A'), pool.task('T'), pool.tool('T')]
    pool.team('T')
    pool.conversation('30C9DB6E-EA4D-AFBA-E063-9C6D46644B92')
    pool.profile('P').chatSession()
    expect(handles.every(({ name }) => name.length === 1)).toBe(true)
    expect(database.emulator.ledger.opened).toBe(0)
  })
})

describe('every call', () => {
  it('is known to these tests', () => {
    for (const [owner, methods] of Object.entries(everyCall)) {
      const expected = methodsOf(owner).filter((name) => !(others[owner] ?? []).includes(name))
      expect(Object.keys(methods).sort()).toEqual(expected.sort())
    }
  })

  it.each(calls)('$name sends nothing for a signal that has aborted', async ({ call }) => {
    await using database = await openDatabase({ pool: { verify: 'none' } })
    const attempt = Promise.resolve(call(database.pool, { signal: AbortSignal.abort() }))
    await expect(attempt).rejects.toBeInstanceOf(core.CallAbortedError)
    expect(database.emulator.ledger.opened).toBe(0)
  })

  it.each(calls)('$name needs one connection, and gives it back whatever happens', async ({ call }) => {
    await using database = await openDatabase({ pool: { poolMax: 1 } })
    const { pool } = database
    await Promise.allSettled(Array.from({ length: 3 }, async () => call(pool, {})))
    expect(pool.stats()).toMatchObject({ open: 1, inUse: 0, waiting: 0 })
  })
})

describe('a question', () => {
  it('costs one round trip, and two when its answer is long', async () => {
    await using database = await openDatabase()
    const profile = database.pool.profile(profileName)
    await profile.chat('hello')
    const before = roundTrips(database.emulator)
    await profile.chat('hello')
    expect(roundTrips(database.emulator) - before).toBe(1)
    expect(await profile.chat('answer 100000')).toHaveLength(100_000)
    expect(roundTrips(database.emulator) - before).toBe(3)
  })

  it('tells rows, no rows and no SQL apart', async () => {
    await using database = await openDatabase()
    const profile = database.pool.profile(profileName)
    expect(await profile.runSql('sql SELECT 1 AS one, 2 AS two FROM dual')).toEqual({
      rows: [{ ONE: 1, TWO: 2 }],
      columns: ['ONE', 'TWO'],
    })
    expect(await profile.runSql('sql SELECT 1 AS one FROM dual WHERE 1 = 0')).toEqual({ rows: [], columns: [] })
    await expect(profile.runSql('sing a song')).rejects.toBeInstanceOf(core.NoSqlGeneratedError)
  })

  it('comes in pieces that end between characters, with no connection held', async () => {
    await using database = await openDatabase()
    const pieces: string[] = []
    for await (const piece of database.pool.profile(profileName).stream('text a😀b😀', { chunkSize: 2 })) {
      expect(database.pool.stats().inUse).toBe(0)
      pieces.push(piece)
    }
    expect(pieces.join('')).toBe('a😀b😀')
    expect(pieces.filter((piece) => /^[\uDC00-\uDFFF]|[\uD800-\uDBFF]$/.test(piece))).toEqual([])
  })

  it('within a session leaves no connection behind', async () => {
    await using database = await openDatabase()
    const session = database.pool.profile(profileName).chatSession()
    await session.chat('one')
    expect(database.pool.stats()).toMatchObject({ inUse: 0, holders: [] })
    expect(JSON.parse(await session.chat('history'))).toEqual(['one'])
  })
})

describe('a change', () => {
  it('is made in place, and replacing is another verb', async () => {
    await using database = await openDatabase()
    const profile = database.pool.profile('CHANGED')
    await profile.create({ attributes: { provider: 'openai', seed: 1 }, description: 'kept' })
    database.emulator.ledger.reset()
    await profile.merge({ temperature: 0 })
    const sent = database.emulator.ledger.sessions.flatMap(({ statements }) => statements.map(({ sql }) => sql))
    expect(sent.filter((sql) => /CREATE_PROFILE|DROP_PROFILE/.test(sql))).toEqual([])
    expect(await profile.fetch()).toMatchObject({ description: 'kept', attributes: { seed: 1, temperature: 0 } })
    const replaced = profile.createOrReplace({ attributes: { provider: 'openai', nonsense: 1 } })
    await expect(replaced).rejects.toBeInstanceOf(core.ProfileReplaceError)
  })

  it('keeps what this version does not know, and sends what was set alone', async () => {
    await using database = await openDatabase()
    const profile = database.pool.profile('OPEN')
    await profile.create({ attributes: { provider: 'openai', streaming: 'true' } })
    const { attributes } = await profile.fetch()
    expect(attributes).toEqual({ provider: 'openai', streaming: 'true' })
    await profile.createOrReplace({ attributes })
    expect((await profile.fetch()).attributes).toEqual(attributes)
  })
})

describe('arguments', () => {
  it.each<[string, (pool: core.SelectAIPool) => unknown]>([
    ['profile', (pool) => pool.profile('n'.repeat(129))],
    ['prompt', (pool) => pool.profile('P').chat('  ')],
    ['options.action', (pool) => pool.profile('P').generate('x', { action: 'sing' as never })],
    ['options.chunkSize', (pool) => pool.profile('P').stream('x', { chunkSize: 0 })],
    ['source', (pool) => pool.profile('P').summarize({ content: 'x', locationUri: 'y' } as never)],
    [
      'definition.attributes.object_list',
      (pool) => pool.profile('P').create({ attributes: { provider: 'openai', object_list: [{}] } as never }),
    ],
    [
      'definition.attributes.tool_params.profile_name',
      (pool) => pool.tool('T').create({ attributes: { tool_type: 'SQL', tool_params: {} } as never }),
    ],
    ['options.timeoutMs', (pool) => pool.listProfiles({ timeoutMs: 0 })],
  ])('that cannot be right are named before anything is sent: %s', async (argument, use) => {
    await using database = await openDatabase({ pool: { verify: 'none' } })
    const attempt = (async () => use(database.pool))()
    await expect(attempt).rejects.toBeInstanceOf(core.SelectAIArgumentError)
    await expect(attempt).rejects.toMatchObject({ argument })
    expect(database.emulator.ledger.opened).toBe(0)
  })
})

describe('errors', () => {
  it('are told apart by class, and keep the number and the words of the database in their cause', async () => {
    await using database = await openDatabase()
    const { pool } = database
    const full = await database.createPool({ poolMax: 1, queueTimeoutMs: 1 })
    await pool.profile('THERE').create({ attributes: { provider: 'openai' } })
    const failures: [() => Promise<unknown>, string, number | undefined][] = [
      [() => pool.profile('NOWHERE').chat('x'), 'PROFILE_NOT_FOUND', 20046],
      [() => pool.profile('THERE').create({ attributes: { provider: 'openai' } }), 'PROFILE_EXISTS', 20046],
      [() => pool.profile(profileName).chat('fail out of credit'), 'PROVIDER_FAILED', 20000],
      [() => full.withConnection(() => full.profile(profileName).chat('x')), 'POOL_TIMEOUT', undefined],
    ]
    for (const [fail, code, errorNum] of failures) {
      const error = await fail().catch((reason: unknown) => reason)
      expect(core.SelectAIError.isInstance(error)).toBe(true)
      expect(error).toMatchObject({ code })
      if (errorNum !== undefined) expect(error).toMatchObject({ cause: { errorNum } })
    }
    const loggedOff = database.createPool({ password: 'wrong' })
    await expect(loggedOff).rejects.toBeInstanceOf(core.LoginError)
  })
})

describe('names', () => {
  it('are qualified by the schema of the packages where that is set', async () => {
    await using database = await openDatabase({ pool: { packageSchema: 'C##CLOUD$SERVICE' } })
    database.emulator.ledger.reset()
    expect(await database.pool.profile(profileName).chat('hello')).toBe('echo of 5 characters')
    expect((await database.pool.listProfiles()).map(({ name }) => name)).toContain(profileName)
    const sent = database.emulator.ledger.sessions.flatMap(({ statements }) => statements.map(({ sql }) => sql))
    expect(sent.filter((sql) => sql.includes('C##CLOUD$SERVICE.'))).toHaveLength(sent.length)
  })

  it('may be those of another owner, and what is there can be seen whole', async () => {
    await using database = await openDatabase({ emulator: { users: [{ user: 'ANNA', password: 'anna' }] } })
    const anna = await database.createPool({ user: 'ANNA', password: 'anna' })
    const mine = database.pool.profile('SHARED')
    await mine.create({ attributes: { provider: 'oci' }, enabled: false })
    await mine.grantAccess('ANNA')
    const seen = await anna.profile('SHARED', { owner: 'DEMO' }).fetch()
    expect(seen).toMatchObject({ owner: 'DEMO', status: 'disabled', created: expect.any(Date) })
    await mine.revokeAccess('ANNA')
    await expect(anna.profile('DEMO.SHARED').fetch()).rejects.toBeInstanceOf(core.ProfileNotFoundError)
  })
})
