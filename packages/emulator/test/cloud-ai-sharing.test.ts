import oracledb from 'oracledb'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Emulator, startEmulator } from '../src/index.ts'

let emulator: Emulator
let owner: oracledb.Connection
let other: oracledb.Connection
let admin: oracledb.Connection

beforeEach(async () => {
  emulator = await startEmulator({ users: [{ user: 'OTHER', password: 'other' }] })
  const { connectString } = emulator
  owner = await oracledb.getConnection({ user: 'DEMO', password: 'demo', connectString })
  other = await oracledb.getConnection({ user: 'OTHER', password: 'other', connectString })
  admin = await oracledb.getConnection({ user: 'ADMIN', password: 'demo', connectString })
  await owner.execute(
    `BEGIN
       DBMS_CLOUD_AI.CREATE_PROFILE('SHARED', '{"provider": "oci", "credential_name": "OCI$RESOURCE_PRINCIPAL"}');
     END;`,
  )
})

afterEach(async () => {
  for (const connection of [owner, other, admin]) await connection.close()
  await emulator.close()
})

const share = (verb: 'GRANT' | 'REVOKE', profile: string, grantee: string, by = owner) =>
  by.execute(`BEGIN DBMS_CLOUD_AI.${verb}_PROFILE_ACCESS(profile_name => :p, user_or_role_name => :u); END;`, {
    p: profile,
    u: grantee,
  })

async function chat(connection: oracledb.Connection, profile: string): Promise<string> {
  const { outBinds } = await connection.execute<{ answer: string }>(
    `BEGIN :answer := DBMS_CLOUD_AI.GENERATE('hello', profile_name => :profile, action => 'chat'); END;`,
    { answer: { dir: oracledb.BIND_OUT, type: oracledb.STRING, maxSize: 4000 }, profile },
  )
  return outBinds?.answer ?? ''
}

const names = async (connection: oracledb.Connection, view: string) =>
  (await connection.execute(`SELECT owner, profile_name FROM ${view} ORDER BY 1, 2`)).rows

describe('a profile', () => {
  test('can be used by another user while it is shared', async () => {
    await expect(chat(other, 'DEMO.SHARED')).rejects.toMatchObject({ errorNum: 20046 })
    await share('GRANT', 'shared', 'other')
    expect(await chat(other, 'demo.shared')).not.toBe('')
    await expect(chat(other, 'SHARED')).rejects.toMatchObject({ errorNum: 20046 })
    await share('REVOKE', 'SHARED', 'OTHER')
    await expect(chat(other, 'DEMO.SHARED')).rejects.toMatchObject({ errorNum: 20046 })
  })

  test('shows in the views of those who may use it, and in that of administrators', async () => {
    const mine = [
      ['OTHER', 'FILM_AI_PROFILE'],
      ['OTHER', 'OCI_AI_PROFILE'],
    ]
    expect(await names(other, 'all_cloud_ai_profiles')).toEqual(mine)
    await share('GRANT', 'SHARED', 'PUBLIC')
    expect(await names(other, 'all_cloud_ai_profiles')).toEqual([['DEMO', 'SHARED'], ...mine])
    expect(await names(other, 'all_cloud_ai_profile_attributes')).toContainEqual(['DEMO', 'SHARED'])
    expect(await names(admin, 'dba_cloud_ai_profiles')).toContainEqual(['DEMO', 'SHARED'])
    const own = await other.execute('SELECT profile_name FROM user_cloud_ai_profiles ORDER BY 1')
    expect(own.rows).toEqual([['FILM_AI_PROFILE'], ['OCI_AI_PROFILE']])
  })

  test('is no longer shared when it was dropped and made again', async () => {
    await share('GRANT', 'SHARED', 'OTHER')
    await owner.execute(
      `BEGIN
         DBMS_CLOUD_AI.DROP_PROFILE('SHARED');
         DBMS_CLOUD_AI.CREATE_PROFILE('SHARED', '{"provider": "oci", "credential_name": "OCI$RESOURCE_PRINCIPAL"}');
       END;`,
    )
    await expect(chat(other, 'DEMO.SHARED')).rejects.toMatchObject({ errorNum: 20046 })
  })

  test('of another user can be that of the session', async () => {
    await share('GRANT', 'SHARED', 'OTHER')
    const { outBinds } = await other.execute<Record<string, string>>(
      `BEGIN
         DBMS_CLOUD_AI.SET_PROFILE('DEMO.SHARED');
         DBMS_CLOUD_AI.GET_PROFILE(:name, :owner);
         :answer := DBMS_CLOUD_AI.GENERATE('hello', action => 'chat');
       END;`,
      Object.fromEntries(['name', 'owner', 'answer'].map((name) => [name, { dir: oracledb.BIND_OUT, maxSize: 4000 }])),
    )
    expect(outBinds).toMatchObject({ name: 'SHARED', owner: 'DEMO' })
    expect(outBinds?.answer).not.toBe('')
  })

  test.each([
    ['a profile that does not exist', () => share('GRANT', 'NOBODYS', 'OTHER'), 20046],
    ['a profile of somebody else', () => share('GRANT', 'SHARED', 'DEMO', other), 20046],
    ['a user that does not exist', () => share('GRANT', 'SHARED', 'NOBODY'), 1917],
  ])('is not shared for %s', async (_what, attempt, number) => {
    await expect(attempt()).rejects.toMatchObject({ errorNum: number })
  })
})
