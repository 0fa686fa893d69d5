import type { CallContext, Parameter, Subprogram } from '../execution/subprogram.ts'
import { textArgument } from '../execution/text-argument.ts'
import { OracleError } from '../oracle-error.ts'
import { CLOB, varchar2 } from '../values/oracle-type.ts'
import type { OracleValue } from '../values/oracle-value.ts'
import { findAction } from './actions.ts'
import { answerPrompt, checkedPrompt } from './answer-prompt.ts'
import type { CloudAiOptions } from './cloud-ai.ts'
import type { ConversationStore } from './conversation-store.ts'
import { jsonArgument } from './json-argument.ts'
import { namedProfile } from './named-profile.ts'
import { checkAttribute, type ProfileAttributes } from './profile-attributes.ts'

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
  options: CloudAiOptions,
): Promise<string> {
  const prompt = checkedPrompt(values.PROMPT)
  const { sessionTeam } = options
  if (sessionTeam !== undefined && textArgument(values.ACTION).trim().toLowerCase() === 'agent') {
    const params = { values: jsonArgument(values.PARAMS), text: textArgument(values.PARAMS) || null }
    return sessionTeam.generate(prompt, params, context)
  }
  const profile = namedProfile(values.PROFILE_NAME, context, options.profiles)
  const action = findAction(values.ACTION)
  const attributes = { ...profile.attributes, ...overrides(jsonArgument(values.ATTRIBUTES)) }
  const conversationId = conversationIdOf(jsonArgument(values.PARAMS), context.user, options.conversations)
  const { text } = await answerPrompt({ prompt, profile, action, attributes, conversationId }, context, options)
  return text
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
