import oracledb from 'oracledb'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Emulator, startEmulator } from '../src/index.ts'

let emulator: Emulator
let admin: oracledb.Connection
let demo: oracledb.Connection

beforeAll(async () => {
  emulator = await startEmulator()
  admin = await logOn('ADMIN', 'demo')
  demo = await logOn('DEMO', 'demo')
})
afterAll(async () => {
  await admin.close()
  await demo.close()
  await emulator.close()
})

function logOn(user: string, password: string): Promise<oracledb.Connection> {
  return oracledb.getConnection({ user, password, connectString: emulator.connectString })
}

async function rows(connection: oracledb.Connection, sql: string) {
  return (await connection.execute<unknown[]>(sql)).rows ?? []
}

/** A new user who may log on and have tables. */
async function newUser(name: string): Promise<oracledb.Connection> {
  await admin.execute(`CREATE USER ${name} IDENTIFIED BY "s3cret" QUOTA UNLIMITED ON users`)
  await admin.execute(`GRANT CREATE SESSION, CREATE TABLE TO ${name}`)
  return logOn(name, 's3cret')
}

describe('a user who was created', () => {
  test('logs on when there is a password, CREATE SESSION and no lock', async () => {
    await admin.execute(
      'CREATE USER ada IDENTIFIED BY Case_Kept DEFAULT TABLESPACE users QUOTA 10M ON users PROFILE default',
    )
    await expect(logOn('ada', 'Case_Kept')).rejects.toMatchObject({ errorNum: 1045 })
    await admin.execute('GRANT CREATE SESSION TO ada')
    await expect(logOn('ada', 'CASE_KEPT')).rejects.toMatchObject({ errorNum: 1017 })
    const ada = await logOn('ada', 'Case_Kept')
    expect(await rows(ada, 'SELECT USER, username, account_status FROM user_users')).toEqual([['ADA', 'ADA', 'OPEN']])
    expect(await rows(ada, 'SELECT privilege FROM session_privs')).toEqual([['CREATE SESSION']])
    await ada.execute('ALTER USER ada IDENTIFIED BY "another one" REPLACE Case_Kept')
    await ada.close()
    await expect(logOn('ada', 'Case_Kept')).rejects.toMatchObject({ errorNum: 1017 })
    await (await logOn('ada', 'another one')).close()
    await admin.execute('ALTER USER ada ACCOUNT LOCK')
    await expect(logOn('ada', 'another one')).rejects.toMatchObject({ errorNum: 28000 })
    expect(await rows(admin, `SELECT account_status FROM dba_users WHERE username = 'ADA'`)).toEqual([['LOCKED']])
    await admin.execute('ALTER USER ada ACCOUNT UNLOCK')
    await (await logOn('ada', 'another one')).close()
  })

  test('creates what privileges and roles allow, within a quota', async () => {
    const { connectString } = emulator
    await admin.execute('CREATE USER bob IDENTIFIED BY bob')
    await admin.execute('GRANT CONNECT TO bob')
    const bob = await oracledb.getConnection({ user: 'bob', password: 'bob', connectString })
    const definitions = [
      'CREATE TABLE t (n NUMBER)',
      'CREATE VIEW v AS SELECT * FROM dual',
      'CREATE FUNCTION f RETURN NUMBER IS BEGIN RETURN 1; END;',
    ]
    for (const sql of definitions) await expect(bob.execute(sql)).rejects.toMatchObject({ errorNum: 1031 })
    await admin.execute('GRANT RESOURCE, CREATE VIEW TO bob')
    for (const sql of definitions) await bob.execute(sql)
    await expect(bob.execute('INSERT INTO t VALUES (1)')).rejects.toMatchObject({ errorNum: 1950 })
    await admin.execute('ALTER USER bob QUOTA UNLIMITED ON users')
    await bob.execute('INSERT INTO t VALUES (1)', {}, { autoCommit: true })
    expect(await rows(bob, 'SELECT granted_role FROM user_role_privs ORDER BY 1')).toEqual([['CONNECT'], ['RESOURCE']])
    expect(await rows(bob, 'SELECT privilege FROM user_sys_privs')).toEqual([['CREATE VIEW']])
    await admin.execute('REVOKE CREATE VIEW FROM bob')
    await expect(bob.execute('CREATE VIEW w AS SELECT * FROM dual')).rejects.toMatchObject({ errorNum: 1031 })
    await bob.close()
  })

  test('goes with everything, when nobody is connected and CASCADE says so', async () => {
    const eve = await newUser('eve')
    await eve.execute('CREATE TABLE things (id NUMBER PRIMARY KEY)')
    await eve.execute('GRANT REFERENCES ON things TO demo')
    await demo.execute('CREATE TABLE parts (id NUMBER REFERENCES eve.things)')
    await expect(admin.execute('DROP USER eve')).rejects.toMatchObject({ errorNum: 1940 })
    await eve.close()
    await emulator.ledger.waitFor(({ open }) => open === 2)
    await expect(admin.execute('DROP USER eve')).rejects.toMatchObject({ errorNum: 1922 })
    await admin.execute('DROP USER eve CASCADE')
    await expect(logOn('eve', 's3cret')).rejects.toMatchObject({ errorNum: 1017 })
    expect(await rows(admin, `SELECT * FROM all_users WHERE username = 'EVE'`)).toEqual([])
    await demo.execute('INSERT INTO parts VALUES (1)')
    await demo.rollback()
    const again = await newUser('eve')
    expect(await rows(again, 'SELECT table_name FROM user_tables')).toEqual([])
    await again.close()
  })

  test('is made administrator by the role DBA', async () => {
    const dba = await newUser('boss')
    await expect(dba.execute('CREATE USER minion IDENTIFIED BY m')).rejects.toMatchObject({ errorNum: 1031 })
    await admin.execute('GRANT DBA TO boss')
    await dba.execute('CREATE USER minion IDENTIFIED BY m')
    await dba.execute('DROP USER minion')
    await dba.close()
  })

  test('may run Select AI once EXECUTE is granted', async () => {
    const iris = await newUser('iris')
    const ask = () => iris.execute(`SELECT DBMS_CLOUD_AI.GENERATE('hello', 'NOBODYS', 'chat') FROM dual`)
    await expect(ask()).rejects.toMatchObject({ errorNum: 904 })
    await admin.execute('GRANT EXECUTE ON DBMS_CLOUD_AI TO iris')
    await expect(ask()).rejects.toMatchObject({ errorNum: 20046 })
    await iris.close()
  })

  test('never shows the password in the ledger', async () => {
    await admin.execute('CREATE USER quiet IDENTIFIED BY canary_4711')
    const text = JSON.stringify(emulator.ledger.snapshot())
    expect(text).toContain('CREATE USER quiet IDENTIFIED BY ***')
    expect(text).not.toContain('canary_4711')
  })

  test.each([
    ['a name that is taken', 'CREATE USER demo IDENTIFIED BY x', 1920],
    ['the name of a role', 'CREATE USER resource IDENTIFIED BY x', 1920],
    ['a missing password', 'CREATE USER nobody', 1935],
    ['a password that is none', 'CREATE USER nobody IDENTIFIED BY 12', 988],
    ['an unknown option', 'CREATE USER nobody IDENTIFIED BY x FASTER', 922],
    ['a user that is not there', 'ALTER USER nobody IDENTIFIED BY x', 1918],
    ['nothing to alter', 'ALTER USER demo', 922],
    ['to drop nobody', 'DROP USER nobody', 1918],
    ['a privilege that is none', 'GRANT FLY HIGH TO demo', 990],
    ['a role that is none', 'GRANT pilot TO demo', 1919],
    ['an unknown grantee', 'GRANT CREATE SESSION TO nobody', 1917],
    ['a privilege that was not granted', 'REVOKE CREATE JOB FROM demo', 1952],
    ['a role that was not granted', 'REVOKE DBA FROM demo', 1951],
  ])('refuses %s', async (_what, sql, errorNum) => {
    await expect(admin.execute(sql)).rejects.toMatchObject({ errorNum })
  })

  test('lets nobody but administrators do that', async () => {
    for (const sql of [
      'CREATE USER x IDENTIFIED BY x',
      'ALTER USER admin IDENTIFIED BY x',
      'ALTER USER demo ACCOUNT LOCK',
      'DROP USER sh',
      'GRANT DBA TO demo',
    ]) {
      await expect(demo.execute(sql)).rejects.toMatchObject({ errorNum: 1031 })
    }
    await expect(rows(demo, 'SELECT * FROM dba_users')).rejects.toMatchObject({ errorNum: 942 })
  })
})

describe('privileges on tables and views', () => {
  test('are what others need, one by one', async () => {
    const fred = await newUser('fred')
    await demo.execute('CREATE TABLE goods (id NUMBER PRIMARY KEY, label VARCHAR2(20))')
    await demo.execute(`INSERT INTO goods VALUES (1, 'tea')`)
    await demo.commit()
    const statements = {
      READ: 'SELECT label FROM demo.goods',
      INSERT: `INSERT INTO demo.goods VALUES (2, 'cake')`,
      UPDATE: `UPDATE demo.goods SET label = 'coffee'`,
      DELETE: 'DELETE FROM demo.goods',
    }
    for (const sql of Object.values(statements))
      await expect(fred.execute(sql)).rejects.toMatchObject({ errorNum: 942 })
    for (const [privilege, sql] of Object.entries(statements)) {
      await demo.execute(`GRANT ${privilege} ON goods TO fred`)
      await fred.execute(sql)
      await fred.rollback()
      await demo.execute(`REVOKE ${privilege} ON goods FROM fred`)
    }
    await demo.execute('GRANT INSERT ON goods TO fred')
    await expect(fred.execute(statements.READ)).rejects.toMatchObject({ errorNum: 1031 })
    await expect(fred.execute(statements.DELETE)).rejects.toMatchObject({ errorNum: 1031 })
    await expect(fred.execute('DROP TABLE demo.goods')).rejects.toMatchObject({ errorNum: 1031 })
    await expect(fred.execute('CREATE TABLE demo.more (n NUMBER)')).rejects.toMatchObject({ errorNum: 1031 })
    expect(await rows(fred, 'SELECT owner, table_name, privilege FROM user_tab_privs')).toEqual([
      ['DEMO', 'GOODS', 'INSERT'],
    ])
    await demo.execute('GRANT ALL ON goods TO PUBLIC')
    await fred.execute('MERGE INTO demo.goods g USING dual ON (g.id = 1) WHEN MATCHED THEN UPDATE SET label = 1')
    await fred.rollback()
    await fred.close()
  })

  test('on a view let read what its owner may read', async () => {
    const gina = await newUser('gina')
    await demo.execute('CREATE TABLE hidden (n NUMBER)')
    await demo.execute('CREATE VIEW shown AS SELECT COUNT(*) AS n FROM hidden')
    await demo.execute('GRANT SELECT ON shown TO gina')
    expect(await rows(gina, 'SELECT n FROM demo.shown')).toEqual([[0]])
    await expect(gina.execute('SELECT n FROM demo.hidden')).rejects.toMatchObject({ errorNum: 942 })
    expect(await rows(gina, `SELECT view_name FROM all_views WHERE owner = 'DEMO'`)).toEqual([['SHOWN']])
    await demo.execute('DROP VIEW shown')
    await demo.execute('CREATE VIEW shown AS SELECT 1 AS n FROM dual')
    await expect(gina.execute('SELECT n FROM demo.shown')).rejects.toMatchObject({ errorNum: 942 })
    await gina.close()
  })

  test.each([
    ['a table that does not exist', 'GRANT SELECT ON nowhere TO admin', 942],
    ['somebody else’s table', 'GRANT SELECT ON sh.sales TO admin', 1031],
    ['EXECUTE on a table', 'GRANT EXECUTE ON lonely TO admin', 2224],
    ['to oneself', 'GRANT SELECT ON lonely TO demo', 1749],
    ['what was not granted', 'REVOKE SELECT ON lonely FROM admin', 1927],
    ['single columns', 'GRANT UPDATE (n) ON lonely TO admin', 3001],
    ['a grant option', 'GRANT SELECT ON lonely TO admin WITH GRANT OPTION', 3001],
  ])('refuse %s', async (_what, sql, errorNum) => {
    await demo.execute('CREATE TABLE IF NOT EXISTS lonely (n NUMBER)')
    await expect(demo.execute(sql)).rejects.toMatchObject({ errorNum })
  })
})
