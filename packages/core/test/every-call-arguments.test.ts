import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as admin from '../src/admin/index.ts'
import { SelectAIArgumentError, type SelectAIPool } from '../src/index.ts'
import { everyCall, everything } from './every-call.ts'
import { type OpenDatabase, openDatabase } from './open-database.ts'

// The arguments of every method, each with a value that cannot be right. The tests of each subject know more such values.

/** The argument that is named, and a call with a wrong one. */
type Mistake = readonly [argument: string, call: (pool: SelectAIPool) => unknown]
type Mistakes = Readonly<Record<string, readonly Mistake[]>>

const wrong = (value: unknown) => value as never
const id = '30C9DB6E-EA4D-AFBA-E063-9C6D46644B92'
const blank = ' '
const key = { username: 'U', password: 'p' }

const profile = (pool: SelectAIPool) => pool.profile('P')
const index = (pool: SelectAIPool) => pool.vectorIndex('I')
const conversation = (pool: SelectAIPool) => pool.conversation(id)
const session = (pool: SelectAIPool) => pool.profile('P').chatSession()

interface AnyObject {
  create(definition: never): Promise<void>
  createOrReplace(definition: never): Promise<void>
  setAttribute(name: string, value: unknown): Promise<void>
  setAttributes(changes: never): Promise<void>
  delete(options: never): Promise<void>
  definition(options: never): Promise<string>
}

const objectMistakes = (handle: (pool: SelectAIPool) => AnyObject): Mistakes => ({
  create: [
    ['definition', (pool) => handle(pool).create(wrong(undefined))],
    ['definition.attributes', (pool) => handle(pool).create(wrong({ attributes: {} }))],
  ],
  createOrReplace: [
    ['definition', (pool) => handle(pool).createOrReplace(wrong(undefined))],
    ['definition.attributes', (pool) => handle(pool).createOrReplace(wrong({ attributes: {} }))],
  ],
  fetch: [],
  setAttribute: [
    ['name', (pool) => handle(pool).setAttribute(blank, 1)],
    ['value', (pool) => handle(pool).setAttribute('other', undefined)],
  ],
  setAttributes: [['attributes', (pool) => handle(pool).setAttributes(wrong({}))]],
  enable: [],
  disable: [],
  definition: [['options.dependentObjects', (pool) => handle(pool).definition(wrong({ dependentObjects: 1 }))]],
  delete: [['options.force', (pool) => handle(pool).delete(wrong({ force: 1 }))]],
})

const target = { prompt: 'How many?', action: 'showsql' } as const

const mistakes: Readonly<Record<string, Mistakes>> = {
  Profile: {
    chat: [['prompt', (pool) => profile(pool).chat(blank)]],
    narrate: [['prompt', (pool) => profile(pool).narrate(blank)]],
    narrateWithSources: [['prompt', (pool) => profile(pool).narrateWithSources(blank)]],
    showSql: [['prompt', (pool) => profile(pool).showSql(blank)]],
    explainSql: [['prompt', (pool) => profile(pool).explainSql(blank)]],
    showPrompt: [['prompt', (pool) => profile(pool).showPrompt(blank)]],
    runSql: [
      ['prompt', (pool) => profile(pool).runSql(blank)],
      ['options.conversationId', (pool) => profile(pool).runSql('x', { conversationId: 'last' })],
      ['options.attributes', (pool) => profile(pool).runSql('x', { attributes: wrong([]) })],
    ],
    generate: [
      ['prompt', (pool) => profile(pool).generate(blank, { action: 'chat' })],
      ['options.action', (pool) => profile(pool).generate('x', wrong(undefined))],
    ],
    stream: [
      ['prompt', (pool) => everything(profile(pool).stream(blank))],
      ['options.chunkSize', (pool) => everything(profile(pool).stream('x', { chunkSize: 0 }))],
    ],
    askMany: [
      ['prompt', (pool) => everything(profile(pool).askMany([blank]))],
      ['questions', (pool) => everything(profile(pool).askMany(wrong(5)))],
      ['options.concurrency', (pool) => everything(profile(pool).askMany(['x'], { concurrency: 0 }))],
      ['options.order', (pool) => everything(profile(pool).askMany(['x'], { order: wrong('random') }))],
      ['options.pipeline', (pool) => everything(profile(pool).askMany(['x'], { pipeline: wrong('yes') }))],
    ],
    summarize: [
      ['source', (pool) => profile(pool).summarize(wrong({}))],
      ['source.content', (pool) => profile(pool).summarize({ content: blank })],
    ],
    translate: [
      ['text', (pool) => profile(pool).translate(blank, { targetLanguage: 'de' })],
      ['options.targetLanguage', (pool) => profile(pool).translate('x', { targetLanguage: '' })],
    ],
    addPositiveFeedback: [['target', (pool) => profile(pool).addPositiveFeedback(wrong({}))]],
    addNegativeFeedback: [
      ['feedback', (pool) => profile(pool).addNegativeFeedback(wrong({}))],
      ['feedback.response', (pool) => profile(pool).addNegativeFeedback(wrong(target))],
    ],
    deleteFeedback: [['target', (pool) => profile(pool).deleteFeedback(wrong({}))]],
    generateSyntheticData: [['request', (pool) => profile(pool).generateSyntheticData(wrong({}))]],
    create: [['definition', (pool) => profile(pool).create(wrong(undefined))]],
    createOrReplace: [['definition', (pool) => profile(pool).createOrReplace(wrong(undefined))]],
    merge: [['attributes', (pool) => profile(pool).merge({})]],
    setAttribute: [
      ['name', (pool) => profile(pool).setAttribute(blank, 1)],
      ['value', (pool) => profile(pool).setAttribute('temperature', undefined)],
    ],
    fetch: [],
    definition: [['options.dependentObjects', (pool) => profile(pool).definition({ dependentObjects: wrong(1) })]],
    enable: [],
    disable: [],
    delete: [['options.force', (pool) => profile(pool).delete({ force: wrong(1) })]],
    grantAccess: [['userOrRole', (pool) => profile(pool).grantAccess(blank)]],
    revokeAccess: [['userOrRole', (pool) => profile(pool).revokeAccess(blank)]],
  },
  ChatSession: {
    chat: [['prompt', (pool) => session(pool).chat(blank)]],
    narrate: [['prompt', (pool) => session(pool).narrate(blank)]],
    showSql: [['prompt', (pool) => session(pool).showSql(blank)]],
    explainSql: [['prompt', (pool) => session(pool).explainSql(blank)]],
    showPrompt: [['prompt', (pool) => session(pool).showPrompt(blank)]],
    runSql: [
      ['prompt', (pool) => session(pool).runSql(blank)],
      ['options.conversationId', (pool) => session(pool).runSql('x', wrong({ conversationId: id }))],
    ],
    stream: [
      ['prompt', (pool) => everything(session(pool).stream(blank))],
      ['options.chunkSize', (pool) => everything(session(pool).stream('x', { chunkSize: 0 }))],
      ['options.action', (pool) => everything(session(pool).stream('x', { action: wrong('runsql') }))],
      ['options.conversationId', (pool) => everything(session(pool).stream('x', wrong({ conversationId: id })))],
    ],
  },
  Conversation: {
    fetch: [],
    update: [['changes', (pool) => conversation(pool).update({})]],
    listPrompts: [],
    deletePrompt: [['promptId', (pool) => conversation(pool).deletePrompt('1')]],
    addTag: [
      ['key', (pool) => conversation(pool).addTag(blank, 'v')],
      ['value', (pool) => conversation(pool).addTag('k', blank)],
    ],
    removeTag: [
      ['key', (pool) => conversation(pool).removeTag(blank)],
      ['options.force', (pool) => conversation(pool).removeTag('k', { force: wrong(1) })],
    ],
    delete: [['options.force', (pool) => conversation(pool).delete({ force: wrong(1) })]],
  },
  VectorIndex: {
    create: [
      ['definition', (pool) => index(pool).create(wrong(undefined))],
      ['definition.attributes', (pool) => index(pool).create(wrong({ attributes: {} }))],
    ],
    createOrReplace: [
      ['definition', (pool) => index(pool).createOrReplace(wrong(undefined))],
      ['definition.attributes', (pool) => index(pool).createOrReplace(wrong({ attributes: {} }))],
    ],
    fetch: [],
    setAttribute: [
      ['name', (pool) => index(pool).setAttribute(blank, 1)],
      ['value', (pool) => index(pool).setAttribute('match_limit', '5')],
    ],
    setAttributes: [['attributes', (pool) => index(pool).setAttributes({})]],
    definition: [['options.dependentObjects', (pool) => index(pool).definition({ dependentObjects: wrong(1) })]],
    enable: [],
    disable: [],
    refresh: [],
    refreshTimes: [],
    grantAccess: [['userOrRole', (pool) => index(pool).grantAccess(blank)]],
    revokeAccess: [['userOrRole', (pool) => index(pool).revokeAccess(blank)]],
    delete: [
      ['options.force', (pool) => index(pool).delete({ force: wrong(1) })],
      ['options.includeData', (pool) => index(pool).delete({ includeData: wrong(0) })],
    ],
  },
  Agent: objectMistakes((pool) => pool.agent('A')),
  AgentTask: objectMistakes((pool) => pool.task('T')),
  AgentTool: {
    ...objectMistakes((pool) => pool.tool('T')),
    run: [['input', (pool) => pool.tool('T').run(blank)]],
    describe: [],
  },
  AgentTeam: {
    ...objectMistakes((pool) => pool.team('T')),
    run: [
      ['prompt', (pool) => pool.team('T').run(blank)],
      ['options.conversationId', (pool) => pool.team('T').run('x', { conversationId: 'mine' })],
      ['options.variables', (pool) => pool.team('T').run('x', { variables: wrong([]) })],
    ],
    export: [['destination.location', (pool) => pool.team('T').export(wrong({ credentialName: 'C' }))]],
    describe: [],
    listTools: [],
    grantAccess: [['userOrRole', (pool) => pool.team('T').grantAccess(blank)]],
    revokeAccess: [['userOrRole', (pool) => pool.team('T').revokeAccess(blank)]],
  },
  SelectAIPool: {
    withConnection: [['work', (pool) => pool.withConnection(wrong(undefined))]],
    createConversation: [
      ['attributes', (pool) => pool.createConversation(wrong('title'))],
      ['attributes.title', (pool) => pool.createConversation({ title: blank })],
    ],
    listConversations: [['options.pattern', (pool) => pool.listConversations({ pattern: '' })]],
    listProfiles: [
      ['options.pattern', (pool) => pool.listProfiles({ pattern: '' })],
      ['options.owner', (pool) => pool.listProfiles({ owner: '' })],
    ],
    listTranslationLanguages: [],
    listVectorIndexes: [
      ['options.pattern', (pool) => pool.listVectorIndexes({ pattern: '' })],
      ['options.owner', (pool) => pool.listVectorIndexes({ owner: blank })],
    ],
    listAgents: [['options.pattern', (pool) => pool.listAgents({ pattern: '' })]],
    listTasks: [['options.pattern', (pool) => pool.listTasks({ pattern: '' })]],
    listTools: [['options.pattern', (pool) => pool.listTools({ pattern: '' })]],
    listTeams: [['options.pattern', (pool) => pool.listTeams({ pattern: '' })]],
    importTeam: [
      ['source', (pool) => pool.importTeam(wrong(undefined))],
      ['source.profileName', (pool) => pool.importTeam({ specification: {}, profileName: blank })],
    ],
    listTeamRuns: [
      ['options.limit', (pool) => pool.listTeamRuns({ limit: 0 })],
      ['options.teamName', (pool) => pool.listTeamRuns({ teamName: '' })],
    ],
    listTaskRuns: [
      ['options.limit', (pool) => pool.listTaskRuns({ limit: 0 })],
      ['options.teamName', (pool) => pool.listTaskRuns({ teamName: '' })],
    ],
    listToolRuns: [
      ['options.limit', (pool) => pool.listToolRuns({ limit: 0 })],
      ['options.toolName', (pool) => pool.listToolRuns({ toolName: '' })],
    ],
  },
  admin: {
    createCredential: [
      ['name', (pool) => admin.createCredential(pool, blank, key)],
      ['definition', (pool) => admin.createCredential(pool, 'C', wrong(undefined))],
      ['options.publicSynonym', (pool) => admin.createCredential(pool, 'C', key, { publicSynonym: wrong(1) })],
    ],
    createOrReplaceCredential: [
      ['name', (pool) => admin.createOrReplaceCredential(pool, blank, key)],
      ['definition', (pool) => admin.createOrReplaceCredential(pool, 'C', wrong(undefined))],
      ['options.publicSynonym', (pool) => admin.createOrReplaceCredential(pool, 'C', key, { publicSynonym: wrong(1) })],
    ],
    updateCredential: [
      ['name', (pool) => admin.updateCredential(pool, blank, key)],
      ['changes', (pool) => admin.updateCredential(pool, 'C', {})],
    ],
    deleteCredential: [
      ['name', (pool) => admin.deleteCredential(pool, blank)],
      ['options.force', (pool) => admin.deleteCredential(pool, 'C', { force: wrong(1) })],
      ['options.publicSynonym', (pool) => admin.deleteCredential(pool, 'C', { publicSynonym: wrong(1) })],
    ],
    listCredentials: [],
    grantCredentialAccess: [
      ['name', (pool) => admin.grantCredentialAccess(pool, blank, 'U')],
      ['users', (pool) => admin.grantCredentialAccess(pool, 'C', [])],
    ],
    revokeCredentialAccess: [
      ['name', (pool) => admin.revokeCredentialAccess(pool, blank, 'U')],
      ['users', (pool) => admin.revokeCredentialAccess(pool, 'C', [])],
    ],
    grantPrivileges: [['users[0]', (pool) => admin.grantPrivileges(pool, blank)]],
    revokePrivileges: [['users[0]', (pool) => admin.revokePrivileges(pool, blank)]],
    grantHttpAccess: [
      ['users[0]', (pool) => admin.grantHttpAccess(pool, blank, 'x.example.com')],
      ['host', (pool) => admin.grantHttpAccess(pool, 'U', blank)],
    ],
    revokeHttpAccess: [
      ['users[0]', (pool) => admin.revokeHttpAccess(pool, blank, 'x.example.com')],
      ['host', (pool) => admin.revokeHttpAccess(pool, 'U', blank)],
    ],
    grantNetworkAccess: [
      ['users[0]', (pool) => admin.grantNetworkAccess(pool, blank, { host: 'x.example.com', privileges: 'smtp' })],
      ['access', (pool) => admin.grantNetworkAccess(pool, 'U', wrong(undefined))],
      ['access.privileges', (pool) => admin.grantNetworkAccess(pool, 'U', { host: 'x.example.com', privileges: [] })],
    ],
    revokeNetworkAccess: [
      ['users[0]', (pool) => admin.revokeNetworkAccess(pool, blank, { host: 'x.example.com', privileges: 'smtp' })],
      ['access', (pool) => admin.revokeNetworkAccess(pool, 'U', wrong(undefined))],
      ['access.privileges', (pool) => admin.revokeNetworkAccess(pool, 'U', { host: 'x.example.com', privileges: [] })],
    ],
    listNetworkAccess: [],
    enableDataAccess: [],
    disableDataAccess: [],
    enablePrincipalAuth: [
      ['users', (pool) => admin.enablePrincipalAuth(pool, [], 'oci')],
      ['provider', (pool) => admin.enablePrincipalAuth(pool, 'U', wrong('OCI'))],
      ['options.params', (pool) => admin.enablePrincipalAuth(pool, 'U', 'azure', { params: wrong([]) })],
    ],
    disablePrincipalAuth: [
      ['users', (pool) => admin.disablePrincipalAuth(pool, [], 'oci')],
      ['provider', (pool) => admin.disablePrincipalAuth(pool, 'U', wrong('OCI'))],
    ],
  },
}

const rows = Object.entries(mistakes).flatMap(([owner, methods]) =>
  Object.entries(methods).flatMap(([method, found]) =>
    found.map(([argument, call]) => ({ name: `${owner}.${method}`, argument, call })),
  ),
)

describe('the arguments of every call', () => {
  let database: OpenDatabase

  beforeAll(async () => {
    database = await openDatabase({ pool: { verify: 'none' } })
  })

  afterAll(() => database[Symbol.asyncDispose]())

  it('are known to these tests', () => {
    const methodsOf = (table: Readonly<Record<string, object>>) =>
      Object.entries(table).flatMap(([owner, methods]) => Object.keys(methods).map((method) => `${owner}.${method}`))
    expect(methodsOf(mistakes).sort()).toEqual(methodsOf(everyCall).sort())
  })

  it.each(rows)('$name ends with SelectAIArgumentError for $argument, before anything is sent', async (row) => {
    const attempt = (async () => row.call(database.pool))()
    await expect(attempt).rejects.toBeInstanceOf(SelectAIArgumentError)
    await expect(attempt).rejects.toMatchObject({ code: 'INVALID_ARGUMENT', argument: row.argument })
    await expect(attempt).rejects.toThrow(row.argument)
    expect(database.emulator.ledger.opened).toBe(0)
  })
})

describe('names', () => {
  it.each<[string, (pool: SelectAIPool) => unknown]>([
    ['profile', (pool) => pool.profile(blank)],
    ['id', (pool) => pool.conversation(blank)],
    ['vectorIndex', (pool) => pool.vectorIndex(blank)],
    ['name', (pool) => pool.agent(blank)],
    ['name', (pool) => pool.task(blank)],
    ['name', (pool) => pool.tool(blank)],
    ['name', (pool) => pool.team(blank)],
  ])('that are blank are refused by the name of the argument: %s, %s', async (argument, name) => {
    await using database = await openDatabase({ pool: { verify: 'none' } })
    const attempt = (async () => name(database.pool))()
    await expect(attempt).rejects.toBeInstanceOf(SelectAIArgumentError)
    await expect(attempt).rejects.toMatchObject({ argument })
  })
})
