import type { Emulator } from '@select-ai/emulator'
import { expect, it } from 'vitest'
import * as admin from '../src/admin/index.ts'
import type {
  ChatSession,
  Conversation,
  Profile,
  SelectAIPool,
  VectorIndex,
  VectorIndexDefinition,
} from '../src/index.ts'
import { serveDocuments } from './document-server.ts'
import { openDatabase, roundTrips } from './open-database.ts'

/** What a method may be tried on. */
interface Subject {
  readonly pool: SelectAIPool
  /** A pool of an administrator. */
  readonly admin: SelectAIPool
  readonly profile: Profile
  /** A profile that may be changed, and one with a long description. */
  readonly other: Profile
  readonly wordy: Profile
  readonly conversation: Conversation
  readonly session: ChatSession
  /** A vector index, and what it is made from. */
  readonly index: VectorIndex
  readonly documents: VectorIndexDefinition
}

/** A method of the public surface, as users write it, and the round trips of its second and every later call on a connection. */
interface Counted {
  readonly method: string
  readonly note?: string
  call(subject: Subject): Promise<unknown>
}

const long = 'answer 40000'
const definition = { attributes: { provider: 'openai', credential_name: 'CRED' } } as const
const statement = { prompt: 'How many promotions?', action: 'showsql' } as const
const key = { username: 'OPENAI', password: 'secret' }

const agentAttributes = { profile_name: 'OCI_AI_PROFILE', role: 'You help' }
const specification = { name: 'IMPORTED_AGENT', task: { task_name: 'IMPORTED_TASK', instruction: 'Answer' } }

const methods: readonly Counted[] = [
  { method: 'pool.profile(name)', call: async ({ pool }) => pool.profile('OCI_AI_PROFILE') },
  { method: 'pool.stats(), pool.health()', call: async ({ pool }) => [pool.stats(), pool.health()] },
  { method: 'pool.isConnected()', note: 'which pings', call: ({ pool }) => pool.isConnected() },
  {
    method: 'pool.withConnection(work)',
    note: 'beside those of the work; one more when it leaves a transaction open',
    call: ({ pool }) => pool.withConnection(() => {}),
  },
  { method: 'profile.chat(prompt)', call: ({ profile }) => profile.chat('hello') },
  {
    method: 'profile.chat(prompt)',
    note: 'for an answer of more than 8000 characters',
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
    method: 'profile.stream(prompt)',
    note: 'whose pieces cost none',
    call: async ({ profile }) => {
      for await (const _piece of profile.stream('hello'));
    },
  },
  {
    method: 'profile.askMany(questions)',
    note: 'for each question',
    call: async ({ profile }) => {
      for await (const _answer of profile.askMany(['hello']));
    },
  },
  {
    method: 'profile.askMany(questions, { pipeline: true })',
    note: 'for a hundred questions',
    call: async ({ profile }) => {
      for await (const _answer of profile.askMany(Array(100).fill('hello'), { pipeline: true }));
    },
  },
  {
    method: 'profile.summarize(source)',
    call: ({ profile }) => profile.summarize({ content: 'A text. Another one.' }),
  },
  {
    method: 'profile.translate(text, { targetLanguage })',
    call: ({ profile }) => profile.translate('Thank you', { sourceLanguage: 'en', targetLanguage: 'de' }),
  },
  { method: 'pool.listTranslationLanguages()', call: ({ pool }) => pool.listTranslationLanguages() },
  {
    method: 'profile.addNegativeFeedback(feedback)',
    note: 'and `addPositiveFeedback`',
    call: ({ profile }) => profile.addNegativeFeedback({ ...statement, response: 'SELECT 2 AS two FROM dual' }),
  },
  {
    method: 'profile.deleteFeedback(target)',
    note: 'also when there is none',
    call: ({ profile }) => profile.deleteFeedback(statement).catch(() => {}),
  },
  {
    method: 'profile.generateSyntheticData(request)',
    call: ({ profile }) => profile.generateSyntheticData({ objectName: 'FILLED', recordCount: 1 }),
  },
  { method: 'profile.createOrReplace(definition)', call: ({ other }) => other.createOrReplace(definition) },
  { method: 'profile.fetch()', call: ({ other }) => other.fetch() },
  {
    method: 'profile.fetch()',
    note: 'with a text of more than 1000 characters',
    call: ({ wordy }) => wordy.fetch(),
  },
  { method: 'pool.listProfiles({ pattern })', call: ({ pool }) => pool.listProfiles({ pattern: '^OTHER$' }) },
  { method: 'profile.merge(attributes)', call: ({ other }) => other.merge({ temperature: 0 }) },
  { method: 'profile.setAttribute(name, value)', call: ({ other }) => other.setAttribute('temperature', 1) },
  { method: 'profile.grantAccess(userOrRole)', call: ({ other }) => other.grantAccess('OTHER') },
  { method: 'profile.revokeAccess(userOrRole)', call: ({ other }) => other.revokeAccess('OTHER') },
  { method: 'profile.definition()', call: ({ other }) => other.definition() },
  { method: 'profile.disable()', call: ({ other }) => other.disable() },
  { method: 'profile.enable()', call: ({ other }) => other.enable() },
  { method: 'profile.delete()', call: ({ other }) => other.delete({ force: true }) },
  { method: 'pool.conversation(id), profile.chatSession()', call: async ({ profile }) => profile.chatSession() },
  { method: 'pool.createConversation()', call: ({ pool }) => pool.createConversation() },
  { method: 'pool.listConversations()', call: ({ pool }) => pool.listConversations() },
  { method: 'conversation.fetch()', call: ({ conversation }) => conversation.fetch() },
  { method: 'conversation.update(changes)', call: ({ conversation }) => conversation.update({ title: 'Another' }) },
  { method: 'conversation.listPrompts()', call: ({ conversation }) => conversation.listPrompts() },
  { method: 'conversation.addTag(key, value)', call: ({ conversation }) => conversation.addTag('topic', 'sales') },
  {
    method: 'conversation.removeTag(key)',
    call: ({ conversation }) => conversation.removeTag('topic', { force: true }),
  },
  { method: 'session.chat(prompt)', call: ({ session }) => session.chat('hello') },
  {
    method: 'session.stream(prompt)',
    note: 'whose pieces cost none',
    call: async ({ session }) => {
      for await (const _piece of session.stream('hello'));
    },
  },
  { method: 'conversation.delete()', call: ({ conversation }) => conversation.delete({ force: true }) },
  { method: 'pool.vectorIndex(name)', call: async ({ pool }) => pool.vectorIndex('INDEX') },
  { method: 'index.createOrReplace(definition)', call: ({ index, documents }) => index.createOrReplace(documents) },
  {
    method: 'index.createOrReplace(definition, { waitForCompletion, linkProfile })',
    call: ({ index, documents }) => index.createOrReplace(documents, { waitForCompletion: true, linkProfile: true }),
  },
  { method: 'index.fetch()', call: ({ index }) => index.fetch() },
  { method: 'pool.listVectorIndexes({ pattern })', call: ({ pool }) => pool.listVectorIndexes({ pattern: '^INDEX$' }) },
  { method: 'index.setAttribute(name, value)', call: ({ index }) => index.setAttribute('match_limit', 3) },
  { method: 'index.setAttributes(attributes)', call: ({ index }) => index.setAttributes({ match_limit: 4 }) },
  { method: 'index.refresh()', call: ({ index }) => index.refresh() },
  { method: 'index.refreshTimes()', call: ({ index }) => index.refreshTimes() },
  {
    method: 'profile.narrateWithSources(prompt)',
    call: ({ profile }) => profile.narrateWithSources('sql SELECT 1 AS one FROM dual'),
  },
  { method: 'index.definition()', call: ({ index }) => index.definition() },
  { method: 'index.disable()', call: ({ index }) => index.disable() },
  { method: 'index.enable()', call: ({ index }) => index.enable() },
  {
    method: 'index.grantAccess(userOrRole)',
    note: 'revoking likewise',
    call: ({ index }) => index.grantAccess('OTHER'),
  },
  { method: 'index.delete()', call: ({ index }) => index.delete({ force: true }) },
  {
    method: 'createOrReplaceCredential(pool, name, definition)',
    call: ({ pool }) => admin.createOrReplaceCredential(pool, 'CRED', key),
  },
  {
    method: 'updateCredential(pool, name, changes)',
    call: ({ pool }) => admin.updateCredential(pool, 'CRED', key),
  },
  {
    method: 'createOrReplaceCredential(pool, name, definition, { publicSynonym })',
    note: 'deleting likewise',
    call: ({ admin: pool }) => admin.createOrReplaceCredential(pool, 'CRED', key, { publicSynonym: true }),
  },
  {
    method: 'grantPrivileges(pool, users)',
    note: 'for each user',
    call: ({ admin: pool }) => admin.grantPrivileges(pool, 'DEMO'),
  },
  {
    method: 'revokePrivileges(pool, users)',
    note: 'for each user',
    call: ({ admin: pool }) => admin.revokePrivileges(pool, 'OTHER'),
  },
  {
    method: 'grantHttpAccess(pool, users, host)',
    note: 'for each user',
    call: ({ admin: pool }) => admin.grantHttpAccess(pool, 'DEMO', 'api.openai.com'),
  },
  {
    method: 'revokeHttpAccess(pool, users, host)',
    note: 'for each user',
    call: ({ admin: pool }) => admin.revokeHttpAccess(pool, 'DEMO', 'api.openai.com'),
  },
  {
    method: 'grantNetworkAccess(pool, users, access)',
    note: 'for each user and privilege; revoking likewise',
    call: ({ admin: pool }) => admin.grantNetworkAccess(pool, 'DEMO', { host: 'smtp.example.com', privileges: 'smtp' }),
  },
  { method: 'listNetworkAccess(pool)', call: ({ admin: pool }) => admin.listNetworkAccess(pool) },
  { method: 'disableDataAccess(pool)', call: ({ admin: pool }) => admin.disableDataAccess(pool) },
  { method: 'enableDataAccess(pool)', call: ({ admin: pool }) => admin.enableDataAccess(pool) },
  {
    method: 'enablePrincipalAuth(pool, users, provider)',
    note: 'for each user; disabling likewise',
    call: ({ admin: pool }) => admin.enablePrincipalAuth(pool, 'DEMO', 'oci'),
  },
  {
    method: 'grantCredentialAccess(pool, name, users)',
    note: 'for each user; revoking likewise',
    call: ({ pool }) => admin.grantCredentialAccess(pool, 'CRED', 'OTHER'),
  },
  { method: 'listCredentials(pool)', call: ({ pool }) => admin.listCredentials(pool) },
  {
    method: 'deleteCredential(pool, name)',
    call: ({ pool }) => admin.deleteCredential(pool, 'CRED', { force: true }),
  },
]

const agentMethods: readonly Counted[] = [
  { method: 'pool.agent(name), .task(name), .tool(name), .team(name)', call: async ({ pool }) => pool.team('CREW') },
  {
    method: 'agent.createOrReplace(definition)',
    note: 'also of tasks, tools and teams, as the next six',
    call: ({ pool }) => pool.agent('OTHER').createOrReplace({ attributes: agentAttributes }),
  },
  { method: 'agent.fetch()', call: ({ pool }) => pool.agent('CLERK').fetch() },
  {
    method: 'agent.setAttributes(changes)',
    call: ({ pool }) => pool.agent('CLERK').setAttributes({ role: 'You help' }),
  },
  {
    method: 'agent.setAttribute(name, value)',
    call: ({ pool }) => pool.agent('CLERK').setAttribute('role', 'You help'),
  },
  { method: 'agent.disable(), agent.enable()', note: 'each', call: ({ pool }) => pool.agent('CLERK').enable() },
  { method: 'agent.definition()', call: ({ pool }) => pool.agent('CLERK').definition() },
  { method: 'agent.delete()', call: ({ pool }) => pool.agent('OTHER').delete({ force: true }) },
  {
    method: 'pool.listAgents({ pattern })',
    note: 'also of tasks, tools and teams',
    call: ({ pool }) => pool.listAgents({ pattern: '^CLERK$' }),
  },
  { method: 'team.run(prompt)', call: ({ pool }) => pool.team('CREW').run('hello') },
  {
    method: 'team.run(prompt)',
    note: 'for an answer of more than 8000 characters',
    call: ({ pool }) => pool.team('CREW').run(long),
  },
  { method: 'team.export()', call: ({ pool }) => pool.team('CREW').export() },
  {
    method: 'pool.importTeam(source)',
    call: async ({ pool }) =>
      pool.importTeam({ specification, profileName: 'OCI_AI_PROFILE', teamName: 'IMPORTED', force: true }),
  },
  {
    method: 'team.describe(), team.listTools()',
    note: 'each',
    call: ({ pool }) => pool.team('CREW').describe(),
  },
  { method: 'team.grantAccess(userOrRole)', call: ({ pool }) => pool.team('CREW').grantAccess('OTHER') },
  { method: 'tool.run(input)', call: ({ pool }) => pool.tool('QUOTE').run('tea') },
  { method: 'tool.describe()', call: ({ pool }) => pool.tool('QUOTE').describe() },
  { method: 'pool.listTeamRuns()', call: ({ pool }) => pool.listTeamRuns() },
  { method: 'pool.listTaskRuns(), pool.listToolRuns()', note: 'each', call: ({ pool }) => pool.listTaskRuns() },
]

async function createCrew(pool: SelectAIPool): Promise<void> {
  await pool.tool('QUOTE').create({ attributes: { function: 'DBMS_ASSERT.ENQUOTE_LITERAL' } })
  await pool.agent('CLERK').create({ attributes: agentAttributes })
  await pool.task('ANSWER').create({ attributes: { instruction: 'Answer', tools: ['QUOTE'] } })
  await pool.team('CREW').create({ attributes: { agents: [{ name: 'CLERK', task: 'ANSWER' }] } })
}

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
  const { pool } = database
  const profile = pool.profile('OCI_AI_PROFILE')
  const wordy = pool.profile('WORDY')
  await wordy.createOrReplace({ ...definition, description: 'x'.repeat(2000) })
  await pool.withConnection((connection) => connection.execute('CREATE TABLE filled (id NUMBER PRIMARY KEY)'))
  await createCrew(pool)
  const conversation = await pool.createConversation()
  const session = profile.chatSession({ conversationId: conversation.id })
  const other = pool.profile('OTHER')
  await using server = await serveDocuments({ 'handbook.txt': 'A handbook.' })
  const index = pool.vectorIndex('INDEX')
  const documents = { attributes: { location: `${server.origin}/handbook.txt`, profile_name: 'OCI_AI_PROFILE' } }
  const subject = { pool, admin, profile, other, wordy, conversation, session, index, documents }
  const lines = ['| Method | Round trips |', '| --- | --- |']
  for (const counted of [...methods, ...agentMethods]) {
    const count = await countOf(database.emulator, subject, counted)
    const note = counted.note === undefined ? '' : `, ${counted.note}`
    lines.push(`| \`${counted.method}\`${note} | ${count} |`)
  }
  await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot('../../../docs/measured/round-trips.md')
})
