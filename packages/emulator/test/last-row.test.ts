import oracledb from 'oracledb'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Emulator, startEmulator } from '../src/index.ts'

const password = 'lastrow'
let emulator: Emulator
let connection: oracledb.Connection

beforeAll(async () => {
  emulator = await startEmulator({ password })
  connection = await oracledb.getConnection({ user: 'demo', password, connectString: emulator.connectString })
})
afterAll(async () => {
  await connection.close()
  await emulator.close()
})
beforeEach(async () => {
  await connection.execute('drop table if exists notes')
  await connection.execute('create table notes (id number primary key, text varchar2(20))')
  await connection.execute("insert into notes values (1, 'one'), (2, 'two')")
})

/** What stands in the row that a statement changed last. */
async function changedLast(sql: string, binds: oracledb.BindParameters = []): Promise<unknown> {
  const { lastRowid } = await connection.execute(sql, binds)
  const { rows } = await connection.execute('select id, text from notes where rowid = :1', [lastRowid])
  return rows?.[0]
}

test.each([
  ["insert into notes values (3, 'three')", [3, 'three']],
  ["insert into notes values (3, 'three'), (4, 'four')", [4, 'four']],
  ["update notes set text = 'new' where id = 2", [2, 'new']],
  [
    'merge into notes n using (select 2 id from dual) s on (n.id = s.id) when matched then update set n.text = s.id',
    [2, '2'],
  ],
  [
    "merge into notes n using (select 5 id from dual) s on (n.id = s.id) when not matched then insert values (5, 'five')",
    [5, 'five'],
  ],
])('the client is told which row %s changed last', async (sql, row) => {
  expect(await changedLast(sql)).toEqual(row)
})

test('it is told so beside the values of RETURNING', async () => {
  const binds = { text: { dir: oracledb.BIND_OUT, type: oracledb.STRING } }
  const sql = "update notes set text = 'back' where id = 1 returning text into :text"
  expect(await changedLast(sql, binds)).toEqual([1, 'back'])
})

test('a row that was deleted has the address that it had', async () => {
  const { rows } = await connection.execute<[string]>('select rowid from notes where id = 1')
  expect((await connection.execute('delete from notes where id = 1')).lastRowid).toBe(rows?.[0]?.[0])
})

test('no row is told of when none was changed, and for a query', async () => {
  await connection.execute("insert into notes values (3, 'three')")
  for (const sql of [
    'update notes set id = 9 where id = 8',
    'delete from notes where id = 8',
    'insert into notes select id, text from notes where id = 8',
    'select id from notes',
  ]) {
    expect((await connection.execute(sql)).lastRowid).toBeUndefined()
  }
})
