import { ConversationNotFoundError } from '../errors/conversation-not-found-error.ts'
import { SelectAIArgumentError } from '../errors/select-ai-argument-error.ts'
import { type Binds, booleanBind } from '../pool/bind-values.ts'
import { callDatabase, type DatabaseCall, queryDatabase, runBlock } from '../pool/call-database.ts'
import { type CallOptions, callOptionNames, checkCallOptions, readForce } from '../pool/call-options.ts'
import type { ConnectionPool } from '../pool/connection-pool.ts'
import {
  addConversationTag,
  deleteConversationPrompt,
  dropConversation,
  fetchConversation,
  listConversationPrompts,
  removeConversationTag,
  updateConversation,
} from '../sql/conversation-statements.ts'
import { type ConversationAttributes, conversationAttributesJson } from './conversation-attributes.ts'
import {
  type ConversationDescription,
  type ConversationRow,
  conversationDescription,
} from './conversation-description.ts'
import { attributeErrorOf, conversationErrorOf, tagErrorOf } from './conversation-error.ts'
import { checkId } from './conversation-id.ts'
import { type ConversationPrompt, type ConversationPromptRow, conversationPrompts } from './conversation-prompt.ts'

/** Options of `conversation.removeTag`. */
export interface RemoveTagOptions extends CallOptions {
  /** Whether a tag that is not there is as good as a removed one. Default: false. */
  readonly force?: boolean | undefined
}

/** Options of `conversation.delete`. */
export interface DeleteConversationOptions extends CallOptions {
  /** Whether a conversation that is not there is as good as a deleted one. Default: false. */
  readonly force?: boolean | undefined
}

/**
 * A conversation that the database keeps, by its id: questions and answers that the model gets to see with the next question,
 * whatever the connection or the process that asks it. Making a handle costs nothing; a method costs one round trip, and one that reads
 * costs two, since the driver asks for long texts in a second step.
 *
 * Every method rejects with `ConversationNotFoundError` when the conversation is gone, with `SelectAIArgumentError` for a value
 * that is not acceptable, and with the errors of any call, which `Profile` lists.
 *
 * @example
 * const conversation = await pool.createConversation({ title: 'Promotions' })
 * const profile = pool.profile('SALES')
 * await profile.chat('What is a promotion?', { conversationId: conversation.id })
 * await profile.chat('Give me an example.', { conversationId: conversation.id })
 * const prompts = await conversation.listPrompts()
 * await conversation.delete()
 */
export class Conversation {
  /** The id, in UUID form and upper case. It is all that has to be kept to go on later. */
  readonly id: string
  readonly #pool: ConnectionPool

  /** Use `pool.conversation(id)` or `pool.createConversation()`. */
  constructor(id: string, pool: ConnectionPool) {
    this.id = checkId('id', id)
    this.#pool = pool
  }

  /**
   * Reads title, description and the rest.
   * @example
   * const { title, lastModified } = await pool.conversation(id).fetch()
   */
  async fetch(options: CallOptions = {}): Promise<ConversationDescription> {
    checkCallOptions(options, callOptionNames)
    const call = this.#call('fetchConversation', options)
    const [row] = await queryDatabase<ConversationRow>(this.#pool, call, fetchConversation, () => this.#binds())
    if (row === undefined) throw new ConversationNotFoundError({ conversationId: this.id })
    return conversationDescription(row)
  }

  /**
   * Changes the attributes that are given, and no others.
   * @throws SelectAIArgumentError when there is nothing to change.
   * @example
   * await conversation.update({ title: 'Promotions of 2001', retentionDays: 30 })
   */
  async update(changes: ConversationAttributes, options: CallOptions = {}): Promise<void> {
    const attributes = conversationAttributesJson('changes', changes)
    checkCallOptions(options, callOptionNames)
    if (attributes === undefined) {
      throw new SelectAIArgumentError({ argument: 'changes', message: 'must have at least one attribute.' })
    }
    const call = this.#call('updateConversation', options)
    await runBlock(this.#pool, call, updateConversation, () => ({ ...this.#binds(), attributes }))
  }

  /**
   * All questions and answers, oldest first.
   * @example
   * for (const { prompt, response } of await conversation.listPrompts()) console.log(prompt, response)
   */
  async listPrompts(options: CallOptions = {}): Promise<readonly ConversationPrompt[]> {
    checkCallOptions(options, callOptionNames)
    const call = this.#call('listConversationPrompts', options)
    const rows = await queryDatabase<ConversationPromptRow>(this.#pool, call, listConversationPrompts, () =>
      this.#binds(),
    )
    if (rows.length === 0) throw new ConversationNotFoundError({ conversationId: this.id })
    return conversationPrompts(rows)
  }

  /**
   * Deletes one question and its answer, so that the model no longer sees them.
   * @throws ConversationNotFoundError with `promptId` when this conversation has no such prompt.
   * @example
   * const [first] = await conversation.listPrompts()
   * if (first) await conversation.deletePrompt(first.id)
   */
  async deletePrompt(promptId: string, options: CallOptions = {}): Promise<void> {
    const id = checkId('promptId', promptId)
    checkCallOptions(options, callOptionNames)
    const found = await callDatabase(
      this.#pool,
      this.#call('deleteConversationPrompt', options),
      async ({ connection, driver: { BIND_OUT, DB_TYPE_NUMBER } }) => {
        const binds = { ...this.#binds(), prompt_id: id, found: { dir: BIND_OUT, type: DB_TYPE_NUMBER } }
        const { outBinds } = await connection.execute<{ found: number }>(deleteConversationPrompt, binds as Binds)
        return outBinds?.found
      },
    )
    if (!found) throw new ConversationNotFoundError({ conversationId: this.id, promptId: id })
  }

  /**
   * Gives the conversation a tag (`ADD_CONVERSATION_TAG`). What it means is for the application to say; the database has no view that
   * shows tags.
   * @throws SelectAIArgumentError for a blank key or value.
   * @example
   * await conversation.addTag('customer', 'ACME')
   */
  async addTag(key: string, value: string, options: CallOptions = {}): Promise<void> {
    const tag = { tag_key: checkTagText('key', key), tag_value: checkTagText('value', value) }
    checkCallOptions(options, callOptionNames)
    const call = this.#call('addTag', options)
    await runBlock(this.#pool, call, addConversationTag, () => ({ ...this.#binds(), ...tag }))
  }

  /**
   * Takes a tag away (`REMOVE_CONVERSATION_TAG`).
   * @throws ConversationNotFoundError with `tagKey` when the conversation has no such tag, unless `force` is set.
   * @example
   * await conversation.removeTag('customer', { force: true })
   */
  async removeTag(key: string, options: RemoveTagOptions = {}): Promise<void> {
    const tagKey = checkTagText('key', key)
    const { force, options: others } = readForce(options)
    const call = this.#call('removeTag', others)
    const errorOf = (error: unknown) => tagErrorOf(error, this.id, tagKey) ?? call.errorOf?.(error)
    await runBlock(this.#pool, { ...call, errorOf }, removeConversationTag, ({ driver }) => ({
      ...this.#binds(),
      tag_key: tagKey,
      force: booleanBind(driver, force),
    }))
  }

  /**
   * Deletes the conversation with all its questions and answers.
   * @throws ConversationNotFoundError when it is gone already and `force` is not set.
   * @example
   * await pool.conversation(id).delete({ force: true })
   */
  async delete(options: DeleteConversationOptions = {}): Promise<void> {
    const { force, options: others } = readForce(options)
    await runBlock(this.#pool, this.#call('dropConversation', others), dropConversation, ({ driver }) => ({
      ...this.#binds(),
      force: booleanBind(driver, force),
    }))
  }

  #call(action: string, options: CallOptions): DatabaseCall {
    return {
      action,
      options,
      errorOf: (error) => conversationErrorOf(error, this.id) ?? attributeErrorOf(error, 'changes'),
    }
  }

  #binds(): { conversation_id: string } {
    return { conversation_id: this.id }
  }
}

/** @throws SelectAIArgumentError */
function checkTagText(argument: string, value: unknown): string {
  if (typeof value === 'string' && value.trim() !== '') return value
  throw new SelectAIArgumentError({ argument, message: 'must be a text that is not blank.' })
}
