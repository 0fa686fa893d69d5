import oracledb from 'oracledb'
import { describe, expect, it } from 'vitest'
import { JSON_TYPE } from '../src/values/oracle-type.ts'
import { dialects, numeric, startScripted } from './protocol-fixture.ts'
import { rows } from './scripted-database.ts'

const document = {
  name: 'Zoë 😀',
  tags: ['a', '', null],
  nested: { deep: [{ n: 1.5 }, { n: -2e20 }], yes: true, no: false },
}
const large = {
  text: 'x'.repeat(70_000),
  middle: 'y'.repeat(300),
  ...Object.fromEntries(Array.from({ length: 300 }, (_, index) => [`field_${index}`, index])),
  list: Array.from({ length: 70_000 }, (_, index) => index),
}
const longName = { ['n'.repeat(300)]: { short: 1 }, short: 2 }
const values = [document, large, longName, [], {}, [[], {}], 'text', '', 12.5, true, false]

describe.each(dialects)('JSON (%s)', (_, protocol) => {
  it('comes as values of the language, whatever its shape and size', async () => {
    await using fixture = await startScripted(protocol)
    const sql = 'select n, doc from documents'
    fixture.database.on(sql, () =>
      rows(
        [numeric('N'), { name: 'DOC', type: JSON_TYPE }],
        [...values.map((value) => JSON.stringify(value)), 'null', null].map((text) => [null, text]),
      ),
    )
    const connection = await fixture.connect()
    for (let run = 0; run < 2; run += 1) {
      const result = await connection.execute<unknown[]>(sql)
      expect(result.metaData?.[1]).toMatchObject({ name: 'DOC', dbType: oracledb.DB_TYPE_JSON })
      expect(result.rows?.map((row) => row[1])).toEqual([...values, null, null])
    }
    await connection.close()
  })

  it('comes as text when that is wanted', async () => {
    await using fixture = await startScripted(protocol)
    const sql = 'select doc from documents'
    const text = JSON.stringify(document)
    fixture.database.on(sql, () => rows([{ name: 'DOC', type: JSON_TYPE }], [[text], [null]]))
    const connection = await fixture.connect()
    for (let run = 0; run < 2; run += 1) {
      const result = await connection.execute<unknown[]>(sql, [], {
        fetchTypeHandler: () => ({ type: oracledb.DB_TYPE_VARCHAR }),
      })
      expect(result.rows).toEqual([[text], [null]])
    }
    await connection.close()
  })

  it('is bound in and out', async () => {
    await using fixture = await startScripted(protocol)
    const sql = 'begin :1 := turn(:2); end;'
    fixture.database.on(sql, ([, given]) => ({
      kind: 'plsql',
      binds: [
        { direction: 'out', value: given?.value ?? null },
        { direction: 'in', value: null },
      ],
    }))
    const connection = await fixture.connect()
    // Drivers bind names of more than 255 bytes to newer servers only.
    for (const value of values.filter((each) => each !== longName)) {
      const { outBinds } = await connection.execute<unknown[]>(sql, [
        { dir: oracledb.BIND_OUT, type: oracledb.DB_TYPE_JSON },
        { dir: oracledb.BIND_IN, type: oracledb.DB_TYPE_JSON, val: value },
      ])
      expect(outBinds?.[0]).toEqual(value)
    }
    await connection.close()
  })
})
