/*
 * DBMS_CLOUD_AI.SUMMARIZE, with the answer in the form that GENERATE has. Text and location each have their own statement, so
 * that a call never sends the argument of the other. The remaining arguments are NULL by default, and so they may be sent as NULL.
 */

/** SUMMARIZE of a text that is sent along. */
export const summarizeContent = `DECLARE
  answer CLOB;
BEGIN
  answer := DBMS_CLOUD_AI.SUMMARIZE(
    content => :content,
    profile_name => :profile_name,
    user_prompt => :user_prompt,
    params => :params);
  :answer_length := DBMS_LOB.GETLENGTH(answer);
  IF DBMS_LOB.GETLENGTH(answer) > 8000 THEN
    :long_answer := answer;
  ELSE
    :short_answer := DBMS_LOB.SUBSTR(answer, 8000, 1);
  END IF;
END;`

/** SUMMARIZE of a text that the database loads. */
export const summarizeLocation = `DECLARE
  answer CLOB;
BEGIN
  answer := DBMS_CLOUD_AI.SUMMARIZE(
    location_uri => :location_uri,
    credential_name => :credential_name,
    profile_name => :profile_name,
    user_prompt => :user_prompt,
    params => :params);
  :answer_length := DBMS_LOB.GETLENGTH(answer);
  IF DBMS_LOB.GETLENGTH(answer) > 8000 THEN
    :long_answer := answer;
  ELSE
    :short_answer := DBMS_LOB.SUBSTR(answer, 8000, 1);
  END IF;
END;`
