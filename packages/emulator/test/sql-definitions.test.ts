import { beforeEach, describe, expect, it } from 'vitest'
import type { OracleNumber } from '../src/values/oracle-number.ts'
import { NUMBER, varchar2 } from '../src/values/oracle-type.ts'
import { number, type TestSession, useEngine } from './sql-fixture.ts'

const database = useEngine()
let user: TestSession

beforeEach(async () => {
  user = database.user('MAKER')
  for (const table of ['lines', 'orders', 'copies', 'things', 'parts', 'goods', 'wares'])
    await user.run(`drop table if exists ${table} cascade constraints`)
  await user.run('drop view if exists big_orders')
})

describe('CREATE TABLE', () => {
  it('keeps types, nullability and defaults', async () => {
    await user.run(`create table things (a number, b number(5), c number(7,2), d varchar2(10 char), e char, f date, g timestamp, h timestamp(3) with time zone,
      i clob, j raw(16), k boolean, l integer not null, m binary_double, "Mixed Case" varchar2(3))`)
    const columns = await user.columns('select * from things')
    expect(columns.map(({ type }) => type)).toEqual([
      NUMBER,
      { name: 'NUMBER', precision: 5, scale: 0 },
      { name: 'NUMBER', precision: 7, scale: 2 },
      { name: 'VARCHAR2', length: 40 },
      { name: 'CHAR', length: 1 },
      { name: 'DATE' },
      { name: 'TIMESTAMP', scale: 6 },
      { name: 'TIMESTAMP WITH TIME ZONE', scale: 3 },
      { name: 'CLOB' },
      { name: 'RAW', length: 16 },
      { name: 'BOOLEAN' },
      { name: 'NUMBER', precision: 38, scale: 0 },
      { name: 'BINARY_DOUBLE' },
      { name: 'VARCHAR2', length: 3 },
    ])
    expect(columns.map(({ nullable }) => nullable).indexOf(false)).toBe(11)
    expect(columns.at(-1)?.name).toBe('Mixed Case')
  })

  it('stores values of every type and reads them back', async () => {
    await user.run(
      'create table things (a number(7,2), b varchar2(10), c date, d timestamp(3), e timestamp with time zone, f clob, g raw(4), h boolean)',
    )
    await user.run(`insert into things values (-1234.5, 'tæst', date '0001-01-01', timestamp '2024-01-01 00:00:00.1237', timestamp '2024-06-01 12:00:00 -03:00',
      to_clob('${'long '.repeat(1000)}'), hextoraw('00ff'), true)`)
    expect(await user.rows('select a, b, c, d, e, length(f), g, h from things where h')).toEqual([
      ['-1234.5', 'tæst', '0001-01-01', '2024-01-01 00:00:00.124', '2024-06-01 12:00:00-180', '5000', '00ff', 'true'],
    ])
  })

  it('copies a query', async () => {
    await user.run('create table copies as select id, upper(city) name from store.shops where id < 3')
    expect(await user.rows('select * from copies order by id')).toEqual([
      ['1', 'OSLO'],
      ['2', 'BERGEN'],
    ])
    expect((await user.error('create table bad as select id + 1 from store.shops')).number).toBe(998)
  })

  it('numbers rows of an identity column', async () => {
    await user.run('create table things (id number generated always as identity, name varchar2(5))')
    await user.run("insert into things (name) values ('a')")
    await user.run("insert into things (name) select 'b' from dual")
    expect(await user.rows('select id, name from things order by id')).toEqual([
      ['1', 'a'],
      ['2', 'b'],
    ])
  })

  it('refuses what it cannot make', async () => {
    await user.run('create table things (id number)')
    expect((await user.error('create table things (id number)')).number).toBe(955)
    await user.run('create table if not exists things (id number)')
    expect((await user.error('create table copies (a number, a number)')).number).toBe(957)
    expect((await user.error('create table copies (a nonsense)')).number).toBe(902)
    expect((await user.error('create table copies (a number(39))')).number).toBe(1727)
    expect((await user.error('create table copies (a number references missing)')).number).toBe(942)
    expect((await user.error('create table copies (a number references things)')).number).toBe(2268)
    expect((await user.error('create table store.copies (a number)')).number).toBe(1031)
    expect((await user.error('create table copies (a number default nope)')).number).toBe(904)
    expect((await user.error('create table copies (a number, check (b > 0))')).number).toBe(904)
  })
})

describe('foreign keys', () => {
  beforeEach(async () => {
    await user.run('create table orders (id number primary key, total number)')
    await user.run('create table lines (order_id number references orders on delete cascade, item varchar2(10))')
    await user.run('insert into orders values (1, 10)')
    await user.run("insert into lines values (1, 'tea')")
    await user.session.commit()
  })

  it('delete children when they cascade', async () => {
    await user.run('delete from orders')
    expect(await user.rows('select * from lines')).toEqual([])
  })

  it('hold in the table that they refer to', async () => {
    await user.run('create table things (id number primary key, part_of number references things)')
    expect((await user.error('insert into things values (1, 99)')).number).toBe(2291)
    await user.run('insert into things values (1, 1)')
    await user.run('insert into things values (2, 1)')
    expect((await user.error('delete from things where id = 1')).number).toBe(2292)
    expect((await user.error('update things set part_of = 99')).number).toBe(2291)
  })

  it('protect the parent table', async () => {
    expect((await user.error('drop table orders')).number).toBe(2449)
    expect((await user.error('truncate table orders')).number).toBe(2266)
    await user.run('drop table orders cascade constraints')
    await user.run("insert into lines values (99, 'free')")
    expect(await user.rows('select count(*) from lines')).toEqual([['2']])
  })

  it('survive a change of the parent table', async () => {
    await user.run("alter table orders add (note varchar2(10) default 'none' not null)")
    expect(await user.rows('select * from orders')).toEqual([['1', '10', 'none']])
    expect((await user.error("insert into lines values (2, 'x')")).number).toBe(2291)
    await user.run('delete from orders')
    expect(await user.rows('select * from lines')).toEqual([])
  })
})

describe('ALTER TABLE', () => {
  it('adds constraints that existing rows must satisfy', async () => {
    await user.run('create table things (id number, name varchar2(5))')
    await user.run("insert into things values (1, 'a'), (1, 'b')")
    expect((await user.error('alter table things add constraint things_pk primary key (id)')).number).toBe(2437)
    expect((await user.error('alter table things add constraint things_small check (id < 1)')).number).toBe(2293)
    await user.run('alter table things add constraint things_name unique (name)')
    expect((await user.error("insert into things values (2, 'a')")).message).toContain('(MAKER.THINGS_NAME)')
    expect((await user.error('alter table things add (must number not null)')).number).toBe(1758)
    expect(await user.rows('select * from things')).toHaveLength(2)
  })

  describe('of a table that another refers to', () => {
    beforeEach(async () => {
      for (const table of ['parts', 'goods', 'wares'])
        await user.run(`drop table if exists ${table} cascade constraints`)
      await user.run(`create table goods (id number(4) constraint goods_pk primary key, name varchar2(20),
        price number(6,2) constraint goods_price check (price >= 0 and "PRICE" < 1000), code varchar2(5) unique)`)
      await user.run("comment on column goods.price is 'In euro'")
      await user.run('create index goods_price_index on goods (price)')
      await user.run('create table parts (good_id number(4) constraint parts_good references goods, of_good number(4))')
      await user.run("insert into goods values (1, 'kettle', 5, 'A')")
      await user.run('insert into parts values (1, 1)')
      await user.session.commit()
    })

    it('modifies columns when the values allow it', async () => {
      await user.run('alter table goods modify (name varchar2(30) not null, price default 7)')
      await user.run("insert into goods (id, name) values (2, 'an electric kettle of steel')")
      expect(await user.rows('select price from goods where id = 2')).toEqual([['7']])
      expect(await user.failure('insert into goods (id) values (3)')).toBe('1400 @0')
      expect(await user.failure('alter table goods modify name not null')).toBe('1442 @25')
      await user.run('alter table goods modify name null')
      await user.run('insert into goods (id) values (3)')
      expect(await user.failure('alter table goods modify name null')).toBe('1451 @25')
      expect(await user.failure('alter table goods modify id null')).toBe('1451 @25')
      expect((await user.error('alter table goods modify name varchar2(10)')).number).toBe(1441)
      expect(await user.failure('alter table goods modify price number(5,2)')).toBe('1440 @25')
      expect(await user.failure('alter table goods modify name date')).toBe('1439 @25')
      expect(await user.failure('alter table goods modify colour date')).toBe('904 @25')
      expect((await user.error('alter table goods modify name not null')).number).toBe(2296)
      await user.run('update goods set code = null')
      await user.run('alter table goods modify code date')
    })

    it('renames columns in what names them', async () => {
      await user.run('alter table goods rename column price to cost')
      await user.run('alter table goods rename column id to "Good Id"')
      expect(await user.rows('select "Good Id", name, cost from goods')).toEqual([['1', 'kettle', '5']])
      expect((await user.error('insert into goods ("Good Id", cost) values (2, -1)')).message).toContain('GOODS_PRICE')
      expect((await user.error('insert into parts values (9, 9)')).number).toBe(2291)
      expect(
        await user.column("select search_condition from user_constraints where constraint_name = 'GOODS_PRICE'"),
      ).toEqual(['COST >= 0 and COST < 1000'])
      expect(
        await user.column("select comments from user_col_comments where table_name = 'GOODS' and column_name = 'COST'"),
      ).toEqual(['In euro'])
      expect(await user.failure('alter table goods rename column colour to tint')).toBe('904 @32')
      expect(await user.failure('alter table goods rename column code to name')).toBe('957 @40')
    })

    it('renames the table and its constraints', async () => {
      await user.run('grant select on goods to store')
      await user.run('alter table goods rename constraint goods_pk to wares_pk')
      await user.run('alter table goods rename to wares')
      expect((await user.error('select * from goods')).number).toBe(942)
      expect(await database.user('STORE').rows('select name from maker.wares')).toEqual([['kettle']])
      expect((await user.error("insert into wares values (1, 'x', 1, 'x')")).message).toContain('MAKER.WARES_PK')
      expect((await user.error('insert into parts values (9, 9)')).number).toBe(2291)
      await user.run('rename wares to goods')
      expect(await user.column('select name from goods')).toEqual(['kettle'])
      expect(await user.failure('rename goods to parts')).toBe('955 @16')
      expect(await user.failure('rename wares to things')).toBe('942 @7')
      expect(await user.failure('alter table goods rename constraint nope to yes')).toBe('23292 @36')
      await user.run('revoke select on goods from store')
    })

    it('drops columns with what hangs on them alone', async () => {
      await user.run('alter table goods drop column price')
      expect((await user.columns('select * from goods')).map(({ name }) => name)).toEqual(['ID', 'NAME', 'CODE'])
      expect(await user.column("select object_name from user_objects where object_type = 'INDEX'")).not.toContain(
        'GOODS_PRICE_INDEX',
      )
      await user.run('alter table goods add price number default 1')
      expect(await user.rows('select * from goods')).toEqual([['1', 'kettle', 'A', '1']])
      expect((await user.error('alter table goods drop (id)')).number).toBe(12992)
      expect((await user.error('alter table goods drop (code, colour)')).number).toBe(904)
      await user.run('alter table parts add constraint parts_unique unique (good_id, of_good)')
      expect((await user.error('alter table parts drop column of_good')).number).toBe(12991)
      expect((await user.error('alter table parts drop (good_id, of_good)')).number).toBe(12983)
      await user.run('alter table goods drop column id cascade constraints')
      await user.run('insert into parts values (9, 9)')
    })

    it('drops constraints', async () => {
      await user.run('alter table goods drop constraint goods_price')
      await user.run("insert into goods values (2, 'pan', -1, 'B')")
      await user.run('alter table goods drop unique (code)')
      await user.run("insert into goods values (3, 'pot', -1, 'B')")
      expect((await user.error('alter table goods drop unique (code)')).number).toBe(2442)
      expect(await user.failure('alter table goods drop constraint goods_price')).toBe('2443 @34')
      expect((await user.error('alter table goods drop primary key')).number).toBe(2273)
      await user.run('alter table goods drop primary key cascade')
      await user.run('insert into parts values (9, 9)')
      await user.run('insert into goods (name) values (null)')
      expect((await user.error('alter table goods drop primary key')).number).toBe(2441)
    })
  })
})

describe('views and indexes', () => {
  it('show the rows of their tables', async () => {
    await user.run('create table orders (id number primary key, total number(8,2))')
    await user.run('insert into orders values (1, 5), (2, 50)')
    await user.run('create view big_orders (nr, sum_total) as select id, total from orders where total > 10')
    expect(await user.rows('select * from big_orders b where b.nr > 0')).toEqual([['2', '50']])
    expect((await user.error('create view big_orders as select 1 x from dual')).number).toBe(955)
    await user.run('create or replace view big_orders as select 1 x from dual')
    expect(await user.rows('select x from big_orders')).toEqual([['1']])
    expect((await user.error('insert into big_orders values (1)')).number).toBe(1732)
  })

  it('enforce uniqueness when asked to', async () => {
    await user.run('create table things (id number, name varchar2(5))')
    await user.run('create unique index things_lower on things (lower(name))')
    await user.run("insert into things values (1, 'A')")
    expect((await user.error("insert into things values (2, 'a')")).message).toContain(
      'ORA-00001: unique constraint (MAKER.THINGS_LOWER) violated',
    )
    await user.run('drop index things_lower')
    expect(await user.count("insert into things values (2, 'a')")).toBe(1)
    expect((await user.error('drop index things_lower')).number).toBe(1418)
  })
})

describe('the data dictionary', () => {
  it('lists tables, columns, comments and constraints', async () => {
    const bind = [[varchar2(30), 'STORE']] as const
    expect(await user.column('select table_name from all_tables where owner = :1 order by 1', bind)).toEqual([
      'SALES',
      'SHOPS',
    ])
    expect(
      await user.rows(
        "select column_name, data_type, data_length, data_precision, nullable from all_tab_columns where table_name = 'SHOPS' order by column_id",
      ),
    ).toEqual([
      ['ID', 'NUMBER', '22', '4', 'N'],
      ['CITY', 'VARCHAR2', '20', null, 'N'],
      ['OPENED', 'DATE', '7', null, 'Y'],
      ['CODE', 'CHAR', '4', null, 'Y'],
    ])
    expect(await user.rows("select comments from all_tab_comments where table_name = 'SHOPS'")).toEqual([
      ['Where we sell'],
    ])
    expect(
      await user.rows("select comments from all_col_comments where table_name = 'SHOPS' and column_name = 'CITY'"),
    ).toEqual([['The town']])
    const join = `select c.constraint_name, c.constraint_type, cc.column_name from all_constraints c join all_cons_columns cc
      on cc.owner = c.owner and cc.constraint_name = c.constraint_name where c.constraint_name in ('SHOPS_PK', 'SALES_SHOP_FK') order by 1`
    expect(await user.rows(join)).toEqual([
      ['SALES_SHOP_FK', 'R', 'SHOP_ID'],
      ['SHOPS_PK', 'P', 'ID'],
    ])
  })

  it('shows indexes, those of keys too, and their columns', async () => {
    await user.run('create table things (id number constraint things_pk primary key, a number, b varchar2(5))')
    await user.run('create index things_ab on things (a, b)')
    await user.run('create unique index things_lower on things (lower(b))')
    expect(
      await user.rows('select index_name, index_type, table_name, uniqueness from user_indexes order by 1'),
    ).toEqual([
      ['THINGS_AB', 'NORMAL', 'THINGS', 'NONUNIQUE'],
      ['THINGS_LOWER', 'FUNCTION-BASED NORMAL', 'THINGS', 'UNIQUE'],
      ['THINGS_PK', 'NORMAL', 'THINGS', 'UNIQUE'],
    ])
    expect(
      await user.rows('select index_name, column_name, column_position from user_ind_columns order by 1, 3'),
    ).toEqual([
      ['THINGS_AB', 'A', '1'],
      ['THINGS_AB', 'B', '2'],
      ['THINGS_LOWER', 'SYS_NC00001$', '1'],
      ['THINGS_PK', 'ID', '1'],
    ])
    const other = database.user('OTHER')
    expect(await other.rows("select * from all_ind_columns where table_name = 'THINGS'")).toEqual([])
    expect(await other.rows("select index_owner from all_ind_columns where index_name = 'SHOPS_PK'")).toEqual([
      ['STORE'],
    ])
  })

  it('shows each user what is his or hers', async () => {
    await user.run('create table things (id number)')
    expect(await user.column('select table_name from user_tables')).toEqual(['THINGS'])
    const other = database.user('OTHER')
    expect(await other.rows("select * from all_objects where object_name = 'THINGS'")).toEqual([])
    expect(await other.rows('select count(*) from user_tables')).toEqual([['0']])
    expect(await other.column("select username from all_users where username = 'MAKER'")).toEqual(['MAKER'])
  })

  it('says in V$VERSION that this is no database', async () => {
    expect((await user.column('select banner from v$version'))[0]).toContain('emulated')
  })

  it('takes views of other rooms', async () => {
    database.engine.addDictionaryViews({
      name: 'USER_FLOWERS',
      columns: [{ name: 'NAME', type: varchar2(10), nullable: false }],
      rows: ({ user: name }) => [[`${name} rose`]],
    })
    expect(await user.rows('select * from user_flowers')).toEqual([['MAKER rose']])
  })
})

describe('describing a schema for models', () => {
  it('tells tables with keys and comments', () => {
    const { tables } = database.engine.schemaReader.describe([{ owner: 'STORE' }])
    expect(tables.map((table) => table.name)).toEqual(['SHOPS', 'SALES'])
    expect(tables[0]).toMatchObject({ comment: 'Where we sell', primaryKey: ['ID'], foreignKeys: [] })
    expect(tables[0]?.columns[1]).toEqual({ name: 'CITY', type: { name: 'VARCHAR2', length: 20 }, comment: 'The town' })
    expect(tables[1]?.foreignKeys).toEqual([
      { columns: ['SHOP_ID'], references: { owner: 'STORE', table: 'SHOPS', columns: ['ID'] } },
    ])
    expect(database.engine.schemaReader.describe([{ owner: 'STORE', name: 'NOPE' }]).tables).toEqual([])
  })
})

describe('numbers in storage', () => {
  it('keep their order and all their digits', async () => {
    await user.run('create table things (n number)')
    const values = [
      '-1e100',
      '-12345678901234567890.5',
      '-2',
      '-1.5',
      '-0.001',
      '0',
      '1e-100',
      '0.1',
      '9',
      '10',
      '99.99',
      '100',
      '12345678901234567890123456789012345678',
      '1e100',
    ]
    for (const value of [...values].reverse())
      await user.run('insert into things values (:1)', [[NUMBER, number(value)]])
    expect(await user.column('select n from things order by n')).toEqual(values.map((value) => number(value).toFixed()))
    expect(await user.rows('select min(n), max(n) from things where n between -2 and 100')).toEqual([['-2', '100']])
  })
})

describe('columns of intervals', () => {
  it('keep, compare, calculate and describe them', async () => {
    const session = database.user()
    await session.run('create table spans (id number, d interval day(3) to second(6), y interval year to month)')
    await session.run("insert into spans values (1, interval '1 12:00:00' day to second, interval '1-6' year to month)")
    await session.run("insert into spans values (2, numtodsinterval(90, 'minute'), numtoyminterval(-2, 'month'))")
    expect((await session.columns('select d, y, d * 2 as twice from spans')).map(({ type }) => type.name)).toEqual([
      'INTERVAL DAY TO SECOND',
      'INTERVAL YEAR TO MONTH',
      'INTERVAL DAY TO SECOND',
    ])
    expect(await session.rows('select d, y, d * 2, to_char(d) from spans order by d')).toEqual([
      ['P0DT1H30M0S', '-P0Y2M', 'P0DT3H0M0S', '+000000000 01:30:00.000000'],
      ['P1DT12H0M0S', 'P1Y6M', 'P3DT0H0M0S', '+000000001 12:00:00.000000'],
    ])
    const sql = "select id from spans where d > interval '1' day and date '2024-01-01' + y = date '2025-07-01'"
    expect(await session.column(sql)).toEqual(['1'])
    expect(
      await session.column("select data_type from user_tab_columns where table_name = 'SPANS' order by 1"),
    ).toEqual(['INTERVAL DAY(2) TO SECOND(6)', 'INTERVAL YEAR(2) TO MONTH', 'NUMBER'])
  })
})

describe('columns of floating-point numbers', () => {
  it('keep and sort what no NUMBER can be', async () => {
    const session = database.user()
    await session.run('create table floats (d binary_double)')
    const values = [
      Number.NaN,
      1e300,
      -1e300,
      1e-300,
      -1e-300,
      0,
      5,
      -5,
      Number.POSITIVE_INFINITY,
      Number.NEGATIVE_INFINITY,
    ]
    for (const value of values) {
      await session.run('insert into floats values (:1)', [[{ name: 'BINARY_DOUBLE' }, number(value)]])
    }
    const result = await session.run('select d from floats order by d')
    if (result.kind !== 'query') throw new TypeError('a query was run')
    expect(result.rows.map(([value]) => (value as OracleNumber).toNumber())).toEqual(
      [...values].sort((left, right) => (Number.isNaN(left) ? 1 : Number.isNaN(right) ? -1 : left < right ? -1 : 1)),
    )
    expect(await session.column('select count(*) from floats where d > 100')).toEqual(['3'])
  })
})
