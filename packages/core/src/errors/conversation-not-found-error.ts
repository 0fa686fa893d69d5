import { SelectAIError } from './select-ai-error.ts'

/** The database knows no conversation of that id for this user, or no such prompt in it. */
export class ConversationNotFoundError extends SelectAIError {
  /** The `code` of every error of this class. */
  static readonly code = 'CONVERSATION_NOT_FOUND'
  /** The id of the conversation. */
  readonly conversationId: string
  /** The id of the prompt, when it is the prompt that is not there. */
  readonly promptId: string | undefined

  constructor({ conversationId, promptId, cause }: { conversationId: string; promptId?: string; cause?: unknown }) {
    super({
      message:
        promptId === undefined
          ? `The database has no conversation '${conversationId}' for this user. It may have been deleted, or its retention is over; create another one.`
          : `The conversation '${conversationId}' has no prompt '${promptId}'. It may have been deleted; prompts() lists those that are there.`,
      code: ConversationNotFoundError.code,
      retryable: false,
      cause,
    })
    this.conversationId = conversationId
    this.promptId = promptId
  }
}
