/** SET_ATTRIBUTE of any kind of object. */
export const setAttribute = `BEGIN
  DBMS_CLOUD_AI_AGENT.SET_ATTRIBUTE(
    object_name => :object_name,
    object_type => :object_type,
    attribute_name => :attribute_name,
    attribute_value => :attribute_value);
END;`

/** SET_ATTRIBUTES: lays the given attributes over those that are there. */
export const setAttributes = `BEGIN
  DBMS_CLOUD_AI_AGENT.SET_ATTRIBUTES(
    object_name => :object_name,
    object_type => :object_type,
    attributes => :attributes);
END;`

/* Functions give their answer in the form that GENERATE has. */

/** GET_DEFINITION of any kind of object. */
export const getDefinition = `DECLARE
  answer CLOB;
BEGIN
  answer := DBMS_CLOUD_AI_AGENT.GET_DEFINITION(object_type => :object_type, object_name => :object_name);
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
  answer := DBMS_CLOUD_AI_AGENT.GET_DEFINITION(
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

/** RUN_TOOL. */
export const runTool = `DECLARE
  answer CLOB;
BEGIN
  answer := DBMS_CLOUD_AI_AGENT.RUN_TOOL(tool_name => :tool_name, input => :input);
  :answer_length := DBMS_LOB.GETLENGTH(answer);
  IF DBMS_LOB.GETLENGTH(answer) > 8000 THEN
    :long_answer := answer;
  ELSE
    :short_answer := DBMS_LOB.SUBSTR(answer, 8000, 1);
  END IF;
END;`

/** DESCRIBE_TOOL. */
export const describeTool = `DECLARE
  answer CLOB;
BEGIN
  answer := DBMS_CLOUD_AI_AGENT.DESCRIBE_TOOL(tool_name => :tool_name);
  :answer_length := DBMS_LOB.GETLENGTH(answer);
  IF DBMS_LOB.GETLENGTH(answer) > 8000 THEN
    :long_answer := answer;
  ELSE
    :short_answer := DBMS_LOB.SUBSTR(answer, 8000, 1);
  END IF;
END;`

/**
 * RUN_TEAM, and in the same round trip the state of the run: the latest of its conversation. It is NULL when the history has
 * no such run.
 */
export const runTeam = `DECLARE
  answer CLOB;
BEGIN
  answer := DBMS_CLOUD_AI_AGENT.RUN_TEAM(team_name => :team_name, user_prompt => :user_prompt, params => :params);
  :answer_length := DBMS_LOB.GETLENGTH(answer);
  IF DBMS_LOB.GETLENGTH(answer) > 8000 THEN
    :long_answer := answer;
  ELSE
    :short_answer := DBMS_LOB.SUBSTR(answer, 8000, 1);
  END IF;
  SELECT MAX(state) INTO :state
    FROM (SELECT state
            FROM user_ai_agent_team_history
           WHERE conversation_id = :conversation_id
           ORDER BY start_date DESC
           FETCH FIRST 1 ROW ONLY);
END;`

/** EXPORT_TEAM as text. */
export const exportTeam = `DECLARE
  answer CLOB;
BEGIN
  answer := DBMS_CLOUD_AI_AGENT.EXPORT_TEAM(team_name => :team_name, params => :params);
  :answer_length := DBMS_LOB.GETLENGTH(answer);
  IF DBMS_LOB.GETLENGTH(answer) > 8000 THEN
    :long_answer := answer;
  ELSE
    :short_answer := DBMS_LOB.SUBSTR(answer, 8000, 1);
  END IF;
END;`

/** EXPORT_TEAM to a location. */
export const exportTeamToLocation = `BEGIN
  DBMS_CLOUD_AI_AGENT.EXPORT_TEAM(
    team_name => :team_name,
    object_storage_credential_name => :credential_name,
    location => :location,
    params => :params);
END;`

/** IMPORT_TEAM of a specification that is sent along. */
export const importTeam = `BEGIN
  DBMS_CLOUD_AI_AGENT.IMPORT_TEAM(
    profile_name => :profile_name,
    team_name => :team_name,
    specification => :specification,
    force => :force,
    params => :params);
END;`

/** IMPORT_TEAM of a specification that the database loads. */
export const importTeamFromLocation = `BEGIN
  DBMS_CLOUD_AI_AGENT.IMPORT_TEAM(
    profile_name => :profile_name,
    team_name => :team_name,
    object_storage_credential_name => :credential_name,
    location => :location,
    force => :force,
    params => :params);
END;`

/** DESCRIBE_TEAM. */
export const describeTeam = `DECLARE
  answer CLOB;
BEGIN
  answer := DBMS_CLOUD_AI_AGENT.DESCRIBE_TEAM(team_name => :team_name);
  :answer_length := DBMS_LOB.GETLENGTH(answer);
  IF DBMS_LOB.GETLENGTH(answer) > 8000 THEN
    :long_answer := answer;
  ELSE
    :short_answer := DBMS_LOB.SUBSTR(answer, 8000, 1);
  END IF;
END;`

/** LIST_TOOLS of a team. */
export const listTeamTools = `DECLARE
  answer CLOB;
BEGIN
  answer := DBMS_CLOUD_AI_AGENT.LIST_TOOLS(team_name => :team_name);
  :answer_length := DBMS_LOB.GETLENGTH(answer);
  IF DBMS_LOB.GETLENGTH(answer) > 8000 THEN
    :long_answer := answer;
  ELSE
    :short_answer := DBMS_LOB.SUBSTR(answer, 8000, 1);
  END IF;
END;`

/** GRANT_TEAM_ACCESS. */
export const grantTeamAccess = `BEGIN
  DBMS_CLOUD_AI_AGENT.GRANT_TEAM_ACCESS(team_name => :team_name, user_or_role_name => :grantee);
END;`

/** REVOKE_TEAM_ACCESS. */
export const revokeTeamAccess = `BEGIN
  DBMS_CLOUD_AI_AGENT.REVOKE_TEAM_ACCESS(team_name => :team_name, user_or_role_name => :grantee);
END;`
