import oracledb from 'oracledb'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Emulator, startEmulator } from '../src/index.ts'

let emulator: Emulator
let demo: oracledb.Connection
let eva: oracledb.Connection

beforeAll(async () => {
  emulator = await startEmulator({ users: [{ user: 'EVA', password: 'eva' }] })
})
beforeEach(async () => {
  const { connectString } = emulator
  demo = await oracledb.getConnection({ user: 'DEMO', password: 'demo', connectString })
  eva = await oracledb.getConnection({ user: 'EVA', password: 'eva', connectString })
})
afterEach(async () => {
  await demo.close()
  await eva.close()
})
afterAll(() => emulator.close())

async function rows(connection: oracledb.Connection, sql: string, binds: oracledb.BindParameters = {}) {
  return (await connection.execute<unknown[]>(sql, binds)).rows ?? []
}

async function value(connection: oracledb.Connection, expression: string): Promise<unknown> {
  return (await rows(connection, `SELECT ${expression} FROM dual`))[0]?.[0]
}

/** What a block leaves in :x. */
async function x(connection: oracledb.Connection, block: string): Promise<unknown> {
  const binds = { x: { dir: oracledb.BIND_OUT, type: oracledb.STRING, maxSize: 4000 } }
  const { outBinds } = await connection.execute<{ x: unknown }>(block, binds)
  return outBinds?.x
}

async function failure(work: Promise<unknown>): Promise<string> {
  try {
    await work
  } catch (error) {
    return (error as Error).message
  }
  throw new Error('nothing failed')
}

describe('a stored function', () => {
  test('is called from SQL, from PL/SQL and by CALL, with named arguments and defaults', async () => {
    await demo.execute(
      `CREATE OR REPLACE FUNCTION gross(net NUMBER, rate IN NUMBER DEFAULT 0.2) RETURN NUMBER IS
         BEGIN RETURN net * (1 + rate); END gross;`,
    )
    expect(await value(demo, 'gross(10)')).toBe(12)
    expect(await value(demo, 'gross(rate => 1, net => 10)')).toBe(20)
    expect(await value(demo, 'demo.gross(NULL, 1)')).toBeNull()
    expect(await x(demo, 'BEGIN :x := gross(5) + gross(net => 1, rate => 0); END;')).toBe('7')
    expect(await x(demo, 'CALL gross(10, 0.5) INTO :x')).toBe('15')
    const sums = await rows(
      demo,
      `SELECT gross(n, 0) FROM (SELECT 1 n FROM dual UNION ALL SELECT 2 FROM dual) WHERE gross(n) > 2`,
    )
    expect(sums).toEqual([[2]])
  })

  test('without parameters stands without parentheses', async () => {
    await demo.execute(
      `CREATE OR REPLACE FUNCTION answer RETURN VARCHAR2 DETERMINISTIC AS BEGIN RETURN 'forty-two'; END;`,
    )
    expect(await value(demo, 'answer')).toBe('forty-two')
    expect(await value(demo, 'answer() || answer')).toBe('forty-twoforty-two')
    expect(await x(demo, 'BEGIN :x := answer; END;')).toBe('forty-two')
  })

  test('reads tables, calls itself and others, and gives CLOBs', async () => {
    await demo.execute(
      `CREATE OR REPLACE FUNCTION promotions RETURN PLS_INTEGER IS n PLS_INTEGER;
       BEGIN SELECT COUNT(*) INTO n FROM sh.promotions; RETURN n; END;`,
    )
    await demo.execute(
      `CREATE OR REPLACE FUNCTION factorial(n PLS_INTEGER) RETURN NUMBER IS
       BEGIN IF n <= 1 THEN RETURN 1; END IF; RETURN n * factorial(n - 1); END;`,
    )
    await demo.execute(
      `CREATE OR REPLACE FUNCTION report RETURN CLOB IS BEGIN RETURN promotions || '/' || factorial(5); END;`,
    )
    expect(await rows(demo, 'SELECT promotions, factorial(20), TO_CHAR(report) FROM dual')).toEqual([
      [503, 2432902008176640000, '503/120'],
    ])
  })

  test('gives SQL NULL when it finds no data, and its error otherwise, with the line in the unit', async () => {
    await demo.execute(
      `CREATE OR REPLACE FUNCTION category(id NUMBER) RETURN VARCHAR2 IS
  c VARCHAR2(30);
BEGIN
  SELECT promo_category INTO c FROM sh.promotions WHERE promo_id = category.id;
  RETURN c;
END;`,
    )
    expect(await value(demo, 'category(-1)')).toBeNull()
    expect(await failure(x(demo, 'BEGIN\n :x := category(-1);\nEND;'))).toBe(
      'ORA-01403: no data found\nORA-06512: at "DEMO.CATEGORY", line 4\nORA-06512: at line 2\n' +
        'Help: https://docs.oracle.com/error-help/db/ora-01403/',
    )
    await demo.execute('CREATE OR REPLACE FUNCTION inverse(n NUMBER) RETURN NUMBER IS BEGIN RETURN 1 / n; END;')
    expect(await failure(value(demo, 'inverse(0)'))).toContain(
      'ORA-01476: divisor is equal to zero\nORA-06512: at "DEMO.INVERSE", line 1',
    )
  })

  test('may change nothing while a query calls it, and something while a change does', async () => {
    await demo.execute('CREATE TABLE seen (n NUMBER)')
    await demo.execute(
      `CREATE OR REPLACE FUNCTION note(n NUMBER) RETURN NUMBER IS BEGIN INSERT INTO seen VALUES (n); RETURN n; END;`,
    )
    await demo.execute('CREATE OR REPLACE FUNCTION finish RETURN NUMBER IS BEGIN COMMIT; RETURN 1; END;')
    expect(await failure(value(demo, 'note(1)'))).toContain('ORA-14551: cannot perform a DML operation inside a query')
    expect(await failure(value(demo, 'finish'))).toContain('ORA-14552')
    await demo.execute('CREATE TABLE copies (n NUMBER)')
    await demo.execute('INSERT INTO copies VALUES (note(7))')
    expect(await rows(demo, 'SELECT s.n, c.n FROM seen s, copies c')).toEqual([[7, 7]])
    await demo.rollback()
    expect(await rows(demo, 'SELECT n FROM seen')).toEqual([])
  })

  test('is refused with the errors of the database when it is called wrongly', async () => {
    await demo.execute('CREATE OR REPLACE FUNCTION half(n NUMBER) RETURN NUMBER IS BEGIN RETURN n / 2; END;')
    await demo.execute('CREATE OR REPLACE PROCEDURE nothing IS BEGIN NULL; END;')
    await demo.execute(
      'CREATE OR REPLACE FUNCTION twice(n IN OUT NUMBER) RETURN NUMBER IS BEGIN n := n * 2; RETURN n; END;',
    )
    expect(await failure(value(demo, 'half()'))).toContain(`ORA-06553: PLS-306: wrong number or types of arguments`)
    expect(await failure(value(demo, 'nothing'))).toContain(`ORA-06553: PLS-221: 'NOTHING' is not a procedure`)
    expect(await failure(value(demo, 'twice(1)'))).toContain('ORA-06572: Function TWICE has out arguments')
    expect(await failure(value(demo, 'eva.half(1)'))).toContain('ORA-00904')
    expect(await failure(demo.execute('BEGIN half(1); END;'))).toContain(`PLS-00221: 'HALF' is not a procedure`)
    expect(await failure(x(demo, 'BEGIN :x := half(1, 2); END;'))).toContain('PLS-00306')
    expect(await failure(demo.execute('CALL nowhere()'))).toContain('ORA-06576')
  })
})

describe('a stored procedure', () => {
  test('takes OUT and IN OUT binds, and undoes what it did when it fails', async () => {
    await demo.execute('CREATE TABLE log (line VARCHAR2(30))')
    await demo.execute(
      `CREATE OR REPLACE PROCEDURE swap(a IN OUT VARCHAR2, b IN OUT NOCOPY VARCHAR2, total OUT NUMBER) AUTHID DEFINER AS
         kept VARCHAR2(100) := a;
       BEGIN
         INSERT INTO log VALUES (a);
         a := b; b := kept; total := LENGTH(a || b);
         IF a = 'fail' THEN RAISE_APPLICATION_ERROR(-20001, 'as told'); END IF;
       END;
       /`,
    )
    const text = { dir: oracledb.BIND_INOUT, type: oracledb.STRING }
    const run = (b: string) =>
      demo.execute('BEGIN swap(:a, :b, total => :n); END;', {
        a: { ...text, val: 'left' },
        b: { ...text, val: b },
        n: { dir: oracledb.BIND_OUT, type: oracledb.NUMBER },
      })
    expect((await run('right')).outBinds).toEqual({ a: 'right', b: 'left', n: 9 })
    expect(await failure(run('fail'))).toContain('ORA-20001: as told\nORA-06512: at "DEMO.SWAP", line 6')
    expect(await rows(demo, 'SELECT * FROM log')).toEqual([['left']])
    await demo.rollback()
  })

  test('has the rights of its owner, or with AUTHID CURRENT_USER those of its caller', async () => {
    await demo.execute('CREATE TABLE owned (n NUMBER)')
    await eva.execute('CREATE TABLE owned (n NUMBER)')
    for (const [name = '', rights] of [
      ['fill_mine', 'DEFINER'],
      ['fill_yours', 'CURRENT_USER'],
    ]) {
      await demo.execute(
        `CREATE OR REPLACE PROCEDURE ${name} AUTHID ${rights} IS
         BEGIN INSERT INTO owned VALUES (1); EXECUTE IMMEDIATE 'INSERT INTO owned VALUES (2)'; END;`,
      )
      expect(await failure(eva.execute(`BEGIN demo.${name}; END;`))).toContain(
        `PLS-00201: identifier 'DEMO.${name.toUpperCase()}' must be declared`,
      )
      await demo.execute(`GRANT EXECUTE ON ${name} TO eva`)
    }
    await eva.execute('BEGIN demo.fill_mine; END;')
    await eva.commit()
    expect(await rows(demo, 'SELECT n FROM owned ORDER BY n')).toEqual([[1], [2]])
    expect(await rows(eva, 'SELECT n FROM owned')).toEqual([])
    await eva.execute('CALL demo.fill_yours()')
    expect(await rows(eva, 'SELECT n FROM owned ORDER BY n')).toEqual([[1], [2]])
    await eva.rollback()
    await demo.execute('REVOKE EXECUTE ON fill_mine FROM eva')
    expect(await failure(eva.execute('BEGIN demo.fill_mine; END;'))).toContain('PLS-00201')
  })
})

describe('an invalid unit', () => {
  test('is created with a warning, shows its errors and cannot be called until it is right', async () => {
    const created = await demo.execute(
      'CREATE OR REPLACE FUNCTION broken RETURN NUMBER IS\nBEGIN\n  RETURN nobody_knows;\nEND;',
    )
    expect(created.warning).toMatchObject({ message: expect.stringContaining('NJS-700') })
    expect(await rows(demo, `SELECT status FROM user_objects WHERE object_name = 'BROKEN'`)).toEqual([['INVALID']])
    expect(
      await rows(
        demo,
        `SELECT line, position, text, attribute, message_number FROM user_errors WHERE name = 'BROKEN' ORDER BY sequence`,
      ),
    ).toEqual([
      [3, 10, `PLS-00201: identifier 'NOBODY_KNOWS' must be declared`, 'ERROR', 201],
      [3, 3, 'PL/SQL: Statement ignored', 'ERROR', 0],
    ])
    expect(await failure(x(demo, 'BEGIN :x := broken; END;'))).toContain('PLS-00905: object DEMO.BROKEN is invalid')
    expect(await failure(value(demo, 'broken'))).toContain(
      'ORA-06575: Package or function BROKEN is in an invalid state',
    )
    const right = await demo.execute('CREATE OR REPLACE FUNCTION broken RETURN NUMBER IS BEGIN RETURN 1; END;')
    expect(right.warning).toBeUndefined()
    expect(await rows(demo, `SELECT status FROM user_objects WHERE object_name = 'BROKEN'`)).toEqual([['VALID']])
    expect(await rows(demo, `SELECT * FROM user_errors WHERE name = 'BROKEN'`)).toEqual([])
    expect(await value(demo, 'broken')).toBe(1)
  })

  test('is made of any text behind its head, and of binds', async () => {
    await demo.execute('CREATE OR REPLACE PROCEDURE half_done IS BEGIN NULL')
    expect(await rows(demo, `SELECT line, text FROM user_errors WHERE name = 'HALF_DONE'`)).toEqual([
      [1, expect.stringContaining('PLS-00103: Encountered the symbol "end-of-file"')],
    ])
    await demo.execute(`BEGIN EXECUTE IMMEDIATE 'DROP PROCEDURE half_done'; END;`)
    expect(
      await failure(demo.execute(`BEGIN EXECUTE IMMEDIATE 'CREATE PROCEDURE half_done IS BEGIN NULL'; END;`)),
    ).toContain('ORA-24344: success with compilation error')
    await demo.execute('CREATE PROCEDURE bound IS BEGIN :x := 1; END;')
    expect(await rows(demo, `SELECT text FROM user_errors WHERE name = 'BOUND'`)).toEqual([
      [`PLS-00049: bad bind variable 'X'`],
    ])
  })

  test('becomes valid when what it needs is there, and invalid when that goes', async () => {
    await demo.execute('CREATE OR REPLACE FUNCTION outer_one RETURN NUMBER IS BEGIN RETURN inner_one + 1; END;')
    await demo.execute('CREATE OR REPLACE FUNCTION inner_one RETURN NUMBER IS BEGIN RETURN 1; END;')
    expect(await value(demo, 'outer_one')).toBe(2)
    await demo.execute('DROP FUNCTION inner_one')
    expect(await failure(value(demo, 'outer_one'))).toContain('ORA-06575')
    await demo.execute('CREATE FUNCTION inner_one RETURN NUMBER IS BEGIN RETURN 10; END;')
    await demo.execute('ALTER FUNCTION outer_one COMPILE')
    expect(await value(demo, 'outer_one')).toBe(11)
  })

  test('makes units that call one another invalid together', async () => {
    await demo.execute('CREATE OR REPLACE FUNCTION ping(n NUMBER) RETURN NUMBER IS BEGIN RETURN n; END;')
    await demo.execute(
      'CREATE OR REPLACE FUNCTION pong(n NUMBER) RETURN NUMBER IS BEGIN RETURN CASE n WHEN 0 THEN 0 ELSE ping(n - 1) END; END;',
    )
    await demo.execute('CREATE OR REPLACE FUNCTION ping(n NUMBER) RETURN NUMBER IS BEGIN RETURN pong(n); END;')
    expect(await value(demo, 'ping(9)')).toBe(0)
  })
})

describe('definitions of units', () => {
  test('share the names of tables and keep replaced grants', async () => {
    await demo.execute('CREATE TABLE taken (n NUMBER)')
    await expect(demo.execute('CREATE FUNCTION taken RETURN NUMBER IS BEGIN RETURN 1; END;')).rejects.toMatchObject({
      errorNum: 955,
    })
    await demo.execute('CREATE FUNCTION once RETURN NUMBER IS BEGIN RETURN 1; END;')
    await expect(demo.execute('CREATE FUNCTION once RETURN NUMBER IS BEGIN RETURN 2; END;')).rejects.toMatchObject({
      errorNum: 955,
    })
    await expect(demo.execute('CREATE OR REPLACE PROCEDURE once IS BEGIN NULL; END;')).rejects.toMatchObject({
      errorNum: 955,
    })
    await expect(demo.execute('CREATE TABLE once (n NUMBER)')).rejects.toMatchObject({ errorNum: 955 })
    await demo.execute('GRANT EXECUTE ON once TO eva')
    await demo.execute('CREATE OR REPLACE EDITIONABLE FUNCTION demo.once RETURN NUMBER IS BEGIN RETURN 3; END;')
    expect(await value(eva, 'demo.once')).toBe(3)
  })

  test.each([
    ['DROP FUNCTION nowhere', 4043],
    ['DROP PROCEDURE eva.nowhere', 4043],
    ['ALTER PROCEDURE nowhere COMPILE', 4043],
    ['CREATE FUNCTION eva.mine RETURN NUMBER IS BEGIN RETURN 1; END;', 1031],
    ['CREATE FUNCTION nobody.mine RETURN NUMBER IS BEGIN RETURN 1; END;', 1435],
    ['CREATE PROCEDURE IS BEGIN NULL; END', 4050],
    ['CREATE OR REPLACE PACKAGE p IS END;', 3001],
    ['GRANT EXECUTE ON nowhere TO eva', 4042],
  ])('%s ends with ORA-%d', async (sql, errorNum) => {
    await expect(demo.execute(sql)).rejects.toMatchObject({ errorNum })
  })

  test('show in the data dictionary', async () => {
    const source =
      'FUNCTION shown(a IN VARCHAR2, b DATE DEFAULT SYSDATE) RETURN BOOLEAN AS\nBEGIN\n  RETURN TRUE;\nEND;'
    await demo.execute(`CREATE OR REPLACE ${source}`)
    expect(await rows(demo, `SELECT type, line, text FROM user_source WHERE name = 'SHOWN' ORDER BY line`)).toEqual(
      source.split(/(?<=\n)/).map((line, index) => ['FUNCTION', index + 1, line]),
    )
    expect(
      await rows(
        demo,
        `SELECT argument_name, position, data_type, in_out, defaulted FROM user_arguments
         WHERE object_name = 'SHOWN' ORDER BY position`,
      ),
    ).toEqual([
      [null, 0, 'BOOLEAN', 'OUT', 'N'],
      ['A', 1, 'VARCHAR2', 'IN', 'N'],
      ['B', 2, 'DATE', 'IN', 'Y'],
    ])
    expect(
      await rows(demo, `SELECT object_type, authid FROM all_procedures WHERE owner = 'DEMO' AND object_name = 'SHOWN'`),
    ).toEqual([['FUNCTION', 'DEFINER']])
    expect(await rows(eva, `SELECT * FROM all_source WHERE name = 'SHOWN'`)).toEqual([])
  })
})
