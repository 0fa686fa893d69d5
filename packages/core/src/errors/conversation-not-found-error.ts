import { SelectAIError } from './select-ai-error.ts'

/** The database knows no conversation of that id for this user, or no such prompt or tag of it. */
export class ConversationNotFoundError extends SelectAIError {
  /** The `code` of every error of this class. */
  static readonly code = 'CONVERSATION_NOT_FOUND'
  /** The id of the conversation. */
  readonly conversationId: string
  /** The id of the prompt, when it is the prompt that is not there. */
  readonly promptId: string | undefined

  /** The key of the tag, when it is the tag that is not there. */
  readonly tagKey: string | undefined

  constructor({
    conversationId,
    promptId,
    tagKey,
    cause,
  }: { conversationId: string; promptId?: string; tagKey?: string; cause?: unknown }) {
    super({
      message: messageOf(conversationId, promptId, tagKey),
      code: ConversationNotFoundError.code,
      retryable: false,
      cause,
    })
    this.conversationId = conversationId
    this.promptId = promptId
    this.tagKey = tagKey
  }
}

function messageOf(conversationId: string, promptId: string | undefined, tagKey: string | undefined): string {
  if (promptId !== undefined) {
    return `The conversation '${conversationId}' has no prompt '${promptId}'. It may have been deleted; listPrompts() lists those that are there.`
  }
  if (tagKey !== undefined) {
    return `The conversation '${conversationId}' has no tag '${tagKey}'. Set it with addTag, or remove it with force.`
  }
  return `The database has no conversation '${conversationId}' for this user. It may have been deleted, or its retention is over; create another one.`
}
