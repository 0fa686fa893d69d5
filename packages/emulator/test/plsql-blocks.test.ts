import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { NUMBER, varchar2 } from '../src/values/oracle-type.ts'
import { PlsqlFixture } from './plsql-fixture.ts'

let plsql: PlsqlFixture
beforeAll(async () => {
  plsql = await PlsqlFixture.open()
})
afterAll(() => plsql[Symbol.dispose]())

describe('blocks', () => {
  it('tells how each bind was used, in order of first appearance', async () => {
    const outcome = await plsql.run('BEGIN :b := :a; :c := :c || :a; END;', { A: { value: 'in' }, C: { value: '+' } })
    expect(Object.entries(outcome).map(([name, { direction, value }]) => [name, direction, value])).toEqual([
      ['B', 'out', 'in'],
      ['A', 'in', 'in'],
      ['C', 'inOut', '+in'],
    ])
  })

  it('keeps what the client sent in a bind that no branch assigned', async () => {
    expect(await plsql.x("BEGIN IF 1 = 2 THEN :x := 'new'; END IF; END;", { X: { value: 'old' } })).toBe('old')
  })

  it('runs the first branch of IF whose condition is true, and none for NULL', async () => {
    const block = `BEGIN
      IF :n < 0 THEN :x := 'negative';
      ELSIF :n = 0 THEN :x := 'zero';
      ELSIF :n > 0 THEN :x := 'positive';
      ELSE :x := 'unknown';
      END IF;
    END;`
    const results = await Promise.all([-1, 0, 5, null].map((value) => plsql.x(block, { N: { type: NUMBER, value } })))
    expect(results).toEqual(['negative', 'zero', 'positive', 'unknown'])
  })

  it('loops with EXIT, CONTINUE, labels, REVERSE and WHILE', async () => {
    const text = await plsql.x(`DECLARE t VARCHAR2(200); i PLS_INTEGER := 0;
    BEGIN
      <<outer_loop>>
      FOR a IN 1..4 LOOP
        FOR b IN REVERSE 1..3 LOOP
          CONTINUE outer_loop WHEN b = a;
          EXIT outer_loop WHEN a = 4;
          t := t || a || b || ' ';
        END LOOP;
      END LOOP outer_loop;
      WHILE i < 3 LOOP i := i + 1; CONTINUE WHEN i = 2; t := t || i; END LOOP;
      LOOP EXIT; END LOOP;
      FOR nothing IN 5..4 LOOP t := 'never'; END LOOP;
      :x := t;
    END;`)
    expect(text).toBe('13 12 23 13')
  })

  it('chooses in CASE statements and expressions, with and without selector', async () => {
    const text = await plsql.x(`BEGIN
      FOR i IN 1..3 LOOP
        CASE i WHEN 1 THEN :x := :x || 'one'; WHEN 2 THEN :x := :x || 'two'; ELSE :x := :x || 'more'; END CASE;
        :x := :x || CASE WHEN i > 2 THEN '!' ELSE ',' END || CASE i WHEN 9 THEN 'never' END;
      END LOOP;
    END;`)
    expect(text).toBe('one,two,more!')
  })

  it('hides outer names by inner ones and reaches them by the label of their block', async () => {
    const text = await plsql.x(`<<main>> DECLARE n NUMBER := 1;
    BEGIN
      DECLARE n NUMBER := 2; BEGIN :x := main.n || n; main.n := 7; END;
      :x := :x || n;
    END main;`)
    expect(text).toBe('127')
  })

  it('calls local procedures and functions by position, by name, mixed and recursively', async () => {
    const text = await plsql.x(`DECLARE
      n NUMBER := 1;
      t VARCHAR2(10);
      FUNCTION factorial(p IN NUMBER) RETURN NUMBER IS
      BEGIN
        IF p <= 1 THEN RETURN 1; END IF;
        RETURN p * factorial(p - 1);
      END factorial;
      PROCEDURE change(a IN OUT NUMBER, b OUT VARCHAR2, c IN NUMBER DEFAULT 10) IS
        seen NUMBER := a;
      BEGIN
        b := 'was ' || change.seen;
        a := a + c;
      END;
    BEGIN
      change(n, t);
      :x := n || t;
      change(b => t, a => n, c => 1);
      :x := :x || ',' || n || t || ',' || factorial(p => 20);
    END;`)
    expect(text).toBe('11was 1,12was 11,2432902008176640000')
  })

  it('lets procedures call each other through forward declarations, and see the variables around them', async () => {
    const text = await plsql.x(`DECLARE
      steps VARCHAR2(100);
      PROCEDURE odd(n PLS_INTEGER);
      PROCEDURE even(n PLS_INTEGER) IS BEGIN steps := steps || 'e'; IF n > 0 THEN odd(n - 1); END IF; END;
      PROCEDURE odd(n PLS_INTEGER) IS BEGIN steps := steps || 'o'; IF n > 0 THEN even(n - 1); END IF; END;
    BEGIN even(4); :x := steps; END;`)
    expect(text).toBe('eoeoe')
  })

  it('picks the overload that fits the arguments', async () => {
    const text = await plsql.x(`DECLARE
      FUNCTION f(a BOOLEAN) RETURN VARCHAR2 IS BEGIN RETURN 'boolean'; END;
      FUNCTION f(a NUMBER) RETURN VARCHAR2 IS BEGIN RETURN 'number'; END;
      FUNCTION f(a NUMBER, b NUMBER) RETURN VARCHAR2 IS BEGIN RETURN 'two'; END;
    BEGIN :x := f(TRUE) || f(1) || f(1, 2); END;`)
    expect(text).toBe('booleannumbertwo')
  })

  it('ends at RETURN and runs a label, comments and quoted names', async () => {
    const text = await plsql.x(`BEGIN -- a comment
      DECLARE "Mixed Case" VARCHAR2(10) := q'[it's]'; /* another; END; */
      BEGIN :x := "Mixed Case"; END;
      RETURN;
      :x := 'never';
    END;`)
    expect(text).toBe("it's")
  })

  it('runs CALL of a procedure and of a function', async () => {
    await plsql.run("CALL dbms_application_info.set_module('mod', action_name => 'act')")
    const { R } = await plsql.run("CALL dbms_lob.getlength('four') INTO :r", { R: { type: NUMBER } })
    expect(Number(R?.value)).toBe(4)
    expect(await plsql.failure('CALL no_such_thing(1)')).toBe('ORA-06576: not a valid function or procedure name')
  })

  it('takes and gives arrays that the client binds', async () => {
    const elements = ['a', 'b', 'c']
    const outcome = await plsql.run(
      `DECLARE TYPE t IS TABLE OF VARCHAR2(10) INDEX BY PLS_INTEGER; names t;
       BEGIN names := :names; :x := names.COUNT || names(3); names(4) := 'd'; :names := names; END;`,
      { NAMES: { type: varchar2(10), elements } },
    )
    expect(outcome.X?.value).toBe('3c')
    expect(outcome.NAMES?.elements).toEqual(['a', 'b', 'c', 'd'])
  })

  it('refuses a value that is longer than the bind', async () => {
    const failure = plsql.failure("BEGIN :x := 'abcdef'; END;", { X: { type: varchar2(5) } })
    expect(await failure).toBe(
      'ORA-06502: PL/SQL: numeric or value error: character string buffer too small\nORA-06512: at line 1',
    )
  })
})
