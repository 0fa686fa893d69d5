import * as admin from '../src/admin/index.ts'
import type { AgentObject, CallOptions, SelectAIPool } from '../src/index.ts'

type Call = (pool: SelectAIPool, options: CallOptions) => unknown

const definition = { attributes: { provider: 'openai' } } as const
const index = { attributes: { location: 'http://127.0.0.1/x', profile_name: 'P' } }
const agent = { attributes: { profile_name: 'P', role: 'You help' } }
const key = { username: 'U', password: 'p' }
const statement = { prompt: 'How many?', action: 'showsql' } as const
const id = '30C9DB6E-EA4D-AFBA-E063-9C6D46644B92'

/** Waits for all pieces or results, and rejects with the first failure that is told as a result. */
export const everything = async (results: AsyncIterable<unknown> | Promise<Iterable<unknown>>): Promise<void> => {
  for await (const result of await results) {
    const { error } = Object(result) as { readonly error?: unknown }
    if (error !== undefined) throw error
  }
}

type AnyAgentObject = AgentObject<unknown, unknown>

/** What agents, tasks, tools and teams have in common. */
const agentObject = (handle: (pool: SelectAIPool) => AnyAgentObject, definition: { readonly attributes: unknown }) => ({
  create: (pool: SelectAIPool, options: CallOptions) => handle(pool).create(definition, options),
  createOrReplace: (pool: SelectAIPool, options: CallOptions) => handle(pool).createOrReplace(definition, options),
  fetch: (pool: SelectAIPool, options: CallOptions) => handle(pool).fetch(options),
  setAttribute: (pool: SelectAIPool, options: CallOptions) => handle(pool).setAttribute('instruction', 'x', options),
  setAttributes: (pool: SelectAIPool, options: CallOptions) =>
    handle(pool).setAttributes({ instruction: 'x' }, options),
  enable: (pool: SelectAIPool, options: CallOptions) => handle(pool).enable(options),
  disable: (pool: SelectAIPool, options: CallOptions) => handle(pool).disable(options),
  definition: (pool: SelectAIPool, options: CallOptions) => handle(pool).definition(options),
  delete: (pool: SelectAIPool, options: CallOptions) => handle(pool).delete(options),
})

/** Every method that goes to the database, by the class that has it; `admin` stands for the functions of that module. */
export const everyCall: Readonly<Record<string, Readonly<Record<string, Call>>>> = {
  Profile: {
    chat: (pool, options) => pool.profile('P').chat('x', options),
    narrate: (pool, options) => pool.profile('P').narrate('x', options),
    narrateWithSources: (pool, options) => pool.profile('P').narrateWithSources('x', options),
    showSql: (pool, options) => pool.profile('P').showSql('x', options),
    explainSql: (pool, options) => pool.profile('P').explainSql('x', options),
    showPrompt: (pool, options) => pool.profile('P').showPrompt('x', options),
    runSql: (pool, options) => pool.profile('P').runSql('x', options),
    generate: (pool, options) => pool.profile('P').generate('x', { action: 'chat', ...options }),
    stream: (pool, options) => everything(pool.profile('P').stream('x', options)),
    askMany: (pool, options) => everything(pool.profile('P').askMany(['x'], options)),
    summarize: (pool, options) => pool.profile('P').summarize({ content: 'x' }, options),
    translate: (pool, options) => pool.profile('P').translate('x', { targetLanguage: 'de', ...options }),
    addPositiveFeedback: (pool, options) => pool.profile('P').addPositiveFeedback(statement, options),
    addNegativeFeedback: (pool, options) =>
      pool.profile('P').addNegativeFeedback({ ...statement, response: 'SELECT 1 FROM dual' }, options),
    deleteFeedback: (pool, options) => pool.profile('P').deleteFeedback(statement, options),
    generateSyntheticData: (pool, options) =>
      pool.profile('P').generateSyntheticData({ objectName: 'T', recordCount: 1 }, options),
    create: (pool, options) => pool.profile('P').create(definition, options),
    createOrReplace: (pool, options) => pool.profile('P').createOrReplace(definition, options),
    merge: (pool, options) => pool.profile('P').merge({ temperature: 0 }, options),
    setAttribute: (pool, options) => pool.profile('P').setAttribute('temperature', 0, options),
    fetch: (pool, options) => pool.profile('P').fetch(options),
    enable: (pool, options) => pool.profile('P').enable(options),
    definition: (pool, options) => pool.profile('P').definition(options),
    disable: (pool, options) => pool.profile('P').disable(options),
    delete: (pool, options) => pool.profile('P').delete(options),
    grantAccess: (pool, options) => pool.profile('P').grantAccess('U', options),
    revokeAccess: (pool, options) => pool.profile('P').revokeAccess('U', options),
  },
  ChatSession: {
    chat: (pool, options) => pool.profile('P').chatSession().chat('x', options),
    narrate: (pool, options) => pool.profile('P').chatSession().narrate('x', options),
    showSql: (pool, options) => pool.profile('P').chatSession().showSql('x', options),
    explainSql: (pool, options) => pool.profile('P').chatSession().explainSql('x', options),
    showPrompt: (pool, options) => pool.profile('P').chatSession().showPrompt('x', options),
    runSql: (pool, options) => pool.profile('P').chatSession().runSql('x', options),
    stream: (pool, options) => everything(pool.profile('P').chatSession().stream('x', options)),
  },
  Conversation: {
    fetch: (pool, options) => pool.conversation(id).fetch(options),
    update: (pool, options) => pool.conversation(id).update({ title: 'x' }, options),
    listPrompts: (pool, options) => pool.conversation(id).listPrompts(options),
    deletePrompt: (pool, options) => pool.conversation(id).deletePrompt(id, options),
    addTag: (pool, options) => pool.conversation(id).addTag('k', 'v', options),
    removeTag: (pool, options) => pool.conversation(id).removeTag('k', options),
    delete: (pool, options) => pool.conversation(id).delete(options),
  },
  VectorIndex: {
    create: (pool, options) => pool.vectorIndex('I').create(index, options),
    createOrReplace: (pool, options) => pool.vectorIndex('I').createOrReplace(index, options),
    fetch: (pool, options) => pool.vectorIndex('I').fetch(options),
    setAttribute: (pool, options) => pool.vectorIndex('I').setAttribute('match_limit', 3, options),
    setAttributes: (pool, options) => pool.vectorIndex('I').setAttributes({ match_limit: 3 }, options),
    enable: (pool, options) => pool.vectorIndex('I').enable(options),
    definition: (pool, options) => pool.vectorIndex('I').definition(options),
    disable: (pool, options) => pool.vectorIndex('I').disable(options),
    refresh: (pool, options) => pool.vectorIndex('I').refresh(options),
    refreshTimes: (pool, options) => pool.vectorIndex('I').refreshTimes(options),
    grantAccess: (pool, options) => pool.vectorIndex('I').grantAccess('U', options),
    revokeAccess: (pool, options) => pool.vectorIndex('I').revokeAccess('U', options),
    delete: (pool, options) => pool.vectorIndex('I').delete(options),
  },
  Agent: agentObject((pool) => pool.agent('A'), agent),
  AgentTask: agentObject((pool) => pool.task('T'), { attributes: { instruction: 'x' } }),
  AgentTool: {
    ...agentObject((pool) => pool.tool('T'), { attributes: { function: 'F' } }),
    run: (pool, options) => pool.tool('T').run('x', options),
    describe: (pool, options) => pool.tool('T').describe(options),
  },
  AgentTeam: {
    ...agentObject((pool) => pool.team('T'), { attributes: { agents: [{ name: 'A', task: 'T' }] } }),
    run: (pool, options) => pool.team('T').run('x', options),
    export: (pool, options) => pool.team('T').export(undefined, options),
    describe: (pool, options) => pool.team('T').describe(options),
    listTools: (pool, options) => pool.team('T').listTools(options),
    grantAccess: (pool, options) => pool.team('T').grantAccess('U', options),
    revokeAccess: (pool, options) => pool.team('T').revokeAccess('U', options),
  },
  SelectAIPool: {
    withConnection: (pool, options) =>
      pool.withConnection((connection) => connection.execute('SELECT 1 FROM dual'), options),
    createConversation: (pool, options) => pool.createConversation({}, options),
    listConversations: (pool, options) => pool.listConversations(options),
    listProfiles: (pool, options) => pool.listProfiles(options),
    listVectorIndexes: (pool, options) => pool.listVectorIndexes(options),
    listAgents: (pool, options) => pool.listAgents(options),
    listTasks: (pool, options) => pool.listTasks(options),
    listTools: (pool, options) => pool.listTools(options),
    listTeams: (pool, options) => pool.listTeams(options),
    importTeam: (pool, options) => pool.importTeam({ specification: {}, profileName: 'P' }, options),
    listTranslationLanguages: (pool, options) => pool.listTranslationLanguages(options),
    listTeamRuns: (pool, options) => pool.listTeamRuns(options),
    listTaskRuns: (pool, options) => pool.listTaskRuns(options),
    listToolRuns: (pool, options) => pool.listToolRuns(options),
  },
  admin: {
    createCredential: (pool, options) => admin.createCredential(pool, 'C', key, options),
    createOrReplaceCredential: (pool, options) => admin.createOrReplaceCredential(pool, 'C', key, options),
    updateCredential: (pool, options) => admin.updateCredential(pool, 'C', key, options),
    deleteCredential: (pool, options) => admin.deleteCredential(pool, 'C', options),
    listCredentials: (pool, options) => admin.listCredentials(pool, options),
    grantCredentialAccess: (pool, options) => everything(admin.grantCredentialAccess(pool, 'C', 'U', options)),
    revokeCredentialAccess: (pool, options) => everything(admin.revokeCredentialAccess(pool, 'C', 'U', options)),
    grantPrivileges: (pool, options) => everything(admin.grantPrivileges(pool, 'U', options)),
    revokePrivileges: (pool, options) => everything(admin.revokePrivileges(pool, 'U', options)),
    grantHttpAccess: (pool, options) => everything(admin.grantHttpAccess(pool, 'U', 'x.example.com', options)),
    revokeHttpAccess: (pool, options) => everything(admin.revokeHttpAccess(pool, 'U', 'x.example.com', options)),
    grantNetworkAccess: (pool, options) =>
      everything(admin.grantNetworkAccess(pool, 'U', { host: 'x.example.com', privileges: 'smtp' }, options)),
    revokeNetworkAccess: (pool, options) =>
      everything(admin.revokeNetworkAccess(pool, 'U', { host: 'x.example.com', privileges: 'smtp' }, options)),
    listNetworkAccess: (pool, options) => admin.listNetworkAccess(pool, options),
    enableDataAccess: (pool, options) => admin.enableDataAccess(pool, options),
    disableDataAccess: (pool, options) => admin.disableDataAccess(pool, options),
    enablePrincipalAuth: (pool, options) => everything(admin.enablePrincipalAuth(pool, 'U', 'oci', options)),
    disablePrincipalAuth: (pool, options) => everything(admin.disablePrincipalAuth(pool, 'U', 'oci', options)),
  },
}

/** The same as a list, for tests that take each of them. */
export const calls: readonly { readonly name: string; readonly call: Call }[] = Object.entries(everyCall).flatMap(
  ([owner, methods]) => Object.entries(methods).map(([method, call]) => ({ name: `${owner}.${method}`, call })),
)
