import oracledb from 'oracledb'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Emulator, startEmulator } from '../src/index.ts'
import { scriptedModel } from './cloud-ai-fixture.ts'

let emulator: Emulator
let demo: oracledb.Connection
let other: oracledb.Connection
let admin: oracledb.Connection

beforeEach(async () => {
  const model = scriptedModel({ summarize: async () => 'a summary', translate: async () => 'a translation' })
  emulator = await startEmulator({ model, users: [{ user: 'OTHER', password: 'other' }] })
  const { connectString } = emulator
  demo = await oracledb.getConnection({ user: 'DEMO', password: 'demo', connectString })
  other = await oracledb.getConnection({ user: 'OTHER', password: 'other', connectString })
  admin = await oracledb.getConnection({ user: 'ADMIN', password: 'demo', connectString })
})

afterEach(async () => {
  for (const connection of [demo, other, admin]) await connection.close()
  await emulator.close()
})

const createProfile = (attributes: object) =>
  demo.execute(`BEGIN DBMS_CLOUD_AI.CREATE_PROFILE('P', :attributes); END;`, { attributes: JSON.stringify(attributes) })

const createCredential = (name: string, by = demo) =>
  by.execute(`BEGIN DBMS_CLOUD.CREATE_CREDENTIAL(:name, 'me', 'x'); END;`, { name })

const allow = (host: string, principal = 'DEMO', ports = '') =>
  admin.execute(
    `BEGIN
       DBMS_NETWORK_ACL_ADMIN.APPEND_HOST_ACE(
         host => :host, ${ports}
         ace => xs$ace_type(
           privilege_list => xs$name_list('http'), principal_name => :principal, principal_type => xs_acl.ptype_db));
     END;`,
    { host, principal },
  )

async function call(expression: string, by = demo): Promise<string> {
  const { outBinds } = await by.execute<{ answer: string }>(`BEGIN :answer := DBMS_CLOUD_AI.${expression}; END;`, {
    answer: { dir: oracledb.BIND_OUT, type: oracledb.STRING, maxSize: 4000 },
  })
  return outBinds?.answer ?? ''
}

const chat = (profile = 'P', by = demo) =>
  call(`GENERATE(prompt => 'hello', profile_name => '${profile}', action => 'chat')`, by)

describe('a call of a model', () => {
  const openai = { provider: 'openai', credential_name: 'KEY' }
  const noAccess = 'ORA-20000: ORA-24247: Network access denied by access control list (ACL)'

  test('needs the credential of the profile and access to the host of the provider', async () => {
    await createProfile(openai)
    await expect(chat()).rejects.toMatchObject({
      errorNum: 20004,
      message: expect.stringContaining('Credential KEY does not exist'),
    })
    await createCredential('KEY')
    await expect(chat()).rejects.toThrow(noAccess)
    await allow('api.openai.com')
    expect(await chat()).toBe('a chat answer')
  })

  test.each([
    ['showsql', `GENERATE('q', 'P', 'showsql')`],
    ['runsql', `GENERATE('q', 'P', 'runsql')`],
    ['explainsql', `GENERATE('q', 'P', 'explainsql')`],
    ['narrate', `GENERATE('q', 'P', 'narrate')`],
    ['SUMMARIZE', `SUMMARIZE(content => 'text', profile_name => 'P')`],
    ['TRANSLATE', `TRANSLATE('P', 'text', 'en', 'de')`],
  ])('is checked for %s too, and showprompt calls none', async (_what, expression) => {
    await createProfile(openai)
    await expect(call(expression)).rejects.toMatchObject({ errorNum: 20004 })
    expect(await call(`GENERATE('q', 'P', 'showprompt')`)).not.toBe('')
  })

  test.each([
    ['api.openai.com', openai, 'api.openai.com'],
    ['a pattern', openai, '*.openai.com'],
    ['every host', openai, '*'],
    ['Azure', { provider: 'azure', azure_resource_name: 'Mine', credential_name: 'KEY' }, 'mine.openai.azure.com'],
    [
      'AWS',
      { provider: 'aws', region: 'eu-west-1', credential_name: 'KEY' },
      'bedrock-runtime.eu-west-1.amazonaws.com',
    ],
    ['Google', { provider: 'google', credential_name: 'KEY' }, 'generativelanguage.googleapis.com'],
    ['Anthropic', { provider: 'anthropic', credential_name: 'KEY' }, 'api.anthropic.com'],
    ['Cohere', { provider: 'cohere', credential_name: 'KEY' }, 'api.cohere.ai'],
    ['Hugging Face', { provider: 'huggingface', credential_name: 'KEY' }, 'api-inference.huggingface.co'],
    ['an endpoint', { provider_endpoint: 'https://api.x.ai/v1', credential_name: 'KEY' }, 'api.x.ai'],
    ['an endpoint without a key', { provider_endpoint: 'api.x.ai:8443' }, 'api.x.ai'],
  ])('is let through to %s', async (_what, attributes, host) => {
    await createCredential('KEY')
    await createProfile(attributes)
    await allow('unrelated.example.com')
    await expect(chat()).rejects.toThrow(noAccess)
    await allow(host)
    expect(await chat()).toBe('a chat answer')
  })

  test('may be for everybody, but not for another user or another port', async () => {
    await createCredential('KEY')
    await createProfile(openai)
    await allow('api.openai.com', 'OTHER')
    await allow('api.openai.com', 'DEMO', 'lower_port => 80, upper_port => 80,')
    await expect(chat()).rejects.toThrow(noAccess)
    await allow('api.openai.com', 'PUBLIC')
    expect(await chat()).toBe('a chat answer')
  })

  test('counts what the call overrides', async () => {
    await createProfile({ provider: 'oci', credential_name: 'OCI$RESOURCE_PRINCIPAL' })
    const overridden = `GENERATE('q', 'P', 'chat', attributes => '{"credential_name": "MISSING"}')`
    await expect(call(overridden)).rejects.toMatchObject({ errorNum: 20004 })
  })

  test('looks for the credential of a location, too', async () => {
    const located = `SUMMARIZE(location_uri => 'http://127.0.0.1:1/', credential_name => 'STORE', profile_name => 'OCI_AI_PROFILE')`
    await expect(call(located)).rejects.toMatchObject({ errorNum: 20004 })
    await createCredential('STORE')
    await expect(call(located)).rejects.toMatchObject({ errorNum: 29273 })
  })

  test('needs no credential for the database itself, and one for a named provider', async () => {
    await createProfile({ provider: 'database' })
    expect(await chat()).toBe('a chat answer')
    await demo.execute(`BEGIN DBMS_CLOUD_AI.SET_ATTRIBUTE('P', 'provider', 'cohere'); END;`)
    await expect(chat()).rejects.toMatchObject({ errorNum: 20010 })
  })
})

describe('the identity of the database', () => {
  test('is there for the users of the start, and for others when it was enabled', async () => {
    expect(await chat('OCI_AI_PROFILE')).toBe('a chat answer')
    await admin.execute(`BEGIN DBMS_CLOUD_ADMIN.DISABLE_PRINCIPAL_AUTH(provider => 'OCI', username => 'DEMO'); END;`)
    await expect(chat('OCI_AI_PROFILE')).rejects.toMatchObject({ errorNum: 20004 })
    expect(await chat('OCI_AI_PROFILE', other)).toBe('a chat answer')
    await admin.execute(`BEGIN DBMS_CLOUD_ADMIN.ENABLE_PRINCIPAL_AUTH(provider => 'oci', username => 'demo'); END;`)
    expect(await chat('OCI_AI_PROFILE')).toBe('a chat answer')
  })

  test.each([
    ['who is no administrator', () => demo, `DISABLE_PRINCIPAL_AUTH('OCI')`, 6550],
    ['an unknown provider', () => admin, `ENABLE_PRINCIPAL_AUTH('NOBODY')`, 20000],
    ['an unknown user', () => admin, `ENABLE_PRINCIPAL_AUTH('OCI', 'NOBODY')`, 1917],
  ])('refuses %s', async (_what, who, statement, number) => {
    const attempt = who().execute(`BEGIN DBMS_CLOUD_ADMIN.${statement}; END;`)
    await expect(attempt).rejects.toMatchObject({ errorNum: number })
  })
})

describe('a credential of another user', () => {
  const shared = { provider: 'oci', credential_name: 'KEY' }

  test('is usable with a shared profile once it was granted', async () => {
    await createCredential('KEY')
    await createProfile(shared)
    await demo.execute(`BEGIN DBMS_CLOUD_AI.GRANT_PROFILE_ACCESS('P', 'OTHER'); END;`)
    await expect(chat('DEMO.P', other)).rejects.toMatchObject({ errorNum: 20004 })
    await demo.execute('GRANT EXECUTE ON key TO other')
    expect(await chat('DEMO.P', other)).toBe('a chat answer')
    await demo.execute('REVOKE EXECUTE ON demo.key FROM other')
    await expect(chat('DEMO.P', other)).rejects.toMatchObject({ errorNum: 20004 })
  })

  test('is found by its owner, or by a public synonym', async () => {
    await createCredential('KEY', other)
    await other.execute('GRANT EXECUTE ON key TO PUBLIC')
    await createProfile({ ...shared, credential_name: 'OTHER.KEY' })
    expect(await chat()).toBe('a chat answer')
    await demo.execute(`BEGIN DBMS_CLOUD_AI.SET_ATTRIBUTE('P', 'credential_name', 'SHORT'); END;`)
    await expect(chat()).rejects.toMatchObject({ errorNum: 20004 })
    await admin.execute('CREATE PUBLIC SYNONYM short FOR other.key')
    expect(await chat()).toBe('a chat answer')
    await expect(admin.execute('CREATE PUBLIC SYNONYM short FOR other.key')).rejects.toMatchObject({ errorNum: 955 })
    await admin.execute('CREATE OR REPLACE PUBLIC SYNONYM short FOR other.nothing')
    await expect(chat()).rejects.toMatchObject({ errorNum: 20004 })
    await admin.execute('DROP PUBLIC SYNONYM short')
    await expect(admin.execute('DROP PUBLIC SYNONYM short')).rejects.toMatchObject({ errorNum: 1432 })
  })

  test.each([
    ['a credential that does not exist', () => demo, 'GRANT EXECUTE ON no_key TO other', 4042],
    ['a credential of somebody else', () => other, 'GRANT EXECUTE ON demo.key TO admin', 1031],
    ['a user that does not exist', () => demo, 'GRANT EXECUTE ON key TO nobody', 1917],
    ['what was not granted', () => demo, 'REVOKE EXECUTE ON key FROM other', 1927],
    ['a synonym by who is no administrator', () => demo, 'CREATE PUBLIC SYNONYM s FOR demo.key', 1031],
    ['a synonym of nothing', () => admin, 'CREATE PUBLIC SYNONYM s', 905],
  ])('is not granted for %s', async (_what, who, statement, number) => {
    await createCredential('KEY')
    await expect(who().execute(statement)).rejects.toMatchObject({ errorNum: number })
  })
})

describe('data access', () => {
  test('is switched by the administrator, and only rows are kept back', async () => {
    await admin.execute('BEGIN DBMS_CLOUD_AI.DISABLE_DATA_ACCESS; END;')
    await expect(call(`GENERATE('q', 'OCI_AI_PROFILE', 'narrate')`)).rejects.toMatchObject({
      errorNum: 20000,
      message: expect.stringContaining('Data access is disabled for SELECT AI'),
    })
    for (const action of ['showsql', 'runsql', 'explainsql', 'chat']) {
      expect(await call(`GENERATE('q', 'OCI_AI_PROFILE', '${action}')`)).not.toBe('')
    }
    await admin.execute('BEGIN DBMS_CLOUD_AI.ENABLE_DATA_ACCESS(); END;')
    expect(await call(`GENERATE('q', 'OCI_AI_PROFILE', 'narrate')`)).not.toBe('')
  })

  test('is not for users', async () => {
    await expect(demo.execute('BEGIN DBMS_CLOUD_AI.DISABLE_DATA_ACCESS; END;')).rejects.toMatchObject({
      errorNum: 1031,
    })
  })
})

describe('tags of a conversation', () => {
  const tag = (statement: string, id: string) => demo.execute(`BEGIN DBMS_CLOUD_AI.${statement}; END;`, { id })

  test('are set and taken away', async () => {
    const id = await call('CREATE_CONVERSATION')
    await tag(`ADD_CONVERSATION_TAG(conversation_id => :id, tag_key => 'topic', tag_value => 'sales')`, id)
    await tag(`REMOVE_CONVERSATION_TAG(conversation_id => :id, tag_key => 'topic')`, id)
    await expect(tag(`REMOVE_CONVERSATION_TAG(:id, 'topic')`, id)).rejects.toThrow(
      'Conversation tag topic does not exist',
    )
    await tag(`REMOVE_CONVERSATION_TAG(:id, 'topic', TRUE)`, id)
    await expect(tag(`ADD_CONVERSATION_TAG(:id, ' ', 'x')`, id)).rejects.toMatchObject({ errorNum: 20050 })
    const unknown = '30C9DB6E-EA4D-AFBA-E063-9C6D46644B92'
    await expect(tag(`ADD_CONVERSATION_TAG(:id, 'topic', 'x')`, unknown)).rejects.toMatchObject({ errorNum: 20050 })
  })
})
