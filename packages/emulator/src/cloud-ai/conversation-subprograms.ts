import type { CallContext, Parameter, Subprogram } from '../execution/subprogram.ts'
import { textArgument } from '../execution/text-argument.ts'
import { BOOLEAN, CLOB, varchar2 } from '../values/oracle-type.ts'
import type { ConversationStore } from './conversation-store.ts'
import { jsonArgument } from './json-argument.ts'

const STATE = 'DBMS_CLOUD_AI.CONVERSATION'

const CONVERSATION_ID: Parameter = { name: 'CONVERSATION_ID', mode: 'in', type: varchar2(36) }
const FORCE: Parameter = { name: 'FORCE', mode: 'in', type: BOOLEAN, default: false }
const OPTIONAL_ATTRIBUTES: Parameter = { name: 'ATTRIBUTES', mode: 'in', type: CLOB, default: null }

const TAG_KEY: Parameter = { name: 'TAG_KEY', mode: 'in', type: varchar2() }

/**
 * CREATE_, UPDATE_ and DROP_CONVERSATION, DELETE_CONVERSATION_PROMPT, ADD_ and REMOVE_CONVERSATION_TAG, and SET_, GET_ and
 * CLEAR_CONVERSATION_ID.
 */
export function conversationSubprograms(conversations: ConversationStore): readonly Subprogram[] {
  return [
    {
      name: 'DBMS_CLOUD_AI.CREATE_CONVERSATION',
      parameters: [OPTIONAL_ATTRIBUTES],
      returns: varchar2(36),
      run: (values, { user }) => ({ value: conversations.create(user, jsonArgument(values.ATTRIBUTES)).id }),
    },
    {
      name: 'DBMS_CLOUD_AI.CREATE_CONVERSATION',
      parameters: [OPTIONAL_ATTRIBUTES],
      run(values, context) {
        context.packageState.set(STATE, conversations.create(context.user, jsonArgument(values.ATTRIBUTES)).id)
        return {}
      },
    },
    {
      name: 'DBMS_CLOUD_AI.UPDATE_CONVERSATION',
      parameters: [CONVERSATION_ID, { name: 'ATTRIBUTES', mode: 'in', type: CLOB }],
      run(values, { user }) {
        conversations.update(user, textArgument(values.CONVERSATION_ID), jsonArgument(values.ATTRIBUTES))
        return {}
      },
    },
    {
      name: 'DBMS_CLOUD_AI.DROP_CONVERSATION',
      parameters: [CONVERSATION_ID, FORCE],
      run(values, { user }) {
        conversations.drop(user, textArgument(values.CONVERSATION_ID), values.FORCE === true)
        return {}
      },
    },
    {
      name: 'DBMS_CLOUD_AI.DELETE_CONVERSATION_PROMPT',
      parameters: [{ name: 'CONVERSATION_PROMPT_ID', mode: 'in', type: varchar2(36) }, FORCE],
      run(values, { user }) {
        conversations.deletePrompt(user, textArgument(values.CONVERSATION_PROMPT_ID), values.FORCE === true)
        return {}
      },
    },
    {
      name: 'DBMS_CLOUD_AI.ADD_CONVERSATION_TAG',
      parameters: [CONVERSATION_ID, TAG_KEY, { name: 'TAG_VALUE', mode: 'in', type: varchar2() }],
      run(values, { user }) {
        const id = textArgument(values.CONVERSATION_ID)
        conversations.addTag(user, id, textArgument(values.TAG_KEY), textArgument(values.TAG_VALUE))
        return {}
      },
    },
    {
      name: 'DBMS_CLOUD_AI.REMOVE_CONVERSATION_TAG',
      parameters: [CONVERSATION_ID, TAG_KEY, FORCE],
      run(values, { user }) {
        const id = textArgument(values.CONVERSATION_ID)
        conversations.removeTag(user, id, textArgument(values.TAG_KEY), values.FORCE === true)
        return {}
      },
    },
    {
      name: 'DBMS_CLOUD_AI.SET_CONVERSATION_ID',
      parameters: [CONVERSATION_ID],
      run(values, context) {
        context.packageState.set(STATE, conversations.get(context.user, textArgument(values.CONVERSATION_ID)).id)
        return {}
      },
    },
    {
      name: 'DBMS_CLOUD_AI.GET_CONVERSATION_ID',
      parameters: [],
      returns: varchar2(36),
      run: (_, context) => ({ value: sessionConversationId(context) }),
    },
    {
      name: 'DBMS_CLOUD_AI.CLEAR_CONVERSATION_ID',
      parameters: [],
      run(_, context) {
        context.packageState.delete(STATE)
        return {}
      },
    },
  ]
}

/** The conversation of the session; null when there is none. */
export function sessionConversationId({ packageState }: Pick<CallContext, 'packageState'>): string | null {
  return (packageState.get(STATE) as string | undefined) ?? null
}
