import type { ConnectionPool } from '../pool/connection-pool.ts'
import type { Action } from './action.ts'
import { ChatSession, type ChatSessionOptions } from './chat-session.ts'
import { generateAnswer } from './generate-answer.ts'
import { checkGenerate, type GenerateOptions } from './generate-options.ts'
import type { JsonValue } from './json-value.ts'
import { checkProfileName } from './profile-name.ts'
import { type RunSqlResult, readRows } from './read-rows.ts'

/**
 * An AI profile of the database, by name. Making one costs nothing; each method borrows a connection for one call of
 * `DBMS_CLOUD_AI.GENERATE` and gives it back before it resolves.
 *
 * Every method rejects with one of this package's errors: `SelectAIArgumentError` for a blank prompt or an unknown option,
 * `PoolQueueFullError` and `PoolTimeoutError` when all connections are busy, `CallTimeoutError` and `CallAbortedError` when the
 * call was ended, `ProfileNotFoundError`, `ConversationNotFoundError`, `ProviderError`, `AnswerTooLongError`, `ConnectError`, `ConnectionLostError`,
 * `LoginError`, `PrivilegeError`, `PoolClosedError`, or `DatabaseError` for the rest.
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
  /** The name as given; the database does not tell upper and lower case apart. */
  readonly name: string
  readonly #pool: ConnectionPool

  /** Use `pool.profile(name)`. */
  constructor(name: string, pool: ConnectionPool) {
    this.name = checkProfileName(name)
    this.#pool = pool
  }

  /** Passes the prompt to the model (action `chat`) and resolves with its answer. */
  chat(prompt: string, options?: GenerateOptions): Promise<string> {
    return this.#ask('chat', prompt, options)
  }

  /** Runs generated SQL and has the model tell the result in words (action `narrate`). Rows leave the database for the provider. */
  narrate(prompt: string, options?: GenerateOptions): Promise<string> {
    return this.#ask('narrate', prompt, options)
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
   * no columns. Values are those of JSON: dates are texts, and numbers beyond 15 digits may lose digits.
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
    return new ChatSession(this.#pool, this.name, options)
  }

  async #ask(action: Action, prompt: string, options: GenerateOptions = {}): Promise<string> {
    return generateAnswer(this.#pool, checkGenerate(this.name, action, prompt, options), options)
  }
}
