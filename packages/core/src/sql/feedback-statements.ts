/*
 * DBMS_CLOUD_AI.FEEDBACK. It has one overload for a SQL_ID and one for the text of a SELECT AI statement, and a call must fit
 * exactly one of them. The response and the content are NULL by default, and so they may be sent as NULL.
 */

/** Praise for the statement of a SQL_ID. */
export const addPositiveFeedbackBySqlId = `BEGIN
  DBMS_CLOUD_AI.FEEDBACK(
    profile_name => :profile_name,
    sql_id => :sql_id,
    feedback_type => :feedback_type,
    operation => :operation);
END;`

/** Praise for the statement of a text. */
export const addPositiveFeedbackBySqlText = `BEGIN
  DBMS_CLOUD_AI.FEEDBACK(
    profile_name => :profile_name,
    sql_text => :sql_text,
    feedback_type => :feedback_type,
    operation => :operation);
END;`

/** A correction of the statement of a SQL_ID. */
export const addNegativeFeedbackBySqlId = `BEGIN
  DBMS_CLOUD_AI.FEEDBACK(
    profile_name => :profile_name,
    sql_id => :sql_id,
    feedback_type => :feedback_type,
    response => :response,
    feedback_content => :feedback_content,
    operation => :operation);
END;`

/** A correction of the statement of a text. */
export const addNegativeFeedbackBySqlText = `BEGIN
  DBMS_CLOUD_AI.FEEDBACK(
    profile_name => :profile_name,
    sql_text => :sql_text,
    feedback_type => :feedback_type,
    response => :response,
    feedback_content => :feedback_content,
    operation => :operation);
END;`

/** Takes away what was said about the statement of a SQL_ID. */
export const deleteFeedbackBySqlId = `BEGIN
  DBMS_CLOUD_AI.FEEDBACK(
    profile_name => :profile_name,
    sql_id => :sql_id,
    operation => :operation);
END;`

/** Takes away what was said about the statement of a text. */
export const deleteFeedbackBySqlText = `BEGIN
  DBMS_CLOUD_AI.FEEDBACK(
    profile_name => :profile_name,
    sql_text => :sql_text,
    operation => :operation);
END;`
