import type { Binds } from '../pool/bind-values.ts'
import { callDatabase } from '../pool/call-database.ts'
import { type CallOptions, callOptionNames, checkCallOptions } from '../pool/call-options.ts'
import type { ConnectionPool, Lease } from '../pool/connection-pool.ts'
import {
  createConversationWithAttributes,
  createConversation as createWithDefaults,
} from '../sql/conversation-statements.ts'
import { Conversation } from './conversation.ts'
import { type ConversationAttributes, conversationAttributesJson } from './conversation-attributes.ts'
import { attributeErrorOf } from './conversation-error.ts'

/** @throws SelectAIArgumentError */
export async function createConversation(
  pool: ConnectionPool,
  attributes: ConversationAttributes = {},
  options: CallOptions = {},
): Promise<Conversation> {
  const json = conversationAttributesJson('attributes', attributes)
  checkCallOptions(options, callOptionNames)
  const errorOf = (error: unknown) => attributeErrorOf(error, 'attributes')
  const call = { action: 'createConversation', options, errorOf }
  const id = await callDatabase(pool, call, (lease) => insertConversation(lease, json))
  return new Conversation(id, pool)
}

/** Creates a conversation on a connection that was lent; resolves with its id. */
export async function insertConversation(
  { connection, driver }: Lease,
  attributes: string | undefined,
): Promise<string> {
  const { BIND_OUT, DB_TYPE_VARCHAR } = driver
  const statement = attributes === undefined ? createWithDefaults : createConversationWithAttributes
  const { outBinds } = await connection.execute<{ conversation_id: string }>(statement, {
    conversation_id: { dir: BIND_OUT, type: DB_TYPE_VARCHAR, maxSize: longestId },
    ...(attributes === undefined ? {} : { attributes }),
  } as Binds)
  return (outBinds as { conversation_id: string }).conversation_id
}

const longestId = 128
