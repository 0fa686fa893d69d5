import { InMemoryTaskStore } from '@a2a-js/sdk/server'
import type { A2AState } from './a2a-state.ts'

/**
 * Keeps tasks and contexts in memory, for tests and trials. They are gone when the process ends, and none is ever forgotten before.
 *
 * @example
 * const handler = createA2AHandler({ pool, team: 'SALES_TEAM', publicUrl: 'http://127.0.0.1:8000', state: memoryState() })
 */
export function memoryState(): A2AState {
  const conversations = new Map<string, string>()
  return {
    tasks: new InMemoryTaskStore(),
    conversations: {
      async load(contextId, owner) {
        return conversations.get(JSON.stringify([owner, contextId]))
      },
      async save(contextId, owner, conversationId) {
        const key = JSON.stringify([owner, contextId])
        const kept = conversations.get(key) ?? conversationId
        conversations.set(key, kept)
        return kept
      },
    },
    async open() {},
  }
}
