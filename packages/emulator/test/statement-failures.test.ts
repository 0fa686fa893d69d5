import oracledb from 'oracledb'
import { describe, expect, it } from 'vitest'
import type { Emulator } from '../src/emulator.ts'
import { OracleError, startEmulator } from '../src/index.ts'
import { dialects, type Fixture, fetchAll, numeric, startScripted } from './protocol-fixture.ts'
import { rows } from './scripted-database.ts'

const QUERY = 'select quantity from stock'
const INSERT = 'insert into stock values (:quantity)'
const BLOCK = 'begin p(:a); end;'

const tooOld = new OracleError(1555, 'snapshot too old')
const deadlock = new OracleError(60, 'deadlock detected')

/** A server that notes what ran. */
async function startStock(...options: Parameters<typeof startScripted>): Promise<Fixture & { readonly ran: string[] }> {
  const server = await startScripted(...options)
  const ran: string[] = []
  server.database.on(QUERY, () => {
    ran.push(QUERY)
    return rows([numeric('QUANTITY')], [])
  })
  server.database.on(INSERT, () => {
    ran.push(INSERT)
    return { kind: 'dml', rowCount: 1 }
  })
  server.database.on(BLOCK, () => {
    ran.push(BLOCK)
    return { kind: 'plsql', binds: [{ direction: 'in', value: null }] }
  })
  return { ...server, ran }
}

const outcomes = (emulator: Emulator) =>
  emulator.ledger.sessions.flatMap(({ statements }) => statements.map(({ outcome, error }) => error ?? outcome))

describe.each(dialects)('failNext (%s)', (_name, protocol) => {
  it.each([
    ['a query', QUERY, []],
    ['a change', INSERT, [1]],
    ['a block', BLOCK, [1]],
  ])('has %s fail once, before it runs', async (_kind, sql, binds) => {
    await using server = await startStock(protocol)
    const connection = await server.connect()
    server.emulator.failNext(sql, tooOld)
    await expect(connection.execute(sql, binds)).rejects.toMatchObject({
      errorNum: 1555,
      message: expect.stringContaining('ORA-01555: snapshot too old'),
    })
    expect(server.ran).toEqual([])
    await connection.execute(sql, binds)
    expect(server.ran).toEqual([sql])
    expect(outcomes(server.emulator)).toEqual([1555, 'done'])
    expect(server.emulator.ledger.sessions[0]?.statements[0]).toMatchObject({ sql, outcome: 'failed' })
    await connection.close()
  })

  it.each([
    ['a query', QUERY, []],
    ['a change', INSERT, [1]],
    ['a block', BLOCK, [1]],
  ])('has %s fail that runs again without its text', async (_kind, sql, binds) => {
    await using server = await startStock(protocol)
    const connection = await server.connect()
    await connection.execute(sql, binds)
    await connection.execute(sql, binds)
    server.emulator.failNext(sql, deadlock)
    await expect(connection.execute(sql, binds)).rejects.toMatchObject({ errorNum: 60 })
    await connection.execute(sql, binds)
    expect(outcomes(server.emulator)).toEqual(['done', 'done', 60, 'done'])
    await connection.close()
  })

  it('has an executeMany fail as a whole, or its first row when errors are collected', async () => {
    await using server = await startStock(protocol)
    const connection = await server.connect()
    server.emulator.failNext(INSERT, tooOld)
    await expect(connection.executeMany(INSERT, [[1], [2], [3]])).rejects.toMatchObject({ errorNum: 1555 })
    expect(server.ran).toEqual([])
    server.emulator.failNext(INSERT, deadlock)
    server.emulator.failNext(INSERT, tooOld)
    const options = { batchErrors: true }
    const { batchErrors, rowsAffected } = await connection.executeMany(INSERT, [[1], [2], [3]], options)
    expect(batchErrors).toMatchObject([{ offset: 0, message: expect.stringContaining('ORA-00060') }])
    expect(rowsAffected).toBe(2)
    await expect(connection.executeMany(INSERT, [[1]])).rejects.toMatchObject({ errorNum: 1555 })
    expect(outcomes(server.emulator)).toEqual([1555, 60, 1555])
    await connection.close()
  })
})

describe('failNext', () => {
  it('has a statement of a pipeline fail', async () => {
    await using server = await startStock()
    const connection = await server.connect()
    const pipeline = new oracledb.Pipeline()
    pipeline.addFetchAll(QUERY)
    pipeline.addExecute(INSERT, [1])
    pipeline.addFetchAll(QUERY)
    server.emulator.failNext(/^insert/, tooOld)
    const results = await connection.runPipeline(pipeline, true)
    expect(results.map((result) => result?.error?.errorNum)).toEqual([undefined, 1555, undefined])
    expect(server.ran).toEqual([QUERY, QUERY])
    await connection.close()
  })

  it('finds a piece of the text in any letter case, and waits for it', async () => {
    await using server = await startStock()
    const connection = await server.connect()
    server.emulator.failNext('INTO Stock', tooOld)
    await connection.execute(QUERY)
    await connection.execute(BLOCK, [1])
    await expect(connection.execute(INSERT, [1])).rejects.toMatchObject({ errorNum: 1555 })
    await connection.close()
  })

  it('takes a pattern as it is, whatever it was used for before', async () => {
    await using server = await startStock()
    const connection = await server.connect()
    const pattern = /SELECT|stock/g
    pattern.test(QUERY)
    server.emulator.failNext(/SELECT/, deadlock)
    server.emulator.failNext(pattern, tooOld)
    await expect(connection.execute(QUERY)).rejects.toMatchObject({ errorNum: 1555 })
    await connection.execute(QUERY)
    await connection.close()
  })

  it('meets failures one after the other, in whichever session the statements come', async () => {
    await using server = await startStock()
    const [one, two] = await Promise.all([server.connect(), server.connect()])
    server.emulator.failNext(QUERY, tooOld)
    server.emulator.failNext(QUERY, deadlock)
    await expect(one.execute(QUERY)).rejects.toMatchObject({ errorNum: 1555 })
    await expect(two.execute(QUERY)).rejects.toMatchObject({ errorNum: 60 })
    await Promise.all([one.execute(QUERY), two.execute(QUERY)])
    await Promise.all([one.close(), two.close()])
  })

  it('is taken back by what it returns, as long as nobody met it', async () => {
    await using server = await startStock()
    const connection = await server.connect()
    const takeBack = server.emulator.failNext(QUERY, tooOld)
    const takeOtherBack = server.emulator.failNext(QUERY, tooOld)
    server.emulator.failNext(QUERY, deadlock)
    takeBack()
    await expect(connection.execute(QUERY)).rejects.toMatchObject({ errorNum: 1555 })
    takeOtherBack()
    takeBack()
    await expect(connection.execute(QUERY)).rejects.toMatchObject({ errorNum: 60 })
    await connection.execute(QUERY)
    await connection.close()
  })

  it('goes on waiting when the statement cannot even be parsed', async () => {
    await using server = await startStock()
    const connection = await server.connect()
    server.emulator.failNext('stock', tooOld)
    await expect(connection.execute('selec quantity from stock')).rejects.toMatchObject({ errorNum: 900 })
    await expect(connection.execute(QUERY)).rejects.toMatchObject({ errorNum: 1555 })
    await connection.close()
  })

  it('makes the driver give the connection up, with a number that says so', async () => {
    await using server = await startStock()
    const connection = await server.connect()
    server.emulator.failNext(QUERY, new OracleError(600, 'internal error code, arguments: [kqlfnd]'))
    await expect(connection.execute(QUERY)).rejects.toMatchObject({ code: 'NJS-500' })
    expect(connection.isHealthy()).toBe(false)
    await connection.close().catch(() => {})
  })

  it.each<[unknown, unknown, string]>([
    ['', tooOld, 'match must be a piece of the text of a statement, or a RegExp'],
    [' \n', tooOld, 'match must be'],
    [undefined, tooOld, 'match must be'],
    [QUERY, new Error('ORA-01555'), 'error must be an OracleError'],
    [QUERY, undefined, 'error must be an OracleError'],
    [QUERY, new OracleError(0, 'all is well'), 'error.number must be a whole number from 1 to 65535, not 0'],
    [QUERY, new OracleError(1.5, 'half'), 'error.number'],
    [QUERY, new OracleError(65_536, 'too large'), 'error.number'],
  ])('names the argument that makes no sense: %j, %j', async (match, error, message) => {
    await using server = await startStock()
    expect(() => server.emulator.failNext(match as string, error as OracleError)).toThrow(message)
    const connection = await server.connect()
    await connection.execute(QUERY)
    await connection.close()
  })

  it('leaves the work of a transaction before the failure as it was', async () => {
    await using emulator = await startEmulator()
    const { connectString } = emulator
    const connection = await oracledb.getConnection({ user: 'demo', password: 'demo', connectString })
    await connection.execute('CREATE TABLE stock (quantity NUMBER)')
    await connection.execute('INSERT INTO stock VALUES (1)')
    emulator.failNext('values (2)', deadlock)
    await expect(connection.execute('INSERT INTO stock VALUES (2)')).rejects.toMatchObject({ errorNum: 60 })
    await connection.execute('INSERT INTO stock VALUES (3)')
    expect(await fetchAll(connection, 'SELECT quantity FROM stock ORDER BY quantity')).toEqual([[1], [3]])
    await connection.close()
  })
})
