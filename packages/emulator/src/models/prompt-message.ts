import type { ModelRequest } from './model.ts'

/** One message of a prompt for a language model. */
export interface PromptMessage {
  readonly role: 'system' | 'user' | 'assistant'
  readonly text: string
}

/** What the model is to do and to know, the turns before, and the question. */
export function questionMessages(
  { prompt, history }: Pick<ModelRequest, 'prompt' | 'history'>,
  system: string,
): PromptMessage[] {
  return [{ role: 'system', text: system }, ...historyMessages(history), { role: 'user', text: `Question: ${prompt}` }]
}

/** The earlier turns of a conversation as messages, oldest first. */
export function historyMessages(history: ModelRequest['history']): PromptMessage[] {
  return history.flatMap(({ prompt, response }): PromptMessage[] => [
    { role: 'user', text: prompt },
    { role: 'assistant', text: response },
  ])
}

/** What the profile wants to be said beside our own instructions. */
export function additionalInstructions(attributes: ModelRequest['attributes']): string[] {
  const { additional_instructions: text } = attributes
  return typeof text === 'string' && text.trim() !== '' ? [text] : []
}
