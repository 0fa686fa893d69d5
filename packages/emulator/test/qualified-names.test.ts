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

const count = async (connection: oracledb.Connection, view: string) =>
  (await connection.execute<[number]>(`SELECT COUNT(*) FROM ${view}`)).rows?.[0]?.[0]

describe('names with their owner', () => {
  test.each([
    ['DEMO', 'C##CLOUD$SERVICE.user_cloud_ai_profiles'],
    ['DEMO', '"C##CLOUD$SERVICE".all_cloud_ai_profile_attributes'],
    ['DEMO', 'c##cloud$service.user_cloud_ai_conversations'],
    ['DEMO', 'c##cloud$service.ai_translation_languages'],
    ['DEMO', 'SYS.user_credentials'],
    ['DEMO', 'SYS.user_tables'],
    ['DEMO', 'SYS.dual'],
    ['DEMO', 'sys.v_$version'],
    ['ADMIN', 'SYS.dba_host_aces'],
    ['ADMIN', 'C##CLOUD$SERVICE.dba_cloud_ai_profiles'],
  ])('%s reads %s', async (user, view) => {
    expect(await count(user === 'ADMIN' ? admin : demo, view)).toBeGreaterThanOrEqual(0)
  })

  test.each(['SYS.user_cloud_ai_profiles', 'C##CLOUD$SERVICE.user_credentials', 'DEMO.user_tables'])(
    '%s is not where it is looked for',
    async (view) => {
      await expect(count(demo, view)).rejects.toMatchObject({ errorNum: 942 })
    },
  )

  test.each(['dba_host_aces', 'SYS.dba_host_aces', 'dba_cloud_ai_profiles', 'dba_cloud_ai_profile_attributes'])(
    '%s is the view of administrators',
    async (view) => {
      await expect(count(demo, view)).rejects.toMatchObject({ errorNum: 942 })
      expect(await count(admin, view)).toBeGreaterThanOrEqual(0)
    },
  )

  test('qualify columns', async () => {
    const { rows } = await demo.execute(
      'SELECT C##CLOUD$SERVICE.user_cloud_ai_profiles.profile_name FROM C##CLOUD$SERVICE.user_cloud_ai_profiles',
    )
    expect(rows).toEqual([['OCI_AI_PROFILE'], ['FILM_AI_PROFILE']])
  })

  test('find the profile of an owner, or else of the current schema, as other clients do', async () => {
    const find = (owner: string | null) =>
      demo.execute(
        `SELECT profile_name, description, owner FROM C##CLOUD$SERVICE.ALL_CLOUD_AI_PROFILES
          WHERE profile_name = :name AND owner = COALESCE(:owner, SYS_CONTEXT('USERENV', 'CURRENT_SCHEMA'))`,
        { name: 'OCI_AI_PROFILE', owner: { val: owner, type: oracledb.STRING } },
      )
    expect((await find(null)).rows).toMatchObject([['OCI_AI_PROFILE', expect.anything(), 'DEMO']])
    expect((await find('DEMO')).rows).toHaveLength(1)
    expect((await find('ADMIN')).rows).toEqual([])
  })

  test('are needed no longer once there is a public synonym', async () => {
    await expect(count(demo, 'promos')).rejects.toMatchObject({ errorNum: 942 })
    await admin.execute('CREATE PUBLIC SYNONYM promos FOR sh.promotions')
    expect(await count(demo, 'promos')).toBe(503)
    const { rows } = await demo.execute(
      `SELECT owner, table_owner, table_name FROM all_synonyms
        WHERE synonym_name IN ('PROMOS', 'DBMS_CLOUD_AI') ORDER BY table_name`,
    )
    expect(rows).toEqual([
      ['PUBLIC', 'C##CLOUD$SERVICE', 'DBMS_CLOUD_AI'],
      ['PUBLIC', 'SH', 'PROMOTIONS'],
    ])
    expect(await count(demo, 'user_synonyms')).toBe(0)
    expect(await count(admin, "dba_synonyms WHERE synonym_name = 'PROMOS'")).toBe(1)
    await admin.execute('DROP PUBLIC SYNONYM promos')
    await expect(count(demo, 'promos')).rejects.toMatchObject({ errorNum: 942 })
  })

  test('find packages, their constants and the types that are written as calls', async () => {
    await demo.execute(`BEGIN C##CLOUD$SERVICE.DBMS_CLOUD.CREATE_CREDENTIAL('OWNED', 'me', 'x'); END;`)
    const { outBinds } = await demo.execute<{ name: string }>(
      `BEGIN :name := SYS.DBMS_ASSERT.ENQUOTE_NAME('x') || SYS.DBMS_LOB.SUBSTR('abc', 1, 2); END;`,
      { name: { dir: oracledb.BIND_OUT, type: oracledb.STRING } },
    )
    expect(outBinds?.name).toBe('"X"b')
    await admin.execute(
      `BEGIN
         SYS.DBMS_NETWORK_ACL_ADMIN.APPEND_HOST_ACE(
           host => 'h',
           ace => SYS.xs$ace_type(
             privilege_list => SYS.xs$name_list('http'),
             principal_name => 'DEMO',
             principal_type => SYS.xs_acl.ptype_db));
       END;`,
    )
  })

  test.each(['SYS.DBMS_CLOUD_AI', 'DEMO.DBMS_CLOUD_AI', 'C##CLOUD$SERVICE.DBMS_LOB'])(
    'do not find %s, which is elsewhere',
    async (name) => {
      await expect(demo.execute(`BEGIN ${name}.CLEAR_PROFILE; END;`)).rejects.toMatchObject({ errorNum: 6550 })
    },
  )
})
