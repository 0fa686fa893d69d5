/** Tables and views, in the order in which they are made. */
export const definitions: readonly string[] = [
  `CREATE TABLE DBMS_AI_A2A_TASKS$ (
     TEAM       VARCHAR2(128)  NOT NULL,
     OWNER      VARCHAR2(1020) NOT NULL,
     TASK_ID    VARCHAR2(512)  NOT NULL,
     CONTEXT_ID VARCHAR2(512)  NOT NULL,
     TASK       CLOB           NOT NULL CHECK (TASK IS JSON),
     UPDATED    TIMESTAMP(3) WITH TIME ZONE NOT NULL,
     CONSTRAINT DBMS_AI_A2A_TASKS$PK PRIMARY KEY (TASK_ID, TEAM))`,
  `CREATE TABLE DBMS_AI_A2A_CONTEXTS$ (
     TEAM            VARCHAR2(128)  NOT NULL,
     OWNER           VARCHAR2(1020) NOT NULL,
     CONTEXT_ID      VARCHAR2(512)  NOT NULL,
     CONVERSATION_ID VARCHAR2(128)  NOT NULL,
     CONSTRAINT DBMS_AI_A2A_CONTEXTS$PK PRIMARY KEY (CONTEXT_ID, OWNER, TEAM))`,
  `CREATE VIEW DBMS_AI_A2A_TASKS AS
     SELECT TEAM, OWNER, TASK_ID, CONTEXT_ID, TASK, UPDATED FROM DBMS_AI_A2A_TASKS$ WITH READ ONLY`,
  `CREATE VIEW DBMS_AI_A2A_CONTEXTS AS
     SELECT TEAM, OWNER, CONTEXT_ID, CONVERSATION_ID FROM DBMS_AI_A2A_CONTEXTS$ WITH READ ONLY`,
]

/** Fails when a table is missing, or is not as this package makes it. */
export const probe = `SELECT COUNT(*)
  FROM (SELECT TEAM, OWNER, TASK_ID, CONTEXT_ID, TASK, UPDATED FROM DBMS_AI_A2A_TASKS$ WHERE 1 = 0) T
  CROSS JOIN (SELECT TEAM, OWNER, CONTEXT_ID, CONVERSATION_ID FROM DBMS_AI_A2A_CONTEXTS$ WHERE 1 = 0) C`

/** A block, since SQL would take a long text for a LONG. */
export const saveTask = `BEGIN
  UPDATE DBMS_AI_A2A_TASKS$ SET TASK = :task, UPDATED = :updated
   WHERE TASK_ID = :task_id AND TEAM = :team AND OWNER = :owner;
  IF SQL%ROWCOUNT = 0 THEN
    INSERT INTO DBMS_AI_A2A_TASKS$ (TEAM, OWNER, TASK_ID, CONTEXT_ID, TASK, UPDATED)
    VALUES (:team, :owner, :task_id, :context_id, :task, :updated);
  END IF;
  COMMIT;
END;`

/** One task. */
export const loadTask = `SELECT TASK FROM DBMS_AI_A2A_TASKS$
  WHERE TASK_ID = :task_id AND TEAM = :team AND OWNER = :owner`

const wanted = `TEAM = :team AND OWNER = :owner
    AND (:context_id IS NULL OR CONTEXT_ID = :context_id)
    AND (:task_state IS NULL OR JSON_VALUE(TASK, '$.status.state') = :task_state)
    AND (:updated_after IS NULL OR UPDATED > :updated_after)`

/** How many tasks a list has on all its pages. */
export const countTasks: string = `SELECT COUNT(*) FROM DBMS_AI_A2A_TASKS$ WHERE ${wanted}`

/** One page of a list, what changed last first; `last_updated` and `last_id` are of the last task of the page before. */
export const listTasks: string = `SELECT TASK FROM DBMS_AI_A2A_TASKS$
  WHERE ${wanted}
    AND (:last_updated IS NULL OR UPDATED < :last_updated OR (UPDATED = :last_updated AND TASK_ID < :last_id))
  ORDER BY UPDATED DESC, TASK_ID DESC
  FETCH FIRST :page_size ROWS ONLY`

/** The conversation of a context. */
export const loadConversation = `SELECT CONVERSATION_ID FROM DBMS_AI_A2A_CONTEXTS$
  WHERE CONTEXT_ID = :context_id AND OWNER = :owner AND TEAM = :team`

/** Keeps the first conversation of a context and tells which that is. */
export const saveConversation = `BEGIN
  INSERT INTO DBMS_AI_A2A_CONTEXTS$ (TEAM, OWNER, CONTEXT_ID, CONVERSATION_ID)
  VALUES (:team, :owner, :context_id, :conversation_id);
  COMMIT;
EXCEPTION
  WHEN DUP_VAL_ON_INDEX THEN NULL;
END;`
