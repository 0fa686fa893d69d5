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
  return messagesText({
    history,
    system: `${INSTRUCTIONS}\n\n${schemaPrompt(schema)}`,
    question: `Question: ${prompt}`,
  })
}

/** Messages to a model as JSON: what it is to do, the turns before, and the question. */
export function messagesText({
  history,
  system,
  question,
}: Pick<ModelRequest, 'history'> & { readonly system: string; readonly question: string }): string {
  const earlier = history.flatMap((turn) => [message('USER', turn.prompt), message('ASSISTANT', turn.response)])
  return prettyJson([message('SYSTEM', system), ...earlier, message('USER', question)])
}

function message(role: string, text: string): object {
  return { role, content: [{ type: 'TEXT', text }] }
}
