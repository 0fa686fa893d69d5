import type { Conversation, SelectAIPool } from '@select-ai/core'

/** How a thread is kept in the database. */
export interface ThreadOptions {
  readonly profile: string
  /** How many of the latest prompts the model gets to see. */
  readonly conversationLength: number
  /** Whether what was said stays in the database. */
  readonly keepConversation?: boolean
}

/** The conversation of a chat, which comes into being with its first question. */
export class ConversationThread {
  readonly #pool: SelectAIPool
  readonly #options: ThreadOptions
  #conversation: Conversation | undefined

  constructor(pool: SelectAIPool, options: ThreadOptions) {
    this.#pool = pool
    this.#options = options
  }

  /** The id of the conversation, which is created if need be. */
  async id(signal: AbortSignal): Promise<string> {
    const { profile, conversationLength } = this.#options
    const title = `select-ai chat: ${profile}`
    this.#conversation ??= await this.#pool.createConversation({ title, conversationLength }, { signal })
    return this.#conversation.id
  }

  /** Ends the conversation, so that the next question begins another one. @returns the id of one that stays in the database. */
  async end(): Promise<string | undefined> {
    const conversation = this.#conversation
    this.#conversation = undefined
    if (this.#options.keepConversation) return conversation?.id
    await conversation?.delete({ force: true })
    return undefined
  }
}
