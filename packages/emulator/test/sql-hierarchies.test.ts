import { beforeEach, describe, expect, it } from 'vitest'
import { type TestSession, useEngine } from './sql-fixture.ts'

const database = useEngine()
let user: TestSession

beforeEach(async () => {
  user = database.user('TREES')
  await user.run('drop table if exists staff')
  await user.run('create table staff (id number primary key, name varchar2(10), boss number, team number)')
  await user.run(`insert into staff values (1, 'Ada', null, 1), (2, 'Bob', 1, 1), (3, 'Cy', 1, 2), (4, 'Di', 2, 1),
    (5, 'Ed', 2, 2), (6, 'Flo', 3, 2), (7, 'Gus', null, 2)`)
  await user.session.commit()
})

const below = 'start with boss is null connect by prior id = boss'

describe('a hierarchical query', () => {
  it('goes down from its roots, depth first, with the level of each row', async () => {
    expect(await user.rows(`select level, name from staff ${below}`)).toEqual([
      ['1', 'Ada'],
      ['2', 'Bob'],
      ['3', 'Di'],
      ['3', 'Ed'],
      ['2', 'Cy'],
      ['3', 'Flo'],
      ['1', 'Gus'],
    ])
    expect(await user.column(`select lpad(' ', level - 1) || name from staff ${below} and level <= 2`)).toEqual([
      'Ada',
      ' Bob',
      ' Cy',
      'Gus',
    ])
  })

  it('goes up as well', async () => {
    expect(await user.column(`select name from staff connect by id = prior boss start with name = 'Flo'`)).toEqual([
      'Flo',
      'Cy',
      'Ada',
    ])
  })

  it('orders siblings, by items of the select list too', async () => {
    expect(await user.column(`select name from staff ${below} order siblings by name desc`)).toEqual([
      'Gus',
      'Ada',
      'Cy',
      'Flo',
      'Bob',
      'Ed',
      'Di',
    ])
    expect(await user.column(`select name, -id as turned from staff ${below} order siblings by turned`)).toEqual([
      'Gus',
      'Ada',
      'Cy',
      'Flo',
      'Bob',
      'Ed',
      'Di',
    ])
    expect((await user.error('select name from staff order siblings by name')).number).toBe(30929)
  })

  it('knows the path, the root, the parent and the leaves', async () => {
    expect(
      await user.rows(
        `select sys_connect_by_path(name, '/') as path, connect_by_root name as top, prior name as above, connect_by_isleaf as leaf
         from staff ${below} order by path`,
      ),
    ).toEqual([
      ['/Ada', 'Ada', null, '0'],
      ['/Ada/Bob', 'Ada', 'Ada', '0'],
      ['/Ada/Bob/Di', 'Ada', 'Bob', '1'],
      ['/Ada/Bob/Ed', 'Ada', 'Bob', '1'],
      ['/Ada/Cy', 'Ada', 'Ada', '0'],
      ['/Ada/Cy/Flo', 'Ada', 'Cy', '1'],
      ['/Gus', 'Gus', null, '1'],
    ])
  })

  it('filters with WHERE what it has found, groups and numbers it', async () => {
    expect(await user.column(`select name from staff where team = 2 ${below}`)).toEqual(['Ed', 'Cy', 'Flo', 'Gus'])
    expect(await user.rows(`select level, count(*) from staff ${below} group by level order by level`)).toEqual([
      ['1', '2'],
      ['2', '2'],
      ['3', '3'],
    ])
    expect(await user.column(`select name || prior name from staff where rownum <= 2 ${below}`)).toEqual([
      'Ada',
      'BobAda',
    ])
    expect(
      await user.rows(
        `select connect_by_root name, count(*) - 1 from staff ${below} group by connect_by_root name order by 1`,
      ),
    ).toEqual([
      ['Ada', '5'],
      ['Gus', '0'],
    ])
  })

  it('joins tables before it goes down', async () => {
    await user.run('create table if not exists teams (team number, title varchar2(10))')
    await user.run('delete from teams')
    await user.run(`insert into teams values (1, 'red'), (2, 'blue')`)
    const expected = ['Ada red', 'Bob red', 'Di red', 'Ed blue', 'Cy blue', 'Flo blue', 'Gus blue']
    expect(
      await user.column(`select s.name || ' ' || t.title from staff s, teams t where s.team = t.team ${below}`),
    ).toEqual(expected)
    expect(await user.column(`select name || ' ' || title from staff join teams using (team) ${below}`)).toEqual(
      expected,
    )
  })

  it('stands in subqueries that look outside', async () => {
    expect(
      await user.rows(
        `select name, (select count(*) - 1 from staff s start with s.id = o.id connect by prior s.id = s.boss) as below
         from staff o order by id`,
      ),
    ).toEqual([
      ['Ada', '5'],
      ['Bob', '2'],
      ['Cy', '1'],
      ['Di', '0'],
      ['Ed', '0'],
      ['Flo', '0'],
      ['Gus', '0'],
    ])
  })

  it('refuses loops, or stops at them with NOCYCLE', async () => {
    await user.run('update staff set boss = 6 where id = 1')
    const round = `from staff start with id = 1 connect by`
    expect((await user.error(`select name ${round} prior id = boss`)).message).toBe(
      'ORA-01436: CONNECT BY loop in user data',
    )
    expect(
      await user.rows(`select name, connect_by_iscycle, connect_by_isleaf ${round} nocycle prior id = boss`),
    ).toEqual([
      ['Ada', '0', '0'],
      ['Bob', '0', '0'],
      ['Di', '0', '1'],
      ['Ed', '0', '1'],
      ['Cy', '0', '0'],
      ['Flo', '1', '1'],
    ])
    await user.session.rollback()
  })

  it('counts from nothing but DUAL', async () => {
    expect(await user.column('select level * 2 from dual connect by level <= 3')).toEqual(['2', '4', '6'])
    expect(await user.column('select rownum connect by rownum <= 2')).toEqual(['1', '2'])
    expect(await user.column(`select count(*) from (select 1 from staff where id < 3 connect by level <= 1)`)).toEqual([
      '2',
    ])
  })

  it.each([
    ['select prior name from staff', 976],
    ['select connect_by_root name from staff', 976],
    ['select connect_by_isleaf from staff', 976],
    [`select sys_connect_by_path(name, '/') from staff`, 30002],
    [`select sys_connect_by_path(name, name) from staff ${below}`, 30003],
    ['select name from staff start with id = 1', 1788],
    ['select name from staff connect by prior nobody = id', 904],
  ])('refuses %s with ORA-%d', async (sql, number) => {
    expect((await user.error(sql)).number).toBe(number)
  })
})
