import type { CallContext, Parameter, Subprogram } from '../execution/subprogram.ts'
import { OracleError } from '../oracle-error.ts'
import { CLOB, varchar2 } from '../values/oracle-type.ts'
import type { OracleValue } from '../values/oracle-value.ts'
import { answerOrBreak } from './answer-or-break.ts'
import type { CloudAiOptions } from './cloud-ai.ts'
import { namedProfile } from './named-profile.ts'
import { translateText } from './translate-text.ts'

const PARAMETERS: readonly Parameter[] = [
  { name: 'PROFILE_NAME', mode: 'in', type: varchar2(128), default: null },
  { name: 'TEXT', mode: 'in', type: CLOB, default: null },
  { name: 'SOURCE_LANGUAGE', mode: 'in', type: varchar2(), default: null },
  { name: 'TARGET_LANGUAGE', mode: 'in', type: varchar2(), default: null },
]

/** DBMS_CLOUD_AI.TRANSLATE. */
export function translateSubprogram(options: CloudAiOptions): Subprogram {
  return {
    name: 'DBMS_CLOUD_AI.TRANSLATE',
    parameters: PARAMETERS,
    returns: CLOB,
    run: async (values, context) => ({ value: await translate(values, context, options) }),
  }
}

async function translate(
  values: Readonly<Record<string, OracleValue>>,
  context: CallContext,
  { model, profiles, providerAccess }: CloudAiOptions,
): Promise<string> {
  const text = given(values.TEXT)
  if (text === undefined) throw new OracleError(20000, 'Text cannot be null or empty')
  const { attributes, owner: profileOwner } = namedProfile(values.PROFILE_NAME, context, profiles)
  providerAccess.check(attributes, { user: context.user, profileOwner })
  const languages = { source: given(values.SOURCE_LANGUAGE), target: given(values.TARGET_LANGUAGE) }
  const request = { attributes, signal: context.signal }
  return answerOrBreak(() => translateText(model, text, languages, request), context.signal)
}

function given(value: OracleValue | undefined): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value : undefined
}
