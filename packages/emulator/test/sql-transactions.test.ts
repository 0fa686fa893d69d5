import { beforeEach, describe, expect, it } from 'vitest'
import { type TestSession, useEngine } from './sql-fixture.ts'

const database = useEngine()
let first: TestSession
let second: TestSession

beforeEach(async () => {
  first = database.user('SHARED')
  second = database.user('SHARED')
  await first.run('drop table if exists notes')
  await first.run('create table notes (id number primary key, body varchar2(20))')
})

describe('a transaction', () => {
  it('begins with the first change and ends with commit or rollback', async () => {
    expect(first.session.inTransaction).toBe(false)
    await first.rows('select * from notes')
    expect(first.session.inTransaction).toBe(false)
    await first.run("insert into notes values (1, 'a')")
    expect(first.session.inTransaction).toBe(true)
    await first.session.rollback()
    expect(first.session.inTransaction).toBe(false)
    expect(await first.rows('select * from notes')).toEqual([])
    await first.run("insert into notes values (1, 'a')")
    await first.session.commit()
    expect(await second.rows('select id from notes')).toEqual([['1']])
  })

  it('does not begin with a change that fails', async () => {
    await first.error('insert into notes values (null, null)')
    expect(first.session.inTransaction).toBe(false)
  })

  it('goes back to savepoints', async () => {
    await first.run('savepoint start_of_all')
    await first.run("insert into notes values (1, 'a')")
    await first.run('savepoint middle')
    await first.run("insert into notes values (2, 'b')")
    await first.run('rollback to savepoint middle')
    expect(await first.column('select id from notes')).toEqual(['1'])
    expect((await first.error('rollback to nowhere')).number).toBe(1086)
    await first.run('rollback to start_of_all')
    expect(await first.column('select id from notes')).toEqual([])
  })

  it('is committed by a definition', async () => {
    await first.run("insert into notes values (1, 'a')")
    await first.run('create table more_notes (id number)')
    await first.session.rollback()
    expect(await first.column('select id from notes')).toEqual(['1'])
    await first.run('drop table more_notes')
  })

  it('is rolled back when the session closes', async () => {
    await first.run("insert into notes values (1, 'a')")
    first.session.close()
    expect(await second.column('select id from notes')).toEqual([])
    expect((await first.error('select 1 from dual')).number).toBe(1012)
  })
})

describe('a second writer', () => {
  it('waits for the first to finish', async () => {
    await first.run("insert into notes values (1, 'a')")
    const order: string[] = []
    const waiting = second.run("insert into notes values (2, 'b')").then(() => order.push('second'))
    await second.rows('select * from notes')
    order.push('commit')
    await first.session.commit()
    await waiting
    expect(order).toEqual(['commit', 'second'])
    await second.session.rollback()
    expect(await first.column('select id from notes')).toEqual(['1'])
  })

  it('can be called off while it waits, and keeps the line intact', async () => {
    const third = database.user('SHARED')
    await first.run("insert into notes values (1, 'a')")
    const controller = new AbortController()
    const given = second.run("insert into notes values (2, 'b')", [], controller.signal)
    const kept = third.run("insert into notes values (3, 'c')")
    controller.abort()
    await expect(given).rejects.toMatchObject({ number: 1013 })
    expect(second.session.inTransaction).toBe(false)
    await first.session.rollback()
    await kept
    await third.session.commit()
    expect(await first.column('select id from notes')).toEqual(['3'])
  })
})

describe('an aborted signal', () => {
  it('stops a statement before it starts', async () => {
    await expect(first.run("insert into notes values (1, 'a')", [], AbortSignal.abort())).rejects.toMatchObject({
      number: 1013,
    })
    expect(await first.rows('select * from notes')).toEqual([])
  })
})

describe('ALTER SESSION', () => {
  it('sets the schema, the formats and the time zone', async () => {
    await first.run('alter session set current_schema = store')
    expect(await first.rows('select count(*) from shops')).toEqual([['4']])
    expect(await first.value("sys_context('USERENV', 'CURRENT_SCHEMA')")).toBe('STORE')
    await first.run("alter session set nls_date_format = 'YYYY/MM/DD' time_zone = '+02:00'")
    expect(await first.value("to_char(date '2024-05-06')")).toBe('2024/05/06')
    expect(await first.value('sessiontimezone')).toBe('+02:00')
  })

  it('refuses what it cannot honour', async () => {
    expect((await first.error('alter session set current_schema = nobody')).number).toBe(1435)
    expect((await first.error("alter session set nls_sort = 'GERMAN'")).number).toBe(12705)
    expect((await first.error('alter session set nonsense = 1')).number).toBe(2248)
  })
})

describe('what others read', () => {
  beforeEach(async () => {
    await first.run(`insert into notes values (1, 'one')`)
    await first.run(`insert into notes values (2, 'two')`)
    await first.session.commit()
  })

  const all = (session: TestSession) => session.rows('select id, body from notes order by id')

  it('is the last commit while a transaction changes, deletes and adds rows', async () => {
    const before = await all(first)
    await first.run(`update notes set body = 'changed' where id = 1`)
    await first.run(`update notes set body = 'again', id = 10 where id = 1`)
    await first.run('delete from notes where id = 2')
    await first.run(`insert into notes values (3, 'three')`)
    await first.run(`insert into notes values (4, 'four')`)
    await first.run('delete from notes where id = 4')
    expect(await all(first)).toEqual([
      ['3', 'three'],
      ['10', 'again'],
    ])
    expect(await all(second)).toEqual(before)
    expect(
      await second.column('select count(*) from notes a join notes b on a.id = b.id where a.rowid = b.rowid'),
    ).toEqual(['2'])
    await first.session.commit()
    expect(await all(second)).toEqual(await all(first))
  })

  it('is the last commit after a rollback, to a savepoint or altogether', async () => {
    const before = await all(first)
    await first.run(`insert into notes values (3, 'three')`)
    await first.run('savepoint three')
    await first.run('delete from notes')
    expect(await all(second)).toEqual(before)
    await first.run('rollback to three')
    expect(await all(second)).toEqual(before)
    expect(await first.column('select count(*) from notes')).toEqual(['3'])
    await first.session.rollback()
    expect(await all(second)).toEqual(before)
    expect(await all(first)).toEqual(before)
    await second.run('delete from notes where id = 1')
    expect(await all(first)).toEqual(before)
  })

  it('follows a delete to the rows that go with it', async () => {
    await first.run('create table lines (note number references notes on delete cascade)')
    await first.run('insert into lines values (1)')
    await first.session.commit()
    await first.run('delete from notes where id = 1')
    expect(await first.column('select count(*) from lines')).toEqual(['0'])
    expect(await second.rows('select n.id, l.note from notes n left join lines l on l.note = n.id order by 1')).toEqual(
      [
        ['1', '1'],
        ['2', null],
      ],
    )
    await first.session.rollback()
    await first.run('drop table lines')
  })

  it('is right in views, in subqueries, after a table was altered, and by merge', async () => {
    await first.run('create or replace view latest as select max(id) as id from notes')
    await first.run('alter table notes add (stars number default 0)')
    await first.run(`merge into notes n using (select 2 id from dual union all select 5 from dual) s on (n.id = s.id)
      when matched then update set stars = 5 when not matched then insert (id, body) values (s.id, 'five')`)
    const queries = [
      'select id from latest',
      'select sum(stars) from notes',
      'select count(*) from dual where exists (select 1 from notes where id = 5)',
    ]
    const answers = async (session: TestSession) =>
      (await Promise.all(queries.map((sql) => session.column(sql)))).flat()
    expect(await answers(first)).toEqual(['5', '5', '1'])
    expect(await answers(second)).toEqual(['2', '0', '0'])
    await first.session.commit()
    expect(await answers(second)).toEqual(['5', '5', '1'])
    await first.run('drop view latest')
  })

  it('has nothing of a table that was truncated', async () => {
    await first.run('truncate table notes')
    await first.run(`insert into notes values (9, 'nine')`)
    expect(await all(second)).toEqual([])
    await first.session.commit()
    expect(await all(second)).toEqual([['9', 'nine']])
  })

  it('stays right when a statement or a definition fails', async () => {
    const before = await all(first)
    await first.run(`update notes set body = 'kept' where id = 1`)
    expect((await first.error('update notes set id = 1')).number).toBe(1)
    expect(await all(second)).toEqual(before)
    await first.session.rollback()
    expect((await first.error('alter table notes add constraint short check (length(body) < 2)')).number).toBe(2293)
    await first.run(`insert into notes values (3, 'three')`)
    expect(await all(second)).toEqual(before)
    await first.session.rollback()
  })
})
