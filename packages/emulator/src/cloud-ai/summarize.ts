import type { CallContext, Parameter, Subprogram } from '../execution/subprogram.ts'
import { OracleError } from '../oracle-error.ts'
import { CLOB, varchar2 } from '../values/oracle-type.ts'
import type { OracleValue } from '../values/oracle-value.ts'
import { answerOrBreak } from './answer-or-break.ts'
import type { CloudAiOptions } from './cloud-ai.ts'
import { jsonArgument } from './json-argument.ts'
import { loadLocation } from './load-location.ts'
import { namedProfile } from './named-profile.ts'
import { summarizeText } from './summarize-text.ts'
import { summaryParams } from './summary-params.ts'

const PARAMETERS: readonly Parameter[] = [
  { name: 'CONTENT', mode: 'in', type: CLOB, default: null },
  { name: 'LOCATION_URI', mode: 'in', type: varchar2(), default: null },
  { name: 'CREDENTIAL_NAME', mode: 'in', type: varchar2(), default: null },
  { name: 'PROFILE_NAME', mode: 'in', type: varchar2(128), default: null },
  { name: 'USER_PROMPT', mode: 'in', type: CLOB, default: null },
  { name: 'PARAMS', mode: 'in', type: CLOB, default: null },
]

/** DBMS_CLOUD_AI.SUMMARIZE. */
export function summarizeSubprogram(options: CloudAiOptions): Subprogram {
  return {
    name: 'DBMS_CLOUD_AI.SUMMARIZE',
    parameters: PARAMETERS,
    returns: CLOB,
    run: async (values, context) => ({ value: await summarize(values, context, options) }),
  }
}

async function summarize(
  values: Readonly<Record<string, OracleValue>>,
  context: CallContext,
  { model, profiles, providerAccess }: CloudAiOptions,
): Promise<string> {
  const content = given(values.CONTENT)
  const location = given(values.LOCATION_URI)
  if (content === undefined && location === undefined) {
    throw new OracleError(20000, 'Either content or location_uri must be specified')
  }
  if (content !== undefined && location !== undefined) {
    throw new OracleError(20000, 'Only one of content and location_uri can be specified')
  }
  const { attributes, owner: profileOwner } = namedProfile(values.PROFILE_NAME, context, profiles)
  const caller = { user: context.user, profileOwner }
  providerAccess.check(attributes, caller)
  const credential = given(values.CREDENTIAL_NAME)
  if (credential !== undefined) providerAccess.checkCredential(credential, caller)
  const wishes = { ...summaryParams(jsonArgument(values.PARAMS)), userPrompt: given(values.USER_PROMPT) }
  const { signal } = context
  return answerOrBreak(async () => {
    const text = location === undefined ? String(content) : await loadLocation(location, signal)
    return summarizeText(model, text, wishes, { attributes, signal })
  }, signal)
}

function given(value: OracleValue | undefined): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value : undefined
}
