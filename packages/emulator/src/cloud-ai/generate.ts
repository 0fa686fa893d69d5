import type { CallContext, Parameter, Subprogram } from '../execution/subprogram.ts'
import { OracleError } from '../oracle-error.ts'
import { CLOB, varchar2 } from '../values/oracle-type.ts'
import type { OracleValue } from '../values/oracle-value.ts'
import { findAction } from './actions.ts'
import { answerOrBreak } from './answer-or-break.ts'
import type { CloudAiOptions } from './cloud-ai.ts'
import { checkConversationId } from './conversation-id.ts'
import { jsonArgument } from './json-argument.ts'
import { namedProfile } from './named-profile.ts'
import { checkAttribute, type ProfileAttributes } from './profile-attributes.ts'
import { rememberTurn, sessionTurns } from './session-profile.ts'

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
  { model, schemaReader, profiles }: CloudAiOptions,
): Promise<string> {
  const prompt = typeof values.PROMPT === 'string' ? values.PROMPT : ''
  if (prompt.trim() === '') throw new OracleError(20000, 'Prompt cannot be null or empty')
  const profile = namedProfile(values.PROFILE_NAME, context, profiles)
  const action = findAction(values.ACTION)
  const attributes = { ...profile.attributes, ...overrides(jsonArgument(values.ATTRIBUTES)) }
  checkParams(jsonArgument(values.PARAMS))
  const remembers = attributes.conversation === true && action.remembered
  const history = remembers ? sessionTurns(context, profile.name) : []
  const request = { prompt, history, attributes, signal: context.signal }
  const response = await answerOrBreak(
    () => action.answer({ request, attributes, context, model, schemaReader }),
    context.signal,
  )
  if (remembers) rememberTurn(context, profile.name, { prompt, response })
  return response
}

function overrides(given: Readonly<Record<string, unknown>>): ProfileAttributes {
  const checked: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(given)) {
    checked[name.toLowerCase()] = value === null ? undefined : checkAttribute(name, value)
  }
  return checked
}

function checkParams(params: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(params)) {
    if (name.toLowerCase() !== 'conversation_id') throw new OracleError(20000, `Invalid parameter in params - ${name}`)
    if (value !== null) checkConversationId(value)
  }
}
