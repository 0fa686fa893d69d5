import { readPattern } from '../attributes/read-pattern.ts'
import { patternErrorOf } from '../errors/pattern-error.ts'
import { queryDatabase } from '../pool/call-database.ts'
import type { CallOptions } from '../pool/call-options.ts'
import type { ConnectionPool } from '../pool/connection-pool.ts'
import { listConversationsByTitle, listConversations as statement } from '../sql/conversation-statements.ts'
import {
  type ConversationDescription,
  type ConversationRow,
  conversationDescription,
} from './conversation-description.ts'

/** Options of listing conversations. */
export interface ListConversationsOptions extends CallOptions {
  /** A regular expression of the database that titles must match, whatever their case; at most 512 bytes. Default: all titles. */
  readonly pattern?: string | undefined
}

/**
 * Conversations of the pool's user, oldest first.
 * @throws SelectAIArgumentError for a pattern that is no regular expression of the database.
 */
export async function listConversations(
  pool: ConnectionPool,
  options: ListConversationsOptions = {},
): Promise<readonly ConversationDescription[]> {
  const { pattern, options: others } = readPattern(options)
  const call = { action: 'listConversations', options: others, errorOf: patternErrorOf }
  // What has no title matches no pattern.
  const rows = await (options.pattern === undefined
    ? queryDatabase<ConversationRow>(pool, call, statement, () => ({}))
    : queryDatabase<ConversationRow>(pool, call, listConversationsByTitle, () => ({ pattern })))
  return Object.freeze(rows.map(conversationDescription))
}
