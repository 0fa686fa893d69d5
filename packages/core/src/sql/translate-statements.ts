/**
 * DBMS_CLOUD_AI.TRANSLATE, with the answer in the form that GENERATE has. A source language that is NULL, as by default, is
 * that of the profile or else found out by the provider.
 */
export const translate = `DECLARE
  answer CLOB;
BEGIN
  answer := DBMS_CLOUD_AI.TRANSLATE(
    profile_name => :profile_name,
    text => :text,
    source_language => :source_language,
    target_language => :target_language);
  :answer_length := DBMS_LOB.GETLENGTH(answer);
  IF DBMS_LOB.GETLENGTH(answer) > 8000 THEN
    :long_answer := answer;
  ELSE
    :short_answer := DBMS_LOB.SUBSTR(answer, 8000, 1);
  END IF;
END;`
