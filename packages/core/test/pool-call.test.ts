import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { once } from 'node:events'
import type { Socket } from 'node:net'
import { describe, expect, it } from 'vitest'
import { CallAbortedError, CallTimeoutError, ConnectionLostError, SelectAIArgumentError } from '../src/index.ts'
import { breaks, idle, openDatabase } from './open-database.ts'
import { openTcpProxy } from './tcp-proxy.ts'

const profileName = 'OCI_AI_PROFILE'

describe('ending a call', () => {
  it('breaks a call whose time is over, and uses the connection again', async () => {
    await using database = await openDatabase()
    const profile = database.pool.profile(profileName)
    const call = profile.chat('hold', { timeoutMs: 60 })
    await expect(call).rejects.toBeInstanceOf(CallTimeoutError)
    await expect(call).rejects.toMatchObject({ phase: 'calling', timeoutMs: 60, retryable: true })
    expect(database.model.held).toHaveLength(0)
    expect(await profile.chat('hello')).toBe('echo of 5 characters')
    expect(database.emulator.ledger.opened).toBe(1)
    expect(breaks(database.emulator)).toBe(1)
    expect(database.pool.stats().totals).toMatchObject({ timedOut: 1, dropped: 0 })
  })

  it('breaks a call whose caller aborts, and uses the connection again', async () => {
    await using database = await openDatabase()
    const profile = database.pool.profile(profileName)
    const controller = new AbortController()
    const call = profile.chat('hold', { signal: controller.signal })
    await database.model.holding(1)
    controller.abort(new Error('client went away'))
    await expect(call).rejects.toBeInstanceOf(CallAbortedError)
    await expect(call).rejects.toMatchObject({ phase: 'calling', cause: { message: 'client went away' } })
    expect(await profile.chat('hello')).toBe('echo of 5 characters')
    expect(database.emulator.ledger.opened).toBe(1)
    expect(database.pool.stats().totals).toMatchObject({ aborted: 1, dropped: 0 })
  })

  it('tells its observer of the phases, and does not mind what the observer throws', async () => {
    await using database = await openDatabase()
    const phases: string[] = []
    const onPhase = (phase: string): void => {
      phases.push(phase)
      throw new Error('the observer failed')
    }
    expect(await database.pool.profile(profileName).chat('hello', { onPhase })).toBe('echo of 5 characters')
    expect(phases).toEqual(['calling'])
    const mistake = database.pool.profile(profileName).chat('hello', { onPhase: 'log' as never })
    await expect(mistake).rejects.toMatchObject({ argument: 'options.onPhase' })
  })

  it('does not call at all with a signal that is aborted already', async () => {
    await using database = await openDatabase({ pool: { verify: 'none' } })
    const call = database.pool.profile(profileName).chat('hello', { signal: AbortSignal.abort() })
    await expect(call).rejects.toBeInstanceOf(CallAbortedError)
    expect(database.emulator.ledger.opened).toBe(0)
  })

  it('ignores an abort after the answer', async () => {
    await using database = await openDatabase()
    const controller = new AbortController()
    const profile = database.pool.profile(profileName)
    await profile.chat('hello', { signal: controller.signal })
    controller.abort()
    expect(await profile.chat('hello')).toBe('echo of 5 characters')
    expect(breaks(database.emulator)).toBe(0)
  })

  it('throws a connection away that does not react to the break, and answers its caller in time', async () => {
    await using database = await openDatabase({ pool: { verify: 'none' } })
    await using proxy = await openTcpProxy(database.emulator.port)
    const pool = await database.createPool({
      ...{ poolMax: 1, breakGraceMs: 80 },
      connectString: `127.0.0.1:${proxy.port}/FREEPDB1`,
    })
    const started = performance.now()
    const call = pool.profile(profileName).chat('hold', { timeoutMs: 2000 })
    await database.model.holding(1)
    proxy.muted = true
    await expect(call).rejects.toMatchObject({ code: 'CALL_TIMEOUT', phase: 'calling' })
    expect(performance.now() - started).toBeLessThan(7000)
    proxy.muted = false
    await idle(pool)
    expect(pool.stats()).toMatchObject({ open: 0, totals: { dropped: 1 } })
    expect(await pool.profile(profileName).chat('hello')).toBe('echo of 5 characters')
    expect(pool.stats()).toMatchObject({ open: 1, max: 1 })
  })

  it('covers reading a long answer with the same budget', async () => {
    await using database = await openDatabase({ pool: { verify: 'none' } })
    await using proxy = await openTcpProxy(database.emulator.port)
    const pool = await database.createPool({
      ...{ poolMax: 1, breakGraceMs: 50 },
      connectString: `127.0.0.1:${proxy.port}/FREEPDB1`,
    })
    const call = pool.profile(profileName).chat('hold', { timeoutMs: 3000 })
    await database.model.holding(1)
    proxy.muteAfterReply = true
    database.model.answerFirst('x'.repeat(20_000))
    await expect(call).rejects.toMatchObject({ code: 'CALL_TIMEOUT', phase: 'reading', timeoutMs: 3000 })
    await idle(pool)
  })

  it('tells a connection that broke from a call that failed, and opens a new one for the next', async () => {
    await using database = await openDatabase()
    const profile = database.pool.profile(profileName)
    const call = profile.chat('hold')
    await database.model.holding(1)
    database.emulator.dropConnections()
    await expect(call).rejects.toBeInstanceOf(ConnectionLostError)
    expect(await profile.chat('hello')).toBe('echo of 5 characters')
    expect(database.emulator.ledger.opened).toBe(2)
    expect(database.pool.stats().totals.dropped).toBe(1)
  })

  it('replaces a connection that was cut while it was idle without failing a call', async () => {
    const sockets: Socket[] = []
    const remember = (message: unknown) => sockets.push((message as { socket: Socket }).socket)
    subscribe('net.client.socket', remember)
    await using database = await openDatabase()
    unsubscribe('net.client.socket', remember)
    const closed = sockets.map((socket) => once(socket, 'close'))
    expect(closed).toHaveLength(1)
    database.emulator.dropConnections()
    await Promise.all(closed)
    expect(await database.pool.profile(profileName).chat('hello')).toBe('echo of 5 characters')
  })
})

describe('withConnection', () => {
  it('lends a connection of the driver and passes the result on', async () => {
    await using database = await openDatabase()
    const rows = await database.pool.withConnection(
      async (connection) => {
        expect(database.pool.stats().holders).toMatchObject([{ action: 'connection', label: 'GET /raw' }])
        return (await connection.execute<[string]>('SELECT dummy FROM dual')).rows
      },
      { label: 'GET /raw' },
    )
    expect(rows).toHaveLength(1)
  })

  it('lets errors of the work pass unchanged and takes the connection back, also after a synchronous one', async () => {
    await using database = await openDatabase({ pool: { poolMax: 1 } })
    const error = new RangeError('mine')
    const work = () => {
      throw error
    }
    await expect(database.pool.withConnection(work)).rejects.toBe(error)
    await expect(database.pool.withConnection(async () => Promise.reject(error))).rejects.toBe(error)
    expect(database.pool.stats()).toMatchObject({ inUse: 0, open: 1 })
  })

  it('refuses anything but a function, and unknown options', async () => {
    await using database = await openDatabase({ pool: { verify: 'none' } })
    await expect(database.pool.withConnection('work' as never)).rejects.toBeInstanceOf(SelectAIArgumentError)
    await expect(database.pool.withConnection(async () => {}, { timeout: 1 } as never)).rejects.toMatchObject({
      argument: 'options.timeout',
    })
  })

  it('gives its signal to the work, and a connection with a break of uncertain effect is not used again', async () => {
    await using database = await openDatabase()
    const work = database.pool.withConnection(
      async (connection, { signal }) => {
        await connection.ping()
        await new Promise((resolve) => signal.addEventListener('abort', resolve))
        return 'too late'
      },
      { timeoutMs: 50 },
    )
    await expect(work).rejects.toBeInstanceOf(CallTimeoutError)
    await idle(database.pool)
    expect(database.pool.stats().totals.dropped).toBe(1)
    expect(await database.pool.profile(profileName).chat('hello')).toBe('echo of 5 characters')
  })

  it('takes the connection away from work that does not end', async () => {
    await using database = await openDatabase({ pool: { poolMax: 1, breakGraceMs: 30 } })
    let release = (): void => {}
    const stuck = new Promise<void>((resolve) => {
      release = resolve
    })
    const work = database.pool.withConnection(() => stuck, { timeoutMs: 30 })
    await expect(work).rejects.toMatchObject({ code: 'CALL_TIMEOUT', phase: 'calling' })
    expect(await database.pool.profile(profileName).chat('hello')).toBe('echo of 5 characters')
    release()
  })

  it('cannot be used by work that kept the connection', async () => {
    await using database = await openDatabase()
    const kept = await database.pool.withConnection(async (connection) => ({ connection }))
    await expect(kept.connection.execute('SELECT dummy FROM dual')).rejects.toThrow(/NJS-003/)
  })
})

describe('what a borrower leaves behind', () => {
  const context = (name: string) => `SELECT SYS_CONTEXT('USERENV', '${name}') FROM dual`

  it.each(['CLIENT_IDENTIFIER', 'CLIENT_INFO', 'MODULE', 'ACTION'])('the next does not see %s', async (name) => {
    await using database = await openDatabase({ pool: { poolMax: 1 } })
    const { pool } = database
    const read = () =>
      pool.withConnection(
        async (connection) => (await connection.execute<[string | null]>(context(name))).rows?.[0]?.[0],
      )
    const seen = await pool.withConnection(async (connection) => {
      connection.clientId = 'secret of alice'
      connection.clientInfo = 'secret of alice'
      connection.module = 'secret of alice'
      connection.action = 'secret of alice'
      return (await connection.execute<[string | null]>(context(name))).rows?.[0]?.[0]
    })
    expect(seen).toBe('secret of alice')
    expect((await read()) ?? '').not.toContain('alice')
    expect(database.emulator.ledger.opened).toBe(1)
  })

  it('the database sees who asks while a call runs', async () => {
    await using database = await openDatabase()
    const action = await database.pool.withConnection(
      async (connection) => (await connection.execute<[string]>(context('ACTION'))).rows?.[0]?.[0],
      { label: 'GET /orders/:id with quite a long tail é' },
    )
    expect(action).toBe('GET /orders/:id with quite a lon')
  })

  it('a call time-out of the driver does not reach the next', async () => {
    await using database = await openDatabase({ pool: { poolMax: 1 } })
    await database.pool.withConnection((connection) => {
      connection.callTimeout = 5
    })
    const left = await database.pool.withConnection((connection) => connection.callTimeout)
    expect(left).toBe(0)
  })

  it('a changed schema costs the connection', async () => {
    await using database = await openDatabase({ pool: { poolMax: 1 } })
    await database.pool.withConnection(async (connection) => {
      connection.currentSchema = 'SH'
      await connection.ping()
    })
    await idle(database.pool)
    expect(database.pool.stats().totals.dropped).toBe(1)
    expect(await database.pool.withConnection((connection) => connection.currentSchema || '')).not.toBe('SH')
  })

  it('an open transaction is rolled back', async () => {
    await using database = await openDatabase({ pool: { poolMax: 1 } })
    const { pool } = database
    await pool.withConnection(async (connection) => {
      await connection.execute('CREATE TABLE notes (text VARCHAR2(20))')
      await connection.execute("INSERT INTO notes VALUES ('not committed')")
    })
    const rows = await pool.withConnection(
      async (connection) => (await connection.execute<[number]>('SELECT COUNT(*) FROM notes')).rows,
    )
    expect(rows).toEqual([[0]])
    expect(database.emulator.ledger.opened).toBe(1)
  })
})
