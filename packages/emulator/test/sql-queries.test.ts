import { describe, expect, it } from 'vitest'
import { NUMBER, varchar2 } from '../src/values/oracle-type.ts'
import { number, useEngine } from './sql-fixture.ts'

const database = useEngine()

describe('reading tables', () => {
  it('filters, orders and pages rows', async () => {
    const demo = database.user()
    expect(
      await demo.rows('select id, city from store.shops where id > 1 order by city desc fetch first 2 rows only'),
    ).toEqual([
      ['3', 'Tromsø'],
      ['4', 'Bodø'],
    ])
    expect(await demo.column('select id from store.shops order by id offset 2 rows fetch next 1 row only')).toEqual([
      '3',
    ])
    expect(
      await demo.column('select amount from store.sales order by amount desc fetch first 50 percent rows only'),
    ).toEqual([null, '100', '20.25'])
    expect(await demo.column('select item from store.sales order by item fetch first 3 rows with ties')).toEqual([
      'cake',
      'coffee',
      'tea',
      'tea',
      'tea',
    ])
  })

  it('sorts NULL last going up and first going down, unless told otherwise', async () => {
    const demo = database.user()
    expect(await demo.column('select amount from store.sales order by amount')).toEqual([
      '5',
      '7.75',
      '10.5',
      '20.25',
      '100',
      null,
    ])
    expect((await demo.column('select amount from store.sales order by amount desc'))[0]).toBeNull()
    expect((await demo.column('select amount from store.sales order by amount nulls first'))[0]).toBeNull()
  })

  it('orders by position, alias and expression', async () => {
    const demo = database.user()
    expect(await demo.column('select city c from store.shops order by 1 fetch first row only')).toEqual(['Bergen'])
    expect(await demo.column('select city c from store.shops order by length(c), c desc')).toEqual([
      'Oslo',
      'Bodø',
      'Tromsø',
      'Bergen',
    ])
  })

  it('joins in the ANSI way and with commas', async () => {
    const demo = database.user()
    const inner = 'select s.city, x.item from store.shops s join store.sales x on x.shop_id = s.id order by x.id'
    const comma = 'select s.city, x.item from store.shops s, store.sales x where x.shop_id = s.id order by x.id'
    expect(await demo.rows(comma)).toEqual(await demo.rows(inner))
    expect(
      await demo.column('select x.id from store.shops s full join store.sales x on x.shop_id = s.id order by x.id'),
    ).toEqual(['1', '2', '3', '4', '5', '6', null])
    expect(await demo.rows('select count(*) from store.shops cross join store.sales')).toEqual([['24']])
  })

  it('makes outer joins of (+), whichever side carries the mark', async () => {
    const demo = database.user()
    const ansi =
      "select s.id, x.id from store.shops s left join store.sales x on x.shop_id = s.id and x.item = 'tea' order by 1, 2"
    const marks =
      "select s.id, x.id from store.shops s, store.sales x where s.id = x.shop_id(+) and x.item(+) = 'tea' order by 1, 2"
    expect(await demo.rows(marks)).toEqual(await demo.rows(ansi))
    expect(await demo.rows(marks)).toHaveLength(4)
    expect(
      await demo.column('select x.id from store.shops s, store.sales x where s.id (+) = x.shop_id and s.id is null'),
    ).toEqual(['6'])
  })

  it('refuses (+) where it makes no join', async () => {
    const demo = database.user()
    const from = 'from store.shops s, store.sales x where'
    expect((await demo.error(`select 1 ${from} s.id(+) = x.shop_id(+)`)).number).toBe(1468)
    expect((await demo.error(`select 1 ${from} s.id = x.shop_id(+) or x.id = 1`)).number).toBe(1719)
    expect((await demo.error('select id(+) from store.shops')).number).toBe(30563)
  })

  it('merges the columns of USING and NATURAL joins', async () => {
    const demo = database.user()
    const sql =
      'select * from (select id shop_id, city from store.shops) join (select shop_id, item from store.sales) using (shop_id) order by item'
    expect((await demo.columns(sql)).map((column) => column.name)).toEqual(['SHOP_ID', 'CITY', 'ITEM'])
    expect(await demo.rows(sql)).toHaveLength(5)
    expect(
      await demo.rows('select count(*) from (select 1 a, 2 b from dual) natural join (select 1 a, 3 c from dual)'),
    ).toEqual([['1']])
  })

  it('finds rows by subqueries of all kinds', async () => {
    const demo = database.user()
    expect(
      await demo.column(
        "select city from store.shops where id in (select shop_id from store.sales where item = 'tea') order by 1",
      ),
    ).toEqual(['Bergen', 'Oslo'])
    expect(await demo.column('select city from store.shops where id not in (select shop_id from store.sales)')).toEqual(
      [],
    )
    expect(
      await demo.column(
        'select city from store.shops s where not exists (select 1 from store.sales x where x.shop_id = s.id)',
      ),
    ).toEqual(['Bodø'])
    expect(
      await demo.rows(
        'select city, (select sum(amount) from store.sales x where x.shop_id = s.id) from store.shops s order by id',
      ),
    ).toEqual([
      ['Oslo', '30.75'],
      ['Bergen', '12.75'],
      ['Tromsø', null],
      ['Bodø', null],
    ])
    expect(
      await demo.column(
        'select id from store.sales where amount >= all (select amount from store.sales where amount is not null)',
      ),
    ).toEqual(['6'])
    expect(
      await demo.column("select id from store.sales where (shop_id, item) in ((1, 'tea'), (3, 'cake')) order by 1"),
    ).toEqual(['1', '5'])
  })

  it('combines queries with set operators, from left to right', async () => {
    const demo = database.user()
    expect(
      await demo.column(
        'select 1 n from dual union all select 2 from dual union all select 2 from dual minus select 1 from dual',
      ),
    ).toEqual(['2'])
    expect(
      await demo.column('select id from store.shops intersect select shop_id from store.sales order by id desc'),
    ).toEqual(['3', '2', '1'])
    expect(await demo.column('(select 3 from dual union select 1 from dual) order by 1')).toEqual(['1', '3'])
  })

  it('reads WITH, also recursive', async () => {
    const demo = database.user()
    expect(
      await demo.rows('with a as (select 1 n from dual), b(m) as (select n + 1 from a) select n, m from a, b'),
    ).toEqual([['1', '2']])
    expect(
      await demo.column(
        'with r(n) as (select 1 from dual union all select n * 2 from r where n < 100) select max(n) from r',
      ),
    ).toEqual(['128'])
    expect(await demo.column('select level from dual connect by level <= 3')).toEqual(['1', '2', '3'])
  })
})

describe('grouping', () => {
  it('aggregates in exact decimals', async () => {
    const demo = database.user()
    expect(
      await demo.rows(
        'select count(*), count(amount), sum(amount), avg(amount), min(item), max(sold), median(amount) from store.sales',
      ),
    ).toEqual([['6', '5', '143.5', '28.7', 'cake', '2024-03-01', '10.5']])
    expect(await demo.rows('select sum(n) from (select 0.1 n from dual union all select 0.2 from dual)')).toEqual([
      ['0.3'],
    ])
    expect(
      await demo.rows('select count(distinct item), sum(distinct shop_id), count(*) from store.sales where 1 = 0'),
    ).toEqual([['0', null, '0']])
  })

  it('finds percentiles, between two values or at one', async () => {
    const demo = database.user()
    const amounts = 'within group (order by amount)'
    expect(
      await demo.rows(`select percentile_cont(0.5) ${amounts}, percentile_disc(0.5) ${amounts}, percentile_cont(0.9) ${amounts},
        percentile_cont(0.25) within group (order by amount desc), percentile_disc(0) ${amounts} from store.sales`),
    ).toEqual([['10.5', '10.5', '68.1', '20.25', '5']])
    expect(
      await demo.rows(
        `select shop_id, percentile_cont(0.5) ${amounts} from store.sales group by shop_id order by shop_id`,
      ),
    ).toEqual([
      ['1', '15.375'],
      ['2', '6.375'],
      ['3', null],
      [null, '100'],
    ])
    expect(
      await demo.rows(`select distinct shop_id, percentile_cont(0.5) ${amounts} over (partition by shop_id) p
        from store.sales where shop_id < 3 order by shop_id`),
    ).toEqual([
      ['1', '15.375'],
      ['2', '6.375'],
    ])
    expect(await demo.failure('select percentile_cont(0.5) from store.sales')).toBe('2000 @27')
    expect((await demo.error(`select percentile_cont(2) ${amounts} from store.sales`)).number).toBe(1428)
    expect((await demo.error('select percentile_cont(0.5) within group (order by item) from store.sales')).number).toBe(
      932,
    )
  })

  it('numbers grouping sets', async () => {
    expect(
      await database.user().rows(`select shop_id, item, grouping_id(shop_id, item) g from store.sales where shop_id = 1
        group by cube(shop_id, item) order by g, item`),
    ).toEqual([
      ['1', 'coffee', '0'],
      ['1', 'tea', '0'],
      ['1', null, '1'],
      [null, 'coffee', '2'],
      [null, 'tea', '2'],
      [null, null, '3'],
    ])
  })

  it('groups by expressions and filters groups', async () => {
    const demo = database.user()
    const sql =
      "select to_char(sold, 'YYYY-MM') m, count(*) n from store.sales where sold is not null group by to_char(sold, 'YYYY-MM') having count(*) > 1 order by m"
    expect(await demo.rows(sql)).toEqual([
      ['2024-01', '2'],
      ['2024-02', '2'],
    ])
  })

  it('makes subtotals with ROLLUP and tells them with GROUPING', async () => {
    const demo = database.user()
    const sql =
      'select shop_id, grouping(shop_id) g, sum(amount) from store.sales where shop_id < 3 group by rollup(shop_id) order by g, shop_id'
    expect(await demo.rows(sql)).toEqual([
      ['1', '0', '30.75'],
      ['2', '0', '12.75'],
      [null, '1', '43.5'],
    ])
  })

  it('aggregates groups once more', async () => {
    const demo = database.user()
    expect(
      await demo.rows('select max(sum(amount)) m, round(avg(count(*)), 2) from store.sales group by shop_id'),
    ).toEqual([['100', '1.5']])
    expect(await demo.failure('select count(*), max(sum(amount)) from store.sales group by shop_id')).toBe('937 @7')
  })

  it('joins texts in order with LISTAGG', async () => {
    const demo = database.user()
    const sql = "select listagg(item, '; ') within group (order by id desc) from store.sales"
    expect(await demo.column(sql)).toEqual(['tea; cake; tea; coffee; tea'])
    expect(
      await demo.column("select listagg(distinct item, ',') within group (order by item) from store.sales"),
    ).toEqual(['cake,coffee,tea'])
  })

  it('refuses columns that are not grouped by', async () => {
    const demo = database.user()
    expect(await demo.failure('select city, count(*) from store.shops')).toBe('937 @7')
    expect(await demo.failure('select id, city, count(*) from store.shops group by id')).toBe('979 @11')
    expect(await demo.failure('select id from store.shops where count(*) > 1')).toBe('934 @33')
    expect((await demo.error('select sum(count(id)) from store.shops')).number).toBe(978)
    expect((await demo.error('select sum(count(sum(id))) from store.shops group by id')).number).toBe(935)
  })
})

describe('analytic functions', () => {
  it('rank, number and look at neighbours', async () => {
    const demo = database.user()
    const sql = `select id, rank() over (order by item) r, row_number() over (partition by shop_id order by id) n,
      lag(id) over (order by id) p, lead(id, 1, 0) over (order by id) l, first_value(id) over (order by id desc) f
      from store.sales where item is not null order by id`
    expect(await demo.rows(sql)).toEqual([
      ['1', '3', '1', null, '2', '6'],
      ['2', '2', '2', '1', '3', '6'],
      ['3', '3', '1', '2', '5', '6'],
      ['5', '1', '1', '3', '6', '6'],
      ['6', '3', '1', '5', '0', '6'],
    ])
  })

  it('sum over windows, cumulative, framed and over all rows', async () => {
    const demo = database.user()
    const sql = `select sum(amount) over (order by id), sum(amount) over (), count(*) over (partition by shop_id),
      avg(amount) over (order by id rows between 1 preceding and current row) from store.sales order by id`
    expect(await demo.rows(sql)).toEqual([
      ['10.5', '143.5', '2', '10.5'],
      ['30.75', '143.5', '2', '15.375'],
      ['35.75', '143.5', '2', '12.625'],
      ['43.5', '143.5', '2', '6.375'],
      ['43.5', '143.5', '1', '7.75'],
      ['143.5', '143.5', '1', '100'],
    ])
    expect(await demo.column('select sum(sum(amount)) over () from store.sales group by shop_id')).toEqual(
      Array(4).fill('143.5'),
    )
  })

  it('may not stand in WHERE', async () => {
    expect(await database.user().failure('select 1 from dual where row_number() over (order by 1) = 1')).toBe(
      '30483 @25',
    )
  })
})

describe('ROWNUM', () => {
  it('limits rows before they are ordered', async () => {
    const demo = database.user()
    expect(await demo.rows('select count(*) from store.sales where rownum <= 4')).toEqual([['4']])
    expect(await demo.column('select id from (select id from store.sales order by id desc) where rownum < 3')).toEqual([
      '6',
      '5',
    ])
    expect(await demo.column('select rownum from store.shops where id > 2')).toEqual(['1', '2'])
  })

  it('never gives a second row to a condition that the first row fails', async () => {
    const demo = database.user()
    expect(await demo.rows('select id from store.sales where rownum > 1')).toEqual([])
    expect(await demo.rows('select id from store.sales where rownum = 2')).toEqual([])
    expect(await demo.column('select id from store.sales where rownum = 1')).toEqual(['1'])
  })
})

describe('describing a query', () => {
  it('knows names, types and nullability without running it', async () => {
    const demo = database.user()
    expect(
      await demo.columns(
        'select id, city, opened, code, id + 1, count(*) over () n, \'ab\' "Text" from store.shops where 1 = 0',
      ),
    ).toEqual([
      { name: 'ID', type: { name: 'NUMBER', precision: 4, scale: 0 }, nullable: false },
      { name: 'CITY', type: { name: 'VARCHAR2', length: 20 }, nullable: false },
      { name: 'OPENED', type: { name: 'DATE' }, nullable: true },
      { name: 'CODE', type: { name: 'CHAR', length: 4 }, nullable: true },
      { name: 'ID+1', type: NUMBER, nullable: false },
      { name: 'N', type: NUMBER, nullable: false },
      { name: 'Text', type: { name: 'CHAR', length: 2 }, nullable: false },
    ])
  })

  it('names expressions by their text in upper case without blanks', async () => {
    const columns = await database.user().columns("select upper( 'a b' ), 1 + 1, max( id ) from store.shops")
    expect(columns.map((column) => column.name)).toEqual(["UPPER('AB')", '1+1', 'MAX(ID)'])
  })

  it('marks columns nullable that an outer join may leave out', async () => {
    const [column] = await database
      .user()
      .columns('select s.id from store.sales x left join store.shops s on s.id = x.shop_id')
    expect(column?.nullable).toBe(true)
  })
})

describe('binds', () => {
  it('are counted by occurrence and found outside strings and comments', () => {
    const { session } = database.user()
    const prepared = session.prepare(
      "select :b, :a, :b, ':c' /* :d */ -- :e\n from dual where 1 = :1 and q'[:x]' = :\"Mixed\"",
    )
    expect(prepared.bindNames).toEqual(['B', 'A', 'B', '1', 'Mixed'])
    expect(prepared.kind).toBe('query')
  })

  it('compare by their types', async () => {
    const demo = database.user()
    expect(await demo.column('select city from store.shops where id = :1', [[NUMBER, number(2)]])).toEqual(['Bergen'])
    expect(await demo.column('select city from store.shops where id = :1', [[varchar2(10), '2']])).toEqual(['Bergen'])
    expect(await demo.rows("select nvl(:1, 'none') from dual", [[varchar2(10), '']])).toEqual([['none']])
  })

  it('must all be given', async () => {
    expect((await database.user().error('select :a from dual')).number).toBe(1008)
  })
})

describe('a query without FROM', () => {
  it('yields one row', async () => {
    expect(await database.user().rows('select 1 + 1')).toEqual([['2']])
  })
})
