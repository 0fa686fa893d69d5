import { ConversationNotFoundError } from '../errors/conversation-not-found-error.ts'
import { oracleErrorNumber } from '../errors/oracle-error-number.ts'
import { SelectAIArgumentError } from '../errors/select-ai-argument-error.ts'

const conversationErrorNumber = 20050

/** The error for a conversation that is gone; undefined when the database reported something else. */
export function conversationErrorOf(error: unknown, conversationId: string): ConversationNotFoundError | undefined {
  return /\bdoes not exist\b/i.test(complaintOf(error))
    ? new ConversationNotFoundError({ conversationId, cause: error })
    : undefined
}

/** The error for a tag that is not there; undefined when the database reported something else. */
export function tagErrorOf(
  error: unknown,
  conversationId: string,
  tagKey: string,
): ConversationNotFoundError | undefined {
  return /\btag\b.*\bdoes not exist\b/i.test(complaintOf(error))
    ? new ConversationNotFoundError({ conversationId, tagKey, cause: error })
    : undefined
}

/** The error for an attribute that is longer than the database keeps; undefined when it reported something else. */
export function attributeErrorOf(error: unknown, argument: string): SelectAIArgumentError | undefined {
  const [, attribute] = /\btoo long for conversation attribute - (\w+)/i.exec(complaintOf(error)) ?? []
  if (attribute === undefined) return undefined
  const message = 'is longer than the database keeps.'
  return new SelectAIArgumentError({ argument: `${argument}.${attribute}`, message, cause: error })
}

/** The text of an error about conversations; the same number stands elsewhere for agents. Empty for other errors. */
function complaintOf(error: unknown): string {
  return oracleErrorNumber(error) === conversationErrorNumber && error instanceof Error ? error.message : ''
}
