import { isDeepStrictEqual } from 'node:util'
import oracledb from 'oracledb'
import { describe, expect, it } from 'vitest'
import type { Bind } from '../src/execution/database-session.ts'
import { OracleError } from '../src/oracle-error.ts'
import { Interval } from '../src/values/interval.ts'
import { OracleDateTime } from '../src/values/oracle-date-time.ts'
import { OracleNumber } from '../src/values/oracle-number.ts'
import type { OracleType } from '../src/values/oracle-type.ts'
import { clob, decimal, dialects, moreDialects, numeric, startScripted } from './protocol-fixture.ts'

const { BIND_IN, BIND_INOUT, BIND_OUT } = oracledb
const BLOCK = 'begin :a := f(:b); end;'
const LONG = 'Frage ✓ 😀 '.repeat(6000)

const inBinds: readonly (readonly [
  name: string,
  bind: oracledb.BindParameter,
  type: Partial<OracleType>,
  value: unknown,
])[] = [
  ['text', { val: 'grün ✓' }, { name: 'VARCHAR2' }, 'grün ✓'],
  ['the empty text', { val: '' }, { name: 'VARCHAR2' }, null],
  ['text of 32767 bytes', { val: 'x'.repeat(32_767) }, { name: 'VARCHAR2' }, 'x'.repeat(32_767)],
  ['text beyond 32767 bytes', { val: LONG }, { name: 'CLOB' }, LONG],
  ['national text', { val: 'ä✓😀', type: oracledb.DB_TYPE_NVARCHAR }, { name: 'NVARCHAR2' }, 'ä✓😀'],
  ['fixed text', { val: 'abc', type: oracledb.DB_TYPE_CHAR }, { name: 'CHAR' }, 'abc'],
  ['a CLOB given as text', { val: LONG, type: oracledb.CLOB }, { name: 'CLOB' }, LONG],
  ['a number', { val: -123.456 }, { name: 'NUMBER' }, decimal('-123.456')],
  ['no value', { val: null }, { name: 'VARCHAR2' }, null],
  ['a double', { val: 0.1, type: oracledb.DB_TYPE_BINARY_DOUBLE }, { name: 'BINARY_DOUBLE' }, decimal('0.1')],
  ['a float', { val: -0.5, type: oracledb.DB_TYPE_BINARY_FLOAT }, { name: 'BINARY_FLOAT' }, decimal('-0.5')],
  [
    'an interval of months',
    { val: Object.assign(new oracledb.IntervalYM(), { years: -1, months: -2 }), type: oracledb.DB_TYPE_INTERVAL_YM },
    { name: 'INTERVAL YEAR TO MONTH' },
    new Interval('months', -14n),
  ],
  [
    'an interval of days',
    {
      val: Object.assign(new oracledb.IntervalDS(), { days: 1, hours: 0, minutes: 0, seconds: 2, fseconds: 3 }),
      type: oracledb.DB_TYPE_INTERVAL_DS,
    },
    { name: 'INTERVAL DAY TO SECOND' },
    Interval.ofParts({ days: 1, hours: 0, minutes: 0, seconds: 2, nanoseconds: 3 }),
  ],
  ['a boolean', { val: true, type: oracledb.DB_TYPE_BOOLEAN }, { name: 'BOOLEAN' }, true],
  ['no boolean', { val: null, type: oracledb.DB_TYPE_BOOLEAN }, { name: 'BOOLEAN' }, null],
  ['bytes', { val: Buffer.of(1, 2, 255) }, { name: 'RAW' }, Uint8Array.of(1, 2, 255)],
  ['many bytes', { val: Buffer.alloc(50_000, 7) }, { name: 'BLOB' }, new Uint8Array(50_000).fill(7)],
  [
    'a date',
    { val: new Date(2024, 1, 29, 1, 2, 3), type: oracledb.DB_TYPE_DATE },
    { name: 'DATE' },
    new OracleDateTime(2024, 2, 29, 1, 2, 3),
  ],
  [
    'a moment with its zone',
    { val: new Date(Date.UTC(2024, 1, 29, 1, 2, 3, 456)), type: oracledb.DB_TYPE_TIMESTAMP_TZ },
    { name: 'TIMESTAMP WITH TIME ZONE' },
    new OracleDateTime(2024, 2, 29, 1, 2, 3, 456_000_000, 0),
  ],
  [
    'a timestamp',
    { val: new Date(2024, 1, 29, 1, 2, 3) },
    { name: 'TIMESTAMP' },
    new OracleDateTime(2024, 2, 29, 1, 2, 3),
  ],
  [
    'a moment',
    { val: new Date(Date.UTC(2024, 1, 29, 1, 2, 3, 456)), type: oracledb.DB_TYPE_TIMESTAMP_LTZ },
    { name: 'TIMESTAMP WITH LOCAL TIME ZONE' },
    new OracleDateTime(2024, 2, 29, 1, 2, 3, 456_000_000),
  ],
]

describe.each(moreDialects)('a block (%s)', (_name, protocol) => {
  it.each(inBinds)('receives %s', async (_case, bind, type, value) => {
    await using server = await startScripted(protocol)
    const received: Bind[] = []
    server.database.on(BLOCK, (binds) => {
      received.push(...binds.slice(1))
      return {
        kind: 'plsql',
        binds: [
          { direction: 'out', value: decimal(1) },
          { direction: 'in', value: null },
        ],
      }
    })
    const connection = await server.connect()
    for (let round = 0; round < 2; round += 1) {
      await connection.execute(BLOCK, { a: { dir: BIND_OUT, type: oracledb.NUMBER }, b: { dir: BIND_IN, ...bind } })
    }
    expect(received).toMatchObject([{ type }, { type }])
    const values = received.map((given) =>
      given.value instanceof Uint8Array ? new Uint8Array(given.value) : given.value,
    )
    for (const given of values) expect(isDeepStrictEqual(given, value)).toBe(true)
    await connection.close()
  })

  it('gives back text, numbers, dates, booleans, bytes and large objects', async () => {
    await using server = await startScripted(protocol)
    const sql = 'begin p(:t, :n, :d, :b, :r, :c, :x, :f); end;'
    const day = new OracleDateTime(2024, 2, 29, 10, 11, 12)
    const bytes = new Uint8Array(40_000).fill(3)
    const values = ['Text ✓', decimal('1.25'), day, true, Uint8Array.of(9), LONG, bytes, decimal('0.5')]
    let empty = false
    server.database.on(sql, () => ({
      kind: 'plsql',
      binds: values.map((value) => ({ direction: 'out', value: empty ? null : value })),
    }))
    const connection = await server.connect()
    const types = {
      t: oracledb.STRING,
      n: oracledb.NUMBER,
      d: oracledb.DB_TYPE_DATE,
      b: oracledb.DB_TYPE_BOOLEAN,
      r: oracledb.BUFFER,
      c: oracledb.CLOB,
      x: oracledb.BLOB,
      f: oracledb.DB_TYPE_BINARY_DOUBLE,
    }
    const binds = Object.fromEntries(Object.entries(types).map(([name, type]) => [name, { dir: BIND_OUT, type }]))
    for (let round = 0; round < 3; round += 1) {
      const { outBinds } = await connection.execute<Record<string, unknown>>(sql, binds)
      const { c, x, ...others } = outBinds as Record<string, unknown> & { c: oracledb.Lob; x: oracledb.Lob }
      expect(others).toEqual({
        t: 'Text ✓',
        n: 1.25,
        d: new Date(2024, 1, 29, 10, 11, 12),
        b: true,
        r: Buffer.of(9),
        f: 0.5,
      })
      expect(await c.getData()).toBe(LONG)
      expect(Buffer.from(bytes).equals((await x.getData()) as Buffer)).toBe(true)
      await c.close()
      await x.close()
    }
    empty = true
    const { outBinds } = await connection.execute<Record<string, unknown>>(sql, binds)
    expect(Object.values(outBinds ?? {})).toEqual(values.map(() => null))
    await connection.close()
  })

  it('changes IN OUT binds, in any mixture of directions, when run again', async () => {
    await using server = await startScripted(protocol)
    const sql = 'begin p(:i, :o, :io); end;'
    server.database.on(sql, ([i, o, io]) => ({
      kind: 'plsql',
      binds: [
        { direction: 'in', value: null },
        { direction: 'out', value: `o=${o?.value} i=${i?.value}` },
        { direction: 'inOut', value: `${io?.value}!` },
      ],
    }))
    const connection = await server.connect()
    for (const value of ['a', 'b', 'ccc']) {
      const { outBinds } = await connection.execute(sql, {
        i: value,
        o: { dir: BIND_OUT, type: oracledb.STRING },
        io: { dir: BIND_INOUT, val: value, type: oracledb.STRING, maxSize: 50 },
      })
      expect(outBinds).toEqual({ o: `o=null i=${value}`, io: `${value}!` })
    }
    const { outBinds } = await connection.execute(sql, {
      i: 5,
      o: { dir: BIND_OUT, type: oracledb.STRING },
      io: { dir: BIND_INOUT, val: 'again', type: oracledb.STRING, maxSize: 80 },
    })
    expect(outBinds).toEqual({ o: 'o=null i=5', io: 'again!' })
    await connection.close()
  })

  it('fails with ORA-06502 when a text does not fit its bind, and keeps the connection', async () => {
    await using server = await startScripted(protocol)
    server.database.on(BLOCK, () => ({
      kind: 'plsql',
      binds: [
        { direction: 'out', value: 'fünf' },
        { direction: 'in', value: null },
      ],
    }))
    const connection = await server.connect()
    const run = (maxSize: number) =>
      connection.execute(BLOCK, { a: { dir: BIND_OUT, type: oracledb.STRING, maxSize }, b: 1 })
    await expect(run(4)).rejects.toThrow('ORA-06502')
    expect((await run(5)).outBinds).toEqual({ a: 'fünf' })
    await connection.close()
  })

  it('with a value of a type that is not spoken fails alone, and the connection goes on', async () => {
    await using server = await startScripted(protocol)
    server.database.on(BLOCK, () => ({ kind: 'plsql', binds: [] }))
    const connection = await server.connect()
    const vector = { val: Float32Array.of(1, 2), type: oracledb.DB_TYPE_VECTOR }
    await expect(connection.execute(BLOCK, { a: 1, b: vector })).rejects.toThrow('ORA-03001')
    expect(server.log).toEqual([expect.stringMatching(/data type 127, which is not supported/)])
    await connection.ping()
    await connection.close()
  })

  it('runs for many rows of binds', async () => {
    await using server = await startScripted(protocol)
    server.database.on(BLOCK, ([, b]) => ({
      kind: 'plsql',
      binds: [
        { direction: 'out', value: `<${b?.value}>` },
        { direction: 'in', value: null },
      ],
    }))
    const connection = await server.connect()
    const result = await connection.executeMany(BLOCK, [{ b: 'x' }, { b: 'y' }, { b: 'z' }], {
      bindDefs: { a: { dir: BIND_OUT, type: oracledb.STRING, maxSize: 20 }, b: { type: oracledb.STRING, maxSize: 20 } },
    })
    expect(result.outBinds).toEqual([{ a: '<x>' }, { a: '<y>' }, { a: '<z>' }])
    await connection.close()
  })

  it('exchanges arrays', async () => {
    await using server = await startScripted(protocol)
    const sql = 'begin p(:n, :t); end;'
    server.database.on(sql, ([n, t]) => ({
      kind: 'plsql',
      binds: [
        {
          direction: 'inOut',
          value: null,
          elements: (n?.elements ?? []).map((value) => (value === null ? null : (value as OracleNumber).times(2))),
        },
        { direction: 'out', value: null, elements: ['a', null, `${t?.elements?.length}`] },
      ],
    }))
    const connection = await server.connect()
    const run = () =>
      connection.execute(sql, {
        n: { dir: BIND_INOUT, type: oracledb.NUMBER, val: [1, 2.5, null], maxArraySize: 10 },
        t: { dir: BIND_OUT, type: oracledb.STRING, maxSize: 10, maxArraySize: 3 },
      })
    const expected = { n: [2, 5, null], t: ['a', null, '0'] }
    expect((await run()).outBinds).toEqual(expected)
    expect((await run()).outBinds).toEqual(expected)
    await connection.close()
  })

  it('hands results to its client beside its binds', async () => {
    await using server = await startScripted(protocol)
    const sql = 'begin hand_over(:a); end;'
    server.database.on(sql, () => ({
      kind: 'plsql',
      binds: [{ direction: 'out', value: 'done' }],
      results: [
        { kind: 'cursor', columns: [{ ...numeric('N'), nullable: true }], rows: [[decimal(1)], [decimal(2)]] },
        { kind: 'cursor', columns: [{ ...clob('C'), nullable: true }], rows: [['long text']] },
      ],
    }))
    const connection = await server.connect()
    for (let round = 0; round < 2; round += 1) {
      const { outBinds, implicitResults = [] } = await connection.execute<{ a: string }>(sql, { a: { dir: BIND_OUT } })
      expect(outBinds).toEqual({ a: 'done' })
      expect(implicitResults[0]).toEqual([[1], [2]])
      const [[lob]] = implicitResults[1] as unknown as [[oracledb.Lob]]
      expect(await lob.getData()).toBe('long text')
    }
    await connection.close()
  })

  it('returns a REF CURSOR, with and without large objects', async () => {
    await using server = await startScripted(protocol)
    const sql = 'begin open_it(:c); end;'
    const make = (long: boolean) => ({
      kind: 'cursor' as const,
      columns: [{ ...(long ? clob('V') : numeric('V')), nullable: true }],
      rows: Array.from({ length: 120 }, (_, index) => [long ? `text ${index}` : decimal(index)]),
    })
    let long = false
    server.database.on(sql, () => ({ kind: 'plsql', binds: [{ direction: 'out', value: make(long) }] }))
    const connection = await server.connect()
    const fetchRows = async () => {
      const { outBinds } = await connection.execute<{ c: oracledb.ResultSet<unknown[]> }>(sql, {
        c: { dir: BIND_OUT, type: oracledb.CURSOR },
      })
      const all: unknown[][] = []
      if (outBinds) for await (const row of outBinds.c as unknown as AsyncIterable<unknown[]>) all.push(row)
      return all
    }
    expect((await fetchRows()).map(([value]) => value)).toEqual(Array.from({ length: 120 }, (_, index) => index))
    long = true
    const lobs = (await fetchRows()) as [oracledb.Lob][]
    expect(lobs).toHaveLength(120)
    expect(await lobs[119]?.[0].getData()).toBe('text 119')
    await connection.close()
  })
})

describe.each(dialects)('DML (%s)', (_name, protocol) => {
  it('reports its rows, its transaction and the end of it', async () => {
    await using server = await startScripted(protocol)
    server.database.on('update t set a = :a', (_binds, { session }) => {
      session.inTransaction = true
      return { kind: 'dml', rowCount: 300 }
    })
    const connection = await server.connect()
    expect((await connection.execute('update t set a = :a', [1])).rowsAffected).toBe(300)
    expect(connection.transactionInProgress).toBe(true)
    await connection.commit()
    expect(connection.transactionInProgress).toBe(false)
    for (let round = 0; round < 2; round += 1) {
      await connection.execute('update t set a = :a', [2], { autoCommit: true })
      expect(connection.transactionInProgress).toBe(false)
    }
    await connection.execute('update t set a = :a', [2])
    await connection.rollback()
    expect(connection.transactionInProgress).toBe(false)
    await connection.close()
  })

  it('runs for many rows, with long values behind the short ones', async () => {
    await using server = await startScripted(protocol)
    const sql = 'insert into t values (:a, :b, :c)'
    const inserted: unknown[][] = []
    server.database.on(sql, (binds) => {
      inserted.push(binds.map(({ value }) => (value instanceof OracleNumber ? value.toNumber() : value)))
      return { kind: 'dml', rowCount: 1 }
    })
    const connection = await server.connect()
    const given = Array.from({ length: 40 }, (_, index) => [`${index}`, index % 2 === 0 ? LONG : null, index])
    const result = await connection.executeMany(sql, given, {
      bindDefs: [
        { type: oracledb.STRING, maxSize: 10 },
        { type: oracledb.STRING, maxSize: 100_000 },
        { type: oracledb.NUMBER },
      ],
      dmlRowCounts: true,
    })
    expect(result.rowsAffected).toBe(40)
    expect(result.dmlRowCounts).toEqual(given.map(() => 1))
    expect(inserted).toEqual(given)
    await connection.close()
  })

  it('stops at the first bad row, or collects them all when asked', async () => {
    await using server = await startScripted(protocol)
    const sql = 'insert into t values (:a)'
    server.database.on(sql, ([a]) => {
      if ((a as { value: OracleNumber }).value.toNumber() % 2 === 0)
        throw new OracleError(1, 'unique constraint violated')
      return { kind: 'dml', rowCount: 1 }
    })
    const connection = await server.connect()
    const given = [[1], [2], [3], [4]]
    await expect(connection.executeMany(sql, given)).rejects.toThrow('ORA-00001')
    const { batchErrors, rowsAffected } = await connection.executeMany(sql, given, { batchErrors: true })
    expect(rowsAffected).toBe(2)
    expect(batchErrors?.map(({ offset, message }) => [offset, message])).toEqual([
      [1, expect.stringContaining('ORA-00001: unique constraint violated')],
      [3, expect.stringContaining('ORA-00001: unique constraint violated')],
    ])
    await connection.close()
  })

  it('returns values of the rows that it changed', async () => {
    await using server = await startScripted(protocol)
    const sql = 'update t set a = :a where b = :b returning id, name into :id, :name'
    server.database.on(sql, (binds) => ({
      kind: 'dml',
      rowCount: 2,
      returned: [
        [decimal(7), decimal(8)],
        [`${binds[0]?.value}`, null],
      ],
    }))
    const connection = await server.connect()
    for (const a of ['eins', 'zwei']) {
      const { outBinds, rowsAffected } = await connection.execute(sql, {
        a,
        b: 1,
        id: { dir: BIND_OUT, type: oracledb.NUMBER },
        name: { dir: BIND_OUT, type: oracledb.STRING, maxSize: 20 },
      })
      expect(outBinds).toEqual({ id: [7, 8], name: [a, null] })
      expect(rowsAffected).toBe(2)
    }
    await connection.close()
  })

  it('sets the schema and the session attributes on its way', async () => {
    await using server = await startScripted(protocol)
    const connection = await server.connect()
    connection.currentSchema = 'sh'
    connection.clientId = 'Müller'
    connection.module = 'shop'
    connection.action = 'ask'
    connection.clientInfo = 'info'
    await connection.ping()
    expect(server.database.sessions[0]).toMatchObject({
      schema: 'SH',
      attributes: { clientIdentifier: 'Müller', module: 'shop', action: 'ask', clientInfo: 'info' },
    })
    connection.clientId = ''
    await connection.ping()
    expect(server.database.sessions[0]?.attributes.clientIdentifier).toBe('')
    connection.currentSchema = 'nowhere'
    await expect(connection.ping()).rejects.toThrow('ORA-01435')
    await connection.close()
  })

  it('shares its connection with DDL and COMMIT, each as often as one likes', async () => {
    await using server = await startScripted(protocol)
    let runs = 0
    for (const sql of ['create table t (a number)', 'commit']) {
      server.database.on(sql, () => {
        runs += 1
        return { kind: 'done' }
      })
    }
    const connection = await server.connect()
    for (let round = 0; round < 3; round += 1) {
      await connection.execute('create table t (a number)')
      await connection.execute('commit')
    }
    expect(runs).toBe(6)
    await connection.close()
  })

  it('and blocks can be examined without running them', async () => {
    await using server = await startScripted(protocol)
    let runs = 0
    for (const sql of ['begin p(:a, :b); end;', 'delete from t where a = :a']) {
      server.database.on(sql, () => {
        runs += 1
        return { kind: 'done' }
      })
    }
    const connection = await server.connect()
    const block = await connection.getStatementInfo('begin p(:a, :b); end;')
    expect(block).toMatchObject({ bindNames: ['A', 'B'], statementType: oracledb.STMT_TYPE_BEGIN })
    expect((await connection.getStatementInfo('delete from t where a = :a')).bindNames).toEqual(['A'])
    await expect(connection.getStatementInfo('nonsense')).rejects.toThrow('ORA-00900')
    expect(runs).toBe(0)
    await connection.close()
  })

  it('takes colons in texts and comments for what they are', async () => {
    await using server = await startScripted(protocol)
    const sql = "delete from t where a = 'x:y' -- :z"
    server.database.on(sql, () => ({ kind: 'dml', rowCount: 0 }))
    const connection = await server.connect()
    expect((await connection.execute(sql)).rowsAffected).toBe(0)
    await connection.close()
  })
})
