import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CLOB, NUMBER, varchar2 } from '../src/values/oracle-type.ts'
import { PlsqlFixture } from './plsql-fixture.ts'

let plsql: PlsqlFixture
beforeAll(async () => {
  plsql = await PlsqlFixture.open()
})
afterAll(() => plsql[Symbol.dispose]())

describe('DBMS_LOB', () => {
  it('builds, reads and cuts a CLOB', async () => {
    const outcome = await plsql.run(
      `DECLARE c CLOB; amount PLS_INTEGER := 3; piece VARCHAR2(20);
       BEGIN
         DBMS_LOB.CREATETEMPORARY(c, TRUE, DBMS_LOB.CALL);
         DBMS_LOB.WRITEAPPEND(c, 3, 'abcdef');
         c := c || 'xyz';
         DBMS_LOB.APPEND(c, TO_CLOB('!'));
         DBMS_LOB.READ(c, amount, 2, piece);
         :x := piece || amount || DBMS_LOB.GETLENGTH(c) || DBMS_LOB.INSTR(c, 'x') || DBMS_LOB.SUBSTR(c, 2, 6);
         DBMS_LOB.WRITE(c, 2, 9, 'WW');
         DBMS_LOB.COPY(c, 'copied', 3, 1);
         :c := c;
         DBMS_LOB.TRIM(c, 1);
         :x := :x || c || DBMS_LOB.COMPARE(c, 'c') || DBMS_LOB.ISTEMPORARY(c);
         DBMS_LOB.FREETEMPORARY(c);
         IF c IS NULL THEN :x := :x || '.'; END IF;
       END;`,
      { C: { type: CLOB } },
    )
    expect(outcome.X?.value).toBe('bcx3 7 4 z!c01.'.replaceAll(' ', ''))
    expect(outcome.C?.value).toBe('copxyz! WW')
  })

  it('counts UTF-16 units, takes NULL and refuses what is out of range', async () => {
    expect(await plsql.value("DBMS_LOB.GETLENGTH('😀é')")).toBe('3')
    expect(await plsql.value("DBMS_LOB.SUBSTR('abc', 5, 9)")).toBeNull()
    expect(await plsql.value("DBMS_LOB.SUBSTR('abc', 0)")).toBeNull()
    expect(await plsql.value('DBMS_LOB.GETLENGTH(NULL)')).toBeNull()
    expect(await plsql.value('DBMS_LOB.GETLENGTH(EMPTY_CLOB())')).toBe('0')
    const append = (amount: string) => `DECLARE c CLOB := 'a'; BEGIN DBMS_LOB.WRITEAPPEND(c, ${amount}, 'bc'); END;`
    for (const amount of ['3', '0', 'NULL']) {
      expect(await plsql.failure(append(amount))).toMatch(/^ORA-21560: argument 2 is null, invalid, or out of range/)
    }
    expect(await plsql.failure('DECLARE c CLOB; BEGIN DBMS_LOB.APPEND(c, c); END;')).toMatch(/ORA-22275/)
    const read = 'DECLARE n NUMBER := 1; t VARCHAR2(9); BEGIN DBMS_LOB.READ(TO_CLOB(:c), n, 9, t); END;'
    expect(await plsql.failure(read, { C: { value: 'abc' } })).toMatch(/^ORA-01403/)
    expect(
      await plsql.x(`DECLARE c CLOB := 'a'; BEGIN DBMS_LOB.TRIM(c, -1);
        EXCEPTION WHEN DBMS_LOB.INVALID_ARGVAL THEN :x := SQLCODE; END;`),
    ).toBe('-21560')
  })

  it('opens and closes a LOB once', async () => {
    const text = await plsql.x(`DECLARE a CLOB := 'a'; b CLOB := 'a';
      BEGIN
        DBMS_LOB.OPEN(a, DBMS_LOB.LOB_READWRITE);
        DBMS_LOB.WRITEAPPEND(a, 1, 'b');
        :x := a || DBMS_LOB.ISOPEN(a) || DBMS_LOB.ISOPEN(b);
        BEGIN DBMS_LOB.OPEN(a, DBMS_LOB.LOB_READONLY); EXCEPTION WHEN OTHERS THEN :x := :x || SQLCODE; END;
        DBMS_LOB.CLOSE(a);
        :x := :x || DBMS_LOB.ISOPEN(a);
        DBMS_LOB.CLOSE(a);
      EXCEPTION WHEN OTHERS THEN :x := :x || SQLCODE;
      END;`)
    expect(text).toBe('ab10-222930-22289')
  })

  it('does not let a CLOB fill the memory', async () => {
    const failure = await plsql.failure("DECLARE c CLOB := 'x'; BEGIN LOOP c := c || c; END LOOP; END;")
    expect(failure).toMatch(/^ORA-01652: unable to extend temp segment/)
  })

  it('works on BLOB values too', async () => {
    const text = await plsql.x(`DECLARE b BLOB := HEXTORAW('0102030405');
      BEGIN :x := DBMS_LOB.GETLENGTH(b) || DBMS_LOB.INSTR(b, HEXTORAW('0304')) || RAWTOHEX(DBMS_LOB.SUBSTR(b, 2, 4)); END;`)
    expect(text).toBe('530405')
  })
})

describe('DBMS_OUTPUT', () => {
  it('gives lines back one by one, then in bulk', async () => {
    await plsql.run(`BEGIN
      DBMS_OUTPUT.ENABLE(NULL);
      DBMS_OUTPUT.PUT('a'); DBMS_OUTPUT.PUT(1); DBMS_OUTPUT.NEW_LINE;
      FOR i IN 2..4 LOOP DBMS_OUTPUT.PUT_LINE('line ' || i); END LOOP;
      DBMS_OUTPUT.PUT_LINE(NULL);
    END;`)
    const one = await plsql.run('BEGIN DBMS_OUTPUT.GET_LINE(:line, :status); END;', { STATUS: { type: NUMBER } })
    expect([one.LINE?.value, String(one.STATUS?.value)]).toEqual(['a1', '0'])
    const inputs = { LINES: { type: varchar2(100), elements: [] }, N: { type: NUMBER, value: 10 } }
    const rest = await plsql.run('BEGIN DBMS_OUTPUT.GET_LINES(:lines, :n); END;', inputs)
    expect(rest.LINES?.elements).toEqual(['line 2', 'line 3', 'line 4', null])
    expect(String(rest.N?.value)).toBe('4')
    const none = await plsql.run('BEGIN DBMS_OUTPUT.GET_LINE(:line, :status); END;', { STATUS: { type: NUMBER } })
    expect([none.LINE?.value, String(none.STATUS?.value)]).toEqual([null, '1'])
  })

  it('keeps nothing until it is enabled, and not more than its limit', async () => {
    using other = plsql.another()
    await other.run("BEGIN DBMS_OUTPUT.PUT_LINE('lost'); DBMS_OUTPUT.ENABLE(2000); END;")
    expect((await other.run('BEGIN DBMS_OUTPUT.GET_LINE(:line, :status); END;')).STATUS?.value).toBe('1')
    expect(
      await other.failure("BEGIN FOR i IN 1..3 LOOP DBMS_OUTPUT.PUT_LINE(RPAD('x', 900)); END LOOP; END;"),
    ).toMatch(/^ORA-20000: ORU-10027: buffer overflow, limit of 2000 bytes\n/)
  })
})

describe('DBMS_ASSERT', () => {
  it.each([
    ["ENQUOTE_NAME('abc')", '"ABC"'],
    ["ENQUOTE_NAME('abc', FALSE)", '"abc"'],
    [`ENQUOTE_NAME('"aBc"')`, '"aBc"'],
    ["ENQUOTE_LITERAL('a')", "'a'"],
    ["ENQUOTE_LITERAL('it''''s')", "'it''s'"],
    ["SIMPLE_SQL_NAME('promotions')", 'promotions'],
    [`QUALIFIED_SQL_NAME('sh."Some Name"@link.world')`, 'sh."Some Name"@link.world'],
    ["SCHEMA_NAME('SH')", 'SH'],
    ["SQL_OBJECT_NAME('sh.promotions')", 'sh.promotions'],
    ["NOOP('; drop')", '; drop'],
  ])('%s', async (call, expected) => {
    expect(await plsql.value(`DBMS_ASSERT.${call}`)).toBe(expected)
  })

  it.each([
    [`ENQUOTE_NAME('a"b')`, 'ORA-44003: invalid SQL name'],
    ["ENQUOTE_LITERAL('it''s')", 'ORA-06502: PL/SQL: numeric or value error'],
    ["SIMPLE_SQL_NAME('a b')", 'ORA-44003: invalid SQL name'],
    ["SIMPLE_SQL_NAME('1a')", 'ORA-44003: invalid SQL name'],
    ["QUALIFIED_SQL_NAME('a..b')", 'ORA-44004: invalid qualified SQL name'],
    ["SCHEMA_NAME('sh')", 'ORA-44001: invalid schema'],
    ["SQL_OBJECT_NAME('sh.nothing')", 'ORA-44002: invalid object name'],
  ])('refuses %s', async (call, message) => {
    expect(await plsql.failure(`BEGIN :x := DBMS_ASSERT.${call}; END;`)).toBe(`${message}\nORA-06512: at line 1`)
  })
})

describe('session packages', () => {
  it('keeps module, action and identifier for SYS_CONTEXT, whoever set them', async () => {
    using other = plsql.another()
    other.session.setClientAttributes({ clientIdentifier: 'ada', module: 'shop', action: 'pay', clientInfo: 'till 3' })
    const context = `SELECT SYS_CONTEXT('USERENV', 'CLIENT_IDENTIFIER') || '/' || SYS_CONTEXT('USERENV', 'MODULE') || '/' ||
      SYS_CONTEXT('USERENV', 'ACTION') || '/' || SYS_CONTEXT('USERENV', 'CLIENT_INFO') AS c FROM dual`
    expect(await other.sql(context)).toEqual([['ada/shop/pay/till 3']])
    await other.run(`BEGIN
      DBMS_SESSION.SET_IDENTIFIER('grace');
      DBMS_APPLICATION_INFO.SET_MODULE('desk', NULL);
      DBMS_APPLICATION_INFO.SET_CLIENT_INFO('i');
    END;`)
    expect(await other.sql(context)).toEqual([['grace/desk//i']])
    expect(await other.value("SYS_CONTEXT('USERENV', 'MODULE')")).toBe('desk')
    other.session.setClientAttributes({ clientIdentifier: '', module: '' })
    expect(await other.sql(context)).toEqual([['///i']])
    expect(await plsql.sql(context)).toEqual([['///']])
  })

  it('draws the same numbers and texts from the same seed', async () => {
    const draw = () =>
      plsql.x(`BEGIN DBMS_RANDOM.SEED(7); :x := DBMS_RANDOM.VALUE || DBMS_RANDOM.STRING('x', 8);
        IF DBMS_RANDOM.VALUE(5, 6) BETWEEN 5 AND 6 THEN :x := :x || '!'; END IF; END;`)
    const first = await draw()
    expect(first).toMatch(/^\.\d{30,}[A-Z0-9]{8}!$/)
    expect(await draw()).toBe(first)
  })

  it('casts between text and bytes', async () => {
    expect(await plsql.value("UTL_RAW.CAST_TO_RAW('hé')")).toBe('68C3A9')
    expect(await plsql.value("UTL_RAW.CAST_TO_VARCHAR2(HEXTORAW('68C3A9'))")).toBe('hé')
    expect(await plsql.value("UTL_RAW.LENGTH(UTL_RAW.CONCAT(HEXTORAW('01'), HEXTORAW('0203')))")).toBe('3')
  })
})
