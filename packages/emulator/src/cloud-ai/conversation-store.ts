import { randomUUID } from 'node:crypto'
import type { UserBelongings } from '../execution/user-belongings.ts'
import { OracleError } from '../oracle-error.ts'
import type { OracleDateTime } from '../values/oracle-date-time.ts'
import {
  type ConversationAttributes,
  defaultConversationAttributes,
  readConversationAttributes,
} from './conversation-attributes.ts'
import { EventClock } from './event-clock.ts'
import type { Turn } from './session-profile.ts'

/** One prompt of a conversation, and what it was answered with. */
export interface ConversationPrompt extends Turn {
  /** In UUID form, upper case. */
  readonly id: string
  /** Upper case. */
  readonly profileName: string
  /** Lower case. */
  readonly action: string
  /** In UTC. */
  readonly created: OracleDateTime
  /** What the client called itself when it asked. */
  readonly clientIdentifier: string | null
  /** The SID of the session in which it was asked. */
  readonly sessionId: number | null
}

export type NewConversationPrompt = Omit<ConversationPrompt, 'id' | 'created'>

/** A conversation that lives in the database, so that every session of its user can go on with it. */
export interface Conversation extends ConversationAttributes {
  /** In UUID form, upper case. */
  readonly id: string
  /** In UTC. */
  readonly created: OracleDateTime
  /** In UTC. */
  readonly lastModified: OracleDateTime
  /** Oldest first. */
  readonly prompts: readonly ConversationPrompt[]
  /** Values by key. */
  readonly tags: ReadonlyMap<string, string>
}

const IDENTIFIER = /^[0-9A-F]{8}-[0-9A-F]{4}-[0-9A-F]{4}-[0-9A-F]{4}-[0-9A-F]{12}$/
const DAY_MS = 86_400_000

/** All conversations of the database, by owner and id. */
export class ConversationStore implements UserBelongings {
  readonly #byOwner = new Map<string, Map<string, Conversation>>()
  readonly #now: () => Date
  readonly #clock: EventClock

  /** @param now - The clock by which conversations are stamped and purged. */
  constructor(now: () => Date = () => new Date()) {
    this.#now = now
    this.#clock = new EventClock(now)
  }

  /** Conversations of an owner in the order of their creation. */
  list(owner: string): readonly Conversation[] {
    return [...this.#ownedBy(owner).values()]
  }

  /** All conversations there are, each with its owner. */
  all(): readonly (Conversation & { readonly owner: string })[] {
    return [...this.#byOwner.keys()].flatMap((owner) => this.list(owner).map((each) => ({ ...each, owner })))
  }

  /** @throws OracleError ORA-20050 for an id of the wrong form, or of no conversation. */
  get(owner: string, id: string): Conversation {
    const key = checkedId(id, 'conversation id')
    const conversation = this.#ownedBy(owner).get(key)
    if (conversation === undefined) throw new OracleError(20050, `Conversation with id ${key} does not exist`)
    return conversation
  }

  /** @throws OracleError ORA-20050 for a bad attribute. */
  create(owner: string, attributes: Readonly<Record<string, unknown>>): Conversation {
    return this.#create(owner, randomUUID().toUpperCase(), attributes)
  }

  /** The conversation of that id, which is created when there is none: agents take ids that their caller chose. @throws OracleError ORA-20050 */
  ensure(owner: string, id: string): Conversation {
    const key = checkedId(id, 'conversation id')
    return this.#ownedBy(owner).get(key) ?? this.#create(owner, key, {})
  }

  /** Changes the attributes that are given. @throws OracleError ORA-20050 */
  update(owner: string, id: string, attributes: Readonly<Record<string, unknown>>): Conversation {
    const conversation = this.get(owner, id)
    return this.#put(owner, {
      ...conversation,
      ...readConversationAttributes(attributes),
      lastModified: this.#clock.stamp(),
    })
  }

  /** @throws OracleError ORA-20050 when there is no such conversation, unless `force` says that this is fine. */
  drop(owner: string, id: string, force: boolean): void {
    const key = checkedId(id, 'conversation id')
    const conversations = this.#ownedBy(owner)
    if (!force) this.get(owner, key)
    conversations.delete(key)
  }

  /** The turns that the model gets to see, oldest first. */
  history(owner: string, id: string): readonly Turn[] {
    const { prompts, conversationLength } = this.get(owner, id)
    return conversationLength === 0 ? [] : prompts.slice(-conversationLength)
  }

  /** @throws OracleError ORA-20050 when the conversation is gone. */
  addPrompt(owner: string, id: string, prompt: NewConversationPrompt): void {
    const conversation = this.get(owner, id)
    const created = this.#clock.stamp()
    const added = { ...prompt, id: randomUUID().toUpperCase(), created }
    this.#put(owner, { ...conversation, prompts: [...conversation.prompts, added], lastModified: created })
  }

  /** @throws OracleError ORA-20050 when no conversation has such a prompt, unless `force` says that this is fine. */
  deletePrompt(owner: string, promptId: string, force: boolean): void {
    const key = checkedId(promptId, 'conversation prompt id')
    const conversation = this.list(owner).find(({ prompts }) => prompts.some(({ id }) => id === key))
    if (conversation === undefined) {
      if (force) return
      throw new OracleError(20050, `Conversation prompt with id ${key} does not exist`)
    }
    const prompts = conversation.prompts.filter(({ id }) => id !== key)
    this.#put(owner, { ...conversation, prompts, lastModified: this.#clock.stamp() })
  }

  #create(owner: string, id: string, attributes: Readonly<Record<string, unknown>>): Conversation {
    const created = this.#clock.stamp()
    return this.#put(owner, {
      ...defaultConversationAttributes,
      ...readConversationAttributes(attributes),
      id,
      created,
      lastModified: created,
      prompts: [],
      tags: new Map(),
    })
  }

  /** Sets a tag, whether or not there is one of that key. @throws OracleError ORA-20050 */
  addTag(owner: string, id: string, key: string, value: string): void {
    const conversation = this.get(owner, id)
    const tags = new Map([...conversation.tags, [checkedTagKey(key), value]])
    this.#put(owner, { ...conversation, tags, lastModified: this.#clock.stamp() })
  }

  /** @throws OracleError ORA-20050 when there is no such conversation or tag; `force` says that a missing tag is fine. */
  removeTag(owner: string, id: string, key: string, force: boolean): void {
    const conversation = this.get(owner, id)
    const tags = new Map(conversation.tags)
    if (!tags.delete(checkedTagKey(key)) && !force) {
      throw new OracleError(20050, `Conversation tag ${key} does not exist`)
    }
    this.#put(owner, { ...conversation, tags, lastModified: this.#clock.stamp() })
  }

  forgetUser(user: string): void {
    this.#byOwner.delete(user)
  }

  #put(owner: string, conversation: Conversation): Conversation {
    this.#ownedBy(owner).set(conversation.id, conversation)
    return conversation
  }

  #ownedBy(owner: string): Map<string, Conversation> {
    const key = owner.toUpperCase()
    const conversations = this.#byOwner.get(key) ?? new Map<string, Conversation>()
    this.#byOwner.set(key, conversations)
    for (const conversation of conversations.values()) {
      if (this.#isOver(conversation)) conversations.delete(conversation.id)
    }
    return conversations
  }

  #isOver({ lastModified, retentionDays }: Conversation): boolean {
    if (retentionDays === 0) return false
    return this.#now().getTime() >= lastModified.toUtcMilliseconds() + retentionDays * DAY_MS
  }
}

function checkedTagKey(key: string): string {
  if (key.trim() === '') throw new OracleError(20050, 'Invalid value for conversation tag key')
  return key
}

function checkedId(id: string, what: string): string {
  const upper = id.trim().toUpperCase()
  if (!IDENTIFIER.test(upper)) throw new OracleError(20050, `Invalid value for ${what}`)
  return upper
}
