import { checkParts } from '../attributes/check-parts.ts'
import { FeedbackRefusedError } from '../errors/feedback-refused-error.ts'
import { oracleErrorNumber } from '../errors/oracle-error-number.ts'
import { SelectAIArgumentError } from '../errors/select-ai-argument-error.ts'
import { textBind } from '../pool/bind-values.ts'
import { runBlock } from '../pool/call-database.ts'
import { type CallOptions, callOptionNames, checkCallOptions } from '../pool/call-options.ts'
import { checkText } from '../pool/check-values.ts'
import type { ConnectionPool } from '../pool/connection-pool.ts'
import {
  addNegativeFeedbackBySqlId,
  addNegativeFeedbackBySqlText,
  addPositiveFeedbackBySqlId,
  addPositiveFeedbackBySqlText,
  deleteFeedbackBySqlId,
  deleteFeedbackBySqlText,
} from '../sql/feedback-statements.ts'

/** Actions whose SQL feedback can be about. */
export type FeedbackAction = 'runsql' | 'showsql' | 'explainsql'

/** A question as it was asked. The database keeps feedback for each action apart. */
export interface AskedStatement {
  /** The question, in the same words. */
  readonly prompt: string
  /** The action that it was asked with. */
  readonly action: FeedbackAction
  /** Not together with `prompt`. */
  readonly sqlId?: undefined
}

/** A statement of the form `SELECT AI ...` that was run, by its identifier. */
export interface IdentifiedStatement {
  /** The `SQL_ID` of the view `V$MAPPED_SQL`: 13 digits and letters. */
  readonly sqlId: string
  /** Not together with `sqlId`. */
  readonly prompt?: undefined
  /** Not together with `sqlId`. */
  readonly action?: undefined
}

/** What feedback is about: either a question with its action, or a SQL_ID. */
export type FeedbackTarget = AskedStatement | IdentifiedStatement

/** What is right instead. */
export interface Correction {
  /** The right SQL, one SELECT. Required with `prompt`. */
  readonly response?: string | undefined
  /** What was wrong, in words. */
  readonly feedbackContent?: string | undefined
}

/** What was wrong about the SQL of a statement, and what is right. */
export type NegativeFeedback =
  | (AskedStatement & Correction & { readonly response: string })
  | (IdentifiedStatement & Correction)

const actions: readonly FeedbackAction[] = ['runsql', 'showsql', 'explainsql']
const targetNames = ['prompt', 'action', 'sqlId']
const correctionNames = ['response', 'feedbackContent']

/** @throws SelectAIArgumentError before anything is sent. */
export async function addPositiveFeedback(
  pool: ConnectionPool,
  profile: string,
  target: FeedbackTarget,
  options: CallOptions,
): Promise<void> {
  checkParts('target', target, targetNames)
  await sendFeedback(pool, profile, checkTarget('target', target), options, {
    action: 'addPositiveFeedback',
    operation: 'add positive feedback',
    bySqlId: addPositiveFeedbackBySqlId,
    bySqlText: addPositiveFeedbackBySqlText,
    input: { feedback_type: 'positive', operation: 'add' },
  })
}

/** @throws SelectAIArgumentError before anything is sent. */
export async function addNegativeFeedback(
  pool: ConnectionPool,
  profile: string,
  feedback: NegativeFeedback,
  options: CallOptions,
): Promise<void> {
  checkParts('feedback', feedback, [...targetNames, ...correctionNames])
  const statement = checkTarget('feedback', feedback)
  const { response, feedbackContent } = feedback
  if (response === undefined && feedback.sqlId === undefined) {
    const message = 'must be the right SQL when the statement is named by its prompt.'
    throw new SelectAIArgumentError({ argument: 'feedback.response', message })
  }
  await sendFeedback(pool, profile, statement, options, {
    action: 'addNegativeFeedback',
    operation: 'add negative feedback',
    bySqlId: addNegativeFeedbackBySqlId,
    bySqlText: addNegativeFeedbackBySqlText,
    input: {
      feedback_type: 'negative',
      response: response === undefined ? null : checkText('feedback.response', response),
      feedback_content: feedbackContent === undefined ? null : checkText('feedback.feedbackContent', feedbackContent),
      operation: 'add',
    },
  })
}

/** @throws SelectAIArgumentError before anything is sent. */
export async function deleteFeedback(
  pool: ConnectionPool,
  profile: string,
  target: FeedbackTarget,
  options: CallOptions,
): Promise<void> {
  checkParts('target', target, targetNames)
  await sendFeedback(pool, profile, checkTarget('target', target), options, {
    action: 'deleteFeedback',
    operation: 'delete feedback',
    bySqlId: deleteFeedbackBySqlId,
    bySqlText: deleteFeedbackBySqlText,
    input: { operation: 'delete' },
  })
}

type CheckedStatement = { readonly sql_id: string } | { readonly sql_text: string }

function checkTarget(argument: string, { prompt, action, sqlId }: FeedbackTarget): CheckedStatement {
  if ((prompt === undefined) === (sqlId === undefined)) {
    throw new SelectAIArgumentError({ argument, message: 'must have either prompt with action, or sqlId.' })
  }
  if (sqlId !== undefined) {
    if (action === undefined) return { sql_id: checkSqlId(`${argument}.sqlId`, sqlId) }
    const message = 'belongs to prompt; a SQL_ID stands for a statement with its action.'
    throw new SelectAIArgumentError({ argument: `${argument}.action`, message })
  }
  checkText(`${argument}.prompt`, prompt)
  if (!actions.includes(action as FeedbackAction)) {
    const message = `must be one of ${actions.join(', ')}: those whose SQL can be right or wrong.`
    throw new SelectAIArgumentError({ argument: `${argument}.action`, message })
  }
  return { sql_text: selectAiText(action as FeedbackAction, prompt as string) }
}

function checkSqlId(argument: string, sqlId: string): string {
  if (typeof sqlId === 'string' && /^[0-9a-z]{13}$/.test(sqlId)) return sqlId
  throw new SelectAIArgumentError({ argument, message: 'must be 13 digits and lower-case letters.' })
}

/** The statement as it would be run; the database finds it by its text. */
function selectAiText(action: FeedbackAction, prompt: string): string {
  return `select ai ${action} ${prompt.replaceAll("'", "''")}`
}

interface FeedbackCall {
  /** The method's name. */
  readonly action: string
  readonly operation: FeedbackRefusedError['operation']
  readonly bySqlId: string
  readonly bySqlText: string
  readonly input: Readonly<Record<string, string | null>>
}

async function sendFeedback(
  pool: ConnectionPool,
  profile: string,
  statement: CheckedStatement,
  options: CallOptions,
  { action, operation, bySqlId, bySqlText, input }: FeedbackCall,
): Promise<void> {
  checkCallOptions(options, callOptionNames)
  const isById = 'sql_id' in statement
  // A correction by its prompt needs no statement that was run: there the number means what it means everywhere.
  const isAboutEarlier = isById || operation !== 'add negative feedback'
  const errorOf = (cause: unknown) =>
    isAboutEarlier && oracleErrorNumber(cause) === 20_000
      ? new FeedbackRefusedError({ profile, operation, cause })
      : undefined
  const texts = Object.entries({ profile_name: profile, ...statement, ...input })
  await runBlock(pool, { action, profile, options, errorOf }, isById ? bySqlId : bySqlText, ({ driver }) =>
    Object.fromEntries(texts.map(([name, text]) => [name, textBind(driver, text)])),
  )
}
