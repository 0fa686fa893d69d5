import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { PlsqlFixture } from './plsql-fixture.ts'

let plsql: PlsqlFixture
beforeAll(async () => {
  plsql = await PlsqlFixture.open()
})
afterAll(() => plsql[Symbol.dispose]())

describe('records and collections', () => {
  it('keeps fields, copies on assignment and gives defaults', async () => {
    const text = await plsql.x(`DECLARE
      TYPE point IS RECORD (x NUMBER := 1, y NUMBER NOT NULL DEFAULT 2, label VARCHAR2(10));
      a point; b point;
    BEGIN
      b := a; b.x := 9; a.label := 'first';
      :x := a.x || a.y || a.label || b.x || b.y || NVL(b.label, '-');
    END;`)
    expect(text).toBe('12first92-')
  })

  it('gives fresh elements and constructed records the defaults of their type', async () => {
    const text = await plsql.x(`DECLARE
      n NUMBER := 5;
      TYPE item IS RECORD (amount NUMBER := n * 2, note VARCHAR2(10) := 'new');
      TYPE items IS TABLE OF item INDEX BY PLS_INTEGER;
      i items; one item := item(note => 'given');
    BEGIN
      n := 7;
      i(1).note := 'set';
      :x := i(1).amount || i(1).note || one.amount || one.note;
    END;`)
    expect(text).toBe('14set10given')
  })

  it('walks an index-by table in the order of its keys', async () => {
    const text = await plsql.x(`DECLARE
      TYPE ages IS TABLE OF NUMBER INDEX BY VARCHAR2(20);
      age ages; name VARCHAR2(20);
    BEGIN
      age('Grace') := 85; age('Ada') := 36; age('Edsger') := 72;
      age.DELETE('Edsger');
      name := age.FIRST;
      WHILE name IS NOT NULL LOOP :x := :x || name || age(name) || ' '; name := age.NEXT(name); END LOOP;
      IF NOT age.EXISTS('Nobody') THEN :x := :x || age.COUNT; END IF;
    END;`)
    expect(text).toBe('Ada36 Grace85 2')
  })

  it('builds nested tables by constructor, EXTEND, TRIM and DELETE', async () => {
    const text = await plsql.x(`DECLARE
      TYPE words IS TABLE OF VARCHAR2(10);
      w words := words('a', 'b', 'c');
    BEGIN
      w.EXTEND; w(4) := 'd'; w.EXTEND(2, 1); w.DELETE(2); w.TRIM;
      FOR i IN w.FIRST..w.LAST LOOP
        IF w.EXISTS(i) THEN :x := :x || i || w(i); END IF;
      END LOOP;
      :x := :x || ' ' || w.COUNT || w.LAST || w.PRIOR(3);
    END;`)
    expect(text).toBe('1a3c4d5a 451')
  })

  it('makes elements of records and of collections as they are written', async () => {
    const text = await plsql.x(`DECLARE
      TYPE line IS RECORD (id NUMBER, note VARCHAR2(10));
      TYPE lines IS TABLE OF line INDEX BY PLS_INTEGER;
      TYPE pages IS TABLE OF lines INDEX BY PLS_INTEGER;
      book pages;
    BEGIN
      book(2)(5).note := 'deep'; book(2)(5).id := 7;
      :x := book(2)(5).note || book(2)(5).id || book.COUNT || book(2).FIRST;
    END;`)
    expect(text).toBe('deep715')
  })

  it('passes collections to local subprograms and returns them', async () => {
    const text = await plsql.x(`DECLARE
      TYPE numbers IS TABLE OF NUMBER;
      FUNCTION doubled(n numbers) RETURN numbers IS
        r numbers := numbers();
      BEGIN
        FOR i IN 1..n.COUNT LOOP r.EXTEND; r(i) := n(i) * 2; END LOOP;
        RETURN r;
      END;
      d numbers := doubled(numbers(1, 2, 3));
    BEGIN :x := d(1) || d(2) || d(3) || doubled(d)(3); END;`)
    expect(text).toBe('24612')
  })

  it('iterates over values and indices', async () => {
    const text = await plsql.x(`DECLARE
      TYPE words IS TABLE OF VARCHAR2(5) INDEX BY PLS_INTEGER;
      w words := words(3 => 'c', 1 => 'a');
    BEGIN
      FOR v IN VALUES OF w LOOP :x := :x || v; END LOOP;
      FOR i IN INDICES OF w LOOP :x := :x || i; END LOOP;
    END;`)
    expect(text).toBe('ac13')
  })

  it.each([
    ['t words; BEGIN t(1) := 1;', 'ORA-06531: Reference to uninitialized collection'],
    ['t words := words(); BEGIN t(1) := 1;', 'ORA-06533: Subscript beyond count'],
    ['t words := words(1); BEGIN t(0) := 1;', 'ORA-06532: Subscript outside of limit'],
    ['t short := short(1, 2); BEGIN t.EXTEND;', 'ORA-06532: Subscript outside of limit'],
    ['t words := words(1); BEGIN t.DELETE(1); t(1) := t(1);', 'ORA-01403: no data found'],
    ['t sparse; BEGIN t(1) := t(2);', 'ORA-01403: no data found'],
    ['t sparse; BEGIN t(NULL) := 1;', 'ORA-06502: PL/SQL: numeric or value error: NULL index table key value'],
  ])('fails for %s', async (body, message) => {
    const text = `DECLARE
      TYPE words IS TABLE OF NUMBER; TYPE short IS VARRAY(2) OF NUMBER; TYPE sparse IS TABLE OF NUMBER INDEX BY PLS_INTEGER;
      ${body} END;`
    expect(await plsql.failure(text)).toBe(`${message}\nORA-06512: at line 3`)
  })
})
