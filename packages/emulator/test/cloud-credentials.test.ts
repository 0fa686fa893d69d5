import oracledb from 'oracledb'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Emulator, startEmulator } from '../src/index.ts'

let emulator: Emulator
let connection: oracledb.Connection

beforeAll(async () => {
  emulator = await startEmulator()
  const { connectString } = emulator
  connection = await oracledb.getConnection({ user: 'DEMO', password: 'demo', connectString })
})

afterAll(async () => {
  await connection.close()
  await emulator.close()
})

const call = (text: string, binds: oracledb.BindParameters = {}) =>
  connection.execute(`BEGIN DBMS_CLOUD.${text}; END;`, binds)

async function credentials(): Promise<unknown> {
  const statement = 'SELECT credential_name, username, comments, enabled FROM user_credentials ORDER BY 1'
  return (await connection.execute(statement)).rows
}

describe('DBMS_CLOUD credentials', () => {
  test('are created in either form, changed and dropped', async () => {
    await call(`CREATE_CREDENTIAL('web', 'me', 'secret')`)
    await call(
      `CREATE_CREDENTIAL(credential_name => 'OCI', user_ocid => 'u', tenancy_ocid => 't', private_key => 'k',
        fingerprint => 'f', comments => 'a key')`,
    )
    const web = ['WEB', 'me', null, 'TRUE']
    expect(await credentials()).toEqual([['OCI', 'u', 'a key', 'TRUE'], web])
    await call(`UPDATE_CREDENTIAL('oci', 'comments', 'another')`)
    expect(await credentials()).toEqual([['OCI', 'u', 'another', 'TRUE'], web])
    await call(`DROP_CREDENTIAL('Oci')`)
    expect(await credentials()).toEqual([web])
  })

  test.each([
    ['a name that is taken', `CREATE_CREDENTIAL('WEB', 'me', 'secret')`, 20022],
    ['no name', `CREATE_CREDENTIAL(NULL, 'me', 'secret')`, 20010],
    ['a name that is none', `CREATE_CREDENTIAL('a b', 'me', 'secret')`, 20010],
    ['a name that is too long', `CREATE_CREDENTIAL(RPAD('n', 129, 'n'), 'me', 'secret')`, 20008],
    ['both forms at once', `CREATE_CREDENTIAL('MIX', username => 'me', user_ocid => 'u')`, 6550],
    ['half a key', `CREATE_CREDENTIAL('HALF', user_ocid => 'u', private_key => 'k')`, 6550],
    ['an update of nobody', `UPDATE_CREDENTIAL('NOBODY', 'PASSWORD', 'x')`, 20004],
    ['an attribute that does not exist', `UPDATE_CREDENTIAL('WEB', 'COLOUR', 'x')`, 20000],
    ['dropping nobody', `DROP_CREDENTIAL('NOBODY')`, 20004],
  ])('refuse %s', async (_what, text, number) => {
    await expect(call(text)).rejects.toMatchObject({ errorNum: number })
  })

  test('keep their secrets out of the ledger, whatever the binds are called', async () => {
    await call('CREATE_CREDENTIAL(credential_name => :1, username => :2, password => :3)', ['POS', 'me', 'canary-one'])
    await call('UPDATE_CREDENTIAL(:n, :a, :v)', { n: 'POS', a: 'PASSWORD', v: 'canary-two' })
    await call(`UPDATE_CREDENTIAL('POS', 'PASSWORD', 'canary''three')`)
    const kept = JSON.stringify(emulator.ledger.sessions.flatMap(({ statements }) => statements))
    expect(kept).toContain('CREATE_CREDENTIAL')
    expect(kept).not.toContain('canary')
  })
})
