import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createCredential, disableDataAccess } from '../src/admin/index.ts'
import {
  AnswerTooLongError,
  ConversationNotFoundError,
  DataAccessDisabledError,
  type GenerateOptions,
  InvalidAttributeError,
  NetworkAccessError,
  NoSqlGeneratedError,
  type Profile,
  ProfileCredentialError,
  ProfileNotFoundError,
  ProviderError,
  type SelectAIPool,
  VectorIndexNotFoundError,
} from '../src/index.ts'
import { everyCall, everything } from './every-call.ts'
import { type OpenDatabase, openDatabase } from './open-database.ts'
import { ScriptedModel } from './scripted-model.ts'

// What a question can end with, for every method that asks one. Those that take an action narrate.

type Options = Pick<GenerateOptions, 'attributes' | 'conversationId'>
type Ask = (profile: Profile, prompt: string, options?: Options) => unknown

const inSession =
  (method: 'chat' | 'narrate' | 'showSql' | 'explainSql' | 'showPrompt' | 'runSql'): Ask =>
  (profile, prompt, { conversationId, ...options } = {}) =>
    profile.chatSession({ conversationId })[method](prompt, options)

const action = 'narrate'

const questions: Readonly<Record<string, Ask>> = {
  'Profile.chat': (profile, ...question) => profile.chat(...question),
  'Profile.narrate': (profile, ...question) => profile.narrate(...question),
  'Profile.narrateWithSources': (profile, ...question) => profile.narrateWithSources(...question),
  'Profile.showSql': (profile, ...question) => profile.showSql(...question),
  'Profile.explainSql': (profile, ...question) => profile.explainSql(...question),
  'Profile.showPrompt': (profile, ...question) => profile.showPrompt(...question),
  'Profile.runSql': (profile, ...question) => profile.runSql(...question),
  'Profile.generate': (profile, prompt, options) => profile.generate(prompt, { action, ...options }),
  'Profile.stream': (profile, prompt, options) => everything(profile.stream(prompt, { action, ...options })),
  'Profile.askMany': (profile, prompt, options) => everything(profile.askMany([{ prompt, action, ...options }])),
  'Profile.askMany in a pipeline': (profile, prompt, options) =>
    everything(profile.askMany([{ prompt, action, ...options }], { pipeline: true })),
  'Profile.summarize': (profile, content) => profile.summarize({ content }),
  'Profile.translate': (profile, text) => profile.translate(text, { targetLanguage: 'de' }),
  'ChatSession.chat': inSession('chat'),
  'ChatSession.narrate': inSession('narrate'),
  'ChatSession.showSql': inSession('showSql'),
  'ChatSession.explainSql': inSession('explainSql'),
  'ChatSession.showPrompt': inSession('showPrompt'),
  'ChatSession.runSql': inSession('runSql'),
  'ChatSession.stream': (profile, prompt, { conversationId, ...options } = {}) =>
    everything(profile.chatSession({ conversationId }).stream(prompt, { action, ...options })),
}

/** Methods of a profile that ask it no question. */
const others: readonly string[] = [
  ...['addPositiveFeedback', 'addNegativeFeedback', 'deleteFeedback', 'generateSyntheticData'],
  ...['create', 'createOrReplace', 'merge', 'setAttribute', 'fetch', 'definition', 'enable', 'disable', 'delete'],
  ...['grantAccess', 'revokeAccess'],
]

const names = Object.keys(questions)
const withOptions = names.filter((name) => !/summarize|translate/.test(name))
/** The prompt alone is made without the provider. */
const answered = names.filter((name) => !name.endsWith('showPrompt'))
const narrating = names.filter((name) => /narrate|generate|stream|askMany/.test(name))
const searching = names.filter((name) => narrating.includes(name) || /runSql|showPrompt/.test(name))

const principal = { provider: 'oci', credential_name: 'OCI$RESOURCE_PRINCIPAL' } as const
const question = 'sql SELECT 1 AS one FROM dual'
const unknownId = '30C9DB6E-EA4D-AFBA-E063-9C6D46644B92'

class FailingModel extends ScriptedModel {
  override readonly chat = fail
  override readonly generateSql = fail
  override readonly summarize = fail
  override readonly translate = fail
}

async function fail(): Promise<never> {
  throw new Error('out of credit')
}

describe('a question', () => {
  let database: OpenDatabase
  let app: SelectAIPool
  let brief: SelectAIPool
  let failing: OpenDatabase

  beforeAll(async () => {
    failing = await openDatabase({ emulator: { model: new FailingModel() } })
    const users = [
      { user: 'APP', password: 'app' },
      { user: 'CAUTIOUS', password: 'cautious' },
    ]
    database = await openDatabase({ emulator: { users }, pool: { user: 'ADMIN' } })
    app = await database.createPool({ user: 'APP', password: 'app' })
    brief = await database.createPool({ maxAnswerCharacters: 1 })
    await app.profile('KEYLESS').create({ attributes: { provider: 'openai', credential_name: 'NO_KEY' } })
    await createCredential(app, 'KEY', { username: 'OPENAI', password: 'secret' })
    await app.profile('HOSTLESS').create({ attributes: { provider: 'openai', credential_name: 'KEY' } })
    await app.profile('RESTING').create({ attributes: principal, enabled: false })
    await app.profile('INDEXLESS').create({ attributes: { ...principal, vector_index_name: 'nowhere' } })
    await app.profile('READY').create({ attributes: principal })
  })

  afterAll(async () => {
    await database[Symbol.asyncDispose]()
    await failing[Symbol.asyncDispose]()
  })

  const ask = async (name: string, profile: Profile, options?: Options, prompt = question): Promise<unknown> =>
    questions[name]?.(profile, prompt, options)

  it('is any method that these tests know', () => {
    const { Profile: profile = {}, ChatSession: session = {} } = everyCall
    const expected = [
      ...Object.keys(profile).flatMap((method) => (others.includes(method) ? [] : `Profile.${method}`)),
      ...Object.keys(session).map((method) => `ChatSession.${method}`),
    ]
    expect(names).toEqual(expect.arrayContaining(expected))
  })

  it.each(names)('is answered by %s', async (name) => {
    await expect(ask(name, app.profile('READY'))).resolves.not.toThrow()
  })

  it.each(names)('ends in %s with ProfileNotFoundError without the profile', async (name) => {
    const attempt = ask(name, app.profile('NONE'))
    await expect(attempt).rejects.toBeInstanceOf(ProfileNotFoundError)
    await expect(attempt).rejects.toMatchObject({ profile: 'NONE', cause: { errorNum: 20046 } })
  })

  it.each(names)('ends in %s with ProfileNotFoundError when the profile is disabled', async (name) => {
    await expect(ask(name, app.profile('RESTING'))).rejects.toBeInstanceOf(ProfileNotFoundError)
  })

  it.each(answered)('ends in %s with ProfileCredentialError without the credential', async (name) => {
    const attempt = ask(name, app.profile('KEYLESS'))
    await expect(attempt).rejects.toBeInstanceOf(ProfileCredentialError)
    await expect(attempt).rejects.toMatchObject({ profile: 'KEYLESS', credential: 'NO_KEY' })
  })

  it.each(answered)('ends in %s with NetworkAccessError without access to the host', async (name) => {
    await expect(ask(name, app.profile('HOSTLESS'))).rejects.toBeInstanceOf(NetworkAccessError)
  })

  it.each(answered)('ends in %s with ProviderError when the provider fails', async (name) => {
    const attempt = ask(name, failing.pool.profile('OCI_AI_PROFILE'))
    await expect(attempt).rejects.toBeInstanceOf(ProviderError)
    await expect(attempt).rejects.toMatchObject({
      retryable: true,
      cause: { message: expect.stringContaining('credit') },
    })
  })

  it.each(names)('ends in %s with AnswerTooLongError for an answer longer than the pool allows', async (name) => {
    await expect(ask(name, brief.profile('OCI_AI_PROFILE'))).rejects.toBeInstanceOf(AnswerTooLongError)
  })

  it.each(searching)('ends in %s with VectorIndexNotFoundError without the index', async (name) => {
    const attempt = ask(name, app.profile('INDEXLESS'))
    await expect(attempt).rejects.toBeInstanceOf(VectorIndexNotFoundError)
    await expect(attempt).rejects.toMatchObject({ index: 'nowhere' })
  })

  it.each(withOptions)(
    'ends in %s with InvalidAttributeError for an attribute that the database refuses',
    async (name) => {
      const attempt = ask(name, app.profile('READY'), { attributes: { temperature: 99 } })
      await expect(attempt).rejects.toBeInstanceOf(InvalidAttributeError)
      await expect(attempt).rejects.toMatchObject({ kind: 'profile', object: 'READY', attribute: 'temperature' })
    },
  )

  it.each(withOptions)('ends in %s with ConversationNotFoundError without the conversation', async (name) => {
    const attempt = ask(name, app.profile('READY'), { conversationId: unknownId })
    await expect(attempt).rejects.toBeInstanceOf(ConversationNotFoundError)
    await expect(attempt).rejects.toMatchObject({ conversationId: unknownId })
  })

  it.each(names.filter((name) => name.endsWith('runSql')))(
    'ends in %s with NoSqlGeneratedError when the model gives no SQL',
    async (name) => {
      const attempt = ask(name, app.profile('READY'), {}, 'what is love')
      await expect(attempt).rejects.toBeInstanceOf(NoSqlGeneratedError)
    },
  )

  describe('when data access is disabled', () => {
    beforeAll(() => disableDataAccess(database.pool))

    it.each(narrating)('ends in %s with DataAccessDisabledError', async (name) => {
      await expect(ask(name, app.profile('READY'))).rejects.toBeInstanceOf(DataAccessDisabledError)
    })
  })
})
