import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Emulator, startEmulator } from '../src/index.ts'
import { scriptedModel } from './cloud-ai-fixture.ts'
import { SelectAiSession } from './select-ai-session.ts'

let emulator: Emulator
let admin: SelectAiSession
let demo: SelectAiSession
let other: SelectAiSession

beforeAll(async () => {
  emulator = await startEmulator({ model: scriptedModel(), users: [{ user: 'OTHER', password: 'other' }] })
  admin = await SelectAiSession.open(emulator, 'admin', 'demo')
  demo = await SelectAiSession.open(emulator)
  other = await SelectAiSession.open(emulator, 'other', 'other')
  await admin.connection.execute('CREATE ROLE readers')
})
afterAll(async () => {
  for (const session of [admin, demo, other]) await session.close()
  await emulator.close()
})

const become = (role: string) => admin.connection.execute(`GRANT ${role} TO other`)
const leave = (role: string) => admin.connection.execute(`REVOKE ${role} FROM other`)

describe('a role', () => {
  test('is created and dropped by administrators alone, under a name that nobody has', async () => {
    const { connection } = admin
    await expect(demo.connection.execute('CREATE ROLE mine')).rejects.toMatchObject({ errorNum: 1031 })
    await expect(connection.execute('CREATE ROLE readers')).rejects.toMatchObject({ errorNum: 1921 })
    await expect(connection.execute('CREATE ROLE demo')).rejects.toMatchObject({ errorNum: 1921 })
    await expect(connection.execute('CREATE USER readers NO AUTHENTICATION')).rejects.toMatchObject({ errorNum: 1920 })
    await connection.execute('CREATE ROLE IF NOT EXISTS readers NOT IDENTIFIED')
    await expect(connection.execute('DROP ROLE nobodys')).rejects.toMatchObject({ errorNum: 1919 })
    await connection.execute('DROP ROLE IF EXISTS nobodys')
    const roles = "SELECT role FROM dba_roles WHERE oracle_maintained = 'N'"
    expect(await admin.select(roles)).toEqual([{ ROLE: 'READERS' }])
  })

  test('brings what was granted to it, also by way of another role, until it is revoked', async () => {
    await admin.connection.execute('CREATE ROLE outer_role')
    await admin.connection.execute('GRANT readers TO outer_role')
    await expect(admin.connection.execute('GRANT outer_role TO readers')).rejects.toMatchObject({ errorNum: 1934 })
    await demo.connection.execute('CREATE TABLE shelf (n NUMBER)')
    await demo.connection.execute('GRANT SELECT ON shelf TO readers')
    const read = () => other.select('SELECT * FROM demo.shelf')
    await expect(read()).rejects.toMatchObject({ errorNum: 942 })
    await become('outer_role')
    expect(await read()).toEqual([])
    expect(await other.select('SELECT role FROM session_roles ORDER BY role')).toEqual([
      { ROLE: 'DB_DEVELOPER_ROLE' },
      { ROLE: 'OUTER_ROLE' },
      { ROLE: 'READERS' },
    ])
    await leave('outer_role')
    await expect(read()).rejects.toMatchObject({ errorNum: 942 })
    await demo.connection.execute('DROP TABLE shelf')
    await admin.connection.execute('DROP ROLE outer_role')
  })

  test('carries system privileges', async () => {
    await admin.connection.execute('CREATE USER plain IDENTIFIED BY plain')
    await admin.connection.execute('CREATE ROLE visitors')
    await admin.connection.execute('GRANT CREATE SESSION TO visitors')
    await expect(SelectAiSession.open(emulator, 'plain', 'plain')).rejects.toMatchObject({ errorNum: 1045 })
    await admin.connection.execute('GRANT visitors TO plain')
    const plain = await SelectAiSession.open(emulator, 'plain', 'plain')
    expect(await plain.select('SELECT privilege FROM session_privs')).toEqual([{ PRIVILEGE: 'CREATE SESSION' }])
    await plain.close()
    await admin.connection.execute('DROP ROLE visitors')
    await expect(SelectAiSession.open(emulator, 'plain', 'plain')).rejects.toMatchObject({ errorNum: 1045 })
  })

  test('may run the packages that are granted to it', async () => {
    const ask = () => other.generate('hello', 'chat')
    await admin.connection.execute('REVOKE EXECUTE ON dbms_cloud_ai FROM other')
    await admin.connection.execute('GRANT EXECUTE ON dbms_cloud_ai TO readers')
    await expect(ask()).rejects.toMatchObject({ errorNum: 904 })
    await become('readers')
    expect(await ask()).toBe('a chat answer')
    await leave('readers')
    await admin.connection.execute('REVOKE EXECUTE ON dbms_cloud_ai FROM readers')
    await admin.connection.execute('GRANT EXECUTE ON dbms_cloud_ai TO other')
  })
})

describe('access for a role', () => {
  const grantee = { user_or_role_name: 'readers' }

  test('to a profile and its credential and host lets the users with the role ask', async () => {
    await demo.connection.execute(`BEGIN DBMS_CLOUD.CREATE_CREDENTIAL('KEYS', 'me', 'secret'); END;`)
    const attributes = '{"provider": "openai", "credential_name": "KEYS"}'
    await demo.call('CREATE_PROFILE', { profile_name: 'SHARED', attributes })
    await demo.call('GRANT_PROFILE_ACCESS', { profile_name: 'SHARED', ...grantee })
    const ask = () =>
      other.value("SELECT DBMS_CLOUD_AI.GENERATE('hi', profile_name => 'DEMO.SHARED', action => 'chat') FROM dual")
    const shared = "SELECT profile_name FROM all_cloud_ai_profiles WHERE owner = 'DEMO' AND profile_name = 'SHARED'"
    await expect(ask()).rejects.toMatchObject({ errorNum: 20046 })
    expect(await other.select(shared)).toEqual([])
    await become('readers')
    expect(await other.select(shared)).toHaveLength(1)
    await expect(ask()).rejects.toMatchObject({ errorNum: 20004 })
    await demo.connection.execute('GRANT EXECUTE ON keys TO readers')
    const credentials = "SELECT owner FROM all_credentials WHERE credential_name = 'KEYS'"
    expect(await other.select(credentials)).toEqual([{ OWNER: 'DEMO' }])
    await expect(ask()).rejects.toThrow('ORA-24247')
    await admin.connection.execute(
      `BEGIN DBMS_NETWORK_ACL_ADMIN.APPEND_HOST_ACE(host => 'api.openai.com', ace => xs$ace_type(
         privilege_list => xs$name_list('http'), principal_name => 'READERS', principal_type => xs_acl.ptype_db)); END;`,
    )
    expect(await ask()).toBe('a chat answer')
    await demo.call('REVOKE_PROFILE_ACCESS', { profile_name: 'SHARED', ...grantee })
    await expect(ask()).rejects.toMatchObject({ errorNum: 20046 })
    await leave('readers')
    expect(await other.select(credentials)).toEqual([])
  })

  test('to a team lets the users with the role run it', async () => {
    const agents = (block: string) => demo.connection.execute(`BEGIN DBMS_CLOUD_AI_AGENT.${block}; END;`)
    await agents(`CREATE_AGENT('A', '{"profile_name": "OCI_AI_PROFILE", "role": "Help"}')`)
    await agents(`CREATE_TASK('T', '{"instruction": "{query}", "enable_human_tool": false}')`)
    await agents(`CREATE_TEAM('TEAM', '{"agents": [{"name": "A", "task": "T"}]}')`)
    const set = () => other.connection.execute(`BEGIN DBMS_CLOUD_AI_AGENT.SET_TEAM('DEMO.TEAM'); END;`)
    await agents(`GRANT_TEAM_ACCESS('TEAM', 'readers')`)
    await expect(set()).rejects.toMatchObject({ errorNum: 20053 })
    await become('readers')
    await set()
    await leave('readers')
    await expect(set()).rejects.toMatchObject({ errorNum: 20053 })
  })

  test('to a vector index shows it to the users with the role, and PUBLIC stands for everybody', async () => {
    await demo.call('CREATE_VECTOR_INDEX', {
      index_name: 'PAPERS',
      attributes: '{"location": "http://127.0.0.1:1/none", "profile_name": "OCI_AI_PROFILE"}',
    })
    const seen = () => other.select("SELECT index_name FROM all_cloud_vector_indexes WHERE owner = 'DEMO'")
    await demo.call('GRANT_VECTOR_INDEX_ACCESS', { index_name: 'PAPERS', ...grantee })
    expect(await seen()).toEqual([])
    await become('readers')
    expect(await seen()).toEqual([{ INDEX_NAME: 'PAPERS' }])
    await admin.connection.execute('DROP ROLE readers')
    expect(await seen()).toEqual([])
    const gone = demo.call('GRANT_VECTOR_INDEX_ACCESS', { index_name: 'PAPERS', ...grantee })
    await expect(gone).rejects.toMatchObject({ errorNum: 1917 })
    await demo.call('GRANT_VECTOR_INDEX_ACCESS', { index_name: 'PAPERS', user_or_role_name: 'public' })
    expect(await seen()).toEqual([{ INDEX_NAME: 'PAPERS' }])
  })
})
