/** CREATE_AGENT. */
export const create = `BEGIN
  DBMS_CLOUD_AI_AGENT.CREATE_AGENT(
    agent_name => :object_name,
    attributes => :attributes,
    status => :status,
    description => :description);
END;`

/**
 * CREATE_AGENT, and when there is such an agent already, DROP_AGENT and CREATE_AGENT again: one round trip. The error numbers stand
 * for other faults, too, so that the old agent is looked for. It is dropped only after the new one has been created under a trial
 * name: a definition that the database refuses must not cost the old one.
 */
export const createOrReplace = `DECLARE
  existing NUMBER;
BEGIN
  DBMS_CLOUD_AI_AGENT.CREATE_AGENT(
    agent_name => :object_name,
    attributes => :attributes,
    status => :status,
    description => :description);
EXCEPTION
  WHEN OTHERS THEN
    IF SQLCODE NOT BETWEEN -20053 AND -20050 THEN
      RAISE;
    END IF;
    SELECT COUNT(*) INTO existing FROM user_ai_agents WHERE agent_name = UPPER(:object_name);
    IF existing = 0 THEN
      RAISE;
    END IF;
    DBMS_CLOUD_AI_AGENT.CREATE_AGENT(
      agent_name => :trial_name,
      attributes => :attributes,
      status => :status,
      description => :description);
    DBMS_CLOUD_AI_AGENT.DROP_AGENT(agent_name => :trial_name, force => TRUE);
    DBMS_CLOUD_AI_AGENT.DROP_AGENT(agent_name => :object_name, force => TRUE);
    DBMS_CLOUD_AI_AGENT.CREATE_AGENT(
      agent_name => :object_name,
      attributes => :attributes,
      status => :status,
      description => :description);
END;`

/** DROP_AGENT. */
export const drop = `BEGIN
  DBMS_CLOUD_AI_AGENT.DROP_AGENT(agent_name => :object_name, force => :force);
END;`

/** ENABLE_AGENT. One that is enabled already is as it should be, which some kinds of objects report as an error. */
export const enable = `DECLARE
  switched NUMBER;
BEGIN
  DBMS_CLOUD_AI_AGENT.ENABLE_AGENT(agent_name => :object_name);
EXCEPTION
  WHEN OTHERS THEN
    IF SQLCODE NOT BETWEEN -20053 AND -20050 THEN
      RAISE;
    END IF;
    SELECT COUNT(*) INTO switched FROM user_ai_agents WHERE agent_name = UPPER(:object_name) AND status = 'ENABLED';
    IF switched = 0 THEN
      RAISE;
    END IF;
END;`

/** DISABLE_AGENT. One that is disabled already is as it should be, which some kinds of objects report as an error. */
export const disable = `DECLARE
  switched NUMBER;
BEGIN
  DBMS_CLOUD_AI_AGENT.DISABLE_AGENT(agent_name => :object_name);
EXCEPTION
  WHEN OTHERS THEN
    IF SQLCODE NOT BETWEEN -20053 AND -20050 THEN
      RAISE;
    END IF;
    SELECT COUNT(*) INTO switched FROM user_ai_agents WHERE agent_name = UPPER(:object_name) AND status = 'DISABLED';
    IF switched = 0 THEN
      RAISE;
    END IF;
END;`

/** An agent of the user with its attributes, one row for each; texts that are not short are left out. */
export const fetch = `SELECT o.agent_name AS object_name, o.status, o.created, o.last_modified, a.attribute_name,
  CASE WHEN LENGTH(o.description) <= 1000 THEN TO_CHAR(o.description) END AS description,
  CASE WHEN LENGTH(a.attribute_value) <= 1000 THEN TO_CHAR(a.attribute_value) END AS attribute_value,
  GREATEST(NVL(LENGTH(o.description), 0), NVL(LENGTH(a.attribute_value), 0)) AS longest_text
FROM user_ai_agents o
LEFT JOIN user_ai_agent_attributes a ON a.agent_name = o.agent_name
WHERE o.agent_name = UPPER(:object_name)
ORDER BY a.attribute_name`

/** The same with all texts, as CLOBs. */
export const fetchWithLongTexts = `SELECT o.agent_name AS object_name, o.status, o.created, o.last_modified, a.attribute_name,
  o.description, a.attribute_value
FROM user_ai_agents o
LEFT JOIN user_ai_agent_attributes a ON a.agent_name = o.agent_name
WHERE o.agent_name = UPPER(:object_name)
ORDER BY a.attribute_name`

/** The user's agents whose names match a regular expression, with their attributes; texts that are not short are left out. */
export const list = `SELECT o.agent_name AS object_name, o.status, o.created, o.last_modified, a.attribute_name,
  CASE WHEN LENGTH(o.description) <= 1000 THEN TO_CHAR(o.description) END AS description,
  CASE WHEN LENGTH(a.attribute_value) <= 1000 THEN TO_CHAR(a.attribute_value) END AS attribute_value,
  GREATEST(NVL(LENGTH(o.description), 0), NVL(LENGTH(a.attribute_value), 0)) AS longest_text
FROM user_ai_agents o
LEFT JOIN user_ai_agent_attributes a ON a.agent_name = o.agent_name
WHERE REGEXP_LIKE(o.agent_name, :pattern, 'i')
ORDER BY o.agent_name, a.attribute_name`

/** The same with all texts, as CLOBs. */
export const listWithLongTexts = `SELECT o.agent_name AS object_name, o.status, o.created, o.last_modified, a.attribute_name,
  o.description, a.attribute_value
FROM user_ai_agents o
LEFT JOIN user_ai_agent_attributes a ON a.agent_name = o.agent_name
WHERE REGEXP_LIKE(o.agent_name, :pattern, 'i')
ORDER BY o.agent_name, a.attribute_name`
