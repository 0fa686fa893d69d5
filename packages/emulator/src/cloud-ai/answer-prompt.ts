import type { CallContext } from '../execution/subprogram.ts'
import { OracleError } from '../oracle-error.ts'
import type { OracleValue } from '../values/oracle-value.ts'
import type { Action } from './actions.ts'
import { answerOrBreak } from './answer-or-break.ts'
import type { AnswerOrigin } from './answer-origin.ts'
import type { CloudAiOptions } from './cloud-ai.ts'
import type { ConversationStore } from './conversation-store.ts'
import { relatedFeedback } from './feedback-examples.ts'
import { takeFeedback } from './feedback-prompt.ts'
import { conversationMemory, type Memory, noMemory, sessionMemory } from './memory.ts'
import type { ProfileAttributes } from './profile-attributes.ts'
import type { AiProfile } from './profile-store.ts'
import { documentAction } from './vector-index/document-actions.ts'

/** A question that is ready to be answered, whichever way it came. */
export interface AskedPrompt {
  readonly prompt: string
  readonly profile: AiProfile
  readonly action: Action
  /** The profile's attributes with the call's own laid over them. */
  readonly attributes: ProfileAttributes
  readonly conversationId: string | null
}

/** An answer in words, and what it was made from. */
export interface AnsweredPrompt extends Readonly<AnswerOrigin> {
  readonly text: string
}

/** @throws OracleError ORA-20000 for a prompt with nothing in it. */
export function checkedPrompt(value: OracleValue | undefined): string {
  if (typeof value === 'string' && value.trim() !== '') return value
  throw new OracleError(20000, 'Prompt cannot be null or empty')
}

/** Answers a question, and keeps it and its answer where the conversation goes on. */
export async function answerPrompt(
  asked: AskedPrompt,
  context: CallContext,
  options: CloudAiOptions,
): Promise<AnsweredPrompt> {
  const { prompt, profile, action, attributes } = asked
  const memory = memoryFor(asked, context, options.conversations)
  if (action.asksModel) {
    options.providerAccess.check(attributes, { user: context.user, profileOwner: profile.owner })
  }
  const feedback = relatedFeedback(await options.feedback.list(profile, context), prompt)
  const origin: AnswerOrigin = {}
  const question = {
    request: { prompt, history: memory.history, attributes, signal: context.signal },
    attributes,
    context,
    model: options.model,
    schemaReader: options.schemaReader,
    dataAccess: options.dataAccess,
    feedback,
    takeFeedback: () => takeFeedback(prompt, profile, context, options),
    origin,
  }
  const { vector_index_name: index } = attributes
  const fromDocuments = typeof index === 'string' ? documentAction(action.name) : undefined
  const search = () => options.searchDocuments(context.user, String(index), prompt, context.signal)
  const text = await answerOrBreak(
    () => fromDocuments?.({ ...question, search }) ?? action.answer(question),
    context.signal,
  )
  memory.remember({ prompt, response: text })
  return { text, ...origin }
}

/** A conversation that the call names comes before the session's memory that the profile asks for. */
function memoryFor(
  { action, attributes, profile, conversationId }: AskedPrompt,
  context: CallContext,
  conversations: ConversationStore,
): Memory {
  if (!action.remembered) return noMemory
  if (conversationId !== null) {
    const about = { id: conversationId, profileName: profile.name, action: action.name }
    return conversationMemory(conversations, about, context)
  }
  if (attributes.conversation !== true) return noMemory
  const { conversation_length: length } = attributes
  const name = `${profile.owner}.${profile.name}`
  return sessionMemory(context, name, typeof length === 'number' ? length : undefined)
}
