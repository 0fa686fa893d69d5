import type {
  ChatRequest,
  ExplainRequest,
  ModelRequest,
  NarrateRequest,
  RepairRequest,
  SummarizeRequest,
  TranslateRequest,
} from '../model.ts'
import { additionalInstructions, historyMessages, type PromptMessage } from '../prompt-message.ts'
import { schemaPrompt } from '../schema-prompt.ts'
import { sqlMessages } from '../sql-prompt.ts'
import { valueText } from '../value-text.ts'

/** Of a larger result the model gets to see the first rows. */
const MOST_ROWS = 200

export function chatMessages({ prompt, history, attributes }: ChatRequest): PromptMessage[] {
  return [...system(attributes), ...historyMessages(history), { role: 'user', text: prompt }]
}

export function repairMessages(request: RepairRequest): PromptMessage[] {
  const { sql, error } = request.failed
  return [
    ...sqlMessages(request),
    { role: 'assistant', text: sql },
    { role: 'user', text: `The database refused this query: ${error}\nCorrect it. Answer with the query alone.` },
  ]
}

export function explainMessages({ prompt, sql, schema, attributes }: ExplainRequest): PromptMessage[] {
  const wish =
    'Explain in plain words, step by step, what the Oracle SQL query below does and how it answers the question.'
  return [
    ...system(attributes, `${wish}\nThe tables are:\n\n${schemaPrompt(schema)}`),
    { role: 'user', text: `Question: ${prompt}\n\nQuery:\n${sql}` },
  ]
}

export function narrateMessages({ prompt, history, sql, columns, rows, attributes }: NarrateRequest): PromptMessage[] {
  const shown = rows.slice(0, MOST_ROWS)
  const table = [columns.map(({ name }) => name), ...shown.map((row) => row.map(valueText))]
  const heading =
    shown.length === rows.length
      ? `Result, ${rows.length} rows:`
      : `Result, the first ${shown.length} of ${rows.length} rows:`
  const wish =
    'Answer the question in plain sentences from the result of the query alone. Invent nothing, and do not speak of SQL.'
  const result = `${heading}\n${table.map((cells) => cells.join(' | ')).join('\n')}`
  return [
    ...system(attributes, wish),
    ...historyMessages(history),
    { role: 'user', text: `Question: ${prompt}\n\nQuery:\n${sql}\n\n${result}` },
  ]
}

const EXTRACTIVENESS = {
  low: 'Say it in words of your own.',
  medium: 'Keep important wordings of the text, and say the rest in words of your own.',
  high: 'Use sentences of the text as they stand as far as you can.',
}

export function summarizeMessages(request: SummarizeRequest, content: string): PromptMessage[] {
  const { minWords, maxWords, style, extractiveness, userPrompt, attributes } = request
  const wishes = [
    'Summarize the text that the user gives. Answer with the summary alone.',
    style === 'list' ? 'Write it as a list, one point on each line.' : 'Write it as one paragraph.',
    EXTRACTIVENESS[extractiveness],
    ...(minWords === undefined ? [] : [`Use at least ${minWords} words.`]),
    ...(maxWords === undefined ? [] : [`Use at most ${maxWords} words.`]),
    ...(userPrompt === undefined ? [] : [userPrompt]),
  ]
  return [...system(attributes, wishes.join('\n')), { role: 'user', text: content }]
}

export function translateMessages({
  text,
  sourceLanguage,
  targetLanguage,
  attributes,
}: TranslateRequest): PromptMessage[] {
  const from = sourceLanguage === undefined ? '' : ` from the language ${sourceLanguage}`
  const wish = `Translate the text that the user gives${from} into the language ${targetLanguage}. Answer with the translation alone.`
  return [...system(attributes, wish), { role: 'user', text }]
}

function system(attributes: ModelRequest['attributes'], ...instructions: string[]): PromptMessage[] {
  const text = [...instructions, ...additionalInstructions(attributes)].join('\n')
  return text === '' ? [] : [{ role: 'system', text }]
}
