import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Database } from '../src/database/database.ts'
import type { DatabaseSession, ExecutionResult } from '../src/execution/database-session.ts'
import type { Model } from '../src/models/model.ts'
import { createOfflineModel } from '../src/models/offline/offline-model.ts'
import type { OracleError } from '../src/oracle-error.ts'
import { CLOB, NUMBER, varchar2 } from '../src/values/oracle-type.ts'
import { lengthModel, PlsqlFixture } from './plsql-fixture.ts'

/** One round trip for a short answer: its length, its beginning, and the whole only when there is more. */
const GENERATE = `DECLARE
  answer CLOB;
BEGIN
  answer := DBMS_CLOUD_AI.GENERATE(prompt => :prompt, profile_name => :profile, action => :action);
  :answer_length := NVL(DBMS_LOB.GETLENGTH(answer), 0);
  :answer_start := DBMS_LOB.SUBSTR(answer, 8000, 1);
  IF :answer_length > 8000 THEN
    :answer := answer;
  END IF;
END;`

let fixture: PlsqlFixture
beforeAll(async () => {
  fixture = await PlsqlFixture.open()
})
afterAll(() => fixture[Symbol.dispose]())

function generate(prompt: string, action: string, profile = 'OCI_AI_PROFILE') {
  return fixture.run(GENERATE, {
    PROMPT: { value: prompt },
    PROFILE: { value: profile },
    ACTION: { value: action },
    ANSWER_LENGTH: { type: NUMBER },
    ANSWER: { type: CLOB },
  })
}

function run(session: DatabaseSession, sql: string): Promise<ExecutionResult> {
  return session.prepare(sql).execute([], new AbortController().signal)
}

describe('the database', () => {
  it.each([
    [10, 10, false],
    [8000, 8000, false],
    [8001, 8000, true],
    [100_000, 8000, true],
  ])('answers %d characters with the first %d, and the CLOB when there is more: %s', async (length, start, more) => {
    const outcome = await generate(`${length} characters`, 'chat')
    expect(String(outcome.ANSWER_LENGTH?.value)).toBe(String(length))
    expect(outcome.ANSWER_START?.value).toBe('é'.repeat(start))
    expect(outcome.ANSWER?.value).toBe(more ? 'é'.repeat(length) : null)
  })

  it('hands over the results that a block returns, and none of a block that failed', async () => {
    const block = (rest: string) => `declare c sys_refcursor;
      begin
        open c for select promo_id from sh.promotions where promo_id < 3 order by promo_id;
        dbms_sql.return_result(c);
        open c for select 'x' as letter from dual;
        dbms_sql.return_result(c, true);
        ${rest}
      end;`
    const { session } = fixture
    await expect(run(session, block("raise_application_error(-20001, 'no');"))).rejects.toThrow('ORA-20001')
    const result = await run(session, block('null;'))
    if (result.kind !== 'plsql') throw new TypeError('a block was run')
    expect(result.results?.map(({ columns, rows }) => [columns[0]?.name, rows.map(String)])).toEqual([
      ['PROMO_ID', ['1', '2']],
      ['LETTER', ['x']],
    ])
    const next = await run(session, 'begin null; end;')
    expect(next).toMatchObject({ kind: 'plsql', results: [] })
    await expect(run(session, 'begin dbms_sql.return_result(null); end;')).rejects.toThrow('ORA-29481')
  })

  it('tells the directions of the binds of that block', async () => {
    const outcome = await generate('1', 'chat')
    expect(Object.entries(outcome).map(([name, { direction }]) => [name, direction])).toEqual([
      ['PROMPT', 'in'],
      ['PROFILE', 'in'],
      ['ACTION', 'in'],
      ['ANSWER_LENGTH', 'inOut'],
      ['ANSWER_START', 'out'],
      ['ANSWER', 'out'],
    ])
  })

  it('lists the languages of TRANSLATE, which is a function of SQL too', async () => {
    const statement =
      "SELECT * FROM AI_TRANSLATION_LANGUAGES WHERE provider = 'OCI' AND language_code IN ('de', 'pt-BR')"
    const listed = await run(fixture.session, `${statement} ORDER BY language_code`)
    expect(listed).toMatchObject({
      columns: [{ name: 'LANGUAGE_NAME' }, { name: 'LANGUAGE_CODE' }, { name: 'PROVIDER' }],
      rows: [
        ['German', 'de', 'OCI'],
        ['Brazilian Portuguese', 'pt-BR', 'OCI'],
      ],
    })
    using offline = await PlsqlFixture.open(createOfflineModel())
    const translated = await run(
      offline.session,
      "SELECT DBMS_CLOUD_AI.TRANSLATE(profile_name => 'OCI_AI_PROFILE', text => 'Thank you', " +
        "source_language => 'en', target_language => 'de') AS r FROM dual",
    )
    expect(translated).toMatchObject({ rows: [['Danke']] })
  })

  it('runs generated SQL over the sales history', async () => {
    const { ANSWER_START } = await generate('How many promotions?', 'runsql')
    expect(JSON.parse(String(ANSWER_START?.value))).toEqual([{ PROMOTION_COUNT: 503 }])
    expect((await generate('How many promotions?', 'showsql')).ANSWER_START?.value).toContain('PROMOTIONS')
    expect((await generate('How many promotions?', 'narrate')).ANSWER_START?.value).toBe(
      'There are 503 in the database.',
    )
  })

  it('reports a profile that does not exist with the line that named it', async () => {
    await expect(generate('x', 'chat', 'NOTHING')).rejects.toThrow(/^ORA-20046: .*NOTHING\nORA-06512: at line 4$/)
  })

  it('answers the same question in a query', async () => {
    const session = fixture.session
    const statement = session.prepare(
      'SELECT DBMS_CLOUD_AI.GENERATE(prompt => :p, profile_name => :n, action => :a) AS response FROM dual',
    )
    const binds = ['3', 'OCI_AI_PROFILE', 'chat'].map((value) => ({ type: varchar2(100), value }))
    const result = await statement.execute(binds, new AbortController().signal)
    expect(result).toMatchObject({ kind: 'query', columns: [{ name: 'RESPONSE', type: CLOB }], rows: [['ééé']] })
  })

  it('breaks a question whose model does not answer', async () => {
    const controller = new AbortController()
    let asked: (() => void) | undefined
    const reached = new Promise<void>((resolve) => {
      asked = resolve
    })
    const silent: Model = {
      ...lengthModel,
      chat: ({ signal }) =>
        new Promise((_resolve, reject) => {
          asked?.()
          signal.addEventListener('abort', () => reject(signal.reason))
        }),
    }
    using other = await PlsqlFixture.open(silent)
    const inputs = { PROMPT: { value: 'x' }, PROFILE: { value: 'OCI_AI_PROFILE' }, ACTION: { value: 'chat' } }
    const answer = other.run(GENERATE, inputs, controller.signal).catch((error: OracleError) => error)
    await reached
    controller.abort()
    expect(await answer).toMatchObject({ number: 1013 })
    expect(await other.value("'usable'")).toBe('usable')
  })

  it('sorts statements by their first words', () => {
    const kinds = Object.entries({
      'SELECT 1 FROM dual': 'query',
      '(SELECT 1 FROM dual)': 'query',
      'WITH a AS (SELECT 1 x FROM dual) SELECT x FROM a': 'query',
      '/* note */ begin null; end;': 'plsql',
      '-- note\nDECLARE n NUMBER; BEGIN NULL; END;': 'plsql',
      '<<here>> BEGIN NULL; END;': 'plsql',
      'call dbms_output.enable()': 'plsql',
      'DELETE FROM sh.promotions': 'dml',
      'CREATE TABLE t (a NUMBER)': 'ddl',
      COMMIT: 'transaction',
    }).map(([text, kind]) => [text, kind, fixture.session.prepare(text).kind])
    for (const [text, kind, found] of kinds) expect([text, found]).toEqual([text, kind])
  })

  it('shows every user the same committed rows and keeps what is not committed apart', async () => {
    const ada = fixture.database.session('ADA')
    const again = fixture.database.session('ADA')
    try {
      await run(ada, 'CREATE TABLE notes (n NUMBER)')
      await run(ada, 'BEGIN INSERT INTO notes VALUES (1); END;')
      expect(ada.inTransaction).toBe(true)
      await ada.commit()
      expect(ada.inTransaction).toBe(false)
      expect(await run(again, 'SELECT COUNT(*) AS c FROM notes')).toMatchObject({ kind: 'query' })
      await expect(run(fixture.session, 'SELECT * FROM notes')).rejects.toMatchObject({ number: 942 })
    } finally {
      ada.close()
      again.close()
    }
  })

  it('forgets what a closed session had not committed', async () => {
    const session = fixture.database.session('EVA')
    await run(session, 'CREATE TABLE notes (n NUMBER)')
    await run(session, 'BEGIN INSERT INTO notes VALUES (1); END;')
    session.close()
    session.close()
    const next = fixture.database.session('EVA')
    const result = await run(next, 'SELECT n FROM notes')
    next.close()
    expect(result).toMatchObject({ rows: [] })
  })

  it('follows ALTER SESSION and set-schema in blocks', async () => {
    using other = fixture.another()
    other.session.setCurrentSchema('SH')
    const count = 'DECLARE n NUMBER; BEGIN SELECT COUNT(*) INTO n FROM promotions; :x := n; END;'
    expect(await other.x(count)).toBe('503')
    await other.run(`BEGIN EXECUTE IMMEDIATE 'ALTER SESSION SET NLS_DATE_FORMAT = ''YYYY/MM/DD'''; END;`)
    expect(await other.value("DATE '2026-01-31'")).toBe('2026/01/31')
    expect(await other.value("TO_CHAR(TO_DATE('2026/02/01') + 1)")).toBe('2026/02/02')
  })

  it('opens and closes many times', async () => {
    for (let round = 0; round < 3; round += 1) {
      const database = await Database.open({ model: lengthModel, users: ['DEMO'] })
      const session = database.session('DEMO')
      expect(await run(session, 'SELECT COUNT(*) AS c FROM sh.channels')).toMatchObject({ kind: 'query' })
      session.close()
      database.close()
    }
  })
})
