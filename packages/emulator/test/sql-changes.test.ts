import { beforeEach, describe, expect, it } from 'vitest'
import { DATE, NUMBER, varchar2 } from '../src/values/oracle-type.ts'
import { number, type TestSession, useEngine } from './sql-fixture.ts'

const database = useEngine()
let user: TestSession

beforeEach(async () => {
  user = database.user('WRITER')
  await user.run('drop table if exists employees')
  await user.run('drop table if exists departments')
  await user.run(
    "create table departments (id number(2) constraint dept_pk primary key, name varchar2(10 char) not null, place varchar2(10) default 'here')",
  )
  await user.run(`create table employees (id number(4) primary key, name varchar2(10) constraint emp_name unique, pay number(7,2) constraint emp_pay check (pay > 0),
    hired date default date '2024-01-01', dept number(2) constraint emp_dept references departments)`)
  await user.run("insert into departments values (10, 'Books', 'there'), (20, 'Toys', null)")
  await user.run("insert into employees (id, name, pay, dept) values (1, 'Ada', 100, 10)")
  await user.run('commit')
})

describe('INSERT', () => {
  it('fills left out columns with their defaults', async () => {
    expect(await user.count("insert into departments (name, id) values ('New', 30)")).toBe(1)
    expect(await user.rows('select * from departments where id = 30')).toEqual([['30', 'New', 'here']])
    await user.run("insert into departments values (31, 'Other', default)")
    expect(await user.column('select place from departments where id = 31')).toEqual(['here'])
  })

  it("copies rows of a query and converts values to the columns' types", async () => {
    expect(
      await user.count("insert into employees (id, name, pay, hired) select '7', 123, '1.005', '05-MAY-23' from dual"),
    ).toBe(1)
    expect(await user.rows('select id, name, pay, hired from employees where id = 7')).toEqual([
      ['7', '123', '1.01', '2023-05-05'],
    ])
  })

  it('stores the empty string as NULL', async () => {
    expect((await user.error("insert into departments values (32, '', 'x')")).message).toBe(
      'ORA-01400: cannot insert NULL into ("WRITER"."DEPARTMENTS"."NAME")',
    )
  })

  it('names what a row violates', async () => {
    expect((await user.error("insert into departments values (10, 'Again', null)")).message).toContain(
      'ORA-00001: unique constraint (WRITER.DEPT_PK) violated',
    )
    expect((await user.error("insert into employees (id, name) values (2, 'Ada')")).message).toContain(
      'ORA-00001: unique constraint (WRITER.EMP_NAME) violated',
    )
    expect((await user.error('insert into employees (id, pay) values (2, 0)')).message).toBe(
      'ORA-02290: check constraint (WRITER.EMP_PAY) violated',
    )
    expect((await user.error('insert into employees (id, dept) values (2, 99)')).message).toBe(
      'ORA-02291: integrity constraint (WRITER.EMP_DEPT) violated - parent key not found',
    )
    expect((await user.error("insert into departments values (33, '12345678901', null)")).message).toBe(
      'ORA-12899: value too large for column "WRITER"."DEPARTMENTS"."NAME" (actual: 11, maximum: 10)',
    )
    expect((await user.error("insert into departments values (100, 'x', null)")).number).toBe(1438)
    expect((await user.error("insert into departments values ('x', 'x', null)")).number).toBe(1722)
  })

  it('counts characters or bytes as the column says', async () => {
    expect(await user.count("insert into departments values (34, 'åååååååååå', null)")).toBe(1)
    expect((await user.error("insert into employees (id, name) values (3, 'åååååå')")).message).toContain(
      '(actual: 12, maximum: 10)',
    )
  })

  it('must match columns and values', async () => {
    expect((await user.error('insert into departments values (1)')).number).toBe(947)
    expect((await user.error("insert into departments (id, name) values (1, 'a', 'b')")).number).toBe(913)
    expect(await user.failure('insert into departments (id, nope) values (1, 2)')).toBe('904 @29')
  })

  it('keeps nothing of a statement that fails half-way', async () => {
    expect(
      (await user.error("insert into departments select 40 + level, 'n', null from dual connect by level <= 70"))
        .number,
    ).toBe(1438)
    expect(await user.rows('select count(*) from departments')).toEqual([['2']])
  })
})

describe('UPDATE and DELETE', () => {
  it('change the rows that the condition finds', async () => {
    expect(
      await user.count(
        "update employees e set pay = pay * 1.5, name = upper(name) where exists (select 1 from departments d where d.id = e.dept and d.name = 'Books')",
      ),
    ).toBe(1)
    expect(await user.rows('select name, pay from employees')).toEqual([['ADA', '150']])
    expect(await user.count('delete from employees where id = 2')).toBe(0)
    expect(await user.count('delete employees')).toBe(1)
  })

  it('set several columns from one subquery', async () => {
    await user.run('update employees set (name, pay) = (select name, 7 from departments where id = 20)')
    expect(await user.rows('select name, pay from employees')).toEqual([['Toys', '7']])
    expect((await user.error('update employees set (name, pay) = (select name, 7 from departments)')).number).toBe(1427)
  })

  it('report the constraints they break', async () => {
    expect((await user.error('update departments set name = null')).message).toBe(
      'ORA-01407: cannot update ("WRITER"."DEPARTMENTS"."NAME") to NULL',
    )
    expect((await user.error('delete from departments where id = 10')).message).toBe(
      'ORA-02292: integrity constraint (WRITER.EMP_DEPT) violated - child record found',
    )
    expect((await user.error('update departments set id = 11 where id = 10')).number).toBe(2292)
    expect((await user.error('update employees set dept = 98')).number).toBe(2291)
  })

  it('may be limited by ROWNUM', async () => {
    expect(await user.count('delete from departments where id > 10 and rownum <= 1')).toBe(1)
  })

  it('may not touch tables of others', async () => {
    expect((await user.error('delete from store.shops')).number).toBe(1031)
    expect((await user.error('update someone.secret set a = 1')).number).toBe(942)
  })
})

describe('RETURNING', () => {
  it('gives the values of the changed rows to its binds', async () => {
    const sql = 'insert into departments values (:1, :2, default) returning id, place into :3, :4'
    const prepared = user.session.prepare(sql)
    expect(prepared.returningBinds).toEqual([2, 3])
    const binds = [
      { type: NUMBER, value: number(50) },
      { type: varchar2(10), value: 'Music' },
      { type: NUMBER, value: null },
      { type: varchar2(10), value: null },
    ]
    const result = await prepared.execute(binds, new AbortController().signal)
    expect(result).toMatchObject({ kind: 'dml', rowCount: 1, returned: [[number(50)], ['here']] })
  })

  it('gives all rows of an update', async () => {
    const result = await user.run("update departments set place = 'x' returning id into :1", [[NUMBER, null]])
    expect(result).toMatchObject({ rowCount: 2, returned: [[number(10), number(20)]] })
  })
})

describe('INSERT ALL', () => {
  beforeEach(async () => {
    for (const table of ['firsts', 'seconds']) await user.run(`drop table if exists ${table}`)
    await user.run("create table firsts (id number primary key, name varchar2(10) default 'none')")
    await user.run('create table seconds (id number, doubled number)')
  })

  it('puts every row of the query into each table', async () => {
    const sql = `insert all into firsts (id, name) values (n + 10, :1 || n) into firsts (id, name) values (n + 20, default)
      into seconds select level n, level * 2 twice from dual connect by level <= :2`
    const binds = [
      [varchar2(5), 'row '],
      [NUMBER, number(2)],
    ] as const
    expect(await user.count(sql, binds)).toBe(6)
    expect(await user.rows('select * from firsts order by id')).toEqual([
      ['11', 'row 1'],
      ['12', 'row 2'],
      ['21', 'none'],
      ['22', 'none'],
    ])
    expect(await user.rows('select * from seconds order by id')).toEqual([
      ['1', '2'],
      ['2', '4'],
    ])
  })

  it('leaves nothing behind when one of the tables refuses a row', async () => {
    const sql =
      'insert all into seconds values (1, 2) into firsts (id) values (1) into firsts (id) values (1) select 1 from dual'
    expect((await user.error(sql)).number).toBe(1)
    expect(await user.rows('select count(*) from seconds')).toEqual([['0']])
    expect(await user.failure('insert all into firsts (id) values (1, 2) select 1 from dual')).toBe('913 @16')
    expect(await user.failure('insert all into firsts (id) values (1)')).toBe('928 @38')
    expect(
      (await user.error('insert first when 1 = 1 then into firsts (id) values (1) select 1 from dual')).number,
    ).toBe(3001)
  })
})

describe('MERGE', () => {
  it('updates what matches and inserts the rest', async () => {
    const sql = `merge into departments d using (select 10 id, 'Paper' name from dual union all select 60, 'Food' from dual) s on (d.id = s.id)
      when matched then update set d.name = s.name when not matched then insert (id, name) values (s.id, s.name)`
    expect(await user.count(sql)).toBe(2)
    expect(await user.rows('select id, name, place from departments order by id')).toEqual([
      ['10', 'Paper', 'there'],
      ['20', 'Toys', null],
      ['60', 'Food', 'here'],
    ])
  })

  it('refuses to update a row twice', async () => {
    const sql = `merge into departments d using (select 10 id from dual union all select 10 from dual) s on (d.id = s.id)
      when matched then update set d.name = 'twice'`
    expect((await user.error(sql)).number).toBe(30926)
    expect(await user.column('select name from departments where id = 10')).toEqual(['Books'])
  })
})

describe('dates in changes', () => {
  it('arrive as bound and read back the same', async () => {
    const { OracleDateTime } = await import('../src/values/oracle-date-time.ts')
    const moment = new OracleDateTime(2024, 2, 29, 13, 14, 15)
    await user.run('update employees set hired = :1', [[DATE, moment]])
    expect(
      await user.column("select to_char(hired, 'YYYY-MM-DD HH24:MI:SS') from employees where hired = :1", [
        [DATE, moment],
      ]),
    ).toEqual(['2024-02-29 13:14:15'])
  })
})
