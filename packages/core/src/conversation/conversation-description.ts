/** A conversation as it was when it was read. */
export interface ConversationDescription {
  /** The id, in UUID form and upper case. */
  readonly id: string
  /** What the conversation is called. */
  readonly title: string
  /** What the conversation is about; undefined when nobody said. */
  readonly description: string | undefined
  /** Days that the database keeps the conversation; 0 keeps it until it is deleted. */
  readonly retentionDays: number
  /** How many of the latest prompts, with their answers, the model gets to see. */
  readonly conversationLength: number | undefined
  /** When it was created. */
  readonly created: Date
  /** When its attributes or its prompts changed last. */
  readonly lastModified: Date
}

/** One row of USER_CLOUD_AI_CONVERSATIONS. */
export interface ConversationRow {
  readonly CONVERSATION_ID: string
  readonly CONVERSATION_TITLE: string
  readonly DESCRIPTION: string | null
  readonly RETENTION_DAYS: number
  readonly CONVERSATION_LENGTH: number | null
  readonly CREATED: Date
  readonly LAST_MODIFIED: Date
}

export function conversationDescription(row: ConversationRow): ConversationDescription {
  return Object.freeze({
    id: row.CONVERSATION_ID,
    title: row.CONVERSATION_TITLE,
    description: row.DESCRIPTION ?? undefined,
    retentionDays: row.RETENTION_DAYS,
    conversationLength: row.CONVERSATION_LENGTH ?? undefined,
    created: row.CREATED,
    lastModified: row.LAST_MODIFIED,
  })
}
