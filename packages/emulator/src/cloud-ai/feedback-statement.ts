import type { CallContext } from '../execution/subprogram.ts'
import { OracleError } from '../oracle-error.ts'
import type { CloudAiOptions } from './cloud-ai.ts'
import type { AiProfile } from './profile-store.ts'
import { readSelectAi } from './select-ai-text.ts'
import { sqlIdOf } from './sql-id.ts'

/** A SELECT AI statement that somebody has something to say about. */
export interface FeedbackStatement {
  readonly sqlId: string
  readonly sqlText: string
  /** The bare question. */
  readonly prompt: string
  /** The SQL that it was last run as; null when it never ran. */
  readonly mappedSql: string | null
}

/** Actions with a query that may be right or wrong. */
const ACTIONS = ['runsql', 'showsql', 'explainsql']

/** @throws OracleError ORA-20000 for a text that is no SELECT AI statement with generated SQL. */
export function statementOfText(sqlText: string, user: string, { mappedSql }: CloudAiOptions): FeedbackStatement {
  const read = readSelectAi(sqlText)
  if (read === undefined || !ACTIONS.includes(read.action)) {
    throw new OracleError(
      20000,
      'Invalid value for sql_text: feedback is about SELECT AI with runsql, showsql or explainsql',
    )
  }
  const sqlId = sqlIdOf(sqlText)
  return { sqlId, sqlText, prompt: read.prompt, mappedSql: mappedSql.find(user, sqlId)?.mappedSql ?? null }
}

/** @throws OracleError ORA-20000 for a SQL_ID of no statement that ran or has feedback. */
export async function statementOfId(
  sqlId: string,
  profile: AiProfile,
  context: CallContext,
  options: CloudAiOptions,
): Promise<FeedbackStatement> {
  const ran = options.mappedSql.find(context.user, sqlId)
  if (ran !== undefined) return statementOfText(ran.sqlText, context.user, options)
  const known = (await options.feedback.list(profile, context)).find((feedback) => feedback.sqlId === sqlId)
  if (known === undefined)
    throw new OracleError(20000, `Invalid value for sql_id - ${sqlId}: no such statement was run`)
  return { sqlId, sqlText: known.sqlText, prompt: known.prompt, mappedSql: null }
}

/** @throws OracleError ORA-20000 for a statement that was never run: there is nothing to be right about. */
export function checkWasRun({ sqlId, mappedSql }: FeedbackStatement): string {
  if (mappedSql !== null) return mappedSql
  throw new OracleError(20000, `Positive feedback needs a statement that was run - SQL_ID ${sqlId} was not`)
}
