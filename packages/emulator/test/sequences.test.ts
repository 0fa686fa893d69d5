import { beforeEach, describe, expect, it } from 'vitest'
import { PlsqlFixture } from './plsql-fixture.ts'
import { type TestSession, useEngine } from './sql-fixture.ts'

const database = useEngine()
let user: TestSession
let other: TestSession

beforeEach(async () => {
  user = database.user('COUNTER')
  other = database.user('COUNTER')
  await user.run('drop sequence if exists s')
  await user.run('drop table if exists t')
})

const next = (session = user) => session.value('s.nextval')

describe('a sequence', () => {
  it('gives every session the next number, and each its own current one', async () => {
    await user.run('create sequence s')
    expect((await user.error('select s.currval from dual')).message).toContain('ORA-08002')
    expect([await next(), await next(other), await next()]).toEqual(['1', '2', '3'])
    expect(await user.value('s.currval')).toBe('3')
    expect(await other.value('counter.s.currval')).toBe('2')
    await user.session.rollback()
    expect(await next()).toBe('4')
  })

  it('moves on once for each row', async () => {
    await user.run('create sequence s start with 10 increment by 5')
    expect(
      await user.rows('select s.nextval, s.nextval, s.currval from (select 1 from dual union all select 2 from dual)'),
    ).toEqual([
      ['10', '10', '10'],
      ['15', '15', '15'],
    ])
    await user.run('create table t (id number default s.nextval primary key, twin number, label varchar2(10))')
    await user.run(`insert into t (id, twin) values (s.nextval, s.nextval), (s.nextval, s.currval)`)
    await user.run(`insert into t (label) values ('default')`)
    await user.run(`insert into t (id, label) select s.nextval, 'selected' from dual connect by level <= 2`)
    await user.run(`update t set twin = s.nextval where twin is null`)
    expect(await user.rows('select id, twin, label from t order by id')).toEqual([
      ['20', '20', null],
      ['25', '25', null],
      ['30', '45', 'default'],
      ['35', '50', 'selected'],
      ['40', '55', 'selected'],
    ])
  })

  it('ends at its bounds or goes round, falls, and can be altered', async () => {
    await user.run('create sequence s minvalue 1 maxvalue 2 nocache')
    await next()
    await next()
    expect((await user.error('select s.nextval from dual')).message).toBe(
      'ORA-08004: sequence S.NEXTVAL exceeds MAXVALUE and cannot be instantiated',
    )
    await user.run('alter sequence s cycle')
    expect([await next(), await next(), await next()]).toEqual(['1', '2', '1'])
    await user.run('alter sequence s nomaxvalue increment by 100')
    expect([await next(), await next()]).toEqual(['2', '102'])
    await user.run('alter sequence s restart start with 7')
    expect(await next()).toBe('7')
    await user.run('drop sequence s')
    await user.run('create sequence s increment by -1')
    expect([await next(), await next()]).toEqual(['-1', '-2'])
    expect(
      await user.rows(
        `select min_value, max_value, increment_by, cycle_flag, last_number from user_sequences where sequence_name = 'S'`,
      ),
    ).toEqual([['-999999999999999999999999999', '-1', '-1', 'N', '-3']])
    expect(await user.column(`select object_type from user_objects where object_name = 'S'`)).toEqual(['SEQUENCE'])
  })

  it('is for those to whom SELECT was granted', async () => {
    await user.run('create sequence s')
    const stranger = database.user('STRANGER')
    expect(await stranger.failure('select counter.s.nextval from dual')).toBe('2289 @7')
    await user.run('grant select on s to stranger')
    expect(await stranger.value('counter.s.nextval')).toBe('1')
    expect((await stranger.error('drop sequence counter.s')).number).toBe(1031)
    await user.run('revoke all on s from stranger')
    expect((await stranger.error('drop sequence counter.s')).number).toBe(2289)
  })

  it.each([
    ['select nowhere.nextval from dual', 2289],
    ['select 1 from dual where s.nextval > 0', 2287],
    ['select distinct s.nextval from dual', 2287],
    ['select count(*) from dual group by s.nextval', 2287],
    ['select (select s.nextval from dual) from dual', 2287],
    ['create sequence s', 955],
    ['create table s (n number)', 955],
    ['create sequence z increment by 0', 4002],
    ['create sequence z minvalue 5 maxvalue 4', 4004],
    ['create sequence z minvalue 5 start with 1', 4006],
    ['create sequence z maxvalue 5 start with 9', 4008],
    ['drop sequence z', 2289],
    ['alter sequence z nocache', 2289],
    ['grant delete on s to system', 2205],
  ])('refuses %s with ORA-%d', async (sql, number) => {
    await user.run('create sequence s')
    expect((await user.error(sql)).number).toBe(number)
  })
})

describe('an identity column', () => {
  it('numbers rows from where it starts, and says what may be given', async () => {
    await user.run(
      'create table t (id number generated always as identity (start with 100 increment by 10), label varchar2(9))',
    )
    await user.run(`insert into t (label) values ('a'), ('b')`)
    await user.run(`insert into t values (default, 'c')`)
    expect(await user.column('select id from t order by id')).toEqual(['100', '110', '120'])
    expect((await user.error(`insert into t values (1, 'd')`)).number).toBe(32795)
    expect((await user.error(`insert into t select 1, 'd' from dual`)).number).toBe(32795)
    expect((await user.error('update t set id = 1')).number).toBe(32796)
  })

  it('takes a number for NULL when it is ON NULL', async () => {
    await user.run('create table t (id number generated by default on null as identity, label varchar2(9))')
    await user.run(`insert into t values (null, 'a'), (7, 'b')`)
    await user.run(`insert into t select null, 'c' from dual`)
    expect(await user.rows('select id, label from t order by label')).toEqual([
      ['1', 'a'],
      ['7', 'b'],
      ['2', 'c'],
    ])
    await user.run('alter table t add (more number)')
    await user.run(`insert into t (label) values ('d')`)
    expect(await user.column(`select id from t where label = 'd'`)).toEqual(['3'])
  })
})

it('gives its numbers to PL/SQL', async () => {
  using plsql = await PlsqlFixture.open()
  await plsql.sql('CREATE SEQUENCE numbers START WITH 5')
  expect(
    await plsql.x(
      'DECLARE n NUMBER := numbers.NEXTVAL; BEGIN n := n + demo.numbers.nextval; :x := n || numbers.currval; END;',
    ),
  ).toBe('116')
  expect(await plsql.failure('BEGIN :x := nothing.NEXTVAL; END;')).toContain(
    "PLS-00201: identifier 'NOTHING.NEXTVAL' must be declared",
  )
})
