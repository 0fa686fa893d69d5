import type { PromptMessage } from '../models/prompt-message.ts'
import { prettyJson } from './json-text.ts'

/** The messages that stand for a question as JSON: what SHOWPROMPT gives. */
export function promptText(messages: readonly PromptMessage[]): string {
  return prettyJson(messages.map(({ role, text }) => ({ role: role.toUpperCase(), content: [{ type: 'TEXT', text }] })))
}
