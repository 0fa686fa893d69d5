import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { PlsqlFixture } from './plsql-fixture.ts'

let plsql: PlsqlFixture
beforeAll(async () => {
  plsql = await PlsqlFixture.open()
  await plsql.sql('CREATE TABLE work (id NUMBER)')
})
afterAll(() => plsql[Symbol.dispose]())

async function broken(text: string, breakNow: (controller: AbortController) => void): Promise<string> {
  const controller = new AbortController()
  const running = plsql.run(text, {}, controller.signal)
  breakNow(controller)
  return running.then(
    () => 'finished',
    (error: Error) => error.message,
  )
}

const BROKEN = 'ORA-01013: user requested cancel of current operation'

describe('breaking a block', () => {
  it.each([
    ['an endless loop', 'BEGIN LOOP NULL; END LOOP; END;'],
    [
      'an endless loop that handles everything',
      'BEGIN LOOP BEGIN NULL; EXCEPTION WHEN OTHERS THEN NULL; END; END LOOP; END;',
    ],
    ['an endless WHILE', 'DECLARE n NUMBER := 0; BEGIN WHILE TRUE LOOP n := n + 1; END LOOP; END;'],
    ['a sleep', 'BEGIN DBMS_SESSION.SLEEP(600); EXCEPTION WHEN OTHERS THEN NULL; END;'],
    ['a sleep of old', 'BEGIN DBMS_LOCK.SLEEP(600); END;'],
  ])('ends %s', async (_name, text) => {
    expect(await broken(text, (controller) => setImmediate(() => controller.abort()))).toBe(BROKEN)
  })

  it('runs nothing of a block that was broken before', async () => {
    expect(await broken('BEGIN INSERT INTO work VALUES (1); END;', (controller) => controller.abort())).toBe(BROKEN)
  })

  it('leaves nothing of the block behind, and the session in order', async () => {
    await plsql.run('BEGIN INSERT INTO work VALUES (1); END;')
    const text = 'BEGIN INSERT INTO work VALUES (2); LOOP NULL; END LOOP; END;'
    expect(await broken(text, (controller) => setImmediate(() => controller.abort()))).toBe(BROKEN)
    expect((await plsql.sql('SELECT id FROM work')).map(([id]) => String(id))).toEqual(['1'])
    await plsql.session.commit()
    expect(await plsql.value("'still here'")).toBe('still here')
  })

  it('lets other sessions work while a block loops', async () => {
    using other = plsql.another()
    const controller = new AbortController()
    const looping = plsql.run('BEGIN LOOP NULL; END LOOP; END;', {}, controller.signal).catch((error: Error) => error)
    expect(await other.value("'answer'")).toBe('answer')
    controller.abort()
    expect(await looping).toMatchObject({ number: 1013 })
  })

  it('sleeps as long as it is told and refuses a negative time', async () => {
    const start = performance.now()
    await plsql.run('BEGIN DBMS_SESSION.SLEEP(0.05); END;')
    expect(performance.now() - start).toBeGreaterThanOrEqual(49)
    expect(await plsql.failure('BEGIN DBMS_SESSION.SLEEP(-1); END;')).toMatch(/^ORA-38148/)
  })

  it('ends recursion that never ends, and text nested too deeply', async () => {
    const text = 'DECLARE PROCEDURE p(n NUMBER) IS BEGIN p(n + 1); END; BEGIN p(1); END;'
    expect(await plsql.failure(text)).toMatch(/^ORA-06500: PL\/SQL: storage error/)
    expect(await plsql.failure(`BEGIN :x := ${'('.repeat(200_000)}; END;`)).toMatch(/PLS-00123: program too large/)
  })
})
