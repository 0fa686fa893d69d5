import type { ModelRequest } from '../models/model.ts'
import type { SchemaDescription } from '../models/schema-description.ts'
import { sqlMessages } from '../models/sql-prompt.ts'
import { prettyJson } from './json-text.ts'

/** The prompt that stands for a question, as messages in JSON: what SHOWPROMPT gives. */
export function promptText(request: ModelRequest, schema: SchemaDescription): string {
  const messages = sqlMessages(request, schema)
  return prettyJson(messages.map(({ role, text }) => ({ role: role.toUpperCase(), content: [{ type: 'TEXT', text }] })))
}
