/** CREATE_TOOL. */
export const create = `BEGIN
  DBMS_CLOUD_AI_AGENT.CREATE_TOOL(
    tool_name => :object_name,
    attributes => :attributes,
    status => :status,
    description => :description);
END;`

/**
 * CREATE_TOOL, and when there is such a tool already, DROP_TOOL and CREATE_TOOL again: one round trip. The error numbers stand
 * for other faults, too, so that the old tool is looked for. It is dropped only after the new one has been created under a trial
 * name: a definition that the database refuses must not cost the old one.
 */
export const createOrReplace = `DECLARE
  existing NUMBER;
BEGIN
  DBMS_CLOUD_AI_AGENT.CREATE_TOOL(
    tool_name => :object_name,
    attributes => :attributes,
    status => :status,
    description => :description);
EXCEPTION
  WHEN OTHERS THEN
    IF SQLCODE NOT BETWEEN -20053 AND -20050 THEN
      RAISE;
    END IF;
    SELECT COUNT(*) INTO existing FROM user_ai_agent_tools WHERE tool_name = UPPER(:object_name);
    IF existing = 0 THEN
      RAISE;
    END IF;
    DBMS_CLOUD_AI_AGENT.CREATE_TOOL(
      tool_name => :trial_name,
      attributes => :attributes,
      status => :status,
      description => :description);
    DBMS_CLOUD_AI_AGENT.DROP_TOOL(tool_name => :trial_name, force => TRUE);
    DBMS_CLOUD_AI_AGENT.DROP_TOOL(tool_name => :object_name, force => TRUE);
    DBMS_CLOUD_AI_AGENT.CREATE_TOOL(
      tool_name => :object_name,
      attributes => :attributes,
      status => :status,
      description => :description);
END;`

/** DROP_TOOL. */
export const drop = `BEGIN
  DBMS_CLOUD_AI_AGENT.DROP_TOOL(tool_name => :object_name, force => :force);
END;`

/** ENABLE_TOOL. One that is enabled already is as it should be, which some kinds of objects report as an error. */
export const enable = `DECLARE
  switched NUMBER;
BEGIN
  DBMS_CLOUD_AI_AGENT.ENABLE_TOOL(tool_name => :object_name);
EXCEPTION
  WHEN OTHERS THEN
    IF SQLCODE NOT BETWEEN -20053 AND -20050 THEN
      RAISE;
    END IF;
    SELECT COUNT(*) INTO switched FROM user_ai_agent_tools WHERE tool_name = UPPER(:object_name) AND status = 'ENABLED';
    IF switched = 0 THEN
      RAISE;
    END IF;
END;`

/** DISABLE_TOOL. One that is disabled already is as it should be, which some kinds of objects report as an error. */
export const disable = `DECLARE
  switched NUMBER;
BEGIN
  DBMS_CLOUD_AI_AGENT.DISABLE_TOOL(tool_name => :object_name);
EXCEPTION
  WHEN OTHERS THEN
    IF SQLCODE NOT BETWEEN -20053 AND -20050 THEN
      RAISE;
    END IF;
    SELECT COUNT(*) INTO switched FROM user_ai_agent_tools WHERE tool_name = UPPER(:object_name) AND status = 'DISABLED';
    IF switched = 0 THEN
      RAISE;
    END IF;
END;`

/** A tool of the user with its attributes, one row for each; texts that are not short are left out. */
export const fetch = `SELECT o.tool_name AS object_name, o.status, o.created, o.last_modified, a.attribute_name,
  CASE WHEN LENGTH(o.description) <= 1000 THEN TO_CHAR(o.description) END AS description,
  CASE WHEN LENGTH(a.attribute_value) <= 1000 THEN TO_CHAR(a.attribute_value) END AS attribute_value,
  GREATEST(NVL(LENGTH(o.description), 0), NVL(LENGTH(a.attribute_value), 0)) AS longest_text
FROM user_ai_agent_tools o
LEFT JOIN user_ai_agent_tool_attributes a ON a.tool_name = o.tool_name
WHERE o.tool_name = UPPER(:object_name)
ORDER BY a.attribute_name`

/** The same with all texts, as CLOBs. */
export const fetchWithLongTexts = `SELECT o.tool_name AS object_name, o.status, o.created, o.last_modified, a.attribute_name,
  o.description, a.attribute_value
FROM user_ai_agent_tools o
LEFT JOIN user_ai_agent_tool_attributes a ON a.tool_name = o.tool_name
WHERE o.tool_name = UPPER(:object_name)
ORDER BY a.attribute_name`

/** The user's tools whose names match a regular expression, with their attributes; texts that are not short are left out. */
export const list = `SELECT o.tool_name AS object_name, o.status, o.created, o.last_modified, a.attribute_name,
  CASE WHEN LENGTH(o.description) <= 1000 THEN TO_CHAR(o.description) END AS description,
  CASE WHEN LENGTH(a.attribute_value) <= 1000 THEN TO_CHAR(a.attribute_value) END AS attribute_value,
  GREATEST(NVL(LENGTH(o.description), 0), NVL(LENGTH(a.attribute_value), 0)) AS longest_text
FROM user_ai_agent_tools o
LEFT JOIN user_ai_agent_tool_attributes a ON a.tool_name = o.tool_name
WHERE REGEXP_LIKE(o.tool_name, :pattern, 'i')
ORDER BY o.tool_name, a.attribute_name`

/** The same with all texts, as CLOBs. */
export const listWithLongTexts = `SELECT o.tool_name AS object_name, o.status, o.created, o.last_modified, a.attribute_name,
  o.description, a.attribute_value
FROM user_ai_agent_tools o
LEFT JOIN user_ai_agent_tool_attributes a ON a.tool_name = o.tool_name
WHERE REGEXP_LIKE(o.tool_name, :pattern, 'i')
ORDER BY o.tool_name, a.attribute_name`
