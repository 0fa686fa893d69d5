import { Conversation } from '../conversation/conversation.ts'
import { type ConversationAttributes, conversationAttributesJson } from '../conversation/conversation-attributes.ts'
import { attributeErrorOf } from '../conversation/conversation-error.ts'
import { checkId } from '../conversation/conversation-id.ts'
import { insertConversation } from '../conversation/create-conversation.ts'
import { SelectAIArgumentError } from '../errors/select-ai-argument-error.ts'
import type { SelectAIError } from '../errors/select-ai-error.ts'
import { callDatabase } from '../pool/call-database.ts'
import type { CallOptions } from '../pool/call-options.ts'
import type { ConnectionPool, Lease } from '../pool/connection-pool.ts'
import type { Action } from './action.ts'
import { askDatabase, questionErrorOf } from './generate-answer.ts'
import { checkGenerate, type GenerateArguments, type GenerateOptions } from './generate-options.ts'
import type { JsonValue } from './json-value.ts'
import { type RunSqlResult, readRows } from './read-rows.ts'
import { type StreamOptions, streamAnswer } from './stream-answer.ts'

/** How a chat session begins and ends. */
export interface ChatSessionOptions {
  /** The conversation to go on with. Default: the session creates one with its first question. */
  readonly conversationId?: string | undefined
  /** Attributes of the conversation that the session creates; not together with `conversationId`. */
  readonly attributes?: ConversationAttributes | undefined
  /** Whether closing the session deletes the conversation, also one that was given. Default: false. */
  readonly deleteAtEnd?: boolean | undefined
}

/** Options of one question within a session, whose conversation is always the session's. */
export type ChatTurnOptions = Omit<GenerateOptions, 'conversationId'>

/** Options of an answer in pieces within a session. */
export type ChatStreamOptions = Omit<StreamOptions, 'conversationId'>

/**
 * Questions to one profile within one conversation. The session keeps the id of the conversation and nothing else: between
 * two questions no connection is held, and each question may go over another one.
 *
 * Questions asked at the same time are sent one after the other, in the order in which they were asked, so that each sees
 * the answer of the one before; `timeoutMs` and `signal` cover that wait too. A question that fails is no part of the
 * conversation, and the next one is sent all the same.
 *
 * The methods are those of `Profile` and reject alike, and with `ConversationNotFoundError` when the conversation is gone.
 *
 * @example
 * await using session = pool.profile('SALES').chatSession({ deleteAtEnd: true })
 * await session.chat('Which products do we sell?')
 * const { rows } = await session.runSql('How many of each were sold?')
 */
export class ChatSession {
  readonly #pool: ConnectionPool
  readonly #profile: string
  readonly #attributes: string | undefined
  readonly #deletesAtEnd: boolean
  #conversation: Conversation | undefined
  #turns: Promise<unknown> = Promise.resolve()
  #closing: Promise<void> | undefined
  #isClosed = false

  /** Use `profile.chatSession(options)`. */
  constructor(pool: ConnectionPool, profile: string, options: ChatSessionOptions) {
    checkChatSession(options)
    const { conversationId, attributes = {}, deleteAtEnd = false } = options
    this.#pool = pool
    this.#profile = profile
    this.#attributes = conversationAttributesJson('options.attributes', attributes)
    this.#deletesAtEnd = deleteAtEnd
    if (conversationId === undefined) return
    this.#conversation = new Conversation(checkId('options.conversationId', conversationId), pool)
  }

  /** The conversation that was given or created; undefined before the first question created one. */
  get conversation(): Conversation | undefined {
    return this.#conversation
  }

  /** Passes the prompt to the model, with the turns before, and resolves with its answer. */
  chat(prompt: string, options?: ChatTurnOptions): Promise<string> {
    return this.#ask('chat', prompt, options)
  }

  /** Runs generated SQL and has the model tell the result in words. Rows leave the database for the provider. */
  narrate(prompt: string, options?: ChatTurnOptions): Promise<string> {
    return this.#ask('narrate', prompt, options)
  }

  /** Generated SQL with an explanation in words; the SQL is not run. */
  explainSql(prompt: string, options?: ChatTurnOptions): Promise<string> {
    return this.#ask('explainsql', prompt, options)
  }

  /** Generated SQL; it is not run. The database may answer with a sentence when it finds no SQL. */
  showSql(prompt: string, options?: ChatTurnOptions): Promise<string> {
    return this.#ask('showsql', prompt, options)
  }

  /** The whole prompt that would go to the model, as JSON text. The database makes it no part of the conversation. */
  showPrompt(prompt: string, options?: ChatTurnOptions): Promise<string> {
    return this.#ask('showprompt', prompt, options)
  }

  /**
   * Runs generated SQL as the database user of the pool and resolves with the rows, as `profile.runSql` does.
   * @throws NoSqlGeneratedError when the model answered with a sentence instead of SQL.
   */
  async runSql<Row = Record<string, JsonValue>>(prompt: string, options?: ChatTurnOptions): Promise<RunSqlResult<Row>> {
    return readRows<Row>(await this.#ask('runsql', prompt, options))
  }

  /**
   * The answer in pieces, as `profile.stream` gives it: no token stream, since the database gives an answer when it is complete.
   * The question gets in line when the first piece is wanted, and counts as asked then.
   *
   * @throws SelectAIArgumentError at once for what cannot be asked; what fails in the call comes with the first piece.
   * @example
   * for await (const piece of session.stream('Tell me more', { timeoutMs: 30_000 })) {
   *   response.write(piece)
   * }
   */
  stream(prompt: string, options: ChatStreamOptions = {}): AsyncIterableIterator<string> {
    return streamAnswer(options, (action, others) => {
      const question = this.#check(action, prompt, others)
      return async (callOptions) => {
        this.#checkOpen()
        return this.#send(question, callOptions)
      }
    })
  }

  /**
   * Refuses further questions, waits for those under way, and deletes the conversation when `deleteAtEnd` says so; one that is
   * gone already is fine. Closing again gives the same promise; after a deletion that failed it tries again.
   */
  close(): Promise<void> {
    this.#isClosed = true
    this.#closing ??= this.#close().catch((error: unknown) => {
      this.#closing = undefined
      throw error
    })
    return this.#closing
  }

  /** `await using session = profile.chatSession()` closes the session at the end of the block. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.close()
  }

  async #ask(action: Action, prompt: string, options: ChatTurnOptions = {}): Promise<string> {
    return this.#send(this.#check(action, prompt, options), options)
  }

  #send(input: GenerateArguments, options: CallOptions): Promise<string> {
    const { action } = input
    const call = { action, profile: this.#profile, options, after: this.#turns, errorOf: this.#errorOf }
    const answer = callDatabase(this.#pool, call, (lease) => this.#askWithin(lease, input))
    // What the turns resolved with is let go, or a long session would keep every answer.
    this.#turns = Promise.allSettled([this.#turns, answer]).then(() => {})
    return answer
  }

  #check(action: Action, prompt: string, options: ChatTurnOptions): GenerateArguments {
    this.#checkOpen()
    if (Object.hasOwn(Object(options), 'conversationId')) {
      const message = "is not an option of this call: it is always the session's conversation."
      throw new SelectAIArgumentError({ argument: 'options.conversationId', message })
    }
    return checkGenerate(this.#profile, action, prompt, options)
  }

  #checkOpen(): void {
    if (!this.#isClosed) return
    throw new SelectAIArgumentError({ argument: 'session', message: 'is closed; start another one.' })
  }

  /** The first question creates the conversation on the way, on the same connection and within the same budget. */
  async #askWithin(lease: Lease, input: GenerateArguments): Promise<string> {
    if (this.#conversation === undefined) {
      const id = await insertConversation(lease, this.#attributes)
      // A creation that was given up may come late, when another question has made a conversation already.
      this.#conversation ??= new Conversation(id, this.#pool)
      if (lease.deadline.error) throw lease.deadline.error
    }
    return askDatabase(lease, { ...input, conversationId: this.#conversation.id })
  }

  readonly #errorOf = (error: unknown): SelectAIError | undefined => {
    const conversationId = this.#conversation?.id
    const known = questionErrorOf(error, { profile: this.#profile, conversationId })
    if (known !== undefined || conversationId !== undefined) return known
    return attributeErrorOf(error, 'options.attributes')
  }

  async #close(): Promise<void> {
    await this.#turns
    if (this.#deletesAtEnd) await this.#conversation?.delete({ force: true })
  }
}

const optionNames = ['conversationId', 'attributes', 'deleteAtEnd']

function checkChatSession(options: ChatSessionOptions): void {
  if (typeof options !== 'object' || options === null) {
    throw new SelectAIArgumentError({ argument: 'options', message: 'must be an object.' })
  }
  const unknown = Object.keys(options).find((name) => !optionNames.includes(name))
  if (unknown !== undefined) {
    const message = `is not an option of a session. Known options: ${optionNames.join(', ')}.`
    throw new SelectAIArgumentError({ argument: `options.${unknown}`, message })
  }
  const { conversationId, attributes, deleteAtEnd } = options
  if (conversationId !== undefined && attributes !== undefined) {
    const message = 'are for a conversation that the session creates; leave them out, or conversationId.'
    throw new SelectAIArgumentError({ argument: 'options.attributes', message })
  }
  if (deleteAtEnd !== undefined && typeof deleteAtEnd !== 'boolean') {
    throw new SelectAIArgumentError({ argument: 'options.deleteAtEnd', message: 'must be true or false.' })
  }
}
