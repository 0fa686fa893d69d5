import { sessionAttributesOf, sessionIdOf } from '../execution/session-attributes.ts'
import type { CallContext } from '../execution/subprogram.ts'
import type { ConversationStore } from './conversation-store.ts'
import { rememberTurn, sessionTurns, type Turn } from './session-profile.ts'

/** The turns before a question, and where the question and its answer go. */
export interface Memory {
  /** Oldest first. */
  readonly history: readonly Turn[]
  remember(turn: Turn): void
}

export const noMemory: Memory = { history: [], remember: () => {} }

/** The memory of one session for one profile. @param length - how many turns the model gets to see; all by default */
export function sessionMemory(context: CallContext, profileName: string, length?: number): Memory {
  const turns = sessionTurns(context, profileName)
  return {
    history: length === undefined ? turns : turns.slice(Math.max(0, turns.length - length)),
    remember: (turn) => rememberTurn(context, profileName, turn),
  }
}

/** A conversation of the database. @throws OracleError ORA-20050 when it does not exist. */
export function conversationMemory(
  conversations: ConversationStore,
  { id, profileName, action }: { readonly id: string; readonly profileName: string; readonly action: string },
  { user, packageState }: CallContext,
): Memory {
  const { clientIdentifier } = sessionAttributesOf(packageState)
  const origin = { profileName, action, clientIdentifier, sessionId: sessionIdOf(packageState) }
  return {
    history: conversations.history(user, id),
    remember: (turn) => conversations.addPrompt(user, id, { ...turn, ...origin }),
  }
}
