import type { PoolOptions } from '../config/pool-options.ts'
import { resolvePoolOptions } from '../config/resolve-pool-options.ts'
import { Conversation } from '../conversation/conversation.ts'
import type { ConversationAttributes } from '../conversation/conversation-attributes.ts'
import type { ConversationDescription } from '../conversation/conversation-description.ts'
import { createConversation } from '../conversation/create-conversation.ts'
import { listConversations } from '../conversation/list-conversations.ts'
import type { CallOptions } from '../pool/call-options.ts'
import { ConnectionPool } from '../pool/connection-pool.ts'
import { type ListVectorIndexesOptions, listVectorIndexes } from '../vector-index/find-vector-indexes.ts'
import { VectorIndex } from '../vector-index/vector-index.ts'
import type { VectorIndexDescription } from '../vector-index/vector-index-description.ts'
import { type ListProfilesOptions, listDescriptions } from './find-profiles.ts'
import { Profile } from './profile.ts'
import type { ProfileDescription } from './profile-description.ts'

/**
 * The client of one database: profiles, and the connections on which their questions are asked.
 *
 * `createPool` makes one and opens it. `new` makes one that has opened nothing yet, for code that must stand before there is a
 * database to talk to; `open` then opens it.
 *
 * @example
 * const pool = new SelectAIPool({ poolMax: 8 })
 * await pool.open()
 */
export class SelectAIPool extends ConnectionPool {
  /**
   * Decides all settings, option before environment before default, and opens nothing.
   * @throws ConfigurationError for a missing or unusable setting
   * @throws SelectAIArgumentError for an unknown option
   */
  constructor(options?: PoolOptions) {
    super(resolvePoolOptions(options))
  }

  /**
   * The profile of that name. Asks nothing of the database; an unknown profile shows when it is used.
   * @throws SelectAIArgumentError for what cannot be the name of a profile.
   */
  profile(name: string): Profile {
    return new Profile(name, this)
  }

  /**
   * The user's profiles with all their attributes, ordered by name: one round trip for each thousand attributes, and two more
   * when a description or a value is longer than 1,000 characters.
   * @throws SelectAIArgumentError for a pattern that is no regular expression of the database.
   *
   * @example
   * const profiles = await pool.listProfiles({ pattern: '^SALES' })
   */
  listProfiles(options?: ListProfilesOptions): Promise<readonly ProfileDescription[]> {
    return listDescriptions(this, options)
  }

  /**
  /**
   * The conversation of that id. Asks nothing of the database; an unknown conversation shows when it is used.
   * @throws SelectAIArgumentError for what cannot be an id.
   * @example
   * const { title } = await pool.conversation('30C9DB6E-EA4D-AFBA-E063-9C6D46644B92').fetch()
   */
  conversation(id: string): Conversation {
    return new Conversation(id, this)
  }

  /**
   * Creates a conversation in one round trip (`DBMS_CLOUD_AI.CREATE_CONVERSATION`). Attributes that are left out get the
   * defaults of the database.
   * @throws SelectAIArgumentError for an unknown or unusable attribute, and the errors of any call, which `Profile` lists.
   * @example
   * const conversation = await pool.createConversation({ title: 'Promotions', retentionDays: 30 })
   * await pool.profile('SALES').chat('What is a promotion?', { conversationId: conversation.id })
   */
  createConversation(attributes?: ConversationAttributes, options?: CallOptions): Promise<Conversation> {
    return createConversation(this, attributes, options)
  }

  /**
   * All conversations of the pool's database user, oldest first, in two round trips for up to a thousand of them.
   * @example
   * for (const { id, title } of await pool.listConversations()) console.log(id, title)
   */
  listConversations(options?: CallOptions): Promise<readonly ConversationDescription[]> {
    return listConversations(this, options)
  }

  /**
   * The vector index of that name. Asks nothing of the database; an unknown index shows when it is used.
   * @throws SelectAIArgumentError for what cannot be the name of an index.
   * @example
   * const { attributes } = await pool.vectorIndex('HANDBOOK_INDEX').fetch()
   */
  vectorIndex(name: string): VectorIndex {
    return new VectorIndex(name, this)
  }

  /**
   * The user's vector indexes with all their attributes, ordered by name: one round trip for each thousand attributes, and two
   * more when a description or a value is longer than 1,000 characters.
   * @throws SelectAIArgumentError for a pattern that is no regular expression of the database.
   * @example
   * const indexes = await pool.listVectorIndexes({ pattern: '^HANDBOOK' })
   */
  listVectorIndexes(options?: ListVectorIndexesOptions): Promise<readonly VectorIndexDescription[]> {
    return listVectorIndexes(this, options)
  }
}
