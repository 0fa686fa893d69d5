import type { CallContext, Parameter, Subprogram, SubprogramResult } from '../execution/subprogram.ts'
import { textArgument } from '../execution/text-argument.ts'
import { OracleError } from '../oracle-error.ts'
import { CLOB, varchar2 } from '../values/oracle-type.ts'
import type { OracleValue } from '../values/oracle-value.ts'
import type { CloudAiOptions } from './cloud-ai.ts'
import { checkWasRun, type FeedbackStatement, statementOfId, statementOfText } from './feedback-statement.ts'
import { namedProfile } from './named-profile.ts'
import type { AiProfile } from './profile-store.ts'
import { readableStatement } from './readable-statement.ts'

const SQL_ID: Parameter = { name: 'SQL_ID', mode: 'in', type: varchar2() }
const SQL_TEXT: Parameter = { name: 'SQL_TEXT', mode: 'in', type: CLOB }

/** FEEDBACK: one overload for each way to name the statement, so that a call with both fits neither. */
export function feedbackSubprograms(options: CloudAiOptions): readonly Subprogram[] {
  return [SQL_ID, SQL_TEXT].map((statement) => ({
    name: 'DBMS_CLOUD_AI.FEEDBACK',
    parameters: [
      { name: 'PROFILE_NAME', mode: 'in', type: varchar2(128), default: null },
      statement,
      { name: 'FEEDBACK_TYPE', mode: 'in', type: varchar2(), default: null },
      { name: 'RESPONSE', mode: 'in', type: CLOB, default: null },
      { name: 'FEEDBACK_CONTENT', mode: 'in', type: CLOB, default: null },
      { name: 'OPERATION', mode: 'in', type: varchar2(), default: 'add' },
    ],
    run: (values, context) => feedback(values, context, options),
  }))
}

type Values = Readonly<Record<string, OracleValue>>

async function feedback(values: Values, context: CallContext, options: CloudAiOptions): Promise<SubprogramResult> {
  const profile = namedProfile(values.PROFILE_NAME, context, options.profiles)
  const operation = word(values, 'OPERATION', ['add', 'delete'])
  const statement = await statementOf(values, profile, context, options)
  if (operation === 'add') await add(values, statement, profile, context, options)
  else await remove(statement, profile, context, options)
  return {}
}

async function statementOf(
  values: Values,
  profile: AiProfile,
  context: CallContext,
  options: CloudAiOptions,
): Promise<FeedbackStatement> {
  const sqlId = textArgument(values.SQL_ID)
  if (sqlId !== '') return statementOfId(sqlId, profile, context, options)
  return statementOfText(textArgument(values.SQL_TEXT), context.user, options)
}

async function add(
  values: Values,
  statement: FeedbackStatement,
  profile: AiProfile,
  context: CallContext,
  options: CloudAiOptions,
): Promise<void> {
  const type = word(values, 'FEEDBACK_TYPE', ['positive', 'negative'])
  const response = textArgument(values.RESPONSE)
  const corrected = response === '' ? null : readableStatement(response)
  const sqlQuery = type === 'positive' ? checkWasRun(statement) : corrected
  const content = textArgument(values.FEEDBACK_CONTENT) || null
  await options.feedback.put(profile, { ...statement, type, sqlQuery, content }, context)
}

async function remove(
  { sqlId }: FeedbackStatement,
  profile: AiProfile,
  context: CallContext,
  options: CloudAiOptions,
): Promise<void> {
  if (await options.feedback.remove(profile, sqlId, context)) return
  throw new OracleError(20000, `There is no feedback for SQL_ID ${sqlId}`)
}

/** @throws OracleError ORA-20000 for anything but one of the words. */
function word<Word extends string>(values: Values, argument: string, words: readonly Word[]): Word {
  const given = textArgument(values[argument])
  const found = words.find((each) => each === given.trim().toLowerCase())
  if (found === undefined) throw new OracleError(20000, `Invalid value for ${argument.toLowerCase()} - ${given}`)
  return found
}
