import type { ModelRequest } from '../models/model.ts'
import type { SchemaDescription } from '../models/schema-description.ts'
import { schemaPrompt } from '../models/schema-prompt.ts'
import { prettyJson } from './json-text.ts'

const INSTRUCTIONS = [
  'Write one Oracle SQL query that answers the question at the end.',
  'Use no other tables and columns than those below. Put every name in double quotes and name the owner of each table.',
  'Answer with the query alone. When the tables cannot answer the question, say so in one sentence.',
].join('\n')

/** The prompt that stands for a question, as messages in JSON: what SHOWPROMPT gives. */
export function promptText({ prompt, history }: ModelRequest, schema: SchemaDescription): string {
  const earlier = history.flatMap((turn) => [message('USER', turn.prompt), message('ASSISTANT', turn.response)])
  const system = `${INSTRUCTIONS}\n\n${schemaPrompt(schema)}`
  return prettyJson([message('SYSTEM', system), ...earlier, message('USER', `Question: ${prompt}`)])
}

function message(role: string, text: string): object {
  return { role, content: [{ type: 'TEXT', text }] }
}
