import { once } from 'node:events'
import { OracleError } from '@select-ai/emulator'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { grantPrivileges, revokePrivileges } from '../src/admin/index.ts'
import {
  CallAbortedError,
  CallTimeoutError,
  ConnectError,
  ConnectionLostError,
  DatabaseError,
  LoginError,
  PoolClosedError,
  type PoolOptions,
  PoolQueueFullError,
  PoolTimeoutError,
  PrivilegeError,
  SelectAIArgumentError,
  SelectAIError,
  type SelectAIPool,
} from '../src/index.ts'
import { calls } from './every-call.ts'
import { type OpenDatabase, openDatabase, until } from './open-database.ts'
import { openTcpProxy, type TcpProxy } from './tcp-proxy.ts'

// What every call can end with, whatever it is about: each row is a method. That none is missing is told in design-rules.test.ts.

type Attempt = () => unknown

/** What `attempt` ends with; fails when it does not fail. */
async function failureOf(attempt: Attempt): Promise<unknown> {
  try {
    await attempt()
  } catch (error) {
    expect(SelectAIError.isInstance(error)).toBe(true)
    return error
  }
  return expect.unreachable('The call did not fail.')
}

/** Errors of what is done on a lent connection pass through as the driver made them. */
const ownCalls = calls.filter(({ name }) => name !== 'SelectAIPool.withConnection')

const callOf = (name: string) => calls.find((each) => each.name === name)?.call ?? expect.unreachable(name)

/** They read views that come with the packages, and that every user may read. */
const readers: readonly string[] = [
  ...[
    'Profile.fetch',
    'Conversation.fetch',
    'Conversation.listPrompts',
    'VectorIndex.fetch',
    'VectorIndex.refreshTimes',
  ],
  ...['Agent.fetch', 'AgentTask.fetch', 'AgentTool.fetch', 'AgentTeam.fetch'],
  ...[
    'listConversations',
    'listProfiles',
    'listVectorIndexes',
    'listAgents',
    'listTasks',
    'listTools',
    'listTeams',
  ].map((method) => `SelectAIPool.${method}`),
  ...['listTranslationLanguages', 'listTeamRuns', 'listTaskRuns', 'listToolRuns'].map(
    (method) => `SelectAIPool.${method}`,
  ),
]

/** They are about credentials of the user's own, without a package: a view of the database itself, GRANT and REVOKE. */
const ownCredentials = ['listCredentials', 'grantCredentialAccess', 'revokeCredentialAccess'].map(
  (method) => `admin.${method}`,
)
const needNoPackage = [...readers, ...ownCredentials]

describe('every call for which there is no connection', () => {
  let database: OpenDatabase
  let full: SelectAIPool
  let short: SelectAIPool
  let patient: SelectAIPool
  let closed: SelectAIPool
  const over = new AbortController()
  const holders: Promise<void>[] = []

  /** A pool whose only connection is lent until the tests are over. */
  async function busyPool(options: PoolOptions): Promise<SelectAIPool> {
    const pool = await database.createPool({ poolMax: 1, ...options })
    await new Promise<void>((resolve) => {
      const hold = async () => {
        resolve()
        await once(over.signal, 'abort')
      }
      holders.push(pool.withConnection(hold))
    })
    return pool
  }

  beforeAll(async () => {
    database = await openDatabase({ pool: { verify: 'none' } })
    full = await busyPool({ queueMax: 0 })
    short = await busyPool({ queueTimeoutMs: 1 })
    patient = await busyPool({ queueTimeoutMs: 60_000 })
    closed = await database.createPool()
    await closed.close()
  })

  afterAll(async () => {
    over.abort()
    await Promise.all(holders)
    await database[Symbol.asyncDispose]()
  })

  it.each(calls)('$name ends with PoolQueueFullError when the line is full', async ({ call }) => {
    const error = await failureOf(() => call(full, {}))
    expect(error).toBeInstanceOf(PoolQueueFullError)
    expect(error).toMatchObject({ code: 'POOL_QUEUE_FULL', retryable: true })
  })

  it.each(calls)('$name ends with PoolTimeoutError when none comes free in time', async ({ call }) => {
    const error = await failureOf(() => call(short, {}))
    expect(error).toBeInstanceOf(PoolTimeoutError)
    expect(error).toMatchObject({ code: 'POOL_TIMEOUT', retryable: true })
    expect(short.stats().waiting).toBe(0)
  })

  it.each(calls)('$name ends with CallTimeoutError when its own time is over before', async ({ call }) => {
    const error = await failureOf(() => call(patient, { timeoutMs: 1 }))
    expect(error).toBeInstanceOf(CallTimeoutError)
    expect(error).toMatchObject({ phase: 'waiting', timeoutMs: 1 })
    expect(patient.stats().waiting).toBe(0)
  })

  it.each(calls)('$name ends with CallAbortedError when its signal aborts meanwhile', async ({ call }) => {
    const controller = new AbortController()
    const ended = failureOf(() => call(patient, { signal: controller.signal }))
    await until(() => patient.stats().waiting === 1)
    controller.abort()
    const error = await ended
    expect(error).toBeInstanceOf(CallAbortedError)
    expect(error).toMatchObject({ phase: 'waiting' })
    expect(patient.stats().waiting).toBe(0)
  })

  it.each(calls)('$name ends with PoolClosedError when the pool is closed', async ({ call }) => {
    const error = await failureOf(() => call(closed, {}))
    expect(error).toBeInstanceOf(PoolClosedError)
    expect(error).toMatchObject({ code: 'POOL_CLOSED', retryable: false })
  })
})

describe('every call to a database that cannot be used', () => {
  let database: OpenDatabase
  let absent: SelectAIPool
  let strange: SelectAIPool

  beforeAll(async () => {
    database = await openDatabase({ pool: { verify: 'none' } })
    const proxy = await openTcpProxy(database.emulator.port)
    await proxy.stopListening()
    absent = await database.createPool({ verify: 'none', connectString: `127.0.0.1:${proxy.port}/FREEPDB1` })
    strange = await database.createPool({ verify: 'none', password: 'wrong' })
  })

  afterAll(() => database[Symbol.asyncDispose]())

  it.each(calls)('$name ends with ConnectError when nobody listens', async ({ call }) => {
    const error = await failureOf(() => call(absent, {}))
    expect(error).toBeInstanceOf(ConnectError)
    expect(error).toMatchObject({ code: 'CONNECT_FAILED', retryable: true })
  })

  it.each(calls)('$name ends with LoginError when the password is wrong', async ({ call }) => {
    const error = await failureOf(() => call(strange, {}))
    expect(error).toBeInstanceOf(LoginError)
    expect(error).toMatchObject({ code: 'LOGIN_FAILED', retryable: false })
  })
})

describe('every call under way', () => {
  let database: OpenDatabase
  let proxy: TcpProxy
  let pool: SelectAIPool

  beforeAll(async () => {
    database = await openDatabase({ pool: { verify: 'none' } })
    proxy = await openTcpProxy(database.emulator.port)
    const connectString = `127.0.0.1:${proxy.port}/FREEPDB1`
    pool = await database.createPool({ connectString, poolMax: 1, breakGraceMs: 1 })
  })

  afterAll(async () => {
    proxy.muted = false
    await database[Symbol.asyncDispose]()
    await proxy[Symbol.asyncDispose]()
  })

  /** A connection is at hand, and what is sent on it gets no answer. */
  async function mute(): Promise<void> {
    proxy.muted = false
    await pool.withConnection(() => {})
    proxy.muted = true
  }

  it.each(calls)('$name ends with CallTimeoutError when its time is over', async ({ call }) => {
    await mute()
    const error = await failureOf(() => call(pool, { timeoutMs: 10 }))
    expect(error).toBeInstanceOf(CallTimeoutError)
    expect(error).toMatchObject({ code: 'CALL_TIMEOUT', phase: 'calling', timeoutMs: 10, retryable: true })
  })

  it.each(calls)('$name ends with CallAbortedError when its signal aborts', async ({ call }) => {
    await mute()
    const controller = new AbortController()
    const ended = failureOf(() => call(pool, { signal: controller.signal }))
    await until(() => pool.stats().holders.length === 1)
    controller.abort(new Error('the client has gone'))
    const error = await ended
    expect(error).toBeInstanceOf(CallAbortedError)
    expect(error).toMatchObject({ code: 'CALL_ABORTED', phase: 'calling', cause: { message: 'the client has gone' } })
  })

  it.each(ownCalls)('$name ends with ConnectionLostError when the connection breaks', async ({ call }) => {
    await mute()
    const ended = failureOf(() => call(pool, {}))
    await until(() => pool.stats().holders.length === 1)
    proxy.cut()
    const error = await ended
    expect(error).toBeInstanceOf(ConnectionLostError)
    expect(error).toMatchObject({ code: 'CONNECTION_LOST', cause: { code: expect.stringMatching(/^(NJS|ORA)-/) } })
  })

  it('ends as a whole when the connection breaks before all its users had their turn', async () => {
    await mute()
    const ended = failureOf(() => grantPrivileges(pool, ['U', 'V']))
    await until(() => pool.stats().holders.length === 1)
    proxy.cut()
    expect(await ended).toBeInstanceOf(ConnectionLostError)
  })
})

describe('every call that the database refuses for reasons of its own', () => {
  let database: OpenDatabase
  let pool: SelectAIPool

  beforeAll(async () => {
    database = await openDatabase({ pool: { poolMax: 1 } })
    pool = database.pool
  })

  afterAll(() => database[Symbol.asyncDispose]())

  /** Has the next statement fail, whichever it is. */
  const failNext = (number: number, text: string) => database.emulator.failNext(/./, new OracleError(number, text))

  /** The one connection is back, the failure was met, and the next call gets its answer. */
  async function expectUsable(): Promise<void> {
    expect(pool.stats()).toMatchObject({ inUse: 0, waiting: 0, holders: [] })
    const { rows } = await pool.withConnection((connection) => connection.execute('SELECT USER FROM dual'))
    expect(rows).toEqual([['DEMO']])
  }

  it.each(ownCalls)('$name ends with DatabaseError for a number without a class of its own', async ({ call }) => {
    const { dropped } = pool.stats().totals
    failNext(1555, 'snapshot too old: canary')
    const error = await failureOf(() => call(pool, {}))
    expect(error).toBeInstanceOf(DatabaseError)
    expect(error).toMatchObject({ code: 'DATABASE_ERROR', databaseCode: 'ORA-01555', errorNumber: 1555 })
    expect(error).toMatchObject({ retryable: false, message: expect.not.stringContaining('canary') })
    expect(error).toMatchObject({ cause: { errorNum: 1555, message: expect.stringContaining('canary') } })
    await expectUsable()
    expect(pool.stats().totals.dropped).toBe(dropped)
  })

  it.each(ownCalls)('$name ends with ConnectionLostError for a number that ends the session', async ({ call }) => {
    const { dropped } = pool.stats().totals
    failNext(600, 'internal error code, arguments: [canary]')
    const error = await failureOf(() => call(pool, {}))
    expect(error).toBeInstanceOf(ConnectionLostError)
    expect(error).toMatchObject({ code: 'CONNECTION_LOST', message: expect.not.stringContaining('canary') })
    expect(error).toMatchObject({ cause: { message: expect.stringContaining('ORA-00600') } })
    await until(() => pool.stats().inUse === 0)
    await expectUsable()
    expect(pool.stats().totals.dropped).toBe(dropped + 1)
  })

  it('passes through as the driver made it what is done on a lent connection', async () => {
    failNext(1555, 'snapshot too old')
    const attempt = pool.withConnection((connection) => connection.execute('SELECT 1 FROM dual'))
    await expect(attempt).rejects.toMatchObject({ errorNum: 1555 })
    await expectUsable()
  })

  it.each(['Profile', 'VectorIndex'])(
    'tells that %s was created by somebody else while it was replaced',
    async (owner) => {
      const [text, number, code] =
        owner === 'Profile'
          ? (['Profile P already exists', 20_046, 'PROFILE_EXISTS'] as const)
          : (['Vector Index I already exists', 20_048, 'VECTOR_INDEX_EXISTS'] as const)
      failNext(number, text)
      const error = await failureOf(() => callOf(`${owner}.createOrReplace`)(pool, {}))
      expect(error).toMatchObject({ name: `${owner}ExistsError`, code, cause: { errorNum: number } })
      await expectUsable()
    },
  )

  it('befalls one user of several, and the others have their turn', async () => {
    const admin = await database.createPool({ user: 'ADMIN' })
    database.emulator.failNext('GRANT EXECUTE', new OracleError(1555, 'snapshot too old'))
    const outcomes = await grantPrivileges(admin, ['ADMIN', 'DEMO'])
    expect(outcomes).toMatchObject([
      { user: 'ADMIN', status: 'rejected', error: { code: 'DATABASE_ERROR', errorNumber: 1555 } },
      { user: 'DEMO', status: 'fulfilled' },
    ])
    expect(admin.stats()).toMatchObject({ inUse: 0, waiting: 0, holders: [] })
  })
})

describe('every call that may not be made', () => {
  let database: OpenDatabase
  let app: SelectAIPool
  let misplaced: SelectAIPool

  beforeAll(async () => {
    const users = [
      { user: 'APP', password: 'app' },
      { user: 'U', password: 'u' },
    ]
    database = await openDatabase({ emulator: { users }, pool: { user: 'ADMIN' } })
    await revokePrivileges(database.pool, 'APP')
    app = await database.createPool({ user: 'APP', password: 'app' })
    misplaced = await database.createPool({ packageSchema: 'NOWHERE' })
  })

  afterAll(() => database[Symbol.asyncDispose]())

  it.each(ownCalls.filter(({ name }) => !needNoPackage.includes(name)))(
    '$name ends with PrivilegeError for a user who may not run the package',
    async ({ call }) => {
      const error = await failureOf(() => call(app, {}))
      expect(error).toBeInstanceOf(PrivilegeError)
      expect(error).toMatchObject({ code: 'MISSING_PRIVILEGE', retryable: false })
      expect((error as PrivilegeError).cause).toHaveProperty('errorNum')
    },
  )

  it.each(needNoPackage)('%s needs no privilege', async (name) => {
    const outcome = await Promise.resolve(callOf(name)(app, {})).catch((error: SelectAIError) => error)
    expect(outcome).not.toBeInstanceOf(PrivilegeError)
  })

  it.each(readers)('%s ends with DatabaseError when packageSchema has no such view', async (name) => {
    const error = await failureOf(() => callOf(name)(misplaced, {}))
    expect(error).toBeInstanceOf(DatabaseError)
    expect(error).toMatchObject({ code: 'DATABASE_ERROR', databaseCode: 'ORA-00942', errorNumber: 942 })
  })
})

describe('every call with unusable options', () => {
  let database: OpenDatabase

  beforeAll(async () => {
    database = await openDatabase({ pool: { verify: 'none' } })
  })

  afterAll(() => database[Symbol.asyncDispose]())

  const wrong = { colour: 'red', timeoutMs: 0, signal: 'stop', label: 5 }

  it.each(calls)('$name ends with SelectAIArgumentError, before anything is sent', async ({ call }) => {
    for (const [name, value] of Object.entries(wrong)) {
      const error = await failureOf(() => call(database.pool, { [name]: value } as object))
      expect(error).toBeInstanceOf(SelectAIArgumentError)
      expect(error).toMatchObject({ code: 'INVALID_ARGUMENT', argument: `options.${name}`, retryable: false })
    }
    expect(database.emulator.ledger.opened).toBe(0)
  })
})
