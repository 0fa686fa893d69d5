import { documentMessages } from '../documents-prompt.ts'
import type { Model, ModelRequest } from '../model.ts'
import type { PromptMessage } from '../prompt-message.ts'
import { sqlMessages } from '../sql-prompt.ts'
import { completeChat } from './chat-completion.ts'
import { type OpenAiModelOptions, readOptions } from './open-ai-options.ts'
import { sqlAnswer } from './sql-answer.ts'
import { summarizePieces } from './summarize-pieces.ts'
import {
  chatMessages,
  explainMessages,
  narrateMessages,
  repairMessages,
  summarizeMessages,
  translateMessages,
} from './text-messages.ts'

export type { OpenAiModelOptions } from './open-ai-options.ts'

/**
 * A language model behind any OpenAI-compatible `chat/completions` endpoint, as the emulator's model. It is sent the question,
 * the conversation before it, and the names, types, comments, annotations and keys of the profile's tables; `narrate` sends
 * rows as well, or passages of documents when the profile has a vector index.
 *
 * Of a profile's attributes, `temperature`, `max_tokens`, `stop_tokens` and `seed` are passed on, and
 * `additional_instructions`, `comments`, `annotations`, `constraints`, `case_sensitive_values` and `object_list` shape the prompt.
 * A statement that does not run is written again once, with the database's error.
 *
 * A failing service reaches the client as the database would say it: 20000 plus the HTTP status (ORA-20401, ORA-20429 ...),
 * ORA-29273 when nobody answers, ORA-29276 when the answer takes too long, ORA-20000 when it cannot be read.
 *
 * @throws TypeError or RangeError, naming the option, when an option makes no sense. Nothing is sent before the first question.
 *
 * @example
 * ```ts
 * import { openAiModel, startEmulator } from '@select-ai/emulator'
 *
 * const model = openAiModel({ endpoint: 'http://127.0.0.1:11434/v1', modelName: 'qwen2.5-coder' })
 * await using emulator = await startEmulator({ model })
 * ```
 */
export function openAiModel(options: OpenAiModelOptions): Model {
  const endpoint = readOptions(options)
  const complete = (messages: readonly PromptMessage[], request: Pick<ModelRequest, 'attributes' | 'signal'>) =>
    completeChat(endpoint, messages, request)
  return {
    name: endpoint.modelName,
    chat: (request) => complete(chatMessages(request), request),
    generateSql: async (request) => sqlAnswer(await complete(sqlMessages(request), request)),
    repairSql: async (request) => sqlAnswer(await complete(repairMessages(request), request)),
    explainSql: async (request) =>
      `${request.sql}\n\nExplanation:\n${await complete(explainMessages(request), request)}`,
    narrate: (request) => complete(narrateMessages(request), request),
    summarize: (request) => summarizePieces(request, (text) => complete(summarizeMessages(request, text), request)),
    translate: (request) => complete(translateMessages(request), request),
    answerFromDocuments: (request) => complete(documentMessages(request), request),
  }
}
