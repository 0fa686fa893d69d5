import oracledb from 'oracledb'
import { describe, expect, it } from 'vitest'
import { Interval } from '../src/values/interval.ts'
import { OracleDateTime } from '../src/values/oracle-date-time.ts'
import type { OracleType } from '../src/values/oracle-type.ts'
import type { OracleValue } from '../src/values/oracle-value.ts'
import { clob, decimal, dialects, fetchAll, moreDialects, numeric, startScripted, text } from './protocol-fixture.ts'
import { rows } from './scripted-database.ts'

const fewCursors = {
  session: { cursors: 10, lobs: { temporaryCount: 10, temporarySize: 1000, fetchedCount: 10, fetchedSize: 1000 } },
}
const LONG = 'größer ✓ 😀 '.repeat(3000)

const moment = new OracleDateTime(2024, 2, 29, 23, 59, 58, 123_000_000)
const eastern = new OracleDateTime(2024, 2, 29, 23, 59, 58, 123_000_000, -330)

/** What each type's values become in the driver. */
const typeCases: readonly (readonly [type: OracleType, values: readonly OracleValue[], fetched: readonly unknown[]])[] =
  [
    [
      { name: 'VARCHAR2', length: 32_767 },
      ['a', null, 'é✓😀', 'x'.repeat(252), 'y'.repeat(32_767)],
      ['a', null, 'é✓😀', 'x'.repeat(252), 'y'.repeat(32_767)],
    ],
    [{ name: 'NVARCHAR2', length: 100 }, ['ä✓😀', null], ['ä✓😀', null]],
    [{ name: 'CHAR', length: 3 }, ['a  '], ['a  ']],
    [{ name: 'NCHAR', length: 4 }, ['é '], ['é ']],
    [
      { name: 'RAW', length: 300 },
      [Uint8Array.of(0, 255, 7), null, new Uint8Array(300).fill(9)],
      [Buffer.of(0, 255, 7), null, Buffer.alloc(300, 9)],
    ],
    [
      { name: 'NUMBER', precision: 10, scale: 2 },
      [decimal('12345678.91'), decimal(0), decimal('-0.01'), null],
      [12345678.91, 0, -0.01, null],
    ],
    [
      { name: 'NUMBER', precision: 0, scale: -127 },
      [decimal('1e100'), decimal('-1e-100'), decimal(100)],
      [1e100, -1e-100, 100],
    ],
    [{ name: 'BINARY_INTEGER' }, [decimal(-2_147_483_648), null], [-2_147_483_648, null]],
    [{ name: 'BINARY_DOUBLE' }, [decimal('1.5'), decimal('-2.25e10'), null], [1.5, -2.25e10, null]],
    [{ name: 'BINARY_FLOAT' }, [decimal('1.5'), decimal('-0.5')], [1.5, -0.5]],
    [
      { name: 'BINARY_DOUBLE' },
      [decimal('1.1e300'), decimal(Number.NaN), decimal(Number.POSITIVE_INFINITY), decimal(Number.NEGATIVE_INFINITY)],
      [1.1e300, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
    ],
    [
      { name: 'INTERVAL YEAR TO MONTH' },
      [new Interval('months', 14n), new Interval('months', -14n), null],
      [expect.objectContaining({ years: 1, months: 2 }), expect.objectContaining({ years: -1, months: -2 }), null],
    ],
    [
      { name: 'INTERVAL DAY TO SECOND' },
      [
        Interval.ofParts({ days: 1, hours: 2, minutes: 3, seconds: 4, nanoseconds: 5000 }),
        Interval.ofParts({ days: 0, hours: 0, minutes: 0, seconds: -1, nanoseconds: -500_000_000 }),
      ],
      [
        expect.objectContaining({ days: 1, hours: 2, minutes: 3, seconds: 4, fseconds: 5000 }),
        expect.objectContaining({ days: 0, hours: 0, minutes: 0, seconds: -1, fseconds: -500_000_000 }),
      ],
    ],
    [{ name: 'DATE' }, [moment, null], [new Date(2024, 1, 29, 23, 59, 58), null]],
    [{ name: 'TIMESTAMP', scale: 6 }, [moment, null], [new Date(2024, 1, 29, 23, 59, 58, 123), null]],
    [{ name: 'TIMESTAMP WITH TIME ZONE', scale: 6 }, [eastern], [new Date(Date.UTC(2024, 2, 1, 5, 29, 58, 123))]],
    [
      { name: 'TIMESTAMP WITH LOCAL TIME ZONE', scale: 6 },
      [moment],
      [new Date(Date.UTC(2024, 1, 29, 23, 59, 58, 123))],
    ],
    [{ name: 'BOOLEAN' }, [true, false, null], [true, false, null]],
    [{ name: 'ROWID' }, ['AAAR3sAAEAAAACXAAA', null], ['AAAR3sAAEAAAACXAAA', null]],
    [{ name: 'LONG' }, [LONG, null], [LONG, null]],
  ]

describe.each(moreDialects)('a query (%s)', (_name, protocol) => {
  it.each(typeCases)('brings values of type $name', async (type, values, fetched) => {
    await using server = await startScripted(protocol)
    server.database.on('select v, n from t', () =>
      rows(
        [{ name: 'V', type }, numeric('N')],
        values.map((value, index) => [value, decimal(index)]),
      ),
    )
    const connection = await server.connect()
    expect(await fetchAll(connection, 'select v, n from t')).toEqual(fetched.map((value, index) => [value, index]))
    await connection.close()
  })

  it('brings large objects as locators and as text, again and again', async () => {
    await using server = await startScripted(protocol)
    const bytes = new Uint8Array(70_000).map((_, index) => index % 251)
    server.database.on('select c, b, n from t', () =>
      rows(
        [clob('C'), { name: 'B', type: { name: 'BLOB' } }, numeric('N')],
        [
          [LONG, bytes, decimal(1)],
          [null, null, decimal(2)],
        ],
      ),
    )
    const connection = await server.connect()
    for (let round = 0; round < 3; round += 1) {
      const [first, second] = await fetchAll(connection, 'select c, b, n from t')
      const [c, b, n] = first as [oracledb.Lob, oracledb.Lob, number]
      expect(await c.getData()).toBe(LONG)
      expect(Buffer.from(bytes).equals((await b.getData()) as Buffer)).toBe(true)
      expect(n).toBe(1)
      expect(second).toEqual([null, null, 2])
    }
    const inline = { fetchInfo: { C: { type: oracledb.STRING }, B: { type: oracledb.BUFFER } } }
    for (let round = 0; round < 3; round += 1) {
      const [first, second] = await fetchAll(connection, 'select c, b, n from t', inline)
      const [c, b, n] = first as [string, Buffer, number]
      expect([c === LONG, Buffer.from(bytes).equals(b), n]).toEqual([true, true, 1])
      expect(second).toEqual([null, null, 2])
    }
    await connection.close()
  })

  it('brings many rows in several fetches, whatever their size', async () => {
    await using server = await startScripted(protocol)
    const all = Array.from({ length: 1001 }, (_, index) => [decimal(index), `row ${index}`])
    server.database.on('select n, s from t', () => rows([numeric('N'), text('S')], all))
    const connection = await server.connect()
    const expected = all.map((_, index) => [index, `row ${index}`])
    for (const options of [{}, { prefetchRows: 0 }, { prefetchRows: 1001 }, { prefetchRows: 3, fetchArraySize: 7 }]) {
      expect(await fetchAll(connection, 'select n, s from t', options)).toEqual(expected)
    }
    await connection.close()
  })

  it('ends early, and runs again from its cursor', async () => {
    await using server = await startScripted(protocol)
    server.database.on('select n from t', () =>
      rows(
        [numeric('N')],
        Array.from({ length: 300 }, (_, n) => [decimal(n)]),
      ),
    )
    const connection = await server.connect()
    for (let round = 0; round < 3; round += 1) {
      const { resultSet } = await connection.execute<[number]>('select n from t', [], { resultSet: true })
      expect(await resultSet?.getRow()).toEqual([0])
      await resultSet?.close()
    }
    expect((await fetchAll(connection, 'select n from t')).length).toBe(300)
    await connection.close()
  })

  it('without rows and with binds gives no rows', async () => {
    await using server = await startScripted(protocol)
    server.database.on('select n from t where n = :n', ([bind]) =>
      rows([numeric('N')], bind?.value ? [[bind.value]] : []),
    )
    const connection = await server.connect()
    const run = async (n: number | null) => (await connection.execute('select n from t where n = :n', { n })).rows
    expect(await run(null)).toEqual([])
    expect(await run(5)).toEqual([[5]])
    expect(await run(null)).toEqual([])
    await connection.close()
  })

  it('that yields other columns than before is parsed again, without running twice', async () => {
    await using server = await startScripted(protocol)
    let runs = 0
    server.database.on('select * from t', () => {
      runs += 1
      return runs % 2 === 1
        ? rows([numeric('N')], [[decimal(runs)]])
        : rows([text('A'), clob('C')], [[`run ${runs}`, 'long']])
    })
    const connection = await server.connect()
    const options = {
      fetchTypeHandler: ({ dbType }: { dbType: unknown }) =>
        dbType === oracledb.DB_TYPE_CLOB ? { type: oracledb.STRING } : undefined,
    }
    expect(await fetchAll(connection, 'select * from t', options as oracledb.ExecuteOptions)).toEqual([[1]])
    expect(await fetchAll(connection, 'select * from t', options as oracledb.ExecuteOptions)).toEqual([
      ['run 2', 'long'],
    ])
    expect(await fetchAll(connection, 'select * from t', options as oracledb.ExecuteOptions)).toEqual([[3]])
    expect(runs).toBe(3)
    await connection.close()
  })
})

describe.each(dialects)('a query (%s)', (_name, protocol) => {
  it('describes its columns', async () => {
    await using server = await startScripted(protocol)
    const columns = [
      { name: 'ID', type: { name: 'NUMBER', precision: 9, scale: 2 }, nullable: false },
      { name: 'name', type: { name: 'VARCHAR2', length: 30 } },
      { name: 'AT', type: { name: 'TIMESTAMP', scale: 3 } },
      { name: 'ANY', type: { name: 'NUMBER', precision: 0, scale: -127 } },
    ] as const
    server.database.on('select * from t', () => rows(columns, []))
    const connection = await server.connect()
    const { metaData } = await connection.execute('select * from t')
    expect(metaData).toMatchObject([
      { name: 'ID', dbTypeName: 'NUMBER', precision: 9, scale: 2, nullable: false },
      { name: 'name', dbTypeName: 'VARCHAR2', byteSize: 30, nullable: true },
      { name: 'AT', dbTypeName: 'TIMESTAMP', precision: 3 },
      { name: 'ANY', dbTypeName: 'NUMBER', precision: 0, scale: -127 },
    ])
    const info = await connection.getStatementInfo('select * from t')
    expect(info.metaData?.map(({ name }) => name)).toEqual(['ID', 'name', 'AT', 'ANY'])
    await connection.close()
  })

  it('may have three hundred columns with names beyond ASCII', async () => {
    await using server = await startScripted(protocol)
    const columns = Array.from({ length: 300 }, (_, index) => text(`SPALTE_Ä_${index}`))
    server.database.on('select * from t', () => rows(columns, [columns.map(({ name }) => name)]))
    const connection = await server.connect()
    const result = await connection.execute('select * from t', [], { outFormat: oracledb.OUT_FORMAT_OBJECT })
    expect(result.rows).toEqual([Object.fromEntries(columns.map(({ name }) => [name, name]))])
    await connection.close()
  })

  it('may hold cursors in its rows', async () => {
    await using server = await startScripted(protocol)
    const inner = (count: number) => ({
      kind: 'cursor' as const,
      columns: [{ ...numeric('N'), nullable: true }],
      rows: Array.from({ length: count }, (_, index) => [decimal(index)]),
    })
    server.database.on('select n, c from t', () =>
      rows(
        [numeric('N'), { name: 'C', type: { name: 'CURSOR' } }],
        [
          [decimal(1), inner(2)],
          [decimal(2), inner(150)],
        ],
      ),
    )
    const connection = await server.connect()
    const fetched = (await fetchAll(connection, 'select n, c from t')) as [number, number[][]][]
    expect(fetched.map(([n, nested]) => [n, nested.length])).toEqual([
      [1, 2],
      [2, 150],
    ])
    await connection.close()
  })

  it('reports an error with its number, message and place, and the connection goes on', async () => {
    await using server = await startScripted(protocol)
    const connection = await server.connect()
    for (let round = 0; round < 3; round += 1) {
      await expect(connection.execute('select from')).rejects.toMatchObject({
        errorNum: 900,
        offset: 7,
        message: expect.stringContaining('ORA-00900: invalid SQL statement'),
      })
    }
    await connection.ping()
    await connection.close()
  })

  it('that fails while a cursor exists can run again', async () => {
    await using server = await startScripted(protocol)
    const { OracleError } = await import('../src/oracle-error.ts')
    let runs = 0
    server.database.on('select n from t', () => {
      runs += 1
      if (runs === 2) throw new OracleError(1476, 'divisor is equal to zero')
      return rows([numeric('N')], [[decimal(runs)]])
    })
    const connection = await server.connect()
    expect(await fetchAll(connection, 'select n from t')).toEqual([[1]])
    await expect(connection.execute('select n from t')).rejects.toThrow('ORA-01476')
    expect(await fetchAll(connection, 'select n from t')).toEqual([[3]])
    expect(server.emulator.ledger.sessions[0]?.statements.map(({ outcome, error }) => [outcome, error])).toEqual([
      ['done', undefined],
      ['failed', 1476],
      ['done', undefined],
    ])
    await connection.close()
  })

  it('whose value has no form for its column is an error of that query alone', async () => {
    await using server = await startScripted(protocol)
    server.database.on('select n from t', () => rows([numeric('N')], [['no number']]))
    const connection = await server.connect()
    await expect(connection.execute('select n from t')).rejects.toThrow('ORA-01722')
    await connection.ping()
    await connection.close()
  })

  it('leaves no cursor behind when the statement cache throws it out', async () => {
    await using server = await startScripted(protocol, {}, fewCursors)
    const connection = await server.connect({ stmtCacheSize: 2 })
    for (let index = 0; index < 100; index += 1) {
      const sql = `select ${index} from t`
      server.database.on(sql, () => rows([numeric('N')], [[decimal(index)]]))
      expect(await fetchAll(connection, sql)).toEqual([[index]])
    }
    await connection.close()
  })

  it('is turned away with ORA-01000 when too many cursors are open', async () => {
    await using server = await startScripted(protocol, {}, fewCursors)
    server.database.on('select n from t', () =>
      rows(
        [numeric('N')],
        Array.from({ length: 500 }, (_, n) => [decimal(n)]),
      ),
    )
    const connection = await server.connect({ stmtCacheSize: 0 })
    const open: oracledb.ResultSet<unknown>[] = []
    const openOne = async () => {
      const { resultSet } = await connection.execute('select n from t', [], { resultSet: true, prefetchRows: 1 })
      if (resultSet) open.push(resultSet)
    }
    for (let index = 0; index < fewCursors.session.cursors; index += 1) await openOne()
    await expect(openOne()).rejects.toThrow('ORA-01000')
    for (const resultSet of open.splice(0)) await resultSet.close()
    await openOne()
    await connection.close()
  })
})
