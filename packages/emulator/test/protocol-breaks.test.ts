import oracledb from 'oracledb'
import { describe, expect, it } from 'vitest'
import { clob, decimal, dialects, fetchAll, moreDialects, numeric, startScripted } from './protocol-fixture.ts'
import { rows, untilBroken } from './scripted-database.ts'

const SLOW = 'select slow from t'
const QUICK = 'select quick from t'
const LONG = 'select c from t'
const BLOCK = 'begin :a := f(:b); end;'

describe.each(moreDialects)('a break (%s)', (_name, protocol) => {
  it('by call timeout stops the statement, and the connection stays usable', async () => {
    await using server = await startScripted(protocol)
    server.database.on(SLOW, (_binds, { signal }) => untilBroken(signal))
    server.database.on(QUICK, () => rows([numeric('N')], [[decimal(1)]]))
    const connection = await server.connect()
    for (let round = 0; round < 3; round += 1) {
      connection.callTimeout = 20
      await expect(connection.execute(SLOW)).rejects.toThrow('NJS-123')
      connection.callTimeout = 0
      expect(await fetchAll(connection, QUICK)).toEqual([[1]])
    }
    const session = server.emulator.ledger.sessions[0]
    expect(session?.breaks).toBe(3)
    expect(session?.statements.map(({ outcome }) => outcome)).toEqual([
      'broken',
      'done',
      'broken',
      'done',
      'broken',
      'done',
    ])
    await connection.close()
  })

  it('by hand gives ORA-01013', async () => {
    await using server = await startScripted(protocol)
    server.database.on(SLOW, (_binds, { signal }) => untilBroken(signal))
    const connection = await server.connect()
    const running = connection.execute(SLOW)
    const outcome = expect(running).rejects.toThrow('ORA-01013')
    await server.emulator.ledger.waitFor(({ sessions }) => sessions[0]?.statements.length === 1)
    await connection.break()
    await outcome
    await connection.ping()
    await connection.close()
  })

  it('while nothing runs harms nothing', async () => {
    await using server = await startScripted(protocol)
    server.database.on(QUICK, () => rows([numeric('N')], [[decimal(1)]]))
    const connection = await server.connect()
    await connection.break()
    await server.emulator.ledger.waitFor(({ sessions }) => sessions[0]?.breaks === 1)
    await connection.execute(QUICK).catch((error: Error) => expect(error.message).toMatch(/ORA-01013/))
    expect(await fetchAll(connection, QUICK)).toEqual([[1]])
    await connection.close()
  })

  it('leaves no large object and no cursor of the broken call behind', async () => {
    await using server = await startScripted(protocol)
    let finish: () => void = () => {}
    const finished = new Promise<void>((resolve) => {
      finish = resolve
    })
    server.database.on(BLOCK, async (_binds, { signal }) => {
      await untilBroken(signal).catch(() => {})
      finish()
      return {
        kind: 'plsql',
        binds: [
          { direction: 'out', value: 'too late' },
          { direction: 'in', value: null },
        ],
      }
    })
    const connection = await server.connect()
    connection.callTimeout = 20
    const bind = { dir: oracledb.BIND_OUT, type: oracledb.CLOB }
    await expect(connection.execute(BLOCK, { a: bind, b: 1 })).rejects.toThrow('NJS-123')
    await finished
    connection.callTimeout = 0
    await connection.ping()
    await connection.close()
  })

  it('by the end of the client stops the statement too', async () => {
    await using server = await startScripted(protocol)
    let broken = false
    server.database.on(SLOW, (_binds, { signal }) =>
      untilBroken(signal).finally(() => {
        broken = true
      }),
    )
    const connection = await server.connect()
    const running = connection.execute(SLOW).catch(() => {})
    await server.emulator.ledger.waitFor(({ sessions }) => sessions[0]?.statements.length === 1)
    server.emulator.dropConnections()
    await running
    await server.emulator.close()
    expect(broken).toBe(true)
    expect(server.emulator.ledger.sessions[0]?.ended).toBe('dropped')
  })
})

describe.each(dialects)('breaks that race with answers (%s)', (_name, protocol) => {
  it('leave the connection usable, whoever wins', async () => {
    await using server = await startScripted(protocol)
    let immediate = false
    server.database.on(BLOCK, async ([, b], { signal }) => {
      if (!immediate) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, 3)
          signal.addEventListener('abort', () => {
            clearTimeout(timer)
            resolve()
          })
        })
      }
      return {
        kind: 'plsql',
        binds: [
          { direction: 'out', value: `${b?.value}` },
          { direction: 'in', value: null },
        ],
      }
    })
    const connection = await server.connect()
    const outcomes = { answered: 0, broken: 0 }
    for (let index = 0; index < 120; index += 1) {
      connection.callTimeout = 2 + (index % 4)
      try {
        const { outBinds } = await connection.execute<{ a: string }>(BLOCK, {
          a: { dir: oracledb.BIND_OUT, type: oracledb.STRING },
          b: `value ${index}`,
        })
        expect(outBinds?.a).toBe(`value ${index}`)
        outcomes.answered += 1
      } catch (error) {
        expect((error as Error).message).toMatch(/NJS-123/)
        outcomes.broken += 1
      }
    }
    connection.callTimeout = 0
    immediate = true
    const { outBinds } = await connection.execute<{ a: string }>(BLOCK, {
      a: { dir: oracledb.BIND_OUT, type: oracledb.STRING },
      b: 'last',
    })
    expect(outBinds?.a).toBe('last')
    expect(outcomes.answered + outcomes.broken).toBe(120)
    expect(outcomes.broken).toBeGreaterThan(0)
    await connection.close()
  })
})

describe.each(dialects)('a break that cuts into a large transfer (%s)', (_name, protocol) => {
  it('leaves the connection usable', async () => {
    await using server = await startScripted(protocol)
    const echo = 'begin :out := echo(:in); end;'
    server.database.on(echo, ([, given]) => ({
      kind: 'plsql',
      binds: [
        { direction: 'out', value: given?.value ?? null },
        { direction: 'in', value: null },
      ],
    }))
    const connection = await server.connect()
    const prompt = 'x'.repeat(3_000_000)
    for (const callTimeout of [1, 3, 5, 8, 13, 21]) {
      connection.callTimeout = callTimeout
      await connection
        .execute(echo, {
          out: { dir: oracledb.BIND_OUT, type: oracledb.CLOB },
          in: { val: prompt, type: oracledb.CLOB },
        })
        .catch((error: Error) => expect(error.message).toMatch(/NJS-123/))
    }
    connection.callTimeout = 0
    const { outBinds } = await connection.execute<{ out: string }>(echo, {
      out: { dir: oracledb.BIND_OUT, type: oracledb.STRING },
      in: 'whole',
    })
    expect(outBinds?.out).toBe('whole')
    await connection.close()
  })
})

describe('a server that goes away', () => {
  it('drops its clients, and a pool replaces what it lost', async () => {
    await using server = await startScripted()
    server.database.on(QUICK, () => rows([numeric('N')], [[decimal(1)]]))
    const pool = await oracledb.createPool({
      user: 'demo',
      password: 'demo',
      connectString: server.emulator.connectString,
      poolMin: 0,
      poolMax: 2,
      poolPingInterval: 0,
    })
    const first = await pool.getConnection()
    await fetchAll(first, QUICK)
    server.emulator.dropConnections()
    await expect(first.execute(QUICK)).rejects.toThrow(/NJS-500/)
    await first.close()
    const second = await pool.getConnection()
    expect(await fetchAll(second, QUICK)).toEqual([[1]])
    await second.close()
    await pool.close(0)
    await server.emulator.ledger.waitFor((ledger) => ledger.open === 0)
    expect(server.emulator.ledger.sessions.map(({ ended }) => ended)).toEqual(['dropped', 'logoff'])
  })

  it('may announce it, and a connection then calls itself unhealthy', async () => {
    await using server = await startScripted()
    const connection = await server.connect()
    server.emulator.notifyShutdown()
    await connection.ping()
    expect(connection.isHealthy()).toBe(false)
    await connection.close()
  })
})

describe('a pool on the server side (DRCP)', () => {
  it('gets sessions back without their work, and hands them out as new', async () => {
    await using server = await startScripted()
    server.database.on(QUICK, () => rows([numeric('N')], [[decimal(1)]]))
    server.database.on('update t set a = 1', (_binds, { session }) => {
      session.inTransaction = true
      return { kind: 'dml', rowCount: 1 }
    })
    const pool = await oracledb.createPool({
      user: 'demo',
      password: 'demo',
      connectString: `${server.emulator.connectString}:pooled`,
      poolMin: 0,
      poolMax: 1,
    })
    server.database.on(LONG, () => rows([clob('C')], [['long']]))
    const inline = { fetchInfo: { C: { type: oracledb.STRING } } }
    for (let round = 0; round < 3; round += 1) {
      const connection = await pool.getConnection()
      expect(await fetchAll(connection, QUICK)).toEqual([[1]])
      expect(await fetchAll(connection, LONG, inline)).toEqual([['long']])
      await connection.execute('update t set a = 1')
      await connection.close()
    }
    await pool.close(0)
    await server.emulator.ledger.waitFor((ledger) => ledger.open === 0)
    expect(server.emulator.ledger.opened).toBe(1)
    expect(server.database.sessions.length).toBeGreaterThanOrEqual(3)
  })
})

describe('a pipeline', () => {
  it('answers each operation in order, errors included', async () => {
    await using server = await startScripted()
    server.database.on(QUICK, () => rows([numeric('N')], [[decimal(1)]]))
    const connection = await server.connect()
    const pipeline = new oracledb.Pipeline()
    pipeline.addFetchAll(QUICK)
    pipeline.addExecute('nonsense')
    pipeline.addCommit()
    pipeline.addFetchAll(QUICK)
    const before = server.emulator.ledger.sessions[0]?.roundTrips ?? 0
    const results = await connection.runPipeline(pipeline, true)
    expect(server.emulator.ledger.sessions[0]?.roundTrips).toBe(before + 1)
    expect(results.map((result) => result?.error?.errorNum)).toEqual([undefined, 900, undefined, undefined])
    expect(results.map((result) => result?.rows)).toMatchObject([[[1]], undefined, undefined, [[1]]])
    await connection.ping()
    await connection.close()
  })

  it('stops at an error when asked to', async () => {
    await using server = await startScripted()
    let runs = 0
    server.database.on(QUICK, () => {
      runs += 1
      return rows([numeric('N')], [[decimal(runs)]])
    })
    const connection = await server.connect()
    const pipeline = new oracledb.Pipeline()
    pipeline.addFetchAll(QUICK)
    pipeline.addExecute('nonsense')
    pipeline.addFetchAll(QUICK)
    await expect(connection.runPipeline(pipeline, false)).rejects.toThrow('ORA-00900')
    expect(await fetchAll(connection, QUICK)).toEqual([[2]])
    await connection.close()
  })
})
