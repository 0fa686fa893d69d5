/**
 * Characters of an answer that come back with the call itself. PL/SQL text holds 32,767 bytes,
 * and a UTF-16 code unit takes at most three bytes in the database's character set.
 */
export const firstPieceCharacters = 8000

/*
 * DBMS_CLOUD_AI.GENERATE in one round trip: an answer that fits comes back as text, and only a longer one as a CLOB,
 * which costs another round trip to read. Arguments that a call does not use are left out, so that the defaults of the
 * database apply; hence one statement for each combination.
 */

/** GENERATE with a prompt, a profile and an action. */
export const generate = `DECLARE
  answer CLOB;
BEGIN
  answer := DBMS_CLOUD_AI.GENERATE(
    prompt => :prompt,
    profile_name => :profile_name,
    action => :action);
  :answer_length := DBMS_LOB.GETLENGTH(answer);
  IF DBMS_LOB.GETLENGTH(answer) > 8000 THEN
    :long_answer := answer;
  ELSE
    :short_answer := DBMS_LOB.SUBSTR(answer, 8000, 1);
  END IF;
END;`

/** GENERATE with attributes of the profile overridden for this call. */
export const generateWithAttributes = `DECLARE
  answer CLOB;
BEGIN
  answer := DBMS_CLOUD_AI.GENERATE(
    prompt => :prompt,
    profile_name => :profile_name,
    action => :action,
    attributes => :attributes);
  :answer_length := DBMS_LOB.GETLENGTH(answer);
  IF DBMS_LOB.GETLENGTH(answer) > 8000 THEN
    :long_answer := answer;
  ELSE
    :short_answer := DBMS_LOB.SUBSTR(answer, 8000, 1);
  END IF;
END;`

/** GENERATE within a conversation. */
export const generateWithParams = `DECLARE
  answer CLOB;
BEGIN
  answer := DBMS_CLOUD_AI.GENERATE(
    prompt => :prompt,
    profile_name => :profile_name,
    action => :action,
    params => :params);
  :answer_length := DBMS_LOB.GETLENGTH(answer);
  IF DBMS_LOB.GETLENGTH(answer) > 8000 THEN
    :long_answer := answer;
  ELSE
    :short_answer := DBMS_LOB.SUBSTR(answer, 8000, 1);
  END IF;
END;`

/** GENERATE within a conversation, with attributes overridden. */
export const generateWithAttributesAndParams = `DECLARE
  answer CLOB;
BEGIN
  answer := DBMS_CLOUD_AI.GENERATE(
    prompt => :prompt,
    profile_name => :profile_name,
    action => :action,
    attributes => :attributes,
    params => :params);
  :answer_length := DBMS_LOB.GETLENGTH(answer);
  IF DBMS_LOB.GETLENGTH(answer) > 8000 THEN
    :long_answer := answer;
  ELSE
    :short_answer := DBMS_LOB.SUBSTR(answer, 8000, 1);
  END IF;
END;`

/** The statement for a call with or without the two optional arguments. */
export function generateStatement(given: { readonly attributes: boolean; readonly params: boolean }): string {
  if (given.attributes) return given.params ? generateWithAttributesAndParams : generateWithAttributes
  return given.params ? generateWithParams : generate
}
