import type { CallContext } from '../execution/subprogram.ts'
import { OracleError } from '../oracle-error.ts'
import type { CloudAiOptions } from './cloud-ai.ts'
import { checkWasRun, type FeedbackStatement, statementOfId, statementOfText } from './feedback-statement.ts'
import type { AiProfile } from './profile-store.ts'
import { readableStatement } from './readable-statement.ts'
import { lastStatement } from './session-statement.ts'

const NAMES_SQL_ID = /\b(?:for\s+)?sql_id\s*[:=]?\s*['"]?([0-9a-z]{13})\b['"]?/i
const NAMES_QUERY = /\b(?:for\s+)?(?:the\s+)?query\s+(?:"([^"]+)"|'([^']+)')/i
const PRAISES = /\b(?:correct|right|good|great|perfect|fine|helpful|positive|thanks?)\b/i
const COMPLAINS = /\b(?:not|incorrect|wrong|bad|negative|instead|should|must|use|add|remove|please|but)\b|n't\b/i
/** A client that looks for binds may not let a colon through, hence the other way. */
const WRITES_SQL = /[:\n]\s*((?:select|with)\s[\s\S]+)$/i

/**
 * The action `feedback`: words about the last statement of the session, or about one that they name with
 * `for query "select ai ..."` or `for sql_id ...`. Praise keeps the SQL as it was; anything else says what was wrong, and gives
 * the right SQL when it ends with a SELECT after a colon or on a line of its own.
 */
export async function takeFeedback(
  prompt: string,
  profile: AiProfile,
  context: CallContext,
  options: CloudAiOptions,
): Promise<string> {
  const statement = await statementOf(prompt, profile, context, options)
  const content = prompt
    .replace(NAMES_SQL_ID, '')
    .replace(NAMES_QUERY, '')
    .replace(/^[\s,]+|[\s,]+$/g, '')
  if (PRAISES.test(content) && !COMPLAINS.test(content)) {
    const sqlQuery = checkWasRun(statement)
    await options.feedback.put(profile, { ...statement, type: 'positive', sqlQuery, content }, context)
    return `Thank you. The SQL for the prompt "${statement.prompt}" is kept as an example.`
  }
  const [, written] = WRITES_SQL.exec(content) ?? []
  const sqlQuery = written === undefined ? null : readableStatement(written)
  await options.feedback.put(profile, { ...statement, type: 'negative', sqlQuery, content }, context)
  const noted = `Thank you. The feedback on the prompt "${statement.prompt}" is kept`
  return sqlQuery === null ? `${noted}.` : `${noted}, and this SQL will answer it:\n${sqlQuery}`
}

async function statementOf(
  prompt: string,
  profile: AiProfile,
  context: CallContext,
  options: CloudAiOptions,
): Promise<FeedbackStatement> {
  const [, double, single] = NAMES_QUERY.exec(prompt) ?? []
  const sqlText = double ?? single
  if (sqlText !== undefined) return statementOfText(sqlText, context.user, options)
  const sqlId = NAMES_SQL_ID.exec(prompt)?.[1] ?? lastStatement(context)
  if (sqlId === undefined)
    throw new OracleError(20000, 'There is no SELECT AI statement before this one to give feedback on')
  return statementOfId(sqlId, profile, context, options)
}
