import oracledb from 'oracledb'
import { describe, expect, it } from 'vitest'
import { clob, dialects, fetchAll, startScripted } from './protocol-fixture.ts'
import { rows } from './scripted-database.ts'

const SIZE = 'begin :n := size_of(:c); end;'

describe.each(dialects)('a large object (%s)', (_name, protocol) => {
  it('is created, written, measured, read, trimmed and passed on', async () => {
    await using server = await startScripted(protocol)
    server.database.on(SIZE, ([, c]) => ({
      kind: 'plsql',
      binds: [
        { direction: 'out', value: `${(c as { value: string | Uint8Array }).value.length}` },
        { direction: 'in', value: null },
      ],
    }))
    const connection = await server.connect()
    for (const type of [oracledb.CLOB, oracledb.DB_TYPE_NCLOB, oracledb.BLOB]) {
      const lob = await connection.createLob(type as typeof oracledb.CLOB)
      const isBytes = type === oracledb.BLOB
      const content = isBytes ? Buffer.alloc(100_000, 5) : 'ä😀'.repeat(30_000)
      await new Promise<void>((resolve, reject) => {
        lob.on('error', reject)
        lob.on('finish', resolve)
        lob.end(content)
      })
      expect(lob.length).toBe(content.length)
      const read = (await lob.getData()) as string | Buffer
      expect(Buffer.from(read).equals(Buffer.from(content))).toBe(true)
      const result = await connection.execute<{ n: string }>(SIZE, {
        n: { dir: oracledb.BIND_OUT, type: oracledb.STRING },
        c: { val: lob, type },
      })
      expect(result.outBinds?.n).toBe(String(content.length))
      await lob.close()
    }
    await connection.close()
  })

  it('of a million characters reaches a block and comes back', async () => {
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
    const prompt = 'Wie viele Kunden? ✓😀 '.repeat(50_000)
    const { outBinds } = await connection.execute<{ out: oracledb.Lob }>(echo, {
      out: { dir: oracledb.BIND_OUT, type: oracledb.CLOB },
      in: { val: prompt, type: oracledb.CLOB },
    })
    expect((await outBinds?.out.getData()) === prompt).toBe(true)
    await outBinds?.out.close()
    await connection.close()
  })

  it('can be streamed in pieces that cut surrogate pairs', async () => {
    await using server = await startScripted(protocol)
    const content = `x${'😀'.repeat(20_000)}`
    server.database.on('select c from t', () => rows([clob('C')], [[content]]))
    const connection = await server.connect()
    const [[lob]] = (await fetchAll(connection, 'select c from t')) as [[oracledb.Lob]]
    const pieces: string[] = []
    for await (const piece of lob.setEncoding('utf8')) pieces.push(String(piece))
    expect(pieces.length).toBeGreaterThan(1)
    expect(pieces.join('') === content).toBe(true)
    const part = async (offset: number, length: number) => {
      const [[again]] = (await fetchAll(connection, 'select c from t')) as [[oracledb.Lob]]
      return again.getData(offset, length)
    }
    expect(await part(2, 4)).toBe('😀😀')
    expect(await part(content.length + 5, 4)).toBe(null)
    await connection.close()
  })

  it('of the national character set is fetched, beside others and as text', async () => {
    await using server = await startScripted(protocol)
    const columns = [clob('C'), { name: 'N', type: { name: 'NCLOB' }, nullable: true } as const, clob('D')]
    server.database.on('select c, n, d from t', () =>
      rows(columns, [
        ['one', 'zwölf😀', 'two'],
        [null, null, null],
      ]),
    )
    const connection = await server.connect()
    const [first, second] = (await fetchAll(connection, 'select c, n, d from t')) as (oracledb.Lob | null)[][]
    const texts: unknown[] = []
    for (const lob of first ?? []) texts.push(await lob?.getData())
    expect(texts).toEqual(['one', 'zwölf😀', 'two'])
    expect(second).toEqual([null, null, null])
    await connection.close()
  })

  it('that was fetched cannot be changed, and a freed one cannot be read', async () => {
    await using server = await startScripted(protocol)
    server.database.on('select c from t', () => rows([clob('C')], [['fixed']]))
    const connection = await server.connect()
    const [[lob]] = (await fetchAll(connection, 'select c from t')) as [[oracledb.Lob]]
    const failed = new Promise((resolve) => lob.once('error', resolve))
    lob.end('more')
    expect(await failed).toMatchObject({ errorNum: 22_920 })
    await connection.ping()
    await connection.close()
  })
})
