import type { Task } from '@a2a-js/sdk'
import type { TaskStore } from '@a2a-js/sdk/server'

/** A task of the protocol with its status, its history and its artifacts. */
export type A2ATask = Task

/** Keeps tasks, each for its owner. Any store for `@a2a-js/sdk` will do. */
export type A2ATaskStore = TaskStore

/** Keeps the conversation of each context. */
export interface A2AConversationStore {
  /** The conversation of a context; undefined when it is new. */
  load(contextId: string, owner: string): Promise<string | undefined>
  /** Keeps the conversation, unless the context has one already; resolves to the one that it has then. */
  save(contextId: string, owner: string, conversationId: string): Promise<string>
}

/** What a server remembers. */
export interface A2AState {
  /** Tasks, with their results. */
  readonly tasks: A2ATaskStore
  /** Contexts, with their conversations. */
  readonly conversations: A2AConversationStore
  /** Makes what is missing, such as tables. Called once before the first request. */
  open(): Promise<void>
}
