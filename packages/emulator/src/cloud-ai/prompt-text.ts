import type { ModelRequest } from '../models/model.ts'
import type { SchemaDescription } from '../models/schema-description.ts'
import { schemaPrompt } from '../models/schema-prompt.ts'
import type { Feedback } from './feedback-index.ts'
import { prettyJson } from './json-text.ts'

const INSTRUCTIONS = [
  'Write one Oracle SQL query that answers the question at the end.',
  'Use no other tables and columns than those below. Put every name in double quotes and name the owner of each table.',
  'Answer with the query alone. When the tables cannot answer the question, say so in one sentence.',
].join('\n')

/** The prompt that stands for a question, as messages in JSON: what SHOWPROMPT gives. */
export function promptText(
  { prompt, history }: ModelRequest,
  schema: SchemaDescription,
  feedback: readonly Feedback[],
): string {
  const earlier = history.flatMap((turn) => [message('USER', turn.prompt), message('ASSISTANT', turn.response)])
  const system = `${INSTRUCTIONS}\n\n${schemaPrompt(schema)}${examplesText(feedback)}`
  return prettyJson([message('SYSTEM', system), ...earlier, message('USER', `Question: ${prompt}`)])
}

/** Feedback on questions like this one, for the model to go by. */
function examplesText(feedback: readonly Feedback[]): string {
  if (feedback.length === 0) return ''
  const examples = feedback.map(({ prompt, sqlQuery, content }) =>
    JSON.stringify({
      user_prompt: prompt,
      sql_query: sqlQuery ?? undefined,
      feedback_content: content ?? undefined,
    }),
  )
  return ['\n\nExamples with the right query, or with what was wrong before:', ...examples].join('\n')
}

function message(role: string, text: string): object {
  return { role, content: [{ type: 'TEXT', text }] }
}
