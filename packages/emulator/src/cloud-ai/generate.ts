import type { CallContext, Parameter, Subprogram } from '../execution/subprogram.ts'
import { OracleError } from '../oracle-error.ts'
import { CLOB, varchar2 } from '../values/oracle-type.ts'
import type { OracleValue } from '../values/oracle-value.ts'
import { type Action, findAction } from './actions.ts'
import { answerOrBreak } from './answer-or-break.ts'
import type { CloudAiOptions } from './cloud-ai.ts'
import type { ConversationStore } from './conversation-store.ts'
import { jsonArgument } from './json-argument.ts'
import { conversationMemory, type Memory, noMemory, sessionMemory } from './memory.ts'
import { namedProfile } from './named-profile.ts'
import { checkAttribute, type ProfileAttributes } from './profile-attributes.ts'
import type { AiProfile } from './profile-store.ts'
import { documentAction } from './vector-index/document-actions.ts'

const PARAMETERS: readonly Parameter[] = [
  { name: 'PROMPT', mode: 'in', type: CLOB },
  { name: 'PROFILE_NAME', mode: 'in', type: varchar2(128), default: null },
  { name: 'ACTION', mode: 'in', type: varchar2(), default: 'runsql' },
  { name: 'ATTRIBUTES', mode: 'in', type: CLOB, default: null },
  { name: 'PARAMS', mode: 'in', type: CLOB, default: null },
]

/** DBMS_CLOUD_AI.GENERATE: one question, answered as the action says. */
export function generateSubprogram(options: CloudAiOptions): Subprogram {
  return {
    name: 'DBMS_CLOUD_AI.GENERATE',
    parameters: PARAMETERS,
    returns: CLOB,
    run: async (values, context) => ({ value: await generate(values, context, options) }),
  }
}

async function generate(
  values: Readonly<Record<string, OracleValue>>,
  context: CallContext,
  { model, schemaReader, profiles, conversations, searchDocuments }: CloudAiOptions,
): Promise<string> {
  const prompt = typeof values.PROMPT === 'string' ? values.PROMPT : ''
  if (prompt.trim() === '') throw new OracleError(20000, 'Prompt cannot be null or empty')
  const profile = namedProfile(values.PROFILE_NAME, context, profiles)
  const action = findAction(values.ACTION)
  const attributes = { ...profile.attributes, ...overrides(jsonArgument(values.ATTRIBUTES)) }
  const conversationId = conversationIdOf(jsonArgument(values.PARAMS), context.user, conversations)
  const memory = memoryFor({ action, attributes, profile, conversationId }, context, conversations)
  const request = { prompt, history: memory.history, attributes, signal: context.signal }
  const { vector_index_name: indexName } = attributes
  const fromDocuments = typeof indexName === 'string' ? documentAction(action.name) : undefined
  const search = () => searchDocuments(context.user, String(indexName), prompt, context.signal)
  const response = await answerOrBreak(
    () =>
      fromDocuments?.({ request, model, search }) ??
      action.answer({ request, attributes, context, model, schemaReader }),
    context.signal,
  )
  memory.remember({ prompt, response })
  return response
}

function overrides(given: Readonly<Record<string, unknown>>): ProfileAttributes {
  const checked: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(given)) {
    checked[name.toLowerCase()] = value === null ? undefined : checkAttribute(name, value)
  }
  return checked
}

/** The conversation that the call names; null when it names none. @throws OracleError ORA-20050 when there is no such one. */
function conversationIdOf(
  params: Readonly<Record<string, unknown>>,
  user: string,
  conversations: ConversationStore,
): string | null {
  let id: string | null = null
  for (const [name, value] of Object.entries(params)) {
    if (name.toLowerCase() !== 'conversation_id') throw new OracleError(20000, `Invalid parameter in params - ${name}`)
    if (value !== null) id = conversations.get(user, String(value)).id
  }
  return id
}

interface Remembering {
  readonly action: Action
  readonly attributes: ProfileAttributes
  readonly profile: AiProfile
  readonly conversationId: string | null
}

/** A conversation that the call names comes before the session's memory that the profile asks for. */
function memoryFor(
  { action, attributes, profile, conversationId }: Remembering,
  context: CallContext,
  conversations: ConversationStore,
): Memory {
  if (!action.remembered) return noMemory
  if (conversationId !== null) {
    const about = { id: conversationId, profileName: profile.name, action: action.name }
    return conversationMemory(conversations, about, context)
  }
  return attributes.conversation === true ? sessionMemory(context, profile.name) : noMemory
}
