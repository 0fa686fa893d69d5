import { type DictionaryView, describeOwned } from '../execution/dictionary-view.ts'
import { SESSION_SERIAL } from '../execution/session-attributes.ts'
import { OracleNumber } from '../values/oracle-number.ts'
import { CLOB, NUMBER, type OracleType, varchar2 } from '../values/oracle-type.ts'
import type { ConversationStore } from './conversation-store.ts'

const IDENTIFIER = varchar2(36)
const NAME = varchar2(128)
const INSTANT: OracleType = { name: 'TIMESTAMP WITH TIME ZONE', scale: 6 }
/** In UTC, which nothing in the value says. */
const TIME: OracleType = { name: 'TIMESTAMP', scale: 6 }

const CONVERSATION_TYPES = {
  CONVERSATION_ID: IDENTIFIER,
  CONVERSATION_TITLE: NAME,
  DESCRIPTION: CLOB,
  RETENTION_DAYS: NUMBER,
  CONVERSATION_LENGTH: NUMBER,
  CREATED: INSTANT,
  LAST_MODIFIED: INSTANT,
}

const PROMPT_TYPES = {
  CONVERSATION_PROMPT_ID: IDENTIFIER,
  CONVERSATION_ID: IDENTIFIER,
  CONVERSATION_TITLE: NAME,
  PROFILE_NAME: NAME,
  PROMPT_ACTION: varchar2(30),
  PROMPT: CLOB,
  PROMPT_RESPONSE: CLOB,
  CREATED: TIME,
  MODIFIED: TIME,
  CLIENT_IDENTIFIER: varchar2(64),
  CLIENT_IP: varchar2(64),
  SID: NUMBER,
  'SERIAL#': NUMBER,
}

/** Conversations, and the prompts in them: USER_ for the user's own, and DBA_ for all. The address of a client is not known. */
export function conversationViews(conversations: ConversationStore): readonly DictionaryView[] {
  return [
    ...describeOwned('CLOUD_AI_CONVERSATIONS', CONVERSATION_TYPES, () =>
      conversations.all().map((conversation) => ({
        OWNER: conversation.owner,
        CONVERSATION_ID: conversation.id,
        CONVERSATION_TITLE: conversation.title,
        DESCRIPTION: conversation.description,
        RETENTION_DAYS: new OracleNumber(conversation.retentionDays),
        CONVERSATION_LENGTH: new OracleNumber(conversation.conversationLength),
        CREATED: conversation.created,
        LAST_MODIFIED: conversation.lastModified,
      })),
    ),
    ...describeOwned('CLOUD_AI_CONVERSATION_PROMPTS', PROMPT_TYPES, () =>
      conversations.all().flatMap(({ owner, id, title, prompts }) =>
        prompts.map((prompt) => ({
          OWNER: owner,
          CONVERSATION_PROMPT_ID: prompt.id,
          CONVERSATION_ID: id,
          CONVERSATION_TITLE: title,
          PROFILE_NAME: prompt.profileName,
          PROMPT_ACTION: prompt.action,
          PROMPT: prompt.prompt,
          PROMPT_RESPONSE: prompt.response,
          CREATED: prompt.created,
          MODIFIED: prompt.created,
          CLIENT_IDENTIFIER: prompt.clientIdentifier,
          SID: prompt.sessionId === null ? null : new OracleNumber(prompt.sessionId),
          'SERIAL#': prompt.sessionId === null ? null : new OracleNumber(SESSION_SERIAL),
        })),
      ),
    ),
  ]
}
