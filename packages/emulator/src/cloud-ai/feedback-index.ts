import type { CallContext } from '../execution/subprogram.ts'
import type { UserBelongings } from '../execution/user-belongings.ts'
import { OracleError } from '../oracle-error.ts'
import type { AiProfile } from './profile-store.ts'

/** What somebody said about the SQL of one SELECT AI statement. */
export interface Feedback {
  readonly sqlId: string
  /** The whole statement. */
  readonly sqlText: string
  /** The bare question. */
  readonly prompt: string
  readonly type: 'positive' | 'negative'
  /** The right SQL; null when the feedback does not tell it. */
  readonly sqlQuery: string | null
  /** What was said in words. */
  readonly content: string | null
}

/**
 * The feedback on the questions of each profile, one for each SQL_ID. It is kept in a table of the profile's owner, who may
 * read and change it there.
 */
export class FeedbackIndex implements UserBelongings {
  /** Profiles that got feedback; the others have no table to look at. */
  readonly #profiles = new Set<string>()

  /** The latest last. */
  async list(profile: AiProfile, context: CallContext): Promise<readonly Feedback[]> {
    if (!this.#profiles.has(keyOf(profile))) return []
    const { rows } = await context
      .query(`SELECT content, attributes FROM ${tableOf(profile)}`)
      .catch(nothingWithoutTable)
    return rows.flatMap(([content, attributes]) => readFeedback(String(content ?? ''), String(attributes ?? '')))
  }

  /** Keeps feedback in place of an earlier one on the same statement, and commits. */
  async put(profile: AiProfile, feedback: Feedback, context: CallContext): Promise<void> {
    await this.#createTable(profile, context)
    await this.#delete(profile, feedback.sqlId, context)
    const attributes = JSON.stringify({
      sql_id: feedback.sqlId,
      sql_text: feedback.sqlText,
      feedback_type: feedback.type,
      sql_query: feedback.sqlQuery ?? undefined,
      feedback_content: feedback.content ?? undefined,
    })
    await context.query(`INSERT INTO ${tableOf(profile)} (content, attributes) VALUES (:CONTENT, :ATTRIBUTES)`, {
      CONTENT: feedback.prompt,
      ATTRIBUTES: attributes,
    })
    await context.query('COMMIT')
  }

  /** Takes the feedback on a statement away, and commits. False when there is none. */
  async remove(profile: AiProfile, sqlId: string, context: CallContext): Promise<boolean> {
    const isThere = (await this.list(profile, context)).some((feedback) => feedback.sqlId === sqlId)
    if (!isThere) return false
    await this.#delete(profile, sqlId, context)
    await context.query('COMMIT')
    return true
  }

  /** Takes everything away, as happens when the profile is dropped. */
  async drop(profile: AiProfile, context: CallContext): Promise<void> {
    if (!this.#profiles.delete(keyOf(profile))) return
    await context.query(`DROP TABLE ${tableOf(profile)}`).catch(nothingWithoutTable)
  }

  /** The tables go with the other tables of the user. */
  forgetUser(user: string): void {
    for (const key of this.#profiles) if (key.startsWith(`${user}.`)) this.#profiles.delete(key)
  }

  async #createTable(profile: AiProfile, context: CallContext): Promise<void> {
    const table = tableOf(profile)
    const isThere = await context.query(`SELECT 1 FROM ${table} WHERE 1 = 0`).then(
      () => true,
      () => false,
    )
    if (!isThere) {
      await context.query(`CREATE TABLE ${table} (content CLOB, attributes JSON)`)
    }
    this.#profiles.add(keyOf(profile))
  }

  async #delete(profile: AiProfile, sqlId: string, context: CallContext): Promise<void> {
    const table = tableOf(profile)
    const { rows } = await context.query(`SELECT rowid, attributes FROM ${table}`)
    for (const [row, attributes] of rows) {
      if (attributesOf(String(attributes ?? '')).sql_id !== sqlId) continue
      await context.query(`DELETE FROM ${table} WHERE rowid = :PLACE`, { PLACE: row ?? null })
    }
  }
}

const MISSING_TABLE = 942

function nothingWithoutTable(error: unknown): Awaited<ReturnType<CallContext['query']>> {
  if (error instanceof OracleError && error.number === MISSING_TABLE) return { columns: [], rows: [], rowCount: 0 }
  throw error
}

function tableOf({ owner, name }: AiProfile): string {
  return `"${owner}"."${name}_FEEDBACK_VECINDEX$VECTAB"`
}

function keyOf({ owner, name }: AiProfile): string {
  return `${owner}.${name}`
}

/** One piece of feedback, or none for a row that somebody else wrote in another form. */
function readFeedback(prompt: string, text: string): Feedback[] {
  const attributes = attributesOf(text)
  const {
    sql_id: sqlId,
    sql_text: sqlText,
    feedback_type: type,
    sql_query: query,
    feedback_content: content,
  } = attributes
  if (typeof sqlId !== 'string' || typeof sqlText !== 'string') return []
  return [
    {
      sqlId,
      sqlText,
      prompt,
      type: type === 'positive' ? 'positive' : 'negative',
      sqlQuery: typeof query === 'string' ? query : null,
      content: typeof content === 'string' ? content : null,
    },
  ]
}

function attributesOf(text: string): Readonly<Record<string, unknown>> {
  try {
    return Object(JSON.parse(text)) as Record<string, unknown>
  } catch {
    return {}
  }
}
