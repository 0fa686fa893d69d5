import type { CallContext } from '../execution/subprogram.ts'
import type { Model, ModelRequest, SqlRequest } from '../models/model.ts'
import type { SchemaReader } from '../models/schema-description.ts'
import { sqlMessages } from '../models/sql-prompt.ts'
import { OracleError } from '../oracle-error.ts'
import type { OracleValue } from '../values/oracle-value.ts'
import { answerWithSql, type SqlQuestion } from './answer-with-sql.ts'
import { eligibleObjects } from './eligible-objects.ts'
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
}

export interface Action {
  /** Lower case. */
  readonly name: string
  /** Whether question and answer become part of a conversation. */
  readonly remembered: boolean
  answer(question: Question): Promise<string>
}

/** What the database says instead of an empty result. */
export const NO_DATA = 'No data found for the prompt.'

const actions: Readonly<Record<string, Omit<Action, 'name'>>> = {
  chat: { remembered: true, answer: ({ model, request }) => model.chat(request) },
  showsql: { remembered: true, answer: showSql },
  runsql: { remembered: true, answer: runSql },
  explainsql: { remembered: true, answer: explainSql },
  narrate: { remembered: true, answer: narrate },
  showprompt: {
    remembered: false,
    answer: async (question) => promptText(sqlMessages(question.request, describe(question))),
  },
  summarize: { remembered: false, answer: ({ model, request }) => summarizeText(model, request.prompt, {}, request) },
  translate: { remembered: false, answer: ({ model, request }) => translateText(model, request.prompt, {}, request) },
}

/** Actions that DBMS_CLOUD_AI knows and this emulator does not offer. */
const missingActions = ['agent', 'feedback']

/** @throws OracleError ORA-20000 for an action that does not exist. NULL is the default action. */
export function findAction(name: OracleValue | undefined): Action {
  const given = typeof name === 'string' && name !== '' ? name : 'runsql'
  const key = given.trim().toLowerCase()
  const action = Object.hasOwn(actions, key) ? actions[key] : undefined
  if (action !== undefined) return { name: key, ...action }
  const hint = missingActions.includes(key) ? ' (not offered by this local emulator)' : ''
  throw new OracleError(20000, `Invalid action - ${given}${hint}`)
}

function describe({ schemaReader, attributes, context }: Question): SqlRequest['schema'] {
  return eligibleObjects(schemaReader, attributes, context.user)
}

function sqlQuestion(question: Question): SqlQuestion {
  const { request, context, model } = question
  return {
    context,
    model,
    request: {
      ...request,
      schema: describe(question),
      distinctValues: (owner, table, column, limit) => distinctValues(context, owner, table, column, limit),
    },
  }
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
  return answerWithSql(sqlQuestion(question), {
    prove: (sql) => question.context.query(sql),
    tell: async (_, { columns, rows }) => (rows.length === 0 ? NO_DATA : rowsAsJson(columns, rows)),
  })
}

function narrate(question: Question): Promise<string> {
  const { model, request, context } = question
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
