import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { NUMBER, varchar2 } from '../src/values/oracle-type.ts'
import type { OracleCursor } from '../src/values/oracle-value.ts'
import { PlsqlFixture } from './plsql-fixture.ts'

let plsql: PlsqlFixture
beforeAll(async () => {
  plsql = await PlsqlFixture.open()
  await plsql.sql('CREATE TABLE teas (id NUMBER(5) PRIMARY KEY, name VARCHAR2(20) NOT NULL, price NUMBER(6,2))')
})
beforeEach(async () => {
  await plsql.session.rollback()
  await plsql.run(`BEGIN
    DELETE FROM teas;
    INSERT INTO teas VALUES (1, 'Assam', 4.5);
    INSERT INTO teas VALUES (2, 'Oolong', 7);
    INSERT INTO teas VALUES (3, 'Sencha', 6.25);
    COMMIT;
  END;`)
})
afterAll(() => plsql[Symbol.dispose]())

describe('SQL in blocks', () => {
  it('selects into variables, records and binds', async () => {
    const outcome = await plsql.run(
      `DECLARE wanted teas.id%TYPE := 2; tea teas%ROWTYPE; n NUMBER;
       BEGIN
         SELECT name, price INTO :name, :price FROM teas WHERE id = wanted;
         SELECT * INTO tea FROM teas WHERE name = 'Assam';
         SELECT COUNT(*) INTO n FROM teas WHERE price > tea.price;
         :x := tea.name || tea.price || n || SQL%ROWCOUNT;
       END;`,
      { PRICE: { type: NUMBER } },
    )
    expect([outcome.NAME?.value, String(outcome.PRICE?.value), outcome.X?.value]).toEqual(['Oolong', '7', 'Assam4.521'])
    expect(outcome.NAME?.direction).toBe('out')
  })

  it('prefers columns to variables of the same name, and reaches the variable by its label', async () => {
    const text = await plsql.x(`<<b>> DECLARE id NUMBER := 3; n NUMBER;
    BEGIN
      SELECT COUNT(*) INTO n FROM teas WHERE id = id;
      SELECT n || name INTO :x FROM teas WHERE teas.id = b.id;
    END;`)
    expect(text).toBe('3Sencha')
  })

  it('raises NO_DATA_FOUND and TOO_MANY_ROWS', async () => {
    const text = `DECLARE n VARCHAR2(20); BEGIN SELECT name INTO n FROM teas WHERE id > :id; :x := n;
      EXCEPTION WHEN NO_DATA_FOUND THEN :x := 'none'; WHEN TOO_MANY_ROWS THEN :x := 'many'; END;`
    const results = await Promise.all([9, 2, 0].map((value) => plsql.x(text, { ID: { type: NUMBER, value } })))
    expect(results).toEqual(['none', 'Sencha', 'many'])
  })

  it('counts what DML changed and returns values', async () => {
    const outcome = await plsql.run(
      `BEGIN
        UPDATE teas SET price = price + 1 WHERE id = :id RETURNING name, price INTO :name, :price;
        :x := SQL%ROWCOUNT || CASE WHEN SQL%FOUND THEN 'found' END;
        DELETE FROM teas WHERE id > 100;
        :x := :x || SQL%ROWCOUNT || CASE WHEN SQL%NOTFOUND THEN 'not' END;
        INSERT INTO teas (id, name) VALUES (4, :new) RETURNING id INTO :price2;
      END;`,
      { ID: { type: NUMBER, value: 1 }, NEW: { value: 'Matcha' }, PRICE: { type: NUMBER }, PRICE2: { type: NUMBER } },
    )
    expect([outcome.NAME?.value, String(outcome.PRICE?.value), outcome.X?.value]).toEqual([
      'Assam',
      '5.5',
      '1found0not',
    ])
    expect(String(outcome.PRICE2?.value)).toBe('4')
    expect(await plsql.sql('SELECT name FROM teas WHERE id = 4')).toEqual([['Matcha']])
  })

  it('undoes what a failing block changed, and only that', async () => {
    await plsql.run("BEGIN INSERT INTO teas (id, name) VALUES (10, 'before'); END;")
    const failure = await plsql.failure(`BEGIN
      INSERT INTO teas (id, name) VALUES (11, 'inside');
      INSERT INTO teas (id, name) VALUES (1, 'twice');
    END;`)
    expect(failure).toMatch(/^ORA-00001: unique constraint .*\nORA-06512: at line 3$/)
    expect((await plsql.sql('SELECT id FROM teas WHERE id >= 10')).map(([id]) => String(id))).toEqual(['10'])
  })

  it('holds no transaction after a failing block that started one', async () => {
    await plsql.failure("BEGIN INSERT INTO teas (id, name) VALUES (11, 'x'); RAISE NO_DATA_FOUND; END;")
    expect(plsql.session.inTransaction).toBe(false)
    expect(await plsql.sql('SELECT id FROM teas WHERE id = 11')).toEqual([])
  })

  it('handles a violated constraint as DUP_VAL_ON_INDEX and keeps what went before', async () => {
    await plsql.run(`BEGIN
      INSERT INTO teas (id, name) VALUES (5, 'kept');
      INSERT INTO teas (id, name) VALUES (5, 'twice');
    EXCEPTION WHEN DUP_VAL_ON_INDEX THEN NULL; END;`)
    expect(await plsql.sql('SELECT name FROM teas WHERE id = 5')).toEqual([['kept']])
  })

  it('commits and rolls back to savepoints inside a block', async () => {
    await plsql.run(`BEGIN
      INSERT INTO teas (id, name) VALUES (6, 'a');
      SAVEPOINT here;
      INSERT INTO teas (id, name) VALUES (7, 'b');
      ROLLBACK TO here;
      COMMIT;
      INSERT INTO teas (id, name) VALUES (8, 'c');
    END;`)
    expect(plsql.session.inTransaction).toBe(true)
    await plsql.session.rollback()
    expect((await plsql.sql('SELECT id FROM teas WHERE id > 5')).map(([id]) => String(id))).toEqual(['6'])
  })

  it('walks cursors by FOR, OPEN, FETCH and CLOSE', async () => {
    const text = await plsql.x(`DECLARE
      CURSOR dear(least NUMBER DEFAULT 6) IS SELECT name, price FROM teas WHERE price >= least ORDER BY price;
      tea dear%ROWTYPE;
    BEGIN
      FOR row IN (SELECT id, name FROM teas ORDER BY id DESC) LOOP :x := :x || row.id || row.name || ' '; END LOOP;
      FOR row IN dear(7) LOOP :x := :x || '[' || row.name || ']'; END LOOP;
      OPEN dear;
      LOOP
        FETCH dear INTO tea;
        EXIT WHEN dear%NOTFOUND;
        :x := :x || dear%ROWCOUNT || tea.name;
      END LOOP;
      CLOSE dear;
      IF NOT dear%ISOPEN THEN :x := :x || '.'; END IF;
    END;`)
    expect(text).toBe('3Sencha 2Oolong 1Assam [Oolong]1Sencha2Oolong.')
  })

  it('fails to fetch from a cursor that is not open, and to open one twice', async () => {
    const declare = 'DECLARE CURSOR c IS SELECT 1 AS n FROM dual; n NUMBER; BEGIN'
    expect(await plsql.failure(`${declare} FETCH c INTO n; END;`)).toMatch(/^ORA-01001: invalid cursor/)
    expect(await plsql.failure(`${declare} OPEN c; OPEN c; END;`)).toMatch(/^ORA-06511: PL\/SQL: cursor already open/)
  })

  it('collects in bulk and runs FORALL over collections', async () => {
    const text = await plsql.x(`DECLARE
      TYPE names IS TABLE OF teas.name%TYPE;
      TYPE rows IS TABLE OF teas%ROWTYPE INDEX BY PLS_INTEGER;
      n names; r rows; total NUMBER;
    BEGIN
      SELECT name BULK COLLECT INTO n FROM teas ORDER BY name;
      SELECT * BULK COLLECT INTO r FROM teas ORDER BY id;
      FOR i IN 1..r.COUNT LOOP r(i).id := r(i).id + 20; r(i).name := n(r.COUNT + 1 - i); END LOOP;
      FORALL i IN 1..r.COUNT INSERT INTO teas VALUES r(i);
      :x := SQL%ROWCOUNT || n(1);
      FORALL i IN 1..n.COUNT UPDATE teas SET price = price * 2 WHERE name = n(i) AND id > 20;
      SELECT SUM(price) INTO total FROM teas WHERE id > 20;
      :x := :x || total;
    END;`)
    expect(text).toBe('3Assam35.5')
  })

  it('fetches in portions with LIMIT', async () => {
    const text = await plsql.x(`DECLARE
      TYPE ids IS TABLE OF NUMBER; i ids; CURSOR c IS SELECT id FROM teas ORDER BY id;
    BEGIN
      OPEN c;
      LOOP FETCH c BULK COLLECT INTO i LIMIT 2; EXIT WHEN i.COUNT = 0; :x := :x || i.COUNT || i(1) || ','; END LOOP;
      CLOSE c;
    END;`)
    expect(text).toBe('21,13,')
  })

  it('opens a REF CURSOR for the client and for itself', async () => {
    const outcome = await plsql.run(
      `DECLARE TYPE any_cursor IS REF CURSOR; c any_cursor; n VARCHAR2(20);
       BEGIN
         OPEN c FOR SELECT name FROM teas WHERE id = 3; FETCH c INTO n; CLOSE c; :x := n;
         OPEN :rc FOR 'SELECT id, name FROM teas WHERE price < :top ORDER BY id' USING 7;
       END;`,
      { RC: { type: { name: 'CURSOR' } } },
    )
    const cursor = outcome.RC?.value as OracleCursor
    expect(outcome.X?.value).toBe('Sencha')
    expect(outcome.RC?.direction).toBe('out')
    expect(cursor.columns.map((column) => column.name)).toEqual(['ID', 'NAME'])
    expect(cursor.rows.map(([id, name]) => `${id}${name}`)).toEqual(['1Assam', '3Sencha'])
  })

  it('executes text: DDL, DML, queries and blocks, with USING and INTO', async () => {
    const text = await plsql.x(`DECLARE n NUMBER; t VARCHAR2(20); out_value VARCHAR2(20);
    BEGIN
      EXECUTE IMMEDIATE 'CREATE TABLE scratch (a NUMBER, b VARCHAR2(10))';
      EXECUTE IMMEDIATE 'INSERT INTO scratch VALUES (:x, :x)' USING 5, 'five';
      EXECUTE IMMEDIATE 'SELECT a, b FROM scratch WHERE a = :1' INTO n, t USING 5;
      EXECUTE IMMEDIATE 'UPDATE scratch SET a = a + 1 RETURNING a INTO :1' RETURNING INTO n;
      EXECUTE IMMEDIATE 'BEGIN :o := :i || :i; END;' USING OUT out_value, IN t;
      :x := n || t || out_value;
      EXECUTE IMMEDIATE 'DROP TABLE scratch';
    END;`)
    expect(text).toBe('6fivefivefive')
  })

  it('undoes a failing dynamic block on its own, and with the block around it', async () => {
    const ids = async () => (await plsql.sql('SELECT id FROM teas WHERE id > 10 ORDER BY id')).map(([id]) => String(id))
    const inner = "'BEGIN INSERT INTO teas (id, name) VALUES (12, ''b''); RAISE NO_DATA_FOUND; END;'"
    await plsql.run(`BEGIN
      INSERT INTO teas (id, name) VALUES (11, 'a');
      EXECUTE IMMEDIATE ${inner};
    EXCEPTION WHEN NO_DATA_FOUND THEN NULL; END;`)
    expect(await ids()).toEqual(['11'])
    await plsql.failure(`BEGIN
      INSERT INTO teas (id, name) VALUES (13, 'c');
      EXECUTE IMMEDIATE 'BEGIN INSERT INTO teas (id, name) VALUES (14, ''d''); END;';
      RAISE NO_DATA_FOUND;
    END;`)
    expect(await ids()).toEqual(['11'])
  })

  it('checks the number of values in USING', async () => {
    const block = (using: string) => `BEGIN EXECUTE IMMEDIATE 'DELETE FROM teas WHERE id = :1' ${using}; END;`
    expect(await plsql.failure(block(''))).toMatch(/^ORA-01008: not all variables bound/)
    expect(await plsql.failure(block('USING 1, 2'))).toMatch(/^ORA-01006: bind variable does not exist/)
    expect(await plsql.failure("BEGIN EXECUTE IMMEDIATE ''; END;")).toMatch(/^ORA-06535/)
  })

  it('lets names in SQL that nothing declares fail', async () => {
    expect(await plsql.failure('DECLARE n NUMBER; BEGIN SELECT nothing INTO n FROM teas; END;')).toMatch(
      /ORA-00904: "NOTHING"/,
    )
    expect(await plsql.failure('DECLARE n NUMBER; BEGIN SELECT 1 INTO n FROM no_table; END;')).toMatch(/ORA-00942/)
  })

  it('refuses an INTO list that does not fit the columns', async () => {
    expect(await plsql.failure('DECLARE n NUMBER; BEGIN SELECT 1, 2 INTO n FROM dual; END;')).toMatch(/ORA-00913/)
    expect(await plsql.failure('DECLARE n NUMBER; BEGIN SELECT 1 INTO n, n FROM dual; END;')).toMatch(/ORA-00947/)
    expect(await plsql.failure('BEGIN SELECT 1 FROM dual; END;')).toMatch(/PLS-00428/)
  })

  it('knows a bind of SQL by its own type', async () => {
    const outcome = await plsql.run('BEGIN SELECT name INTO :n FROM teas WHERE id = :id; END;', {
      ID: { value: '2' },
      N: { type: varchar2(6) },
    })
    expect(outcome.N?.value).toBe('Oolong')
  })
})
