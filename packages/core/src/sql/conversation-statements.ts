/** A new conversation with the defaults of the database. */
export const createConversation = `BEGIN
  :conversation_id := DBMS_CLOUD_AI.CREATE_CONVERSATION;
END;`

/** A new conversation with attributes. */
export const createConversationWithAttributes = `BEGIN
  :conversation_id := DBMS_CLOUD_AI.CREATE_CONVERSATION(attributes => :attributes);
END;`

/** Changes the attributes that the JSON names. */
export const updateConversation = `BEGIN
  DBMS_CLOUD_AI.UPDATE_CONVERSATION(conversation_id => :conversation_id, attributes => :attributes);
END;`

/** Deletes a conversation with all its prompts. */
export const dropConversation = `BEGIN
  DBMS_CLOUD_AI.DROP_CONVERSATION(conversation_id => :conversation_id, force => :force);
END;`

/** Deletes a prompt, but only one of this conversation: the subprogram by itself takes the id of any prompt. */
export const deleteConversationPrompt = `BEGIN
  SELECT COUNT(*) INTO :found
    FROM user_cloud_ai_conversation_prompts
   WHERE conversation_prompt_id = :prompt_id AND conversation_id = :conversation_id;
  IF :found > 0 THEN
    DBMS_CLOUD_AI.DELETE_CONVERSATION_PROMPT(conversation_prompt_id => :prompt_id);
  END IF;
END;`

/** Gives a conversation a tag. */
export const addConversationTag = `BEGIN
  DBMS_CLOUD_AI.ADD_CONVERSATION_TAG(
    conversation_id => :conversation_id,
    tag_key => :tag_key,
    tag_value => :tag_value);
END;`

/** Takes a tag of a conversation away. */
export const removeConversationTag = `BEGIN
  DBMS_CLOUD_AI.REMOVE_CONVERSATION_TAG(
    conversation_id => :conversation_id,
    tag_key => :tag_key,
    force => :force);
END;`

/** One conversation by its id. */
export const fetchConversation = `SELECT conversation_id, conversation_title, description, retention_days,
       conversation_length, created, last_modified
  FROM user_cloud_ai_conversations
 WHERE conversation_id = :conversation_id`

/** All conversations of the user, oldest first. */
export const listConversations = `SELECT conversation_id, conversation_title, description, retention_days,
       conversation_length, created, last_modified
  FROM user_cloud_ai_conversations
 ORDER BY created, conversation_id`

/** Those whose titles match a regular expression. */
export const listConversationsByTitle = `SELECT conversation_id, conversation_title, description, retention_days,
       conversation_length, created, last_modified
  FROM user_cloud_ai_conversations
 WHERE REGEXP_LIKE(conversation_title, :pattern, 'i')
 ORDER BY created, conversation_id`

/**
 * The prompts of a conversation, oldest first: one row without a prompt when there are none, no row without the conversation. The
 * times are in UTC but do not say so, and the driver would take them for local ones.
 */
export const listConversationPrompts = `SELECT p.conversation_prompt_id, p.profile_name, p.prompt_action, p.prompt,
       p.prompt_response, FROM_TZ(CAST(p.created AS TIMESTAMP), 'UTC') AS created,
       FROM_TZ(CAST(p.modified AS TIMESTAMP), 'UTC') AS modified
  FROM user_cloud_ai_conversations c
  LEFT JOIN user_cloud_ai_conversation_prompts p ON p.conversation_id = c.conversation_id
 WHERE c.conversation_id = :conversation_id
 ORDER BY p.created, p.conversation_prompt_id`
