import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { PlsqlFixture } from './plsql-fixture.ts'

let plsql: PlsqlFixture
beforeAll(async () => {
  plsql = await PlsqlFixture.open()
})
afterAll(() => plsql[Symbol.dispose]())

describe('exceptions', () => {
  it('gives an application error to the client with its number and stack', async () => {
    const text = `BEGIN
      raise_application_error(-20046, 'Invalid profile X');
    END;`
    expect(await plsql.failure(text)).toBe('ORA-20046: Invalid profile X\nORA-06512: at line 2')
  })

  it.each([-19_999, -21_000, 1])('refuses %d as an application error number', async (number) => {
    expect(await plsql.failure(`BEGIN raise_application_error(${number}, 'no'); END;`)).toBe(
      `ORA-21000: error number argument to raise_application_error of ${number} is out of range\nORA-06512: at line 1`,
    )
  })

  it('finds the handler by name, by EXCEPTION_INIT, or takes OTHERS', async () => {
    const text = await plsql.x(`DECLARE
      gone EXCEPTION; PRAGMA EXCEPTION_INIT(gone, -20001);
      own EXCEPTION;
      PROCEDURE attempt(n NUMBER) IS
        zero NUMBER := 0;
      BEGIN
        CASE n
          WHEN 1 THEN raise_application_error(-20001, 'x');
          WHEN 2 THEN RAISE own;
          WHEN 3 THEN zero := 1 / zero;
          WHEN 4 THEN RAISE gone;
          ELSE RAISE NO_DATA_FOUND;
        END CASE;
      EXCEPTION
        WHEN gone THEN :x := :x || 'gone(' || SQLCODE || ') ';
        WHEN own OR ZERO_DIVIDE THEN :x := :x || 'own/zero(' || SQLCODE || ') ';
        WHEN OTHERS THEN :x := :x || 'others(' || SQLCODE || ' ' || SQLERRM || ')';
      END;
    BEGIN
      FOR i IN 1..5 LOOP attempt(i); END LOOP;
    END;`)
    expect(text).toBe('gone(-20001) own/zero(1) own/zero(-1476) gone(-20001) others(100 ORA-01403: no data found)')
  })

  it('knows no error outside handlers', async () => {
    expect(await plsql.value("SQLCODE || ' ' || SQLERRM")).toBe('0 ORA-0000: normal, successful completion')
  })

  it('raises again what a handler caught, with the line where it came up', async () => {
    const text = `BEGIN
      BEGIN
        RAISE VALUE_ERROR;
      EXCEPTION WHEN OTHERS THEN :x := SQLERRM; RAISE;
      END;
    END;`
    expect(await plsql.failure(text)).toBe('ORA-06502: PL/SQL: numeric or value error\nORA-06512: at line 3')
  })

  it('lists a line for each subprogram that an exception leaves', async () => {
    const text = `DECLARE
      PROCEDURE inner_one IS
      BEGIN
        RAISE NO_DATA_FOUND;
      END;
      PROCEDURE outer_one IS
      BEGIN
        inner_one;
      END;
    BEGIN
      outer_one;
    END;`
    expect(await plsql.failure(text)).toBe(
      'ORA-01403: no data found\nORA-06512: at line 4\nORA-06512: at line 8\nORA-06512: at line 11',
    )
  })

  it('reports a declared exception that nobody handles', async () => {
    expect(await plsql.failure('DECLARE e EXCEPTION; BEGIN RAISE e; END;')).toBe(
      'ORA-06510: PL/SQL: unhandled user-defined exception\nORA-06512: at line 1',
    )
  })

  it('leaves an exception in declarations to the enclosing block', async () => {
    const text = await plsql.x(`BEGIN
      DECLARE n NUMBER(1) := 10; BEGIN NULL; EXCEPTION WHEN OTHERS THEN :x := 'inner'; END;
    EXCEPTION WHEN VALUE_ERROR THEN :x := 'outer';
    END;`)
    expect(text).toBe('outer')
  })

  it('shows stack and backtrace to a handler', async () => {
    const text = await plsql.x(`BEGIN
      RAISE TOO_MANY_ROWS;
    EXCEPTION WHEN OTHERS THEN :x := DBMS_UTILITY.FORMAT_ERROR_STACK || DBMS_UTILITY.FORMAT_ERROR_BACKTRACE;
    END;`)
    expect(text).toBe('ORA-01422: exact fetch returns more than requested number of rows\nORA-06512: at line 2\n')
  })

  it('fails a CASE that has no branch for its value', async () => {
    expect(await plsql.failure('BEGIN CASE 3 WHEN 1 THEN NULL; END CASE; END;')).toBe(
      'ORA-06592: PL/SQL: CASE not found while executing CASE statement\nORA-06512: at line 1',
    )
  })

  it('ends endless recursion as a storage error and nothing worse', async () => {
    const text = 'DECLARE PROCEDURE p IS BEGIN p; END; BEGIN p; EXCEPTION WHEN STORAGE_ERROR THEN :x := SQLCODE; END;'
    expect(await plsql.x(text)).toBe('-6500')
  })
})
