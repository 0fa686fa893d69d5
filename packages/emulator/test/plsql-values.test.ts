import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { OracleDateTime } from '../src/values/oracle-date-time.ts'
import { BOOLEAN, DATE, JSON_TYPE, NUMBER, type OracleType } from '../src/values/oracle-type.ts'
import { PlsqlFixture } from './plsql-fixture.ts'

let plsql: PlsqlFixture
beforeAll(async () => {
  plsql = await PlsqlFixture.open()
})
afterAll(() => plsql[Symbol.dispose]())

const VALUE_ERROR = 'ORA-06502: PL/SQL: numeric or value error'

describe('values', () => {
  it.each([
    ["'a' || NULL || 1 || 0.50", 'a1.5'],
    ['10 / 4', '2.5'],
    ['1 / 3', '.3333333333333333333333333333333333333333'],
    ['2 ** 10', '1024'],
    ['-7 MOD 4', '-3'],
    ['7 - -2 * 3', '13'],
    ["'5' + '6'", '11'],
    ["NVL(NULL, 'x')", 'x'],
    ["COALESCE(NULL, NULL, 'y')", 'y'],
    ["NULLIF('a', 'a')", null],
    ["UPPER('abc')", 'ABC'],
    [`JSON_VALUE('{"a": {"b": 7}}', '$.a.b')`, '7'],
    [`JSON_VALUE(JSON('{"a": 1}'), '$.c')`, null],
    [`JSON_QUERY('{"a": [1, 2]}', '$.a')`, '[1,2]'],
    [`JSON_SERIALIZE(JSON('{ "b" : 2 }'))`, '{"b":2}'],
    [`CASE WHEN JSON_EXISTS('[{"x": 1}]', '$[0].x') THEN 'yes' ELSE 'no' END`, 'yes'],
    ["SUBSTR('abcdef', -3, 2)", 'de'],
    ["TO_CHAR(DATE '2026-03-01', 'YYYY-MM-DD')", '2026-03-01'],
    ["TO_CHAR(DATE '2026-02-28' + 1.5, 'YYYY-MM-DD HH24:MI')", '2026-03-01 12:00'],
    ["DATE '2026-03-01' - DATE '2026-02-01'", '28'],
    ["TO_CHAR(DATE '2026-01-31' + INTERVAL '1' DAY, 'YYYY-MM-DD')", '2026-02-01'],
    ["TO_CHAR(DATE '2026-01-31' - INTERVAL '1-1' YEAR TO MONTH, 'YYYY-MM-DD')", '2024-12-31'],
    ["TO_CHAR(DATE '2026-03-01' - 0.25, 'YYYY-MM-DD HH24:MI')", '2026-02-28 18:00'],
    ["TO_CHAR(TIMESTAMP '2026-01-01 00:00:00.1' - INTERVAL '0.3' SECOND, 'SS.FF3')", '59.800'],
    ["EXTRACT(YEAR FROM DATE '2026-03-01')", '2026'],
    ["CAST('12.7' AS PLS_INTEGER)", '13'],
    ["TRIM(LEADING '0' FROM '00120')", '120'],
    ["TRIM('  a ')", 'a'],
    ['USER', 'DEMO'],
  ])('evaluates %s', async (expression, expected) => {
    expect(await plsql.value(expression)).toBe(expected)
  })

  it.each([
    ['NULL = NULL', null],
    ['NOT (NULL = 1)', null],
    ['NULL AND FALSE', false],
    ['NULL OR TRUE', true],
    ['NULL OR FALSE', null],
    ["'' IS NULL", true],
    ["'abc' LIKE 'a%'", true],
    ["'a_c' LIKE 'a\\_c' ESCAPE '\\'", true],
    ["'abc' LIKE 'a\\_c' ESCAPE '\\'", false],
    ["'line' || CHR(10) || 'two' LIKE 'line%two'", true],
    ['5 BETWEEN 1 AND 5', true],
    ['5 NOT BETWEEN 1 AND NULL', null],
    ['3 IN (1, NULL, 3)', true],
    ['2 NOT IN (1, NULL)', null],
    ["'10' > 9", true],
    ["DATE '2026-01-02' > DATE '2026-01-01'", true],
  ])('decides %s', async (condition, expected) => {
    expect(await plsql.x(`BEGIN :x := ${condition}; END;`, { X: { type: BOOLEAN } })).toBe(expected)
  })

  it.each([
    ['VARCHAR2(3)', "'abcd'", `${VALUE_ERROR}: character string buffer too small`],
    ['VARCHAR2(3)', "'éé'", `${VALUE_ERROR}: character string buffer too small`],
    ['NUMBER(3)', '1000', `${VALUE_ERROR}: number precision too large`],
    ['NUMBER', "'twelve'", `${VALUE_ERROR}: character to number conversion error`],
    ['PLS_INTEGER', '2147483648', 'ORA-01426: numeric overflow'],
    ['POSITIVE', '0', VALUE_ERROR],
    ['SIMPLE_INTEGER := 1', 'NULL', VALUE_ERROR],
    ['NUMBER NOT NULL := 1', 'NULL', VALUE_ERROR],
    ['NUMBER', '1 / 0', 'ORA-01476: divisor is equal to zero'],
  ])('does not let a %s take %s', async (type, value, message) => {
    expect(await plsql.failure(`DECLARE v ${type}; BEGIN v := ${value}; END;`)).toBe(`${message}\nORA-06512: at line 1`)
  })

  it.each([
    ['VARCHAR2(3 CHAR)', "'äöü'", 'äöü'],
    ['CHAR(4)', "'ab'", 'ab  '],
    ['NUMBER(5,2)', '1.005', '1.01'],
    ['NUMBER(5,-2)', '1250', '1300'],
    ['PLS_INTEGER', '2.5', '3'],
    ['CLOB', "'long'", 'long'],
  ])('converts to %s', async (type, value, expected) => {
    expect(await plsql.x(`DECLARE v ${type}; BEGIN v := ${value}; :x := v; END;`)).toBe(expected)
  })

  it('compares a CHAR variable with its unpadded text', async () => {
    expect(await plsql.x("DECLARE c CHAR(5) := 'ab'; BEGIN IF c = 'ab' THEN :x := 'equal'; END IF; END;")).toBe('equal')
  })

  it('gives binds the values of their own type', async () => {
    const types: Record<string, OracleType> = { N: NUMBER, D: DATE, B: BOOLEAN }
    const inputs = Object.fromEntries(Object.entries(types).map(([name, type]) => [name, { type }]))
    const { N, D, B } = await plsql.run("BEGIN :n := '12.5'; :d := DATE '2026-05-06'; :b := :n > 12; END;", inputs)
    expect(String(N?.value)).toBe('12.5')
    expect(D?.value).toEqual(new OracleDateTime(2026, 5, 6))
    expect(B?.value).toBe(true)
  })

  it.each([
    [true, 'TRUE'],
    [false, 'FALSE'],
    [null, null],
  ])('converts the bind %s, a BOOLEAN, to %s where a text is expected', async (value, expected) => {
    const binds = { B: { type: BOOLEAN, value } }
    expect(await plsql.x('DECLARE v VARCHAR2(5); BEGIN v := :b; :x := v; END;', binds)).toBe(expected)
    expect(await plsql.x('DECLARE v CLOB; BEGIN v := :b; :x := v; END;', binds)).toBe(expected)
  })

  it.each([
    ['DECLARE v VARCHAR2(5); BEGIN v := TRUE; END;', 'PLS-00382'],
    ['DECLARE v VARCHAR2(5); b BOOLEAN := TRUE; BEGIN v := b; END;', 'PLS-00382'],
    ['BEGIN DBMS_OUTPUT.PUT_LINE(TRUE); END;', 'PLS-00306'],
  ])('does not convert a BOOLEAN of the block itself: %s', async (block, code) => {
    expect(await plsql.failure(block)).toContain(code)
  })

  it('computes whole numbers of 18 digits without rounding', async () => {
    const whole = fc.bigInt({ min: -(10n ** 18n), max: 10n ** 18n })
    await fc.assert(
      fc.asyncProperty(whole, whole, async (a, b) => {
        const text = `BEGIN :x := TO_CHAR((${a}) + (${b})) || ' ' || TO_CHAR((${a}) * (${b})); END;`
        expect(await plsql.x(text)).toBe(`${a + b} ${a * b}`)
      }),
      { numRuns: 60 },
    )
  })

  it('reads any text back from its literal', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', minLength: 1, maxLength: 40 }), async (text) => {
        expect(await plsql.value(`'${text.replaceAll("'", "''")}'`)).toBe(text)
      }),
      { numRuns: 60 },
    )
  })
})

describe('variables of type JSON', () => {
  it('keep a document, take text that is one, and nothing else', async () => {
    const block = (text: string) => `DECLARE j JSON; BEGIN j := ${text}; :x := JSON_VALUE(j, '$.a'); :j := j; END;`
    const outcome = await plsql.run(block(`'{"a" : "b" }'`), { J: { type: JSON_TYPE } })
    expect(outcome.X?.value).toBe('b')
    expect(outcome.J?.value).toBe('{"a":"b"}')
    expect(await plsql.failure(block("'no'"), { J: { type: JSON_TYPE } })).toMatch(/^ORA-40441/)
  })
})
