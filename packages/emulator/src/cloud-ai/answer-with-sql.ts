import type { CallContext, ReadObject } from '../execution/subprogram.ts'
import type { Model, SqlAnswer, SqlRequest } from '../models/model.ts'
import { OracleError } from '../oracle-error.ts'
import type { AnswerOrigin } from './answer-origin.ts'
import { readableStatement } from './readable-statement.ts'

const USER_CANCEL = 1013

/** A question that a statement is to answer. */
export interface SqlQuestion {
  readonly request: SqlRequest
  /** The statement, when it is known without asking the model, who then does not repair it either. */
  readonly known: string | undefined
  readonly context: CallContext
  readonly model: Model
  /** Gets the statement that the answer is made from. */
  readonly origin: AnswerOrigin
}

/** What an action does with the statement that the model wrote. */
export interface StatementUse<Proof> {
  /**
   * Finds out whether the statement is good; a failure is told to a model that can repair it.
   * @param isLast - whether the model will not be asked again
   */
  prove(sql: string, isLast: boolean): Promise<Proof>
  tell(sql: string, proof: Proof): Promise<string>
}

/**
 * Has the model write a statement, and write it once more when it fails, and tells what became of it. A model that writes none
 * is quoted.
 * @throws OracleError what the last statement failed with
 */
export async function answerWithSql<Proof>(question: SqlQuestion, use: StatementUse<Proof>): Promise<string> {
  const { model, request, known } = question
  const isLast = known !== undefined || model.repairSql === undefined
  const first = known === undefined ? await model.generateSql(request) : { sql: known }
  if ('refusal' in first) return first.refusal
  const proven = await proof(first.sql, question, use, isLast)
  if ('proof' in proven) return told(proven, question, use)
  const second = await repair(first.sql, proven.error, question)
  if ('refusal' in second) return second.refusal
  const repaired = await proof(second.sql, question, use, true)
  if ('proof' in repaired) return told(repaired, question, use)
  throw repaired.error
}

interface Proven<Proof> {
  readonly sql: string
  readonly proof: Proof
}

type Outcome<Proof> = Proven<Proof> | { readonly error: OracleError }

function told<Proof>(
  { sql, proof }: Proven<Proof>,
  { origin }: SqlQuestion,
  use: StatementUse<Proof>,
): Promise<string> {
  origin.sql = sql
  return use.tell(sql, proof)
}

async function proof<Proof>(
  written: string,
  question: SqlQuestion,
  use: StatementUse<Proof>,
  isLast: boolean,
): Promise<Outcome<Proof>> {
  try {
    const sql = readableStatement(written)
    await checkObjects(sql, question)
    return { sql, proof: await use.prove(sql, isLast) }
  } catch (error) {
    if (error instanceof OracleError && error.number !== USER_CANCEL) return { error }
    throw error
  }
}

async function repair(sql: string, error: OracleError, { model, request, known }: SqlQuestion): Promise<SqlAnswer> {
  if (known !== undefined || model.repairSql === undefined) throw error
  return model.repairSql({ ...request, failed: { sql, error: error.message } })
}

/** @throws OracleError ORA-20000 when the profile holds the model to its object list and the statement leaves it. */
async function checkObjects(sql: string, { request, context }: SqlQuestion): Promise<void> {
  if (request.attributes.enforce_object_list !== true) return
  const listed = new Set(request.schema.tables.map(qualified))
  const { objects } = await context.describeQuery(sql)
  const strangers = objects.map(qualified).filter((name) => !listed.has(name))
  if (strangers.length === 0) return
  throw new OracleError(20000, `The generated SQL reads objects outside the object list - ${strangers.join(', ')}`)
}

function qualified({ owner, name }: ReadObject): string {
  return `"${owner}"."${name}"`
}
