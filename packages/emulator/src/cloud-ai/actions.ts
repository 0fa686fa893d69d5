import type { CallContext } from '../execution/subprogram.ts'
import type { Model, ModelRequest, SqlRequest } from '../models/model.ts'
import type { SchemaReader } from '../models/schema-description.ts'
import { sqlMessages } from '../models/sql-prompt.ts'
import { OracleError } from '../oracle-error.ts'
import type { OracleValue } from '../values/oracle-value.ts'
import type { AnswerOrigin } from './answer-origin.ts'
import { answerWithSql, type SqlQuestion } from './answer-with-sql.ts'
import type { DataAccess } from './data-access.ts'
import { eligibleObjects } from './eligible-objects.ts'
import { sqlFromFeedback } from './feedback-examples.ts'
import type { Feedback } from './feedback-index.ts'
import { rowsAsJson } from './json-text.ts'
import type { ProfileAttributes } from './profile-attributes.ts'
import { promptText } from './prompt-text.ts'
import { summarizeText } from './summarize-text.ts'
import { translateText } from './translate-text.ts'

/** Everything that an action needs to answer one question. */
interface Question {
  readonly request: ModelRequest
  readonly attributes: ProfileAttributes
  readonly context: CallContext
  readonly model: Model
  readonly schemaReader: SchemaReader
  readonly dataAccess: DataAccess
  /** What was said about questions like this one, the latest first. */
  readonly feedback: readonly Feedback[]
  /** Takes the prompt as feedback on an earlier statement, and says what became of it. */
  takeFeedback(): Promise<string>
  readonly origin: AnswerOrigin
}

export interface Action {
  /** Lower case. */
  readonly name: string
  /** Whether question and answer become part of a conversation. */
  readonly remembered: boolean
  /** Whether a provider has to be called for it. */
  readonly asksModel: boolean
  answer(question: Question): Promise<string>
}

/** What the database says instead of an empty result. */
export const NO_DATA = 'No data found for the prompt.'

const actions: Readonly<Record<string, Omit<Action, 'name'>>> = {
  chat: { remembered: true, asksModel: true, answer: ({ model, request }) => model.chat(request) },
  showsql: { remembered: true, asksModel: true, answer: showSql },
  runsql: { remembered: true, asksModel: true, answer: runSql },
  explainsql: { remembered: true, asksModel: true, answer: explainSql },
  narrate: { remembered: true, asksModel: true, answer: narrate },
  showprompt: {
    remembered: false,
    asksModel: false,
    answer: async (question) => promptText(sqlMessages(sqlRequest(question))),
  },
  summarize: {
    remembered: false,
    asksModel: true,
    answer: ({ model, request }) => summarizeText(model, request.prompt, {}, request),
  },
  translate: {
    remembered: false,
    asksModel: true,
    answer: ({ model, request }) => translateText(model, request.prompt, {}, request),
  },
  feedback: { remembered: false, asksModel: false, answer: ({ takeFeedback }) => takeFeedback() },
}

/** Whether a word is the name of an action, in whatever case; `agent` is one that a profile does not answer. */
export function isActionName(word: string): boolean {
  const key = word.toLowerCase()
  return Object.hasOwn(actions, key) || key === 'agent'
}

/** @throws OracleError ORA-20000 for an action that does not exist. NULL is the default action. */
export function findAction(name: OracleValue | undefined): Action {
  const given = typeof name === 'string' && name !== '' ? name : 'runsql'
  const key = given.trim().toLowerCase()
  const action = Object.hasOwn(actions, key) ? actions[key] : undefined
  if (action !== undefined) return { name: key, ...action }
  throw new OracleError(20000, `Invalid action - ${given}`)
}

function describe({ schemaReader, attributes, context }: Question): SqlRequest['schema'] {
  return eligibleObjects(schemaReader, attributes, context.user)
}

function sqlRequest(question: Question): SqlRequest {
  const { request, feedback, context } = question
  return {
    ...request,
    schema: describe(question),
    examples: feedback,
    distinctValues: (owner, table, column, limit) => distinctValues(context, owner, table, column, limit),
  }
}

/** What feedback says about the same question comes before what the model thinks. */
function sqlQuestion(question: Question): SqlQuestion {
  const { request, feedback, context, model, origin } = question
  const known = sqlFromFeedback(feedback, request.prompt)
  return { request: sqlRequest(question), known, context, model, origin }
}

/** Nothing runs, so a statement that fails for good is shown all the same: it is what was asked for. */
async function described(sql: string, isLast: boolean, context: CallContext): Promise<void> {
  if (!isLast) await context.describeQuery(sql)
}

function showSql(question: Question): Promise<string> {
  return answerWithSql(sqlQuestion(question), {
    prove: (sql, isLast) => described(sql, isLast, question.context),
    tell: async (sql) => sql,
  })
}

function explainSql(question: Question): Promise<string> {
  const asked = sqlQuestion(question)
  const { schema } = asked.request
  return answerWithSql(asked, {
    prove: (sql, isLast) => described(sql, isLast, question.context),
    tell: (sql) => question.model.explainSql({ ...question.request, sql, schema }),
  })
}

function runSql(question: Question): Promise<string> {
  const { context, origin } = question
  return answerWithSql(sqlQuestion(question), {
    prove: (sql) => context.query(sql),
    tell: async (_, result) => {
      origin.result = result
      return result.rows.length === 0 ? NO_DATA : rowsAsJson(result.columns, result.rows)
    },
  })
}

async function narrate(question: Question): Promise<string> {
  const { model, request, context, dataAccess } = question
  dataAccess.check()
  return answerWithSql(sqlQuestion(question), {
    prove: (sql) => context.query(sql),
    tell: async (sql, { columns, rows }) =>
      rows.length === 0 ? NO_DATA : model.narrate({ ...request, sql, columns, rows }),
  })
}

async function distinctValues(
  context: CallContext,
  owner: string,
  table: string,
  column: string,
  limit: number,
): Promise<readonly string[]> {
  const name = quoted(column)
  const { rows } = await context.query(
    `SELECT DISTINCT ${name} FROM ${quoted(owner)}.${quoted(table)} WHERE ${name} IS NOT NULL ` +
      `ORDER BY ${name} FETCH FIRST ${Math.max(1, Math.trunc(limit))} ROWS ONLY`,
  )
  return rows.map(([value]) => value).filter((value) => typeof value === 'string')
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '')}"`
}
