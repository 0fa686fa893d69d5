import { inspect } from 'node:util'
import oracledb from 'oracledb'
import { describe, expect, it } from 'vitest'
import { moreDialects, startScripted } from './protocol-fixture.ts'
import { rows } from './scripted-database.ts'

describe.each(moreDialects)('a logon (%s)', (_name, protocol) => {
  it('succeeds with the right password, pings and says goodbye', async () => {
    await using server = await startScripted(protocol)
    const connection = await server.connect()
    await connection.ping()
    expect(connection.serviceName).toBe('FREEPDB1')
    expect(connection.isHealthy()).toBe(true)
    await connection.close()
    await server.emulator.ledger.waitFor((ledger) => ledger.open === 0)
    expect(server.emulator.ledger).toMatchObject({ opened: 1, loggedOff: 1 })
    expect(server.emulator.ledger.sessions[0]).toMatchObject({
      id: 1,
      user: 'DEMO',
      service: 'FREEPDB1',
      ended: 'logoff',
      roundTrips: 2,
    })
  })

  it('takes a new password, at the logon and later', async () => {
    await using server = await startScripted(protocol)
    const first = await server.connect({ newPassword: 'größe ✓' })
    await expect(server.connect()).rejects.toThrow('ORA-01017')
    await expect(first.changePassword('demo', 'demo', 'other')).rejects.toThrow('ORA-28008')
    await expect(first.changePassword('sh', 'größe ✓', 'other')).rejects.toThrow('ORA-01017')
    await first.changePassword('demo', 'größe ✓', 'other')
    await first.changePassword('demo', 'other', 'another one')
    await first.ping()
    await (await server.connect({ password: 'another one' })).close()
    await first.close()
    expect(inspect(server.emulator.ledger, { depth: 9 })).not.toContain('another one')
  })

  it('fails in the same way for a wrong password and for an unknown user', async () => {
    await using server = await startScripted(protocol)
    const messageOf = async (attributes: oracledb.ConnectionAttributes) =>
      server.connect(attributes).then(
        () => 'connected',
        (error: Error) => error.message,
      )
    const wrong = await messageOf({ password: 'Demo' })
    expect(wrong).toMatch(/^ORA-01017: /)
    expect(await messageOf({ user: 'nobody' })).toBe(wrong)
    expect(server.emulator.ledger.opened).toBe(0)
    expect(server.log).toEqual(['logon of DEMO denied: ORA-01017', 'logon of an unknown user denied: ORA-01017'])
  })
})

describe('a logon', () => {
  it('is refused for a service or a SID that does not exist', async () => {
    await using server = await startScripted()
    const { port } = server.emulator
    await expect(server.connect({ connectString: `127.0.0.1:${port}/other` })).rejects.toThrow('NJS-518')
    const bySid = `(DESCRIPTION=(ADDRESS=(PROTOCOL=TCP)(HOST=127.0.0.1)(PORT=${port}))(CONNECT_DATA=(SID=FREE)))`
    await expect(server.connect({ connectString: bySid })).rejects.toThrow('NJS-519')
  })

  it('finds the service whatever its case, and connect data too long for one packet', async () => {
    await using server = await startScripted()
    const { port } = server.emulator
    const long = 'x'.repeat(400)
    const connectString = `(DESCRIPTION=(ADDRESS=(PROTOCOL=TCP)(HOST=127.0.0.1)(PORT=${port}))(CONNECT_DATA=(SERVICE_NAME=freepdb1)(PADDING=${long})))`
    await (await server.connect({ connectString })).close()
    expect(server.emulator.ledger.opened).toBe(1)
  })

  it('lets in every user that was given, quoted names by their exact case', async () => {
    await using server = await startScripted({}, { users: [{ user: '"Anna"', password: 'größe ✓' }] })
    const connection = await server.connect({ user: '"Anna"', password: 'größe ✓' })
    expect(server.emulator.ledger.sessions[0]?.user).toBe('Anna')
    await connection.close()
    await expect(server.connect({ user: 'anna', password: 'größe ✓' })).rejects.toThrow('ORA-01017')
  })

  it('is not granted as SYSDBA, nor for another user', async () => {
    await using server = await startScripted()
    await expect(server.connect({ privilege: oracledb.SYSDBA })).rejects.toThrow('ORA-01017')
    await expect(server.connect({ user: 'demo[sh]' })).rejects.toThrow('ORA-28150')
  })

  it('takes fifty clients at once', async () => {
    await using server = await startScripted()
    server.database.on('select who from t', (_binds, { session }) =>
      rows([{ name: 'WHO', type: { name: 'VARCHAR2', length: 30 } }], [[session.user]]),
    )
    const connections = await Promise.all(Array.from({ length: 50 }, () => server.connect()))
    const results = await Promise.all(connections.map((connection) => connection.execute('select who from t')))
    expect(results.map((result) => result.rows)).toEqual(Array.from({ length: 50 }, () => [['DEMO']]))
    expect(server.emulator.ledger.open).toBe(50)
    await Promise.all(connections.map((connection) => connection.close()))
    await server.emulator.ledger.waitFor((ledger) => ledger.loggedOff === 50)
  })

  it('works at every size of the data unit that a client may ask for', async () => {
    await using server = await startScripted()
    const long = 'ä'.repeat(9000)
    server.database.on('select c from t', () =>
      rows([{ name: 'C', type: { name: 'VARCHAR2', length: 32767 } }], [[long]]),
    )
    for (const sdu of [512, 2048, 65_535, 1_000_000]) {
      const connection = await server.connect({ connectString: `${server.emulator.connectString}?sdu=${sdu}` })
      expect((await connection.execute('select c from t')).rows).toEqual([[long]])
      await connection.close()
    }
  })

  it('leaves no password behind in anything that can be printed', async () => {
    const password = 'canary-4711'
    await using server = await startScripted({}, { password, users: [{ user: 'other', password: 'canary-4712' }] })
    await (await server.connect({ password })).close()
    await server.connect({ user: password, password: 'canary-4713' }).catch(() => {})
    const shown = `${inspect(server.emulator, { depth: 20, showHidden: true })}${JSON.stringify(server.emulator.ledger.snapshot())}`
    expect(shown).not.toMatch(/canary/)
    expect(server.log.join()).not.toMatch(/canary/)
  })
})
