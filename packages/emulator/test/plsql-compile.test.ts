import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { OracleError } from '../src/oracle-error.ts'
import { PlsqlFixture } from './plsql-fixture.ts'

let plsql: PlsqlFixture
beforeAll(async () => {
  plsql = await PlsqlFixture.open()
})
afterAll(() => plsql[Symbol.dispose]())

function ignored(place: string, message: string, statement = place, what = 'Statement ignored'): string {
  return `ORA-06550: ${place}:\n${message}\nORA-06550: ${statement}:\nPL/SQL: ${what}`
}

describe('what is found before anything runs', () => {
  it('runs nothing of a block that names something unknown', async () => {
    const failure = await plsql.failure('BEGIN\n  dbms_output.enable;\n  :x := 1 + no_such_name;\nEND;')
    expect(failure).toBe(
      ignored('line 3, column 13', "PLS-00201: identifier 'NO_SUCH_NAME' must be declared", 'line 3, column 3'),
    )
  })

  it.each([
    ['no_such(1);', "PLS-00201: identifier 'NO_SUCH' must be declared", 7],
    ['no_package.proc;', "PLS-00201: identifier 'NO_PACKAGE.PROC' must be declared", 7],
    ['dbms_output.no_such;', "PLS-00302: component 'NO_SUCH' must be declared", 7],
    ['dbms_output.put_line(1, 2);', "PLS-00306: wrong number or types of arguments in call to 'PUT_LINE'", 7],
    ['dbms_output.put_line(b => 1);', "PLS-00306: wrong number or types of arguments in call to 'PUT_LINE'", 7],
    ['dbms_output.put_line(TRUE);', "PLS-00306: wrong number or types of arguments in call to 'PUT_LINE'", 7],
    ["dbms_lob.getlength('a');", "PLS-00221: 'GETLENGTH' is not a procedure or is undefined", 7],
    [':x := dbms_output.enable;', "PLS-00222: no function with name 'ENABLE' exists in this scope", 13],
    [
      ":x := DECODE(1, 1, 'a');",
      "PLS-00204: function or pseudo-column 'DECODE' may be used inside a SQL statement only",
      13,
    ],
    ['IF 1 THEN NULL; END IF;', 'PLS-00382: expression is of wrong type', 10],
    ['RAISE nothing;', "PLS-00201: identifier 'NOTHING' must be declared", 13],
    ['RAISE;', 'PLS-00367: a RAISE statement with no exception name must be inside an exception handler', 7],
    ['EXIT;', 'PLS-00376: illegal EXIT/CONTINUE statement; it must appear inside a loop', 7],
    ["dbms_output.get_line('a', :x);", "PLS-00363: expression ''A'' cannot be used as an assignment target", 28],
  ])('refuses %s', async (statement, message, column) => {
    expect(await plsql.failure(`BEGIN ${statement} END;`)).toBe(
      ignored(`line 1, column ${column}`, message, 'line 1, column 7'),
    )
  })

  it('refuses to assign to constants, loop variables and IN parameters', async () => {
    const constants = [
      'DECLARE v CONSTANT NUMBER := 1; BEGIN v := 2; END;',
      'BEGIN FOR v IN 1..2 LOOP v := 2; END LOOP; END;',
      'DECLARE PROCEDURE p(v NUMBER) IS BEGIN v := 2; END; BEGIN NULL; END;',
    ]
    for (const text of constants) {
      expect(await plsql.failure(text)).toContain("PLS-00363: expression 'V' cannot be used as an assignment target")
    }
  })

  it.each([
    ['BEGIN :x := 1 END;', 'END', 'line 1, column 15'],
    ['BEGIN IF TRUE NULL; END IF; END;', 'NULL', 'line 1, column 15'],
    ['BEGIN NULL;', 'end-of-file', 'line 1, column 12'],
    ['BEGIN\n  :x := (1 + ;\nEND;', ';', 'line 2, column 14'],
    ['BEGIN END;', 'END', 'line 1, column 7'],
    ['BEGIN NULL; END; extra', 'EXTRA', 'line 1, column 18'],
    ['DECLARE n NUMBER BEGIN NULL; END;', 'BEGIN', 'line 1, column 18'],
  ])('points at the symbol that does not fit in %j', async (text, symbol, place) => {
    expect(await plsql.failure(text)).toMatch(`ORA-06550: ${place}:\nPLS-00103: Encountered the symbol "${symbol}"`)
  })

  it('gives the place as a byte offset too', async () => {
    const error = await plsql.run("BEGIN :x := 'ü' || missing; END;").catch((caught: OracleError) => caught)
    expect(error).toMatchObject({ number: 6550, offset: 20 })
  })

  it('reports an unfinished text', async () => {
    expect(await plsql.failure("BEGIN :x := 'abc; END;")).toBe('ORA-01756: quoted string not properly terminated')
  })

  it('wants a length for VARCHAR2 variables and a value for constants and NOT NULL', async () => {
    expect(await plsql.failure('DECLARE v VARCHAR2; BEGIN NULL; END;')).toContain('PLS-00215')
    expect(await plsql.failure('DECLARE v CONSTANT NUMBER; BEGIN NULL; END;')).toContain('PLS-00322')
    expect(await plsql.failure('DECLARE v NUMBER NOT NULL; BEGIN NULL; END;')).toContain('PLS-00218')
    expect(await plsql.failure('DECLARE v NUMBER; v DATE; BEGIN NULL; END;')).toContain('PLS-00371')
    expect(await plsql.failure('DECLARE v nothing; BEGIN NULL; END;')).toContain("PLS-00201: identifier 'NOTHING'")
  })

  it('finds packages with their owner in front', async () => {
    expect(await plsql.value("SYS.DBMS_LOB.GETLENGTH('abc')")).toBe('3')
    expect(
      await plsql.x(`BEGIN :x := C##CLOUD$SERVICE.DBMS_CLOUD_AI.GENERATE(
        prompt => '3', profile_name => 'OCI_AI_PROFILE', action => 'chat'); END;`),
    ).toBe('ééé')
  })

  it('takes declared names before packages of the same name', async () => {
    expect(await plsql.x("DECLARE upper VARCHAR2(5) := 'mine'; BEGIN :x := upper; END;")).toBe('mine')
  })
})
