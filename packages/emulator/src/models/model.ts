import type { Column } from '../values/column.ts'
import type { OracleValue } from '../values/oracle-value.ts'
import type { SchemaDescription } from './schema-description.ts'

/**
 * Who answers the questions. Every method may take long, and stops soon after `signal` aborts by rejecting with the signal's reason.
 * A method that rejects otherwise is reported to the caller as ORA-20000 with the error's message.
 */
export interface Model {
  /** Shown at start-up and in `chat`, for example `offline`. */
  readonly name: string
  chat(request: ChatRequest): Promise<string>
  /** Turns a question into one Oracle SELECT, or says in a sentence why it cannot. */
  generateSql(request: SqlRequest): Promise<SqlAnswer>
  explainSql(request: ExplainRequest): Promise<string>
  narrate(request: NarrateRequest): Promise<string>
}

export interface ModelRequest {
  readonly prompt: string
  /** Earlier turns of the conversation, oldest first. */
  readonly history: readonly { readonly prompt: string; readonly response: string }[]
  /** The profile's attributes with the call's own laid over them. */
  readonly attributes: Readonly<Record<string, unknown>>
  readonly signal: AbortSignal
}

export type ChatRequest = ModelRequest

export interface SqlRequest extends ModelRequest {
  readonly schema: SchemaDescription
  /** Distinct values of a column, sorted, at most `limit`; for finding which column holds a word of the question. */
  distinctValues(owner: string, table: string, column: string, limit: number): Promise<readonly string[]>
}

export type SqlAnswer = { readonly sql: string } | { readonly refusal: string }

export interface ExplainRequest extends ModelRequest {
  readonly sql: string
  readonly schema: SchemaDescription
}

export interface NarrateRequest extends ModelRequest {
  readonly sql: string
  readonly columns: readonly Column[]
  readonly rows: readonly (readonly OracleValue[])[]
}
