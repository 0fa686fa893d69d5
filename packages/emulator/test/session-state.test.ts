import { inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import { OracleError } from '../src/oracle-error.ts'
import { CursorTable } from '../src/session/cursor-table.ts'
import { Ledger } from '../src/session/ledger.ts'
import { LobStore } from '../src/session/lob-store.ts'
import { UserDirectory } from '../src/session/user-directory.ts'
import { NUMBER, varchar2 } from '../src/values/oracle-type.ts'
import { decimal } from './protocol-fixture.ts'

const about = { user: 'DEMO', service: 'S', program: undefined }

describe('a ledger', () => {
  it('balances what was opened and what was logged off', () => {
    const ledger = new Ledger()
    const [first, second] = [ledger.openSession(about), ledger.openSession(about)]
    first.end('logoff')
    first.end('disconnect')
    second.end('dropped')
    expect(ledger.snapshot()).toMatchObject({ opened: 2, loggedOff: 1, open: 0 })
    expect(ledger.sessions.map(({ id, ended }) => [id, ended])).toEqual([
      [1, 'logoff'],
      [2, 'dropped'],
    ])
  })

  it('keeps binds by name, cuts long text and hides what is secret', () => {
    const ledger = new Ledger()
    const entry = ledger.openSession(about)
    const note = entry.startStatement(
      "begin p(password => 'canary', x => :x); execute immediate 'alter user a identified by canary'; end;",
      ['X', 'PASSWORD', 'N', 'NOTHING', 'LIST'],
      [
        { type: varchar2(), value: 'y'.repeat(1000) },
        { type: varchar2(), value: 'canary' },
        { type: NUMBER, value: decimal(5) },
        { type: varchar2(), value: null },
        { type: NUMBER, value: null, elements: [decimal(1)] },
      ],
    )
    note('failed', 20_000)
    const [statement] = ledger.sessions[0]?.statements ?? []
    expect(statement?.binds).toEqual([
      { name: 'X', type: 'VARCHAR2', value: 'y'.repeat(200), length: 1000 },
      { name: 'PASSWORD', type: 'VARCHAR2', value: '***' },
      { name: 'N', type: 'NUMBER', value: 5 },
      { name: 'NOTHING', type: 'VARCHAR2', value: null },
      { name: 'LIST', type: 'NUMBER', value: '[1 elements]', length: 1 },
    ])
    expect(statement).toMatchObject({ outcome: 'failed', error: 20_000 })
    expect(inspect(ledger, { depth: 9, showHidden: true })).not.toMatch(/canary/)
  })

  it('forgets the oldest beyond its limits', () => {
    const ledger = new Ledger({ statements: 2, sessions: 1 })
    const entry = ledger.openSession(about)
    for (const sql of ['a', 'b', 'c']) entry.startStatement(sql, [], [])('done')
    expect(ledger.sessions[0]?.statements.map(({ sql }) => sql)).toEqual(['b', 'c'])
    entry.end('logoff')
    ledger.openSession(about).end('logoff')
    expect(ledger.sessions.map(({ id }) => id)).toEqual([2])
    expect(ledger.opened).toBe(2)
  })

  it('starts afresh with the sessions that are open', () => {
    const ledger = new Ledger()
    ledger.openSession(about).end('logoff')
    const open = ledger.openSession(about)
    open.roundTrip()
    ledger.reset()
    expect(ledger.snapshot()).toMatchObject({ opened: 1, loggedOff: 0, open: 1, sessions: [{ id: 2, roundTrips: 0 }] })
  })

  it('lets tests wait for what will happen, and says what did not', async () => {
    const ledger = new Ledger()
    const waited = ledger.waitFor(({ open }) => open === 1)
    ledger.openSession(about)
    await waited
    await expect(ledger.waitFor(({ open }) => open === 5, 10)).rejects.toThrow(/open === 5.*within 10 ms.*"opened": 1/s)
  })
})

describe('a cursor table', () => {
  it('gives ids that fit in two bytes, each to one cursor', () => {
    const table = new CursorTable(2)
    const kept = table.open('kept', undefined)
    const ids = new Set<number>()
    for (let index = 0; index < 70_000; index += 1) {
      const { id } = table.open('passing', undefined)
      ids.add(id)
      table.close(id)
    }
    expect(ids.has(kept.id)).toBe(false)
    expect(Math.max(...[...ids].slice(-10))).toBeLessThan(65_536)
    expect(ids.size).toBe(65_534)
    table.open('second', undefined)
    expect(() => table.open('third', undefined)).toThrow('ORA-01000')
    expect(() => table.get(999)).toThrow('ORA-01001')
  })
})

describe('a LOB store', () => {
  const limits = { temporaryCount: 2, temporarySize: 100, fetchedCount: 2, fetchedSize: 50 }

  it('writes anywhere, fills gaps and trims', () => {
    const store = new LobStore(limits)
    const text = store.createTemporary('CLOB', 'abc')
    store.write(text, 3, 'def')
    store.write(text, 1, 'XY')
    store.write(text, 8, '!')
    expect(text.content).toBe('aXYdef  !')
    store.trim(text, 2)
    expect(text.content).toBe('aX')
    expect(() => store.trim(text, 3)).toThrow('ORA-22926')
    const bytes = store.createTemporary('BLOB')
    store.write(bytes, 0, Uint8Array.of(1, 2, 3))
    store.write(bytes, 5, Uint8Array.of(9))
    store.trim(bytes, 6)
    store.write(bytes, 2, Uint8Array.of(7, 7))
    store.write(bytes, 7, Uint8Array.of(8))
    expect([...(bytes.content as Uint8Array)]).toEqual([1, 2, 7, 7, 0, 9, 0, 8])
  })

  it('never changes the bytes that it was given', () => {
    const store = new LobStore(limits)
    const given = Uint8Array.of(1, 2, 3)
    const lob = store.createTemporary('BLOB', given)
    store.write(lob, 0, Uint8Array.of(9, 9, 9, 9))
    expect([...given]).toEqual([1, 2, 3])
  })

  it('counts what temporary LOBs hold, and gives the room back', () => {
    const store = new LobStore(limits)
    const lob = store.createTemporary('CLOB', 'x'.repeat(60))
    expect(() => store.write(lob, 60, 'y'.repeat(41))).toThrow('ORA-01652')
    const second = store.createTemporary('CLOB', 'y'.repeat(40))
    expect(() => store.createTemporary('CLOB')).toThrow(OracleError)
    store.free(second.id)
    store.write(lob, 60, 'y'.repeat(40))
    store.free(lob.id)
    expect(store.size).toBe(0)
    expect(() => store.get(lob.id)).toThrow('ORA-22922')
  })

  it('forgets fetched LOBs, oldest first, and never frees or changes them for the client', () => {
    const store = new LobStore(limits)
    const made = ['a', 'b', 'c'].map((text) => store.createFetched('CLOB', text))
    expect(() => store.get(made[0]?.id ?? 0)).toThrow('ORA-22922')
    const large = store.createFetched('CLOB', 'z'.repeat(60))
    expect(store.get(large.id).content.length).toBe(60)
    expect(store.size).toBe(1)
    expect(() => store.write(large, 0, 'x')).toThrow('ORA-22920')
    store.free(large.id)
    expect(store.size).toBe(1)
  })
})

describe('a user directory', () => {
  it('keeps no password and gives unknown users a verifier that looks like any other', () => {
    const users = new UserDirectory()
    users.add('demo', 'canary')
    expect(inspect(users, { depth: 9, showHidden: true })).not.toMatch(/canary/)
    expect(users.verifier('DEMO').matchesPassword('canary')).toBe(true)
    expect(users.verifier('demo').matchesPassword('Canary')).toBe(false)
    const [once, again] = [users.verifier('nobody'), users.verifier('NOBODY')]
    expect(once.salt).toEqual(again.salt)
    expect(once.salt.length).toBe(users.verifier('demo').salt.length)
    expect(once.matchesPassword('')).toBe(false)
  })
})
