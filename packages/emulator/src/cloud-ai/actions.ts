import type { CallContext } from '../execution/subprogram.ts'
import type { Model, ModelRequest, SqlRequest } from '../models/model.ts'
import type { SchemaReader } from '../models/schema-description.ts'
import { OracleError } from '../oracle-error.ts'
import type { OracleValue } from '../values/oracle-value.ts'
import { eligibleObjects } from './eligible-objects.ts'
import { rowsAsJson } from './json-text.ts'
import type { ProfileAttributes } from './profile-attributes.ts'
import { promptText } from './prompt-text.ts'
import { readableStatement } from './readable-statement.ts'
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
  showsql: { remembered: true, answer: (question) => withSql(question, async (sql) => sql) },
  runsql: { remembered: true, answer: (question) => withSql(question, (sql) => runSql(sql, question)) },
  explainsql: {
    remembered: true,
    answer: (question) =>
      withSql(question, (sql, schema) => question.model.explainSql({ ...question.request, sql, schema })),
  },
  narrate: { remembered: true, answer: (question) => withSql(question, (sql) => narrate(sql, question)) },
  showprompt: {
    remembered: false,
    answer: async (question) => promptText(question.request, describe(question)),
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

async function withSql(
  question: Question,
  next: (sql: string, schema: SqlRequest['schema']) => Promise<string>,
): Promise<string> {
  const schema = describe(question)
  const answer = await question.model.generateSql({
    ...question.request,
    schema,
    distinctValues: (owner, table, column, limit) => distinctValues(question.context, owner, table, column, limit),
  })
  return 'refusal' in answer ? answer.refusal : next(readableStatement(answer.sql), schema)
}

async function runSql(sql: string, { context }: Question): Promise<string> {
  const { columns, rows } = await context.query(sql)
  return rows.length === 0 ? NO_DATA : rowsAsJson(columns, rows)
}

async function narrate(sql: string, { context, model, request }: Question): Promise<string> {
  const { columns, rows } = await context.query(sql)
  return rows.length === 0 ? NO_DATA : model.narrate({ ...request, sql, columns, rows })
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
