import type { Bind, ExecutionResult, PreparedStatement } from '../execution/database-session.ts'
import type { CallContext, QueryResult } from '../execution/subprogram.ts'
import { OracleError } from '../oracle-error.ts'
import type { Column } from '../values/column.ts'
import { CLOB } from '../values/oracle-type.ts'
import { findAction } from './actions.ts'
import { answerPrompt, checkedPrompt } from './answer-prompt.ts'
import type { CloudAiOptions } from './cloud-ai.ts'
import { sessionConversationId } from './conversation-subprograms.ts'
import { namedProfile } from './named-profile.ts'
import { readSelectAi, type SelectAiText } from './select-ai-text.ts'
import { sessionProfileName } from './session-profile.ts'
import { noteStatement } from './session-statement.ts'
import { sqlIdOf } from './sql-id.ts'

/** What a statement knows of its session; a signal comes with each run. */
export type SelectAiSession = (signal: AbortSignal) => CallContext

const RESPONSE: readonly Column[] = [{ name: 'RESPONSE', type: CLOB, nullable: true }]

/** `SELECT AI [action] <prompt>`: with `runsql`, which is the default, a query of what was asked; otherwise one row with the answer. */
export class SelectAiStatement implements PreparedStatement {
  readonly kind = 'query'
  readonly bindNames: readonly string[] = []
  readonly returningBinds: readonly number[] = []
  readonly #sqlText: string
  readonly #read: SelectAiText
  readonly #session: SelectAiSession
  readonly #options: CloudAiOptions

  private constructor(sqlText: string, read: SelectAiText, session: SelectAiSession, options: CloudAiOptions) {
    this.#sqlText = sqlText
    this.#read = read
    this.#session = session
    this.#options = options
  }

  /** Undefined for a text that is another statement. */
  static prepare(sqlText: string, session: SelectAiSession, options: CloudAiOptions): SelectAiStatement | undefined {
    const read = readSelectAi(sqlText)
    return read === undefined ? undefined : new SelectAiStatement(sqlText, read, session, options)
  }

  /** Without a profile in the session, or a team for the action `agent`, the statement is no more than wrong SQL. */
  get isMeant(): boolean {
    const session = this.#session(NEVER_ABORTED)
    if (sessionProfileName(session) !== null) return true
    return this.#read.action === AGENT && this.#options.sessionTeam?.isSet(session) === true
  }

  async describe(): Promise<readonly Column[]> {
    if (this.#read.action !== 'runsql') return RESPONSE
    const { columns } = await this.#answer(NEVER_ABORTED)
    return columns
  }

  async execute(_binds: readonly Bind[], signal: AbortSignal): Promise<ExecutionResult> {
    const { columns, rows } = await this.#answer(signal)
    return { kind: 'query', columns, rows }
  }

  async #answer(signal: AbortSignal): Promise<QueryResult> {
    if (!this.isMeant) throw withoutProfile()
    const context = this.#session(signal)
    const { sessionTeam } = this.#options
    if (sessionTeam !== undefined && this.#read.action === AGENT) {
      const prompt = checkedPrompt(this.#read.prompt)
      return inWords(await sessionTeam.select(prompt, sessionConversationId(context), context))
    }
    const profile = namedProfile(null, context, this.#options.profiles)
    const asked = {
      prompt: checkedPrompt(this.#read.prompt),
      profile,
      action: findAction(this.#read.action),
      attributes: profile.attributes,
      conversationId: sessionConversationId(context),
    }
    const { text, sql, result } = await answerPrompt(asked, context, this.#options)
    if (sql !== undefined) {
      this.#options.mappedSql.put(context.user, this.#sqlText, sql)
      noteStatement(context, sqlIdOf(this.#sqlText))
    }
    return result ?? inWords(text)
  }
}

const AGENT = 'agent'

function inWords(text: string): QueryResult {
  return { columns: RESPONSE, rows: [[text]], rowCount: 1 }
}

const NEVER_ABORTED = new AbortController().signal

/** What SQL says of a SELECT AI statement when the session has no profile. */
export function withoutProfile(cause?: unknown): OracleError {
  return new OracleError(923, 'FROM keyword not found where expected', { cause })
}
