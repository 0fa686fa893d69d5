import type { Emulator } from '@select-ai/emulator'
import { expect, it } from 'vitest'
import * as admin from '../src/admin/index.ts'
import type { Profile, SelectAIPool } from '../src/index.ts'
import { openDatabase, roundTrips } from './open-database.ts'

/** What a method may be tried on. */
interface Subject {
  readonly pool: SelectAIPool
  /** A pool of an administrator. */
  readonly admin: SelectAIPool
  readonly profile: Profile
}

/** A method of the public surface, as users write it, and the round trips of its second and every later call on a connection. */
interface Counted {
  readonly method: string
  readonly note?: string
  call(subject: Subject): Promise<unknown>
}

const long = 'answer 40000'
const key = { username: 'OPENAI', password: 'secret' }

const methods: readonly Counted[] = [
  { method: 'pool.profile(name)', call: async ({ pool }) => pool.profile('OCI_AI_PROFILE') },
  { method: 'pool.stats(), pool.health()', call: async ({ pool }) => [pool.stats(), pool.health()] },
  { method: 'pool.isConnected()', note: 'a ping', call: ({ pool }) => pool.isConnected() },
  {
    method: 'pool.withConnection(work)',
    note: 'those of the work; a roll back more when it leaves a transaction open',
    call: ({ pool }) => pool.withConnection(() => {}),
  },
  { method: 'profile.chat(prompt)', call: ({ profile }) => profile.chat('hello') },
  {
    method: 'profile.chat(prompt)',
    note: 'an answer of more than 8000 characters',
    call: ({ profile }) => profile.chat(long),
  },
  { method: 'profile.narrate(prompt)', call: ({ profile }) => profile.narrate('sql SELECT 1 AS one FROM dual') },
  { method: 'profile.showSql(prompt)', call: ({ profile }) => profile.showSql('sql SELECT 1 AS one FROM dual') },
  { method: 'profile.explainSql(prompt)', call: ({ profile }) => profile.explainSql('sql SELECT 1 AS one FROM dual') },
  { method: 'profile.runSql(prompt)', call: ({ profile }) => profile.runSql('sql SELECT 1 AS one FROM dual') },
  { method: 'profile.showPrompt(prompt)', call: ({ profile }) => profile.showPrompt('How many promotions?') },
  {
    method: 'profile.generate(prompt, { action })',
    call: ({ profile }) => profile.generate('hello', { action: 'chat' }),
  },
  {
    method: 'createOrReplaceCredential(pool, name, definition)',
    call: ({ pool }) => admin.createOrReplaceCredential(pool, 'CRED', key),
  },
  {
    method: 'updateCredential(pool, name, changes)',
    call: ({ pool }) => admin.updateCredential(pool, 'CRED', key),
  },
  {
    method: 'grantPrivileges(pool, users)',
    note: 'one for each user',
    call: ({ admin: pool }) => admin.grantPrivileges(pool, 'DEMO'),
  },
  {
    method: 'revokePrivileges(pool, users)',
    note: 'one for each user',
    call: ({ admin: pool }) => admin.revokePrivileges(pool, 'OTHER'),
  },
  {
    method: 'grantHttpAccess(pool, users, host)',
    note: 'one for each user',
    call: ({ admin: pool }) => admin.grantHttpAccess(pool, 'DEMO', 'api.openai.com'),
  },
  {
    method: 'revokeHttpAccess(pool, users, host)',
    note: 'one for each user',
    call: ({ admin: pool }) => admin.revokeHttpAccess(pool, 'DEMO', 'api.openai.com'),
  },
  {
    method: 'grantNetworkAccess(pool, users, access)',
    note: 'one for each user and privilege; revoking likewise',
    call: ({ admin: pool }) => admin.grantNetworkAccess(pool, 'DEMO', { host: 'smtp.example.com', privileges: 'smtp' }),
  },
  { method: 'listNetworkAccess(pool)', call: ({ admin: pool }) => admin.listNetworkAccess(pool) },
  { method: 'listCredentials(pool)', call: ({ pool }) => admin.listCredentials(pool) },
  {
    method: 'deleteCredential(pool, name)',
    call: ({ pool }) => admin.deleteCredential(pool, 'CRED', { force: true }),
  },
]

async function countOf(emulator: Emulator, subject: Subject, { call }: Counted): Promise<number> {
  await call(subject)
  const before = roundTrips(emulator)
  await call(subject)
  return roundTrips(emulator) - before
}

it('counts the round trips of every method, for the table in the documentation', async () => {
  const users = [{ user: 'OTHER', password: 'other' }]
  await using database = await openDatabase({ emulator: { users }, pool: { poolMax: 1 } })
  const admin = await database.createPool({ user: 'ADMIN', password: 'demo', poolMax: 1 })
  const subject = { pool: database.pool, admin, profile: database.pool.profile('OCI_AI_PROFILE') }
  const lines = ['| Method | Round trips | |', '| --- | --- | --- |']
  for (const counted of methods) {
    const count = await countOf(database.emulator, subject, counted)
    lines.push(`| \`${counted.method}\` | ${count} | ${counted.note ?? ''} |`)
  }
  await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot('../../../docs/measured/round-trips.md')
})
