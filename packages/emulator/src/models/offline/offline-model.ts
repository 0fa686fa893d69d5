import type {
  AgentRequest,
  AgentStep,
  ChatRequest,
  DocumentsRequest,
  ExplainRequest,
  Model,
  NarrateRequest,
  SqlAnswer,
  SqlRequest,
  SummarizeRequest,
  TranslateRequest,
} from '../model.ts'
import { actAsAgent } from './act-as-agent.ts'
import { chatAnswer } from './chat-answer.ts'
import { explainSql } from './explain-sql.ts'
import { narrateRows } from './narrate-rows.ts'
import { translatePhrase } from './phrase-book.ts'
import { UnreadableQuestion } from './query-form.ts'
import { quoteDocuments } from './quote-documents.ts'
import { readQuestion } from './read-question.ts'
import { KnowledgeCache } from './schema-knowledge.ts'
import { summarizeText } from './summarize-text.ts'
import { writeSql } from './write-sql.ts'

/**
 * A model that needs no network and no language model: a reader of questions by rules, over whatever tables it is shown.
 * The same question over the same tables and values always has the same answer. Attributes that steer a language model,
 * such as `temperature` and `max_tokens`, have no effect on it.
 */
export function createOfflineModel(): Model {
  const cache = new KnowledgeCache()
  return {
    name: 'offline',
    chat: async ({ prompt, history }: ChatRequest): Promise<string> => chatAnswer(prompt, history),
    generateSql: (request: SqlRequest): Promise<SqlAnswer> => generateSql(request, cache),
    explainSql: async ({ sql }: ExplainRequest): Promise<string> => explainSql(sql),
    narrate: async (request: NarrateRequest): Promise<string> => narrateRows(request),
    summarize: async (request: SummarizeRequest): Promise<string> => summarizeText(request),
    answerFromDocuments: async (request: DocumentsRequest): Promise<string> => quoteDocuments(request),
    translate: async ({ text, sourceLanguage, targetLanguage }: TranslateRequest): Promise<string> =>
      translatePhrase({ text, from: sourceLanguage, to: targetLanguage }),
    actAsAgent: async (request: AgentRequest): Promise<AgentStep> => actAsAgent(request),
  }
}

async function generateSql(request: SqlRequest, cache: KnowledgeCache): Promise<SqlAnswer> {
  try {
    const { query, graph } = await readQuestion(request, cache)
    return { sql: writeSql(query, graph, { ignoreCase: request.attributes.case_sensitive_values === false }) }
  } catch (error) {
    if (error instanceof UnreadableQuestion) return { refusal: refusal(error.message) }
    throw error
  }
}

function refusal(reason: string): string {
  return (
    `Sorry, I could not turn this question into SQL: ${reason}. ` +
    'I am the offline model of the local emulator and read questions by rules: counts, lists, filters by value, date or ' +
    'number, totals and averages, groups, and top lists over the tables of the profile.'
  )
}
