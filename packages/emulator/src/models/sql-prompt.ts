import type { SqlExample, SqlRequest } from './model.ts'
import { additionalInstructions, type PromptMessage, questionMessages } from './prompt-message.ts'
import { schemaPrompt } from './schema-prompt.ts'

const INSTRUCTIONS = [
  'Write one Oracle SQL query that answers the question at the end.',
  'Use no other tables and columns than those below. Put every name in double quotes and name the owner of each table.',
  'Answer with the query alone. When the tables cannot answer the question, say so in one sentence.',
]

const IGNORE_CASE =
  'Compare text without regard to case, with UPPER on both sides, unless the question puts a value in double quotes.'

/** The messages that stand for a question about tables: what a language model gets, and what SHOWPROMPT shows. */
export function sqlMessages(
  request: Pick<SqlRequest, 'prompt' | 'history' | 'attributes' | 'schema' | 'examples'>,
): PromptMessage[] {
  const { attributes, schema, examples = [] } = request
  const instructions = [
    ...INSTRUCTIONS,
    ...(attributes.case_sensitive_values === false ? [IGNORE_CASE] : []),
    ...additionalInstructions(attributes),
  ]
  return questionMessages(request, `${instructions.join('\n')}\n\n${schemaPrompt(schema)}${examplesText(examples)}`)
}

/** Feedback on questions like this one, for the model to go by. */
function examplesText(examples: readonly SqlExample[]): string {
  if (examples.length === 0) return ''
  const lines = examples.map(({ prompt, sqlQuery, content }) =>
    JSON.stringify({
      user_prompt: prompt,
      sql_query: sqlQuery ?? undefined,
      feedback_content: content ?? undefined,
    }),
  )
  return ['\n\nExamples with the right query, or with what was wrong before:', ...lines].join('\n')
}
