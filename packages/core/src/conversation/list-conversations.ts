import { queryDatabase } from '../pool/call-database.ts'
import { type CallOptions, callOptionNames, checkCallOptions } from '../pool/call-options.ts'
import type { ConnectionPool } from '../pool/connection-pool.ts'
import { listConversations as statement } from '../sql/conversation-statements.ts'
import {
  type ConversationDescription,
  type ConversationRow,
  conversationDescription,
} from './conversation-description.ts'

/** All conversations of the pool's user, oldest first. */
export async function listConversations(
  pool: ConnectionPool,
  options: CallOptions = {},
): Promise<readonly ConversationDescription[]> {
  checkCallOptions(options, callOptionNames)
  const call = { action: 'listConversations', options }
  const rows = await queryDatabase<ConversationRow>(pool, call, statement, () => ({}))
  return Object.freeze(rows.map(conversationDescription))
}
