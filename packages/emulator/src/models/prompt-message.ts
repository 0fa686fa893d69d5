/** One message of a prompt for a language model. */
export interface PromptMessage {
  readonly role: 'system' | 'user' | 'assistant'
  readonly text: string
}

/** The earlier turns of a conversation as messages, oldest first. */
export function historyMessages(
  history: readonly { readonly prompt: string; readonly response: string }[],
): PromptMessage[] {
  return history.flatMap(({ prompt, response }): PromptMessage[] => [
    { role: 'user', text: prompt },
    { role: 'assistant', text: response },
  ])
}
