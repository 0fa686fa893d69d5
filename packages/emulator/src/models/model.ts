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
  /** Answers a prompt with text; the database objects play no part. */
  chat(request: ChatRequest): Promise<string>
  /** Turns a question into one Oracle SELECT, or says in a sentence why it cannot. */
  generateSql(request: SqlRequest): Promise<SqlAnswer>
  /**
   * Writes a statement again that the database refused. Asked at most once for each question, and only when this method is
   * there. Its answer is not repaired again.
   */
  repairSql?(request: RepairRequest): Promise<SqlAnswer>
  /** Explains a statement in words. */
  explainSql(request: ExplainRequest): Promise<string>
  /** Tells the result of a query in words. */
  narrate(request: NarrateRequest): Promise<string>
  /** Summarises a text. Without this method the database answers ORA-20000, which says that the model has none. */
  summarize?(request: SummarizeRequest): Promise<string>
  /** Translates a text. Without this method the database answers ORA-20000, which says that the model has none. */
  translate?(request: TranslateRequest): Promise<string>
  /** Decides what an agent does next. Without this method the decision is asked for by `chat`, as JSON. */
  actAsAgent?(request: AgentRequest): Promise<AgentStep>
  /** Answers a question from passages of documents. Without this method they are put before the question in a `chat`. */
  answerFromDocuments?(request: DocumentsRequest): Promise<string>
}

/** What every question brings along. */
export interface ModelRequest {
  readonly prompt: string
  /** Earlier turns of the conversation, oldest first. */
  readonly history: readonly { readonly prompt: string; readonly response: string }[]
  /** The profile's attributes with the call's own laid over them. */
  readonly attributes: Readonly<Record<string, unknown>>
  readonly signal: AbortSignal
}

/** A prompt to be answered with text. */
export type ChatRequest = ModelRequest

/** A question to be turned into SQL over the objects of the profile. */
export interface SqlRequest extends ModelRequest {
  readonly schema: SchemaDescription
  /** Distinct values of a column, sorted, at most `limit`; for finding which column holds a word of the question. */
  distinctValues(owner: string, table: string, column: string, limit: number): Promise<readonly string[]>
  /** What people said about the SQL of questions like this one, the latest first. Feedback on the very same question is obeyed before. */
  readonly examples?: readonly SqlExample[]
}

/** Feedback on an earlier question. */
export interface SqlExample {
  readonly prompt: string
  /** The right SQL; null when the feedback does not tell it. */
  readonly sqlQuery: string | null
  /** What was wrong or right, in words. */
  readonly content: string | null
}

/** One Oracle SELECT, or a sentence that says why there is none. */
export type SqlAnswer = { readonly sql: string } | { readonly refusal: string }

/** A question whose first statement did not run. */
export interface RepairRequest extends SqlRequest {
  readonly failed: {
    /** The statement as the model gave it. */
    readonly sql: string
    /** What the database said, for example `ORA-00904: "P"."PRICE": invalid identifier`. */
    readonly error: string
  }
}

/** A generated statement to be explained. */
export interface ExplainRequest extends ModelRequest {
  readonly sql: string
  readonly schema: SchemaDescription
}

/** A generated statement and its result, to be told in words. */
export interface NarrateRequest extends ModelRequest {
  readonly sql: string
  readonly columns: readonly Column[]
  readonly rows: readonly (readonly OracleValue[])[]
}

/** A text to be summarised. */
export interface SummarizeRequest extends Pick<ModelRequest, 'attributes' | 'signal'> {
  readonly content: string
  /** What to pay attention to, in words. */
  readonly userPrompt: string | undefined
  /** About the fewest words of the summary. */
  readonly minWords: number | undefined
  /** About the most words of the summary. */
  readonly maxWords: number | undefined
  readonly style: 'paragraph' | 'list'
  readonly chunkProcessing: 'iterative_refinement' | 'map_reduce'
  readonly extractiveness: 'low' | 'medium' | 'high'
}

/** A text to be translated. Languages are codes of the view AI_TRANSLATION_LANGUAGES, for example `de` or `pt-BR`. */
export interface TranslateRequest extends Pick<ModelRequest, 'attributes' | 'signal'> {
  readonly text: string
  /** Undefined when the model is to find it out. */
  readonly sourceLanguage: string | undefined
  readonly targetLanguage: string
}

/** Where an agent stands with its task. The prompt is the user's question, and empty when the team was run without one. */
export interface AgentRequest extends ModelRequest {
  /** Who acts, and what it is told to be. */
  readonly agent: { readonly name: string; readonly role: string }
  /** What the task says, with the question and the variables filled in. */
  readonly instruction: string
  /** The result of the task that this one builds upon. */
  readonly input: string | undefined
  /** What may be used. */
  readonly tools: readonly AgentToolDescription[]
  /** What was done so far, oldest first. */
  readonly steps: readonly AgentObservation[]
  /** Whether the step may be a question to a human. */
  readonly mayAskHuman: boolean
}

/** A tool as an agent sees it. */
export interface AgentToolDescription {
  /** By which the tool is called, upper case. */
  readonly name: string
  /** `SQL`, `RAG`, `WEBSEARCH`, `NOTIFICATION`, `HTTP`, `FUNCTION`, or `AGENT` for an agent that a supervisor may call. */
  readonly type: string
  /** What it is for, in words. */
  readonly description: string | undefined
  /** When and how to use it, in words. */
  readonly instruction: string | undefined
  /** What the tool has to be given; texts all of them. */
  readonly inputs: readonly { readonly name: string; readonly description?: string }[]
}

/** The next step of an agent: a call of a tool with its inputs by name, a question to a human, or the result of the task. */
export type AgentStep =
  | { readonly tool: string; readonly input: Readonly<Record<string, string>> }
  | { readonly ask: string }
  | { readonly answer: string }

/** What came of a step: the output of a tool, or what the human answered. */
export type AgentObservation =
  | { readonly tool: string; readonly input: Readonly<Record<string, string>>; readonly output: string }
  | { readonly asked: string; readonly answered: string }

/** A question to be answered from documents. */
export interface DocumentsRequest extends ModelRequest {
  /** What a vector index has that is near the question, the nearest first; empty when there is nothing. */
  readonly passages: readonly Passage[]
}

/** A piece of a document. */
export interface Passage {
  /** Its words. */
  readonly text: string
  /** What the document is called. */
  readonly source: string
  /** The address of the document. */
  readonly uri: string
  /** How near it is to the question: 1 for the same, less for others. */
  readonly score: number
  /** Place of its first character in the document, counted from 1. */
  readonly startOffset: number
  /** Place of its last character. */
  readonly endOffset: number
}
