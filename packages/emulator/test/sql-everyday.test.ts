import { describe, expect, it } from 'vitest'
import { useEngine } from './sql-fixture.ts'

const database = useEngine()

describe('KEEP', () => {
  const kept = (aggregate: string, position: string) =>
    database.user().value(`(select ${aggregate} keep (dense_rank ${position}) from store.sales)`)

  it('aggregates the rows that come first or last', async () => {
    expect(await kept('max(amount)', 'first order by item desc')).toBe('7.75')
    expect(await kept('max(item)', 'last order by amount')).toBe('cake')
    expect(await kept('max(item)', 'last order by amount nulls first')).toBe('tea')
    expect(await kept('min(sold)', 'first order by shop_id')).toBe('2024-01-05')
    expect(await kept('sum(amount)', 'first order by shop_id')).toBe('30.75')
    expect(await kept('avg(amount)', 'last order by shop_id nulls first, id')).toBeNull()
    expect(await kept('count(*)', 'first order by shop_id desc nulls last')).toBe('1')
    expect(await kept('count(amount)', 'first order by shop_id desc nulls last')).toBe('0')
  })

  it('does so for each group, and gives nothing for no rows', async () => {
    expect(
      await database
        .user()
        .rows(`select shop_id, max(item) keep (dense_rank last order by id) from store.sales where shop_id is not null
          group by shop_id order by shop_id`),
    ).toEqual([
      ['1', 'coffee'],
      ['2', null],
      ['3', 'cake'],
    ])
    expect(
      await database
        .user()
        .rows(
          'select max(id) keep (dense_rank first order by id), count(*) keep (dense_rank last order by id) from store.sales where id < 0',
        ),
    ).toEqual([[null, '0']])
  })
})

describe('LISTAGG', () => {
  it('orders its values within a partition', async () => {
    expect(
      await database
        .user()
        .rows(`select id, listagg(id, ',') within group (order by amount desc) over (partition by shop_id) from store.sales
          where shop_id < 3 order by id`),
    ).toEqual([
      ['1', '2,1'],
      ['2', '2,1'],
      ['3', '4,3'],
      ['4', '4,3'],
    ])
    expect((await database.user().error(`select listagg(id, ',') over (order by id) from store.sales`)).number).toBe(
      30487,
    )
  })

  it('cuts what is too long where it is told to', async () => {
    const many = (overflow: string) =>
      database
        .user()
        .value(
          `(select listagg(rpad(level, 1000, 'x'), ';' ${overflow}) within group (order by level) from dual connect by level <= 40)`,
        )
    await expect(many('')).rejects.toMatchObject({ number: 1489 })
    await expect(many('on overflow error')).rejects.toMatchObject({ number: 1489 })
    expect(await many('on overflow truncate')).toMatch(/x;\.\.\.\(8\)$/)
    expect(await many(`on overflow truncate '[cut]' without count`)).toMatch(/x;\[cut\]$/)
  })
})

describe('IGNORE NULLS', () => {
  const window = async (call: string) =>
    (await database.user().column(`select ${call} over (order by id) from store.sales order by id`)).join()

  it('passes over NULLs to the next value', async () => {
    expect(await window('first_value(amount) ignore nulls')).toBe('10.5,10.5,10.5,10.5,10.5,10.5')
    expect(await window('last_value(item ignore nulls)')).toBe('tea,coffee,tea,tea,cake,tea')
    expect(await window('last_value(sold) ignore nulls')).toBe(
      '2024-01-05,2024-01-06,2024-02-01,2024-02-29,2024-03-01,2024-03-01',
    )
    expect(await window('lag(item) ignore nulls')).toBe(',tea,coffee,tea,tea,cake')
    expect(await window(`lag(item, 2, '-') ignore nulls`)).toBe('-,-,tea,coffee,coffee,tea')
    expect(await window('lead(amount, 2) ignore nulls')).toBe('5,7.75,100,,,')
    expect(await window('nth_value(item, 2) ignore nulls')).toBe(',coffee,coffee,coffee,coffee,coffee')
  })

  it('is no matter for NTH_VALUE without it', async () => {
    expect(await window('nth_value(amount, 5)')).toBe(',,,,,')
    expect(await window('nth_value(amount, 2)')).toBe(',20.25,20.25,20.25,20.25,20.25')
  })
})

describe('PIVOT', () => {
  it('makes columns of values, grouped by what it does not name', async () => {
    const source = `(select shop_id, item, amount from store.sales where shop_id < 3)`
    expect(
      await database
        .user()
        .rows(
          `select * from ${source} pivot (sum(amount) for item in ('tea' as tea, 'coffee' as coffee)) order by shop_id`,
        ),
    ).toEqual([
      ['1', '10.5', '20.25'],
      ['2', '5', null],
    ])
    const columns = await database
      .user()
      .columns(`select * from ${source} pivot (count(*) n, max(amount) as most for item in ('tea', 'coffee' as c)) p`)
    expect(columns.map(({ name }) => name)).toEqual(['SHOP_ID', `'tea'_N`, `'tea'_MOST`, 'C_N', 'C_MOST'])
    expect(
      await database
        .user()
        .rows(
          `select p.c_n + p.tea_n from (select item from store.sales) pivot (count(*) n for item in ('tea' tea, 'coffee' c)) p`,
        ),
    ).toEqual([['4']])
    expect(
      await database
        .user()
        .rows(
          `select * from ${source} pivot (count(amount) for (shop_id, item) in ((1, 'tea') as a, (2, 'cake') as b))`,
        ),
    ).toEqual([['1', '0']])
  })

  it('is turned back by UNPIVOT', async () => {
    const source = `(select id, item, cast(null as varchar2(9)) as other from store.sales where id in (1, 4))`
    expect(
      await database.user().rows(`select * from ${source} unpivot (what for kind in (item as 'i', other)) order by id`),
    ).toEqual([['1', 'i', 'tea']])
    expect(
      await database
        .user()
        .rows(
          `select id, kind, what from ${source} unpivot include nulls (what for kind in (item, other)) u where u.id = 1 order by kind`,
        ),
    ).toEqual([
      ['1', 'ITEM', 'tea'],
      ['1', 'OTHER', null],
    ])
  })

  it('refuses what is no aggregate', async () => {
    const error = await database.user().error('select * from store.sales pivot (amount for item in (1))')
    expect(error.number).toBe(56902)
  })
})

describe('functions', () => {
  it.each([
    [`instrb('öffnen', 'f')`, '3'],
    [`instrb('öffnen', 'f', 1, 2)`, '4'],
    [`lengthc('é')`, '1'],
    [`nls_upper('straße', 'NLS_SORT = XGerman')`, 'STRASSE'],
    [`nls_lower('ABC')`, 'abc'],
    [`nls_initcap('the end')`, 'The End'],
    [`lengthb(decompose('é'))`, '3'],
    [`compose(decompose('é'))`, 'é'],
    [`asciistr('a\\b é€')`, 'a\\005Cb \\00E9\\20AC'],
    [`unistr(asciistr('é€'))`, 'é€'],
    ['nchr(8364)', '€'],
    ['bin_to_num(1, 0, 1)', '5'],
    ['round_ties_to_even(2.5)', '2'],
    ['round_ties_to_even(2.345, 2)', '2.34'],
    ['nanvl(3, 4)', '3'],
    [`to_nclob('x')`, 'x'],
    [`to_boolean('yes')`, 'true'],
    [`to_boolean(0)`, 'false'],
    [`to_char(date '2026-01-01' + to_dsinterval('1 12:00:00'), 'YYYY-MM-DD HH24:MI')`, '2026-01-02 12:00'],
    [`to_char(date '2026-01-31' + to_yminterval('1-2'), 'YYYY-MM-DD')`, '2027-03-31'],
    [`rowidtochar(chartorowid('AAAAAAAABAAAAAAAAB'))`, 'AAAAAAAABAAAAAAAAB'],
  ])('%s is %s', async (expression, expected) => {
    expect(await database.user().value(expression)).toBe(expected)
  })

  it.each([
    ['bin_to_num(1, 2)', 1428],
    ['nchr(-1)', 1428],
    [`to_boolean('maybe')`, 61800],
    [`to_dsinterval('tomorrow')`, 1867],
  ])('%s is ORA-%d', async (expression, number) => {
    expect((await database.user().error(`select ${expression} from dual`)).number).toBe(number)
  })
})
