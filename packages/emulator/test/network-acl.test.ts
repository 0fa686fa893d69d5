import oracledb from 'oracledb'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Emulator, startEmulator } from '../src/index.ts'

let emulator: Emulator
let admin: oracledb.Connection
let demo: oracledb.Connection

beforeAll(async () => {
  emulator = await startEmulator()
  const { connectString } = emulator
  admin = await oracledb.getConnection({ user: 'ADMIN', password: 'demo', connectString })
  demo = await oracledb.getConnection({ user: 'DEMO', password: 'demo', connectString })
})

afterAll(async () => {
  await admin.close()
  await demo.close()
  await emulator.close()
})

function change(name: string, host: string | null, user = 'DEMO', ports: [number?, number?] = []): Promise<unknown> {
  return admin.execute(
    `BEGIN
       SYS.DBMS_NETWORK_ACL_ADMIN.${name}(
         host => :host,
         lower_port => :lower_port,
         upper_port => :upper_port,
         ace => xs$ace_type(
           privilege_list => xs$name_list(:privilege_1, 'http'),
           principal_name => :principal,
           principal_type => xs_acl.ptype_db));
     END;`,
    {
      host: { val: host, type: oracledb.STRING },
      lower_port: { val: ports[0] ?? null, type: oracledb.NUMBER },
      upper_port: { val: ports[1] ?? null, type: oracledb.NUMBER },
      privilege_1: 'connect',
      principal: user,
    },
  )
}

const rows = async (connection: oracledb.Connection, sql: string) => (await connection.execute(sql)).rows

describe('DBMS_NETWORK_ACL_ADMIN', () => {
  test('adds and removes entries, which the views show', async () => {
    await change('APPEND_HOST_ACE', 'api.openai.com')
    await change('APPEND_HOST_ACE', '*.Example.com', 'demo', [443, 8443])
    const all =
      'SELECT host, lower_port, upper_port, principal, privilege FROM dba_host_aces ORDER BY ace_order, privilege'
    expect(await rows(admin, all)).toEqual([
      ['api.openai.com', null, null, 'DEMO', 'CONNECT'],
      ['api.openai.com', null, null, 'DEMO', 'HTTP'],
      ['*.example.com', 443, 8443, 'DEMO', 'CONNECT'],
      ['*.example.com', 443, 8443, 'DEMO', 'HTTP'],
    ])
    await expect(rows(demo, all)).rejects.toMatchObject({ errorNum: 942 })
    const own = 'SELECT host, privilege, status FROM user_host_aces WHERE lower_port IS NULL ORDER BY privilege'
    expect(await rows(demo, own)).toEqual([
      ['api.openai.com', 'CONNECT', 'GRANTED'],
      ['api.openai.com', 'HTTP', 'GRANTED'],
    ])
    await change('REMOVE_HOST_ACE', 'api.openai.com')
    await change('REMOVE_HOST_ACE', 'api.openai.com')
    expect(await rows(demo, own)).toEqual([])
  })

  test('is for administrators', async () => {
    await expect(
      demo.execute(`BEGIN DBMS_NETWORK_ACL_ADMIN.APPEND_HOST_ACE('h', ace => xs$ace_type(xs$name_list('http'))); END;`),
    ).rejects.toMatchObject({ errorNum: 6550 })
  })

  test.each([
    ['an entry that is there', () => change('APPEND_HOST_ACE', '*.example.com', 'demo', [443, 8443]), 46212],
    ['an address instead of a host', () => change('APPEND_HOST_ACE', 'https://api.openai.com'), 24244],
    ['ports in the wrong order', () => change('APPEND_HOST_ACE', 'h', 'demo', [9, 8]), 24244],
    ['a port that is none', () => change('APPEND_HOST_ACE', 'h', 'demo', [70_000]), 24244],
    ['no host', () => change('APPEND_HOST_ACE', null), 29261],
    ['a user that does not exist', () => change('APPEND_HOST_ACE', 'h', 'nobody'), 46238],
  ])('refuses %s', async (_what, attempt, number) => {
    await expect(attempt()).rejects.toMatchObject({ errorNum: number })
  })
})
