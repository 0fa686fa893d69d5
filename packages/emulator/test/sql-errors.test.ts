import { describe, expect, it } from 'vitest'
import { useEngine } from './sql-fixture.ts'

const database = useEngine()

const SYNTAX: readonly (readonly [statement: string, error: string])[] = [
  ['selct 1 from dual', '900 @0'],
  ['begin null; end;', '900 @0'],
  ['', '900 @0'],
  ['select from dual', '936 @7'],
  ['select 1, from dual', '936 @10'],
  ['select a b c from dual', '923 @11'],
  ['select 1 from', '903 @13'],
  ['select 1 from dual where', '936 @24'],
  ['select (1 + 2 from dual', '907 @14'],
  ['select 1 from dual extra words', '933 @25'],
  ['select 1 from dual;', '933 @18'],
  ["select 'abc from dual", '1756 @7'],
  ['select "abc from dual', '1740 @7'],
  ['select 1 from dual group id', '924 @25'],
  ['select 1 from dual where 1', '920 @26'],
  ['insert dual values (1)', '925 @7'],
  ['update dual x = 1', '971 @14'],
  ['select count(*) x from dual order by 2', '1785 @37'],
]

describe('syntax errors', () => {
  it.each(SYNTAX)('%s', async (statement, expected) => {
    expect(await database.user().failure(statement)).toBe(expected)
  })
})

describe('unknown names', () => {
  it('tell the whole name and its place', async () => {
    const demo = database.user()
    const missing = await demo.error('select 1 from sh.missing')
    expect(missing.message).toBe('ORA-00942: table or view "SH"."MISSING" does not exist')
    expect(missing.offset).toBe(14)
    expect((await demo.error('select 1 from missing')).message).toBe(
      'ORA-00942: table or view "DEMO"."MISSING" does not exist',
    )
    expect((await demo.error('select s.nope from store.shops s')).message).toBe(
      'ORA-00904: "S"."NOPE": invalid identifier',
    )
    expect((await demo.error('select "id" from store.shops')).message).toBe('ORA-00904: "id": invalid identifier')
  })

  it('count their place in bytes', async () => {
    expect(await database.user().failure("select 'ø', nope from dual")).toBe('904 @13')
  })

  it('hide the tables of other users', async () => {
    const owner = database.user('OWNER')
    await owner.run('create table secret (id number)')
    expect((await database.user('STRANGER').error('select * from owner.secret')).number).toBe(942)
    expect(await owner.rows('select * from secret')).toEqual([])
  })

  it('are ambiguous when two tables have the column', async () => {
    expect(await database.user().failure('select id from store.shops, store.sales')).toBe('918 @7')
  })
})

describe('wrong types and values', () => {
  const cases: readonly (readonly [expression: string, number: number])[] = [
    ["'x' + 1", 1722],
    ['1 / 0', 1476],
    ["date '2024-01-01' + date '2024-01-01'", 975],
    ["date '2024-02-30'", 1839],
    ["to_date('x', 'YYYY')", 1858],
    ["to_date('2024-01-01')", 1861],
    ["to_date('2024-01-01x', 'YYYY-MM-DD')", 1830],
    ["to_date('2024', 'YYYY-MM')", 1840],
    ["to_date('2024-13', 'YYYY-MM')", 1843],
    ["to_date('1', 'Q')", 1820],
    ["to_date('1', '???')", 1821],
    ["case when 1 = 1 then 1 else 'x' end", 932],
    ["nvl(date '2024-01-01', 1)", 932],
    ['sqrt(-1)', 1428],
    ["extract(hour from date '2024-01-01')", 30076],
    ['cast(123 as number(2))', 1438],
    ['(select id from store.shops)', 1427],
    ['(select 1, 2 from dual)', 913],
    ["to_char(1, 'abc')", 1481],
    ["regexp_substr('a', '[')", 12726],
    ["regexp_substr('a', '(b')", 12725],
    ["regexp_substr('a', 'b)')", 12725],
    ["regexp_substr('a', '[z-a]')", 12728],
    ["regexp_substr('a', '[[:nothing:]]')", 12729],
    ['power(10, 130)', 1426],
  ]

  it.each(cases)('%s is ORA-%i', async (expression, expected) => {
    expect((await database.user().error(`select ${expression} from dual`)).number).toBe(expected)
  })

  it('do not arise in branches that are not taken', async () => {
    expect(await database.user().value('decode(1, 2, 1 / 0, 5)')).toBe('5')
    expect(await database.user().value('case when 1 = 2 then 1 / 0 else 6 end')).toBe('6')
  })
})

describe('what is not there', () => {
  it.each([
    'select * from store.shops pivot xml (count(*) for id in (any))',
    'select max(id) keep (dense_rank first order by id) over () from store.shops',
    'select * from table(something(1))',
    'create global temporary table t (id number)',
  ])('%s is an error, never another meaning', async (statement) => {
    expect([3001, 976, 1788]).toContain((await database.user().error(statement)).number)
  })

  it('a statement nested beyond all measure harms only itself', async () => {
    const demo = database.user()
    expect((await demo.error(`select ${'('.repeat(50_000)}1${')'.repeat(50_000)} from dual`)).number).toBe(600)
    expect(await demo.value('1')).toBe('1')
  })
})
