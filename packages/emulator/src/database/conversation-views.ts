import type { ConversationStore } from '../cloud-ai/conversation-store.ts'
import type { DictionaryView } from '../sql/catalog/dictionary.ts'
import type { Column } from '../values/column.ts'
import { OracleNumber } from '../values/oracle-number.ts'
import { CLOB, NUMBER, type OracleType, varchar2 } from '../values/oracle-type.ts'

const IDENTIFIER = varchar2(36)
const NAME = varchar2(128)
const INSTANT: OracleType = { name: 'TIMESTAMP WITH TIME ZONE', scale: 6 }

/** What a user sees of its own conversations, and of the prompts in them. */
export function conversationViews(conversations: ConversationStore): readonly DictionaryView[] {
  return [
    {
      name: 'USER_CLOUD_AI_CONVERSATIONS',
      columns: [
        column('CONVERSATION_ID', IDENTIFIER),
        column('CONVERSATION_TITLE', NAME),
        column('DESCRIPTION', CLOB),
        column('RETENTION_DAYS', NUMBER),
        column('CONVERSATION_LENGTH', NUMBER),
        column('CREATED', INSTANT),
        column('LAST_MODIFIED', INSTANT),
      ],
      rows: ({ user }) =>
        conversations
          .list(user)
          .map((conversation) => [
            conversation.id,
            conversation.title,
            conversation.description,
            new OracleNumber(conversation.retentionDays),
            new OracleNumber(conversation.conversationLength),
            conversation.created,
            conversation.lastModified,
          ]),
    },
    {
      name: 'USER_CLOUD_AI_CONVERSATION_PROMPTS',
      columns: [
        column('CONVERSATION_PROMPT_ID', IDENTIFIER),
        column('CONVERSATION_ID', IDENTIFIER),
        column('CONVERSATION_TITLE', NAME),
        column('PROFILE_NAME', NAME),
        column('PROMPT_ACTION', varchar2(30)),
        column('PROMPT', CLOB),
        column('PROMPT_RESPONSE', CLOB),
        column('CREATED', INSTANT),
        column('MODIFIED', INSTANT),
        column('CLIENT_IDENTIFIER', varchar2(64)),
        column('CLIENT_IP', varchar2(64)),
        column('SID', NUMBER),
        column('SERIAL#', NUMBER),
      ],
      rows: ({ user }) =>
        conversations
          .list(user)
          .flatMap(({ id, title, prompts }) =>
            prompts.map((prompt) => [
              prompt.id,
              id,
              title,
              prompt.profileName,
              prompt.action,
              prompt.prompt,
              prompt.response,
              prompt.created,
              prompt.created,
              prompt.clientIdentifier,
              null,
              null,
              null,
            ]),
          ),
    },
  ]
}

function column(name: string, type: OracleType): Column {
  return { name, type, nullable: true }
}
