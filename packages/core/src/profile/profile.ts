import { qualifiedNameOf, readQualifiedName } from '../attributes/qualified-name.ts'
import type { DefinitionOptions } from '../attributes/read-definition.ts'
import type { CallOptions } from '../pool/call-options.ts'
import type { ConnectionPool } from '../pool/connection-pool.ts'
import { parseSources, type SourcedAnswer } from '../vector-index/sourced-answer.ts'
import type { Action } from './action.ts'
import { askMany } from './ask-many.ts'
import type { AskManyOptions, Questions, SettledAnswer } from './ask-many-options.ts'
import { ChatSession, type ChatSessionOptions } from './chat-session.ts'
import {
  addNegativeFeedback,
  addPositiveFeedback,
  deleteFeedback,
  type FeedbackTarget,
  type NegativeFeedback,
} from './feedback.ts'
import { fetchDescription } from './find-profiles.ts'
import { generateAnswer } from './generate-answer.ts'
import { checkGenerate, type GenerateOptions } from './generate-options.ts'
import { generateInPipeline } from './generate-pipeline.ts'
import { generateSyntheticData, type SyntheticDataOperation } from './generate-synthetic-data.ts'
import type { JsonValue } from './json-value.ts'
import {
  create,
  createOrReplace,
  type DeleteProfileOptions,
  definition,
  disable,
  drop,
  enable,
  merge,
  setAttribute,
} from './manage-profile.ts'
import type { ProfileAttributeChanges } from './profile-attributes.ts'
import type { ProfileDefinition } from './profile-definition.ts'
import type { ProfileDescription } from './profile-description.ts'
import { type RunSqlResult, readRows } from './read-rows.ts'
import { grantAccess, revokeAccess } from './share-profile.ts'
import { type StreamOptions, streamAnswer } from './stream-answer.ts'
import { type SummarizeOptions, type SummarySource, summarize } from './summarize.ts'
import type { SyntheticDataRequest } from './synthetic-data-request.ts'
import { type TranslateOptions, translate } from './translate.ts'

/** Options of naming a profile. */
export interface ProfileOptions {
  /** Who owns the profile, when it is not the database user of the pool. It must be shared with that user. */
  readonly owner?: string | undefined
}

/**
 * An AI profile of the database, by name. Making one costs nothing; each method borrows a connection for one call of
 * the package `DBMS_CLOUD_AI` (`GENERATE` unless it says otherwise) and gives it back before it resolves. Most methods ask the
 * profile something; the others create, read, change and delete it, which the owner alone may do, so that their name must be
 * one without owner. A profile of another user is asked and read by `pool.profile(name, { owner })` once it is shared.
 *
 * Every method rejects with one of this package's errors: `SelectAIArgumentError` for a blank prompt or an unknown option,
 * `PoolQueueFullError` and `PoolTimeoutError` when all connections are busy, `CallTimeoutError` and `CallAbortedError` when the
 * call was ended, `ProfileNotFoundError`, `VectorIndexNotFoundError`, `ConversationNotFoundError`, `InvalidAttributeError`,
 * `ProfileCredentialError`, `NetworkAccessError`, `DataAccessDisabledError`, `ProviderError`, `AnswerTooLongError`, `ConnectError`,
 * `ConnectionLostError`, `LoginError`, `PrivilegeError`, `PoolClosedError`, or `DatabaseError` for the rest.
 *
 * A call that is ended is broken off in the database; a request that the database has already sent to the AI provider may
 * still be answered, and billed, there.
 *
 * @example
 * const profile = pool.profile('SALES')
 * const sql = await profile.showSql('How many promotions are there?')
 * const { rows, columns } = await profile.runSql('How many promotions are there?', { timeoutMs: 20_000 })
 */
export class Profile {
  /** The name as given, without its owner; the database does not tell upper and lower case apart. */
  readonly name: string
  /** The owner as given; undefined for the database user of the pool. */
  readonly owner: string | undefined
  readonly #pool: ConnectionPool

  /** Use `pool.profile(name)`. */
  constructor(name: string, pool: ConnectionPool, options: ProfileOptions = {}) {
    const { name: ownName, owner } = readQualifiedName('profile', name, options)
    this.name = ownName
    this.owner = owner
    this.#pool = pool
  }

  /** `OWNER.NAME` for a profile that was given with its owner, otherwise the name; what questions are asked by. */
  get qualifiedName(): string {
    return qualifiedNameOf(this)
  }

  /** Passes the prompt to the model (action `chat`) and resolves with its answer. */
  chat(prompt: string, options?: GenerateOptions): Promise<string> {
    return this.#ask('chat', prompt, options)
  }

  /** Runs generated SQL and has the model tell the result in words (action `narrate`). Rows leave the database for the provider. */
  narrate(prompt: string, options?: GenerateOptions): Promise<string> {
    return this.#ask('narrate', prompt, options)
  }

  /**
   * The narration of a profile with a vector index (action `narrate`), and apart from it the documents that it was made from.
   * Without a vector index, or with `enable_sources` set to false, there are no sources.
   *
   * @throws VectorIndexNotFoundError when the index of the profile is not there, or disabled
   *
   * @example
   * const { answer, sources } = await pool.profile('HANDBOOK').narrateWithSources('How do I report a fault?')
   * for (const { name, uri } of sources) console.log(name, uri)
   */
  async narrateWithSources(prompt: string, options?: GenerateOptions): Promise<SourcedAnswer> {
    return parseSources(await this.#ask('narrate', prompt, options))
  }

  /** Generated SQL with an explanation in words (action `explainsql`); the SQL is not run. */
  explainSql(prompt: string, options?: GenerateOptions): Promise<string> {
    return this.#ask('explainsql', prompt, options)
  }

  /** Generated SQL (action `showsql`); it is not run. The database may answer with a sentence when it finds no SQL. */
  showSql(prompt: string, options?: GenerateOptions): Promise<string> {
    return this.#ask('showsql', prompt, options)
  }

  /** The whole prompt that would go to the model, as JSON text (action `showprompt`). */
  showPrompt(prompt: string, options?: GenerateOptions): Promise<string> {
    return this.#ask('showprompt', prompt, options)
  }

  /**
   * Runs generated SQL as the database user of the pool (action `runsql`). A query that finds nothing resolves with no rows and
   * no columns. Values are those of JSON: dates are texts, and numbers beyond 15 digits may lose digits. For a profile with a
   * vector index the rows are the chunks of documents that are nearest to the question.
   *
   * @throws NoSqlGeneratedError when the model answered with a sentence instead of SQL.
   */
  async runSql<Row = Record<string, JsonValue>>(prompt: string, options?: GenerateOptions): Promise<RunSqlResult<Row>> {
    return readRows<Row>(await this.#ask('runsql', prompt, options))
  }

  /** The answer to any action as the database gives it, for `runsql` the JSON text. */
  async generate(prompt: string, options: GenerateOptions & { readonly action: Action }): Promise<string> {
    const { action, ...others } = options ?? {}
    return this.#ask(action, prompt, others)
  }

  /**
   * Creates the profile (`CREATE_PROFILE`). What is set is what is sent; for the rest the defaults of the database apply.
   *
   * @throws SelectAIArgumentError for a definition that cannot be right, before anything is sent
   * @throws ProfileExistsError when there is one of that name already
   * @throws InvalidAttributeError when the database refuses an attribute
   *
   * @example
   * await pool.profile('SALES').create({
   *   attributes: { provider: 'oci', credential_name: 'OCI$RESOURCE_PRINCIPAL', object_list: [{ owner: 'SH' }] },
   *   description: 'Questions about sales',
   * })
   */
  create(definition: ProfileDefinition, options?: CallOptions): Promise<void> {
    return create(this.#pool, this.qualifiedName, definition, options)
  }

  /**
   * Creates the profile, in place of the one of that name when there is one (`DROP_PROFILE` and `CREATE_PROFILE` in one round
   * trip). Nothing of the old one stays. The two are not one transaction: when the database drops the old profile and then
   * refuses the new one, there is none, and the error says so. The same may be after a call that was ended by its signal or
   * its deadline.
   *
   * @throws SelectAIArgumentError for a definition that cannot be right, before anything is sent
   * @throws ProfileReplaceError when the old profile is gone and the new one was refused; its cause says why
   * @throws InvalidAttributeError when there was no old one and the database refuses an attribute
   * @throws ProfileExistsError when somebody else creates one at the same moment
   */
  createOrReplace(definition: ProfileDefinition, options?: CallOptions): Promise<void> {
    return createOrReplace(this.#pool, this.qualifiedName, definition, options)
  }

  /**
   * Lays attributes over those of the profile (`SET_ATTRIBUTES`): what is not given stays as it is. All are changed or none.
   * To take an attribute away, replace the profile.
   *
   * @throws SelectAIArgumentError for attributes that cannot be right, before anything is sent
   * @throws ProfileNotFoundError when there is no such profile
   * @throws InvalidAttributeError when the database refuses an attribute
   *
   * @example
   * await pool.profile('SALES').merge({ temperature: 0, max_tokens: 2000 })
   */
  merge(attributes: ProfileAttributeChanges, options?: CallOptions): Promise<void> {
    return merge(this.#pool, this.qualifiedName, attributes, options)
  }

  /**
   * Sets one attribute (`SET_ATTRIBUTE`), also one that this package does not know. Arrays and objects are sent as JSON.
   *
   * @throws SelectAIArgumentError for a value that cannot be right, before anything is sent
   * @throws ProfileNotFoundError when there is no such profile
   * @throws InvalidAttributeError when the database refuses the attribute
   *
   * @example
   * await pool.profile('SALES').setAttribute('temperature', 0)
   */
  setAttribute(name: string, value: unknown, options?: CallOptions): Promise<void> {
    return setAttribute(this.#pool, this.qualifiedName, name, value, options)
  }

  /**
   * What the database knows of the profile, with all its attributes: one round trip, and two more when its description or a
   * value is longer than 1,000 characters. A name with its owner is looked for among the profiles that the user may see.
   *
   * @throws ProfileNotFoundError when there is no such profile
   *
   * @example
   * const { status, attributes } = await pool.profile('SALES').fetch()
   */
  fetch(options?: CallOptions): Promise<ProfileDescription> {
    return fetchDescription(this.#pool, this.qualifiedName, options)
  }

  /**
   * The PL/SQL block that would create the profile anew (`GET_DEFINITION`), in the words of the database. With
   * `dependentObjects` it creates the profile's vector index too.
   *
   * @throws ProfileNotFoundError when there is no such profile
   * @throws AnswerTooLongError when the block is longer than the pool allows
   *
   * @example
   * const block = await pool.profile('HANDBOOK').definition({ dependentObjects: true })
   * await otherPool.withConnection((connection) => connection.execute(block))
   */
  definition(options?: DefinitionOptions): Promise<string> {
    return definition(this.#pool, this.qualifiedName, options)
  }

  /**
   * Lets the profile answer again (`ENABLE_PROFILE`).
   * @throws ProfileNotFoundError when there is no such profile
   */
  enable(options?: CallOptions): Promise<void> {
    return enable(this.#pool, this.qualifiedName, options)
  }

  /**
   * Keeps the profile, but lets it answer no more (`DISABLE_PROFILE`).
   * @throws ProfileNotFoundError when there is no such profile
   */
  disable(options?: CallOptions): Promise<void> {
    return disable(this.#pool, this.qualifiedName, options)
  }

  /**
   * Lets another user or a role use the profile, who then names it with its owner (`GRANT_PROFILE_ACCESS`). For the credential of the
   * profile there is `grantCredentialAccess` of `@select-ai/core/admin`.
   *
   * @param userOrRole - the database's upper case is meant unless the name stands in double quotes; `PUBLIC` is everybody
   * @throws ProfileNotFoundError when there is no such profile
   * @throws UserNotFoundError when there is no such user or role
   *
   * @example
   * await pool.profile('SALES').grantAccess('REPORTS')
   * const shared = reportsPool.profile('SALES', { owner: 'APP' })
   */
  grantAccess(userOrRole: string, options?: CallOptions): Promise<void> {
    return grantAccess(this.#pool, this.qualifiedName, userOrRole, options)
  }

  /**
   * Takes back what `grantAccess` gives (`REVOKE_PROFILE_ACCESS`).
   *
   * @throws ProfileNotFoundError when there is no such profile
   * @throws UserNotFoundError when there is no such user or role
   *
   * @example
   * await pool.profile('SALES').revokeAccess('REPORTS')
   */
  revokeAccess(userOrRole: string, options?: CallOptions): Promise<void> {
    return revokeAccess(this.#pool, this.qualifiedName, userOrRole, options)
  }

  /**
   * Deletes the profile (`DROP_PROFILE`).
   * @throws ProfileNotFoundError when there is no such profile, unless `force` is set
   */
  delete(options?: DeleteProfileOptions): Promise<void> {
    return drop(this.#pool, this.qualifiedName, options)
  }

  /**
   * Questions within one conversation, which is created with the first of them unless its id is given. No connection is held
   * between questions, and making a session asks nothing of the database.
   *
   * @throws SelectAIArgumentError for an unknown or unusable option.
   * @example
   * await using session = pool.profile('SALES').chatSession({ attributes: { title: 'Promotions' } })
   * await session.chat('What is a promotion?')
   * await session.chat('Give me an example.')
   */
  chatSession(options: ChatSessionOptions = {}): ChatSession {
    return new ChatSession(this.#pool, this.qualifiedName, options)
  }

  /**
   * The answer in pieces, for readers that want pieces. This is no token stream: the database gives an answer when it is complete.
   * The question is asked when the first piece is wanted, and the connection is back in the pool before that piece comes.
   * No piece ends inside a surrogate pair.
   *
   * Whatever fails in the call comes with the first piece. Leaving the loop early ends what still runs and leaves nothing behind.
   * The iteration can be gone through once.
   *
   * @throws SelectAIArgumentError at once, for a blank prompt or an unusable option
   *
   * @example
   * for await (const piece of profile.stream('Tell me about promotions', { timeoutMs: 30_000 })) {
   *   process.stdout.write(piece)
   * }
   */
  stream(prompt: string, options: StreamOptions = {}): AsyncIterableIterator<string> {
    return streamAnswer(options, (action, others) => {
      const question = checkGenerate(this.qualifiedName, action, prompt, others)
      return (callOptions) => generateAnswer(this.#pool, question, callOptions)
    })
  }

  /**
   * Asks many questions, as many at the same time as `concurrency` says, and tells of each what became of it. A question that
   * fails, an unusable one included, is a result with `status: 'rejected'`; the others go on.
   *
   * Questions are taken from the list when there is room for them. With `order: 'completed'` no more than `concurrency` questions
   * are taken and not yet read by you; with `order: 'input'` four times as many, since a slow one holds up the answers behind it.
   *
   * With `pipeline: true` up to a hundred questions at a time go to the database in one round trip, on one connection that answers
   * them one after the other; see the option.
   *
   * Nothing is asked before the first result is wanted. Leaving the loop early breaks off what runs. When the signal aborts, what
   * runs is broken off too: the questions already taken are told of, those that ran with `CallAbortedError`, and then the iteration
   * rejects with `CallAbortedError`. It also rejects at the end when the list of questions itself fails, and at once with
   * `SelectAIArgumentError` for an unusable option. The iteration can be gone through once.
   *
   * @example
   * const questions = ['How many promotions are there?', { prompt: 'List the channels', action: 'runsql' } as const]
   * for await (const result of profile.askMany(questions, { action: 'narrate', concurrency: 2 })) {
   *   console.log(result.index, result.status === 'fulfilled' ? result.answer : result.error.message)
   * }
   */
  askMany(questions: Questions, options: AskManyOptions = {}): AsyncIterableIterator<SettledAnswer> {
    return askMany(
      (...question) => this.#ask(...question),
      (...pipeline) => generateInPipeline(this.#pool, this.qualifiedName, ...pipeline),
      this.#pool.stats().max,
      questions,
      options,
    )
  }

  /**
   * Summarises a text (`DBMS_CLOUD_AI.SUMMARIZE`), either one that is sent along or one that the database loads.
   * A location that cannot be loaded is a `ProviderError` too; the database says more in its cause.
   *
   * @example
   * const summary = await profile.summarize({ content: report }, { maxWords: 100, summaryStyle: 'list' })
   * const other = await profile.summarize({ locationUri: 'https://example.com/report.txt' }, { prompt: 'Keep all dates.' })
   */
  summarize(source: SummarySource, options: SummarizeOptions = {}): Promise<string> {
    return summarize(this.#pool, this.qualifiedName, source, options)
  }

  /**
   * Translates a text (`DBMS_CLOUD_AI.TRANSLATE`). The database can do this with profiles of the provider `oci` alone; for others,
   * and for a language that it does not know, it fails with `ProviderError`.
   *
   * @example
   * const german = await profile.translate('Thank you', { sourceLanguage: 'en', targetLanguage: 'de' })
   */
  translate(text: string, options: TranslateOptions = {}): Promise<string> {
    return translate(this.#pool, this.qualifiedName, text, options)
  }

  /**
   * Says that the SQL of a statement is right (`DBMS_CLOUD_AI.FEEDBACK`), so that the model gets it as an example for similar
   * questions. The database must have run that statement in the form `SELECT AI ...`, in a session with a profile.
   *
   * @throws SelectAIArgumentError for a target that names no statement, or two
   * @throws FeedbackRefusedError when the database knows no such statement
   *
   * @example
   * await profile.addPositiveFeedback({ prompt: 'How many promotions are there?', action: 'showsql' })
   */
  addPositiveFeedback(target: FeedbackTarget, options: CallOptions = {}): Promise<void> {
    return addPositiveFeedback(this.#pool, this.qualifiedName, target, options)
  }

  /**
   * Says what was wrong about the SQL of a statement, and what is right (`DBMS_CLOUD_AI.FEEDBACK`). One that is named by its
   * prompt needs the right SQL, but need not have been run. What was said about the statement before is replaced.
   *
   * @throws SelectAIArgumentError for feedback that names no statement, or two, or lacks the right SQL
   * @throws FeedbackRefusedError when the database knows no statement of that SQL_ID
   *
   * @example
   * await profile.addNegativeFeedback({
   *   prompt: 'How many promotions are there?',
   *   action: 'showsql',
   *   response: 'SELECT COUNT(*) FROM sh.promotions WHERE promo_total_id = 1',
   *   feedbackContent: 'Count those of the whole company alone.',
   * })
   */
  addNegativeFeedback(feedback: NegativeFeedback, options: CallOptions = {}): Promise<void> {
    return addNegativeFeedback(this.#pool, this.qualifiedName, feedback, options)
  }

  /**
   * Takes away what was said about a statement (`DBMS_CLOUD_AI.FEEDBACK`).
   *
   * @throws SelectAIArgumentError for a target that names no statement, or two
   * @throws FeedbackRefusedError when there is no feedback on it
   *
   * @example
   * await profile.deleteFeedback({ sqlId: 'ahgttusrvh9x5' })
   */
  deleteFeedback(target: FeedbackTarget, options: CallOptions = {}): Promise<void> {
    return deleteFeedback(this.#pool, this.qualifiedName, target, options)
  }

  /**
   * Has the database fill one table, or several, with rows that a model invents (`DBMS_CLOUD_AI.GENERATE_SYNTHETIC_DATA`). The
   * call lasts until all rows are inserted and committed, which may be long: give it a `timeoutMs` of its own. Sample rows go to
   * the provider.
   *
   * @returns what the database notes of the operation; undefined when it cannot be told from others of the user at the same time
   * @throws SelectAIArgumentError for a request that cannot be right, before anything is sent
   * @throws ProviderError when no rows could be made; the database says more in its cause
   *
   * @example
   * const operation = await profile.generateSyntheticData(
   *   {
   *     objectList: [
   *       { owner: 'DEMO', name: 'DIRECTOR', recordCount: 20 },
   *       { owner: 'DEMO', name: 'MOVIE', recordCount: 100, userPrompt: 'Released between 2010 and 2020' },
   *     ],
   *     params: { sampleRows: 10, comments: true },
   *   },
   *   { timeoutMs: 600_000 },
   * )
   * console.log(operation?.rowsLoaded)
   */
  generateSyntheticData(
    request: SyntheticDataRequest,
    options: CallOptions = {},
  ): Promise<SyntheticDataOperation | undefined> {
    return generateSyntheticData(this.#pool, this.qualifiedName, request, options)
  }

  #ask(action: Action, prompt: string, options: GenerateOptions = {}): Promise<string> {
    try {
      return generateAnswer(this.#pool, checkGenerate(this.qualifiedName, action, prompt, options), options)
    } catch (error) {
      return Promise.reject(error)
    }
  }
}
