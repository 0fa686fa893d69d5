import oracledb from 'oracledb'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Emulator, startEmulator } from '../src/index.ts'

let emulator: Emulator
let admin: oracledb.Connection
let demo: oracledb.Connection

beforeAll(async () => {
  emulator = await startEmulator({ users: [{ user: '"Mixed"', password: 'mixed' }] })
  const { connectString } = emulator
  admin = await oracledb.getConnection({ user: 'ADMIN', password: 'demo', connectString })
  demo = await oracledb.getConnection({ user: 'DEMO', password: 'demo', connectString })
})

afterAll(async () => {
  await admin.close()
  await demo.close()
  await emulator.close()
})

const block = `BEGIN :answer := DBMS_CLOUD_AI.GENERATE('hello', 'OCI_AI_PROFILE', 'chat'); END;`
const ask = () => demo.execute(block, { answer: { dir: oracledb.BIND_OUT, type: oracledb.STRING, maxSize: 4000 } })
const askInSql = () => demo.execute(`SELECT DBMS_CLOUD_AI.GENERATE('hello', 'OCI_AI_PROFILE', 'chat') FROM dual`)

describe('EXECUTE on the packages of Select AI', () => {
  test('is there from the start, can be revoked and granted, and counts at once', async () => {
    await ask()
    await askInSql()
    await admin.execute('REVOKE EXECUTE ON DBMS_CLOUD_AI FROM demo')
    await expect(ask()).rejects.toMatchObject({
      errorNum: 6550,
      message: expect.stringContaining(`PLS-00201: identifier 'DBMS_CLOUD_AI' must be declared`),
    })
    await expect(askInSql()).rejects.toMatchObject({ errorNum: 904 })
    await demo.execute(`BEGIN DBMS_CLOUD.CREATE_CREDENTIAL('MINE', 'me', 'x'); END;`)
    await admin.execute('GRANT EXECUTE ON C##CLOUD$SERVICE.DBMS_CLOUD_AI TO demo, "Mixed"')
    await ask()
    await askInSql()
  })

  test('can be granted by a block, as clients do it', async () => {
    const grant = (verb: string, preposition: string) =>
      admin.execute(
        `DECLARE
           TYPE names IS TABLE OF VARCHAR2(30);
           packages names := names('DBMS_CLOUD', 'DBMS_CLOUD_AI', 'DBMS_CLOUD_AI_AGENT', 'DBMS_CLOUD_PIPELINE');
           grantee VARCHAR2(200) := DBMS_ASSERT.ENQUOTE_NAME(DBMS_ASSERT.SCHEMA_NAME(:grantee), FALSE);
         BEGIN
           FOR i IN 1 .. packages.COUNT LOOP
             EXECUTE IMMEDIATE '${verb} EXECUTE ON ' || packages(i) || ' ${preposition} ' || grantee;
           END LOOP;
         END;`,
        { grantee: 'DEMO' },
      )
    await grant('REVOKE', 'FROM')
    await expect(ask()).rejects.toMatchObject({ errorNum: 6550 })
    await grant('GRANT', 'TO')
    await ask()
  })

  test.each([
    ['a package that does not exist', () => admin, 'GRANT EXECUTE ON no_package TO demo', 4042],
    ['a user that does not exist', () => admin, 'GRANT EXECUTE ON DBMS_CLOUD_AI TO nobody', 1917],
    ['oneself', () => admin, 'GRANT EXECUTE ON DBMS_CLOUD_AI TO admin', 1749],
    ['who may not grant', () => demo, 'GRANT EXECUTE ON DBMS_CLOUD_AI TO "Mixed"', 1031],
    ['what was not granted', () => admin, 'REVOKE EXECUTE ON DBMS_CLOUD_AI FROM sh', 1927],
    ['other privileges', () => admin, 'GRANT FLY ON sh.sales TO demo', 990],
    ['a missing word', () => admin, 'GRANT EXECUTE DBMS_CLOUD_AI TO demo', 905],
    ['no user', () => admin, 'GRANT EXECUTE ON DBMS_CLOUD_AI TO', 987],
  ])('refuses %s', async (_what, who, statement, number) => {
    await expect(who().execute(statement)).rejects.toMatchObject({ errorNum: number })
  })
})
