import { describe, expect, it } from 'vitest'
import type { Subprogram } from '../src/execution/subprogram.ts'
import { OracleError } from '../src/oracle-error.ts'
import { NUMBER, varchar2 } from '../src/values/oracle-type.ts'
import { number, useEngine } from './sql-fixture.ts'

const calls: string[] = []
const shout: Subprogram = {
  name: 'TALK.SHOUT',
  parameters: [
    { name: 'WORDS', mode: 'in', type: varchar2() },
    { name: 'MARK', mode: 'in', type: varchar2(), default: '!' },
  ],
  returns: { name: 'CLOB' },
  run: async ({ WORDS, MARK }) => {
    calls.push(String(WORDS))
    await new Promise((resolve) => setImmediate(resolve))
    return { value: WORDS === null ? null : `${String(WORDS).toUpperCase()}${MARK}` }
  },
}
const countShops: Subprogram = {
  name: 'TALK.COUNT_SHOPS',
  parameters: [],
  returns: NUMBER,
  run: async (_, context) => ({
    value:
      (await context.query('select count(*) from store.shops where id < :LIMIT', { LIMIT: number(3) })).rows[0]?.[0] ??
      null,
  }),
}
const fail: Subprogram = {
  name: 'TALK.FAIL',
  parameters: [],
  returns: NUMBER,
  run: () => {
    throw new OracleError(20001, 'on purpose')
  },
}
const release: { now?: () => void } = {}
const wait: Subprogram = {
  name: 'TALK.WAIT',
  parameters: [],
  returns: NUMBER,
  run: () =>
    new Promise((resolve) => {
      release.now = () => resolve({ value: number(1) })
    }),
}
const say: Subprogram = { name: 'TALK.SAY', parameters: [], run: () => ({}) }

const database = useEngine(shout, countShops, fail, wait, say)

describe('functions of packages in SQL', () => {
  it('take named, positional and bound arguments', async () => {
    const demo = database.user()
    expect(await demo.rows("select talk.shout(mark => '?', words => 'hey') as response from dual")).toEqual([['HEY?']])
    expect(await demo.rows("select sys.talk.shout(:w, '.') from dual", [[varchar2(10), 'you']])).toEqual([['YOU.']])
    expect(await demo.columns("select talk.shout('a') as response from dual")).toEqual([
      { name: 'RESPONSE', type: { name: 'CLOB' }, nullable: true },
    ])
  })

  it('may depend on rows, anywhere in a statement, and be part of expressions', async () => {
    const demo = database.user()
    const sql =
      "select lower(talk.shout(city)) || id from store.shops where talk.shout(city) like 'B%' order by id desc"
    expect(await demo.column(sql)).toEqual(['bodø!4', 'bergen!2'])
    expect(await demo.column('select talk.count_shops from dual')).toEqual(['2'])
  })

  it('are called once for each list of arguments at each place, not for each row', async () => {
    calls.length = 0
    await database.user().rows("select talk.shout(code), talk.shout('same') from store.shops where id <> 4")
    expect(calls.sort()).toEqual(['BGO ', 'OSL ', 'null', 'same'])
  })

  it('may be used by changes, which happen once', async () => {
    const demo = database.user()
    await demo.run('create table heard (words varchar2(20) not null)')
    expect(await demo.count('insert into heard select talk.shout(city) from store.shops')).toBe(4)
    expect(await demo.column('select words from heard order by words fetch first row only')).toEqual(['BERGEN!'])
    await demo.run('drop table heard')
  })

  it('pass their errors on', async () => {
    expect((await database.user().error('select talk.fail from dual')).message).toBe('ORA-20001: on purpose')
  })

  it('are refused when the call does not fit', async () => {
    const demo = database.user()
    expect((await demo.error('select talk.shout() from dual')).message).toBe(
      "ORA-06553: PLS-306: wrong number or types of arguments in call to 'SHOUT'",
    )
    expect((await demo.error("select talk.shout('a', loud => 'b') from dual")).number).toBe(6553)
    expect((await demo.error('select talk.say() from dual')).message).toBe(
      "ORA-06553: PLS-221: 'SAY' is not a procedure or is undefined",
    )
    expect(await demo.failure('select talk.nothing(1) from dual')).toBe('904 @7')
  })

  it('leave nothing behind when the session closes while they run', async () => {
    const owner = database.user('OWNER')
    await owner.run('create table late (n number)')
    const closing = database.user('OWNER')
    const change = closing.run('insert into late select talk.wait() from dual')
    await expect.poll(() => release.now).toBeTypeOf('function')
    closing.session.close()
    release.now?.()
    await expect(change).rejects.toMatchObject({ number: 1012 })
    expect(await owner.count('insert into late values (2)')).toBe(1)
    expect(await owner.column('select n from late')).toEqual(['2'])
  })

  it('stop when the statement is called off', async () => {
    const controller = new AbortController()
    const stopping: Subprogram = {
      ...say,
      name: 'TALK.STOP',
      returns: NUMBER,
      run: () => {
        controller.abort()
        return { value: number(1) }
      },
    }
    const { SqlEngine } = await import('../src/sql/sql-engine.ts')
    const { SubprogramRegistry } = await import('../src/execution/subprogram.ts')
    const registry = new SubprogramRegistry()
    registry.register(stopping)
    const engine = await SqlEngine.open({ subprograms: registry })
    try {
      const running = engine.session('DEMO').prepare('select talk.stop() from dual').execute([], controller.signal)
      await expect(running).rejects.toMatchObject({ number: 1013 })
    } finally {
      engine.close()
    }
  })
})

describe('statements of PL/SQL', () => {
  const signal = new AbortController().signal

  it('take variables where no column has the name', async () => {
    const { session } = database.user()
    const asked: string[] = []
    const variable = (path: readonly string[]) => {
      asked.push(path.join('.'))
      return path.join('.') === 'WANTED.ID' ? { type: NUMBER, value: number(2) } : undefined
    }
    const result = await session.execute('select city from store.shops where id = wanted.id', {}, variable, signal)
    expect(result.rows).toEqual([['Bergen']])
    expect(asked).toEqual(['WANTED.ID'])
    await expect(session.execute('select nope from dual', {}, variable, signal)).rejects.toMatchObject({ number: 904 })
  })

  it('take binds by name and by position', async () => {
    const { session } = database.user()
    const none = () => undefined
    const named = await session.execute(
      'select :x + :x from dual',
      { X: { type: NUMBER, value: number(2) } },
      none,
      signal,
    )
    expect(String(named.rows[0]?.[0])).toBe('4')
    const placed = await session.execute(
      'select :a || :b from dual',
      { 1: { type: varchar2(1), value: 'x' }, 2: { type: varchar2(1), value: 'y' } },
      none,
      signal,
    )
    expect(placed.rows).toEqual([['xy']])
  })

  it('call scalar functions outside any statement', () => {
    const { session } = database.user()
    const text = (value: string | null) => ({ type: varchar2(20), value })
    expect(session.callFunction('UPPER', [text('abc')])?.value).toBe('ABC')
    expect(session.callFunction('NVL', [text(null), text('z')])?.value).toBe('z')
    expect(session.callFunction('SUBSTR', [text('hello'), text('2'), text('2')])?.value).toBe('el')
    expect(session.callFunction('TO_CHAR', [{ type: NUMBER, value: number('.5') }])?.value).toBe('.5')
    expect(session.callFunction('NO_SUCH', [])).toBeUndefined()
  })
})
