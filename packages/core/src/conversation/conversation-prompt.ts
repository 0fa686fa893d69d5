/** One question of a conversation, and its answer. */
export interface ConversationPrompt {
  /** The id, for `conversation.deletePrompt`. */
  readonly id: string
  /** The profile that was asked, as the database writes its name. */
  readonly profile: string
  /** What was asked for, for example `chat` or `runsql`, as the database writes it. */
  readonly action: string
  /** The question. */
  readonly prompt: string
  /** The answer as the database gave it; for `runsql` the JSON text. */
  readonly response: string
  /** When it was asked. */
  readonly created: Date
  /** When it was changed; undefined when the database does not say. */
  readonly lastModified: Date | undefined
}

/** One row of USER_CLOUD_AI_CONVERSATION_PROMPTS; the id is NULL in the row that stands for no prompts. */
export interface ConversationPromptRow {
  readonly CONVERSATION_PROMPT_ID: string | null
  readonly PROFILE_NAME: string | null
  readonly PROMPT_ACTION: string | null
  readonly PROMPT: string | null
  readonly PROMPT_RESPONSE: string | null
  readonly CREATED: Date
  readonly MODIFIED: Date | null
}

export function conversationPrompts(rows: readonly ConversationPromptRow[]): readonly ConversationPrompt[] {
  return Object.freeze(rows.flatMap((row) => (row.CONVERSATION_PROMPT_ID === null ? [] : promptOf(row))))
}

function promptOf(row: ConversationPromptRow): ConversationPrompt {
  return Object.freeze({
    id: row.CONVERSATION_PROMPT_ID as string,
    profile: row.PROFILE_NAME ?? '',
    action: row.PROMPT_ACTION ?? '',
    prompt: row.PROMPT ?? '',
    response: row.PROMPT_RESPONSE ?? '',
    created: row.CREATED,
    lastModified: row.MODIFIED ?? undefined,
  })
}
