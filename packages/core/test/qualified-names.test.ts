import { readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { grantPrivileges, listCredentials, listNetworkAccess, revokePrivileges } from '../src/admin/index.ts'
import { resolvePoolOptions } from '../src/config/resolve-pool-options.ts'
import { qualifyStatement } from '../src/pool/qualify-statement.ts'
import { openDatabase, roundTrips } from './open-database.ts'

const schema = 'C##CLOUD$SERVICE'
const folder = new URL('../src/sql/', import.meta.url)
const files = readdirSync(folder).filter((file) => file.endsWith('statements.ts'))
const statementsOf = async (file: string): Promise<[string, string][]> => {
  const module: Record<string, unknown> = await import(new URL(file, folder).href)
  return Object.entries(module).filter((entry): entry is [string, string] => typeof entry[1] === 'string')
}
const statements = (await Promise.all(files.map(statementsOf))).flat()

/** Names that a statement could take from the schema of the user: packages, and what rows are read from. */
function namesIn(statement: string): string[] {
  const packages = statement.match(/[\w$#.]*\b(?:DBMS_\w+|XS\$\w+|XS_ACL)\b/gi) ?? []
  const tables = [...statement.matchAll(/\b(?:FROM|JOIN)\s+([\w$#.]+)/gi)].map(([, name]) => name as string)
  return [...packages, ...tables].filter((name) => !/^(?:dual|TO)$/i.test(name))
}

describe('the setting packageSchema', () => {
  it.each(files)('meets the statements of %s', async (file) => {
    expect(await statementsOf(file)).not.toEqual([])
  })

  it.each(statements)('names everything in %s by its owner', (_name, statement) => {
    const names = namesIn(qualifyStatement(statement, schema))
    for (const name of names) {
      const ofSelectAI = /DBMS_CLOUD|(USER|ALL|DBA)_(CLOUD|AI)_|\.AI_/i.test(name)
      expect(name).toMatch(ofSelectAI ? /^C##CLOUD\$SERVICE\.\w+$/ : /^SYS\.[\w$]+$/)
    }
    expect(names.length).toBe(namesIn(statement).length)
  })

  it('changes nothing but names', () => {
    for (const [, statement] of statements) {
      const plain = qualifyStatement(statement, schema).replaceAll(`${schema}.`, '').replaceAll('SYS.', '')
      expect(plain).toBe(statement)
    }
  })

  it.each([
    ['SELECT * FROM v$mapped_sql m JOIN V$SESSION s', 'SELECT * FROM SYS.V_$mapped_sql m JOIN SYS.V_$SESSION s'],
    ['SELECT user_prompt, :user_cloud_ai_x FROM t', 'SELECT user_prompt, :user_cloud_ai_x FROM t'],
    ['SYS.DBMS_LOB.X(a.DBMS_LOB)', 'SYS.DBMS_LOB.X(a.DBMS_LOB)'],
  ])('makes of %s', (statement, qualified) => {
    expect(qualifyStatement(statement, schema)).toBe(qualified)
  })

  it('takes a schema as it is', () => {
    expect(qualifyStatement('DBMS_CLOUD_AI.GENERATE', 'A$$B')).toBe('A$$B.DBMS_CLOUD_AI.GENERATE')
  })

  it.each(['A.B', 'A B', '"A"', '1A', "A'; DROP", '', 'n'.repeat(129)])('cannot be %j', (packageSchema) => {
    const settings = { user: 'u', password: 'p', connectString: 'c', packageSchema }
    expect(() => resolvePoolOptions(settings, {})).toThrow(
      expect.objectContaining({ code: 'CONFIGURATION', setting: 'packageSchema' }),
    )
  })
})

describe('a pool with packageSchema', () => {
  const pool = { packageSchema: schema }

  it('sends what it sends otherwise, in as many round trips, with the names qualified', async () => {
    await using database = await openDatabase({ emulator: {}, pool })
    const profile = database.pool.profile('OCI_AI_PROFILE')
    await profile.chat('hello')
    const before = roundTrips(database.emulator)
    expect(await profile.chat('hello')).toBe('echo of 5 characters')
    expect(roundTrips(database.emulator) - before).toBe(1)
    const sent = JSON.stringify(database.emulator.ledger.snapshot())
    expect(sent).toContain('C##CLOUD$SERVICE.DBMS_CLOUD_AI.GENERATE')
    expect(sent).toContain('SYS.DBMS_LOB.GETLENGTH')
  })

  it('asks, reads and changes as any other', async () => {
    await using database = await openDatabase({ emulator: {}, pool })
    const profile = database.pool.profile('QUALIFIED')
    await profile.createOrReplace({ attributes: { provider: 'oci', credential_name: 'OCI$RESOURCE_PRINCIPAL' } })
    await profile.createOrReplace({ attributes: { provider: 'oci', credential_name: 'OCI$RESOURCE_PRINCIPAL' } })
    await profile.merge({ temperature: 0 })
    expect((await profile.fetch()).attributes).toMatchObject({ temperature: 0 })
    expect(await database.pool.listProfiles({ pattern: '^QUAL' })).toHaveLength(1)
    expect(await profile.runSql('sql SELECT 1 AS one FROM dual')).toMatchObject({ rows: [{ ONE: 1 }] })
    expect(await profile.chat('answer 40000')).toHaveLength(40_000)
    await using session = profile.chatSession()
    await session.chat('hello')
    expect(await session.conversation?.listPrompts()).toHaveLength(1)
    expect(await database.pool.listConversations()).toHaveLength(1)
    expect(await database.pool.listTranslationLanguages()).not.toHaveLength(0)
    expect(await listCredentials(database.pool)).toEqual([])
    await profile.delete()
  })

  it('grants what is named by its owner', async () => {
    const users = [{ user: 'APP', password: 'app' }]
    await using database = await openDatabase({ emulator: { users }, pool: { ...pool, user: 'ADMIN' } })
    expect(await revokePrivileges(database.pool, 'APP')).toEqual([{ user: 'APP', status: 'fulfilled' }])
    expect(await grantPrivileges(database.pool, 'APP')).toEqual([{ user: 'APP', status: 'fulfilled' }])
    expect(await listNetworkAccess(database.pool)).toEqual([])
  })

  it('leaves the statements of others alone', async () => {
    await using database = await openDatabase({ pool })
    const names = await database.pool.withConnection(async (connection) => {
      await connection.execute('SELECT profile_name FROM user_cloud_ai_profiles')
      return database.emulator.ledger.snapshot()
    })
    expect(JSON.stringify(names)).not.toContain('SERVICE.user_cloud_ai_profiles')
  })
})
