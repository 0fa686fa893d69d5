/** GET_DEFINITION of a profile or a vector index. */
export const getDefinition = `DECLARE
  answer CLOB;
BEGIN
  answer := DBMS_CLOUD_AI.GET_DEFINITION(object_type => :object_type, object_name => :object_name);
  :answer_length := DBMS_LOB.GETLENGTH(answer);
  IF DBMS_LOB.GETLENGTH(answer) > 8000 THEN
    :long_answer := answer;
  ELSE
    :short_answer := DBMS_LOB.SUBSTR(answer, 8000, 1);
  END IF;
END;`

/** GET_DEFINITION with what the object needs as well. */
export const getDefinitionWithDependents = `DECLARE
  answer CLOB;
BEGIN
  answer := DBMS_CLOUD_AI.GET_DEFINITION(
    object_type => :object_type,
    object_name => :object_name,
    params => :params);
  :answer_length := DBMS_LOB.GETLENGTH(answer);
  IF DBMS_LOB.GETLENGTH(answer) > 8000 THEN
    :long_answer := answer;
  ELSE
    :short_answer := DBMS_LOB.SUBSTR(answer, 8000, 1);
  END IF;
END;`
