import { describe, expect, it } from 'vitest'
import { JSON_TYPE } from '../src/values/oracle-type.ts'
import { type TestSession, useEngine } from './sql-fixture.ts'

const engine = useEngine()

const DOCUMENT = `{"id": 7, "name": "Ada", "vip": true, "none": null, "joined": "2024-02-29T10:00:00",
  "items": [{"sku": "A1", "price": 2.5, "tags": ["x", "y"]}, {"sku": "B2", "price": 10, "tags": []}],
  "address": {"city": "Oslo", "Street Name": "Karl Johans gate"}}`

/** A session with one document in a table of its own. */
async function withDocument(): Promise<TestSession> {
  const session = engine.user()
  await session.run('drop table if exists documents purge')
  await session.run('create table documents (id number primary key, doc json, note clob check (note is json))')
  await session.run('insert into documents (id, doc) values (1, :1)', [[{ name: 'CLOB' }, DOCUMENT]])
  return session
}

const read = (expression: string) => `select ${expression} from documents d`

describe('a column of type JSON', () => {
  it('is described as such and keeps values without their blanks', async () => {
    const session = await withDocument()
    expect((await session.columns('select doc from documents'))[0]?.type).toEqual(JSON_TYPE)
    expect(
      await session.column("select data_type from user_tab_columns where table_name = 'DOCUMENTS' order by column_id"),
    ).toEqual(['NUMBER', 'JSON', 'CLOB'])
    await session.run(`insert into documents (id, doc) values (2, '[1, 2.50, "a" ]')`)
    await session.run('insert into documents (id, doc) values (3, null)')
    expect(await session.column('select doc from documents where id > 1 order by id')).toEqual(['[1,2.5,"a"]', null])
  })

  it('takes nothing but JSON, in the lax syntax too', async () => {
    const session = await withDocument()
    expect(await session.failure('insert into documents (id, doc) values (2, \'{"a": }\')')).toMatch(/^40441/)
    await session.run(`insert into documents (id, doc) values (2, q'[{a: 'b', 'c': [TRUE,]}]')`)
    expect(await session.column('select doc from documents where id = 2')).toEqual(['{"a":"b","c":[true]}'])
    expect(await session.failure("insert into documents (id, note) values (3, 'no')")).toMatch(/^2290/)
    await session.run("update documents set doc = json('[9]') where id = 2")
    expect(await session.column('select doc from documents where id = 2')).toEqual(['[9]'])
  })

  it.each([
    ['d.doc.name', '"Ada"'],
    ['d.doc.items.price', '[2.5,10]'],
    ['d.doc.address."Street Name"', '"Karl Johans gate"'],
    ['d.doc.Name', null],
    ['d.doc.name.string()', 'Ada'],
    ['d.doc.id.number() + 1', '8'],
    ['d.doc.items.size()', '2'],
  ])('is read by names: %s', async (expression, value) => {
    const session = await withDocument()
    expect(await session.column(read(expression))).toEqual([value])
  })
})

describe('JSON_VALUE', () => {
  it.each([
    ["json_value(doc, '$.name')", 'Ada'],
    ["json_value(doc, '$.id' returning number)", '7'],
    ["json_value(doc, '$.joined' returning date)", '2024-02-29 10:00:00'],
    ["json_value(doc, '$.joined' returning timestamp)", '2024-02-29 10:00:00'],
    ["json_value(doc, '$.vip' returning boolean)", 'true'],
    ["json_value(doc, '$.vip')", 'true'],
    ["json_value(doc, '$.none')", null],
    ["json_value(doc, '$.items[1].sku')", 'B2'],
    ["json_value(doc, '$.items[last].sku')", 'B2'],
    ["json_value(doc, '$.items[*]?(@.price > 5).sku')", 'B2'],
    [`json_value(doc, '$.items[*]?(@.sku == "A1" && exists(@.tags)).price')`, '2.5'],
    ["json_value(doc, '$.items.size()')", '2'],
    ["json_value(doc, '$.name.type()')", 'string'],
    ["json_value(doc, '$.missing')", null],
    ["json_value(doc, '$.items')", null],
    ["json_value(doc, '$.missing' default 'x' on empty)", 'x'],
    ["json_value(doc, '$.name' returning number default -1 on error)", '-1'],
    ["json_value(doc, '$.name' returning varchar2(2))", null],
    ["json_value('{\"a\":1}', '$.a')", '1'],
    ["json_value('no json', '$.a')", null],
  ])('%s', async (expression, value) => {
    const session = await withDocument()
    expect(await session.column(read(expression))).toEqual([value])
  })

  it('fails when it is told to, and for a path that is none', async () => {
    const session = await withDocument()
    expect(await session.failure(read("json_value(doc, '$.missing' error on error)"))).toMatch(/^40462/)
    expect(await session.failure(read("json_value(doc, '$.items' error on error)"))).toMatch(/^40456/)
    expect(await session.failure(read("json_value('no', '$.a' error on error)"))).toMatch(/^40441/)
    expect(await session.failure(read("json_value(doc, 'name')"))).toMatch(/^40597/)
    expect(await session.failure(read("json_value(doc, '$.a[')"))).toMatch(/^40442/)
    expect(await session.failure(read("json_value(id, '$.a')"))).toMatch(/^932/)
  })
})

describe('JSON_QUERY, JSON_EXISTS, JSON_SERIALIZE and IS JSON', () => {
  it.each([
    ["json_query(doc, '$.address')", '{"city":"Oslo","Street Name":"Karl Johans gate"}'],
    ["json_query(doc, '$.items[*].sku' with wrapper)", '["A1","B2"]'],
    ["json_query(doc, '$.items[*].sku' with conditional array wrapper)", '["A1","B2"]'],
    ["json_query(note, '$.items')", null],
    ["json_query('{\"a\":1}', '$.a')", null],
    ["json_query('{\"a\":1}', '$.b' empty array on empty)", '[]'],
    ["json_query('{\"a\":[1]}', '$' returning clob pretty)", '{\n  "a" :\n  [\n    1\n  ]\n}'],
    ['json_serialize(json(\'{"b" : 2}\'))', '{"b":2}'],
    ['json_serialize(doc returning varchar2(5) null on error)', null],
    ["case when json_exists(doc, '$.items[*]?(@.price >= 10)') then 'yes' else 'no' end", 'yes'],
    ["case when json_exists(doc, '$.nothing') then 'yes' else 'no' end", 'no'],
    ["case when '{a:1}' is json then 'yes' else 'no' end", 'yes'],
    ["case when '{a:1}' is json strict then 'yes' else 'no' end", 'no'],
    ["case when '{a:1' is not json then 'yes' else 'no' end", 'yes'],
    ["case when '{\"a\":1,\"a\":2}' is json with unique keys then 'yes' else 'no' end", 'no'],
  ])('%s', async (expression, value) => {
    const session = await withDocument()
    expect(await session.column(read(expression))).toEqual([value])
  })

  it('chooses rows', async () => {
    const session = await withDocument()
    const sql = 'select id from documents where json_exists(doc, \'$.items[*]?(@.sku == "B2")\') and doc is json'
    expect(await session.column(sql)).toEqual(['1'])
  })
})

describe('JSON that is made', () => {
  it.each([
    ["json_object('a' value 1, key 'b' value 'x', 'c' is null)", '{"a":1,"b":"x","c":null}'],
    ["json_object('a' value null, 'b' value date '2024-02-29' absent on null)", '{"b":"2024-02-29T00:00:00"}'],
    ["json_object('list' value json_array(1, 'two', null, true))", '{"list":[1,"two",true]}'],
    ['json_array(1, null null on null)', '[1,null]'],
    ["json_object('doc' value '{\"x\":[1]}' format json)", '{"doc":{"x":[1]}}'],
    ["json_object('text' value '{\"x\":1}')", '{"text":"{\\"x\\":1}"}'],
    ['json_object()', '{}'],
  ])('%s', async (expression, value) => {
    expect(await engine.user().value(expression)).toBe(value)
  })

  it('takes columns by their names, and aggregates', async () => {
    const session = engine.user('STORE')
    expect(await session.column('select json_object(id, City) from shops where id = 1')).toEqual([
      '{"id":1,"City":"Oslo"}',
    ])
    expect(await session.column('select json_arrayagg(city order by id desc) from shops where id < 3')).toEqual([
      '["Bergen","Oslo"]',
    ])
    const sql = `select shop_id, json_objectagg(item value amount) from sales where shop_id < 3 and item is not null
      group by shop_id order by shop_id`
    expect(await session.rows(sql)).toEqual([
      ['1', '{"tea":10.5,"coffee":20.25}'],
      ['2', '{"tea":5}'],
    ])
  })
})

describe('JSON_TABLE', () => {
  it('makes rows of a document, beside the row that holds it', async () => {
    const session = await withDocument()
    const sql = `select d.id, t.* from documents d, json_table(d.doc, '$.items[*]' columns (
        line for ordinality,
        sku varchar2(10) path '$.sku',
        price number,
        tags varchar2(100) format json path '$.tags',
        tagged varchar2(5) exists path '$.tags[0]',
        missing number path '$.gone' default '5' on empty)) t
      where t.price + t.missing > 7 order by t.line`
    expect(await session.rows(sql)).toEqual([
      ['1', '1', 'A1', '2.5', '["x","y"]', 'true', '5'],
      ['1', '2', 'B2', '10', '[]', 'false', '5'],
    ])
  })

  it('opens what is nested, and joins', async () => {
    const session = await withDocument()
    const sql = `select t.sku, t.tag, t.name from documents d
      join json_table(d.doc, '$' columns (name path '$.name',
        nested path '$.items[*]' columns (sku path '$.sku', nested '$.tags[*]' columns (tag path '$')))) t on 1 = 1
      order by t.sku, t.tag`
    expect(await session.rows(sql)).toEqual([
      ['A1', 'x', 'Ada'],
      ['A1', 'y', 'Ada'],
      ['B2', null, 'Ada'],
    ])
  })

  it('is empty for what is no JSON, unless told to fail', async () => {
    const session = engine.user()
    const sql = (rule: string) => `select * from json_table('[1', '$[*]' ${rule} columns (n number path '$'))`
    expect(await session.rows(sql(''))).toEqual([])
    expect(await session.failure(sql('error on error'))).toMatch(/^40441/)
  })
})
